import { Hono } from 'hono'
import { type Forecast, forecast as forecastAnswer } from '../../../../schemas/api/forecast.ts'
import type { DeskEnv, SignedIn } from '../../context.ts'
import { shortField } from '../../filing/search-terms.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Messages } from '../../messages/messages.ts'
import { fetchArrivals } from '../../parts/arrivals.ts'
import { notFound } from '../../parts/error-page.tsx'
import { SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { maskedPerson } from '../../parts/returns-table.tsx'
import { Table } from '../../parts/table.tsx'
import { Arrivals } from './arrivals.tsx'
import { BedGrid, BedLegend } from './bed-grid.tsx'
import { NextArrivals } from './next-arrivals.tsx'
import { OccupancyTable } from './occupancy.tsx'
import { Outlook } from './outlook.tsx'

/** The days that the board looks ahead. */
export const boardDays = 30

/** Screen 10, for the Centre: the beds of each room on each coming day, who comes, and who is there. */
export const board = new Hono<DeskEnv>().get('/board', async (context) => {
  const { messages, me } = context.var
  if (me.kind !== 'centre') return notFound(context)
  const [forecast, arrivals] = await Promise.all([
    me.api.get(['forecast'], forecastAnswer, { days: String(boardDays) }),
    fetchArrivals(me.api),
  ])
  const done = context.req.query('done') === 'place' ? messages('place.done') : undefined
  return page(
    context,
    { title: messages('board.title'), back: '/desk' },
    <>
      <SuccessBanner messages={messages} text={done} />
      <h1 class="govuk-heading-l">{messages('board.title')}</h1>
      <p class="govuk-body">{messages('board.recorded')}</p>
      <UnplannedArrival messages={messages} me={me} />
      <div class="board">
        <Rooms messages={messages} forecast={forecast} />
        <NextArrivals messages={messages} forecast={forecast} {...arrivals} />
      </div>
      <Outlook messages={messages} days={forecast.days} />
      <Guests messages={messages} forecast={forecast} />
      <Arrivals messages={messages} forecast={forecast} />
      <OccupancyTable messages={messages} days={forecast.rooms.length > 0 ? forecast.days : []} />
      <p class="govuk-body no-print">
        <a class="govuk-link" href="/desk/rooms">
          {messages('rooms.title')}
        </a>
      </p>
    </>,
  )
})

/** The grid of beds. A Centre without rooms reads who adds them. */
function Rooms({ messages, forecast: { rooms } }: { messages: Messages; forecast: Forecast }) {
  if (rooms.length === 0)
    return (
      <section>
        <h2 class="govuk-heading-m">{messages('board.grid')}</h2>
        <p class="govuk-inset-text">{messages('board.noRooms')}</p>
      </section>
    )
  return (
    <div>
      <BedGrid messages={messages} rooms={rooms} />
      <BedLegend messages={messages} />
    </div>
  )
}

/** Somebody at the door whom nobody announced: the six questions of the short filing. */
function UnplannedArrival({ messages, me }: { messages: Messages; me: SignedIn }) {
  return (
    <form method="post" action="/desk/filing" class="no-print">
      <HiddenFields me={me} />
      <Button name={shortField} value="yes">
        {messages('board.unplanned')}
      </Button>
    </form>
  )
}

/** Who sleeps at the Centre, room by room, each with a link to move her. */
function Guests({ messages, forecast: { placed, rooms } }: { messages: Messages; forecast: Forecast }) {
  const there = placed
    .filter(({ present }) => present)
    .toSorted((first, second) => first.room.localeCompare(second.room, 'en', { numeric: true }))
  if (rooms.length === 0 || there.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">{messages('board.there')}</h2>
        <p class="govuk-inset-text">{messages('board.nobodyThere')}</p>
      </>
    )
  return (
    <Table
      caption={messages('board.there')}
      heads={[
        messages('list.reference'),
        messages('list.label'),
        messages('board.room'),
        messages('board.takes'),
        messages('board.until'),
        messages('board.move'),
      ]}
      rows={there.map(({ ret, reference, label, room, beds, cots, until }) => [
        <a class="govuk-link" href={`/desk/returns/${ret}/intake`}>
          {reference}
        </a>,
        maskedPerson(messages, label),
        room,
        [messages.count('board.beds', beds), ...(cots > 0 ? [messages.count('board.cots', cots)] : [])].join(
          ', ',
        ),
        messages.day(until),
        <a class="govuk-link" href={`/desk/board/${ret}`}>
          {messages('board.moveOne', { reference })}
        </a>,
      ])}
    />
  )
}
