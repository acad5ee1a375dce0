import { Hono } from 'hono'
import { rotaConfig as form, type Rota, readingRota } from '../../../../schemas/deployment/rota.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** Whom a call-out goes to and when, and what ends by itself. It is read here and changed with the deployment. */
export const rota = new Hono<DeskEnv>().get('/settings/rota', async (context) => {
  const { messages, me } = context.var
  if (!readingRota.includes(me.kind)) return notFound(context)
  const current = await me.api.get(['rota'], form)
  const { night } = current
  const hour = (of: number) => `${String(of).padStart(2, '0')}:00`
  return page(
    context,
    { title: messages('rota.title'), back: '/desk/settings' },
    <>
      <h1 class="govuk-heading-l">{messages('rota.title')}</h1>
      <Lines messages={messages} caption={messages('rota.calls')} lines={current.calls} />
      <p class="govuk-body">{messages('rota.again', { long: minutes(messages, current.againMinutes) })}</p>
      {Object.entries(current.parties).map(([party, own]) => (
        <Lines
          messages={messages}
          caption={messages('rota.own', { who: partyName(messages, party) })}
          lines={own.calls}
        />
      ))}
      <p class="govuk-body">
        {night.from === 0 && night.to === 24
          ? messages('rota.always')
          : messages('rota.night', { from: hour(night.from), to: hour(night.to) })}
      </p>
      <Table
        caption={messages('rota.alerts')}
        heads={[messages('rota.after'), messages('rota.notifies')]}
        rows={current.alerts.map(({ afterMinutes, notifies }) => [
          minutes(messages, afterMinutes),
          messages.code('notifies', notifies),
        ])}
      />
      <Table
        caption={messages('rota.overdue')}
        heads={[messages('rota.after'), messages('rota.notifies')]}
        rows={current.overdue.map(({ afterDays, notifies }) => [
          afterDays === 0 ? messages('rota.onDay') : messages.count('rota.days', afterDays),
          messages.code('notifies', notifies),
        ])}
      />
      <Table
        caption={messages('rota.limits')}
        heads={[messages('rota.limit'), messages('rota.time')]}
        rows={limitNames.map((limit) => [
          messages(`rota.limitOf.${limit}`),
          messages.count('rota.days', current.limits[limit]),
        ])}
      />
      <h2 class="govuk-heading-m">{messages('rota.how')}</h2>
      <p class="govuk-body">{messages('rota.howText')}</p>
    </>,
  )
})

const limitNames = [
  'answerDays',
  'lockDays',
  'missionDays',
  'draftDays',
] as const satisfies readonly (keyof Rota['limits'])[]

function Lines({ messages, caption, lines }: { messages: Messages; caption: string; lines: Rota['calls'] }) {
  return (
    <Table
      caption={caption}
      heads={[messages('rota.line'), messages('rota.after')]}
      rows={lines.map(({ line, afterMinutes }) => [
        messages.code('line', line),
        minutes(messages, afterMinutes),
      ])}
    />
  )
}

function minutes(messages: Messages, n: number): string {
  return n === 0 ? messages('rota.atOnce') : messages.count('rota.minutes', n)
}
