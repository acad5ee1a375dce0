import { Hono } from 'hono'
import { rota as form, type Rota, readingRota } from '../../../../schemas/deployment/rota.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** Whom a call-out goes to and when, and what ends by itself: read here, changed with the deployment. */
export const rota = new Hono<DeskEnv>().get('/settings/rota', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!readingRota.includes(me.kind)) return trouble(visit, 'trouble.notFound', 404)
  const told = await me.api.get(['rota'], form)
  const { night } = told
  const hour = (of: number) => `${String(of).padStart(2, '0')}:00`
  return page(
    visit,
    { title: words('rota.title'), back: '/desk/settings' },
    <>
      <h1 class="govuk-heading-l">{words('rota.title')}</h1>
      <Lines words={words} caption={words('rota.calls')} lines={told.calls} />
      <p class="govuk-body">{words('rota.again', { long: minutes(words, told.againMinutes) })}</p>
      {Object.entries(told.parties).map(([party, own]) => (
        <Lines
          words={words}
          caption={words('rota.own', { who: partyName(words, party) })}
          lines={own.calls}
        />
      ))}
      <p class="govuk-body">
        {night.from === 0 && night.to === 24
          ? words('rota.always')
          : words('rota.night', { from: hour(night.from), to: hour(night.to) })}
      </p>
      <Table
        caption={words('rota.alerts')}
        heads={[words('rota.after'), words('rota.notifies')]}
        rows={told.alerts.map(({ afterMinutes, notifies }) => [
          minutes(words, afterMinutes),
          words.code('notifies', notifies),
        ])}
      />
      <Table
        caption={words('rota.overdue')}
        heads={[words('rota.after'), words('rota.notifies')]}
        rows={told.overdue.map(({ afterDays, notifies }) => [
          afterDays === 0 ? words('rota.onDay') : words.count('rota.days', afterDays),
          words.code('notifies', notifies),
        ])}
      />
      <Table
        caption={words('rota.limits')}
        heads={[words('rota.limit'), words('rota.time')]}
        rows={limitNames.map((limit) => [
          words(`rota.limitOf.${limit}`),
          words.count('rota.days', told.limits[limit]),
        ])}
      />
      <h2 class="govuk-heading-m">{words('rota.how')}</h2>
      <p class="govuk-body">{words('rota.howText')}</p>
    </>,
  )
})

const limitNames = [
  'answerDays',
  'lockDays',
  'missionDays',
  'draftDays',
] as const satisfies readonly (keyof Rota['limits'])[]

function Lines({ words, caption, lines }: { words: Words; caption: string; lines: Rota['calls'] }) {
  return (
    <Table
      caption={caption}
      heads={[words('rota.line'), words('rota.after')]}
      rows={lines.map(({ line, afterMinutes }) => [words.code('line', line), minutes(words, afterMinutes)])}
    />
  )
}

function minutes(words: Words, n: number): string {
  return n === 0 ? words('rota.atOnce') : words.count('rota.minutes', n)
}
