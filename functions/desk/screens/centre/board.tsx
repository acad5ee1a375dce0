import { Hono } from 'hono'
import { type Forecast, forecast } from '../../../../schemas/api/forecast.ts'
import type { DeskEnv, Me } from '../../context.ts'
import { shortField } from '../../filing/sought.ts'
import { Button, Sending } from '../../form/sending.tsx'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { masked } from '../../parts/rows.tsx'
import { Table } from '../../parts/table.tsx'
import { Coming } from './coming.tsx'
import { House } from './house.tsx'

/** Screen 10, of the Centre: who comes, week by week; who is there; what is free in which room on each coming day. */
export const board = new Hono<DeskEnv>().get('/board', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (me.kind !== 'centre') return trouble(visit, 'trouble.notFound', 404)
  const told = await me.api.get(['forecast'], forecast)
  const done = visit.req.query('done') === 'place' ? words('place.done') : undefined
  return page(
    visit,
    { title: words('board.title'), back: '/desk' },
    <>
      <Done words={words} text={done} />
      <h1 class="govuk-heading-l">{words('board.title')}</h1>
      <p class="govuk-body">{words('board.recorded')}</p>
      <Unplanned words={words} me={me} />
      <Coming words={words} told={told} />
      <There words={words} told={told} />
      <House words={words} told={told} />
      <p class="govuk-body no-print">
        <a class="govuk-link" href="/desk/rooms">
          {words('rooms.title')}
        </a>
      </p>
    </>,
  )
})

/** Somebody stands at the door whom nobody announced: six questions, and she is in. */
function Unplanned({ words, me }: { words: Words; me: Me }) {
  return (
    <form method="post" action="/desk/filing" class="no-print">
      <Sending me={me} />
      <Button name={shortField} value="yes">
        {words('board.unplanned')}
      </Button>
    </form>
  )
}

/** Who sleeps at the Centre, room by room, each with a form that moves. */
function There({ words, told: { placed, rooms } }: { words: Words; told: Forecast }) {
  const there = placed
    .filter(({ present }) => present)
    .toSorted((one, other) => one.room.localeCompare(other.room, 'en', { numeric: true }))
  if (rooms.length === 0 || there.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{words('board.there')}</h2>
        <p class="govuk-inset-text">{words('board.nobodyThere')}</p>
      </>
    )
  return (
    <Table
      caption={words('board.there')}
      heads={[
        words('list.reference'),
        words('list.label'),
        words('board.room'),
        words('board.takes'),
        words('board.until'),
        words('board.move'),
      ]}
      rows={there.map(({ ret, reference, label, room, beds, cots, until }) => [
        <a class="govuk-link" href={`/desk/returns/${ret}/intake`}>
          {reference}
        </a>,
        masked(words, label),
        room,
        [words.count('board.beds', beds), ...(cots > 0 ? [words.count('board.cots', cots)] : [])].join(', '),
        words.day(until),
        <a class="govuk-link" href={`/desk/board/${ret}`}>
          {words('board.moveOne', { reference })}
        </a>,
      ])}
    />
  )
}
