import { Hono } from 'hono'
import { type Forecast, forecast, rooms } from '../../../../schemas/rooms.ts'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { trouble } from '../../parts/trouble.tsx'
import type { DeskEnv } from '../../visit.ts'
import type { Words } from '../../words/words.ts'

const uses = ['all', 'occupied', 'held', 'blocked', 'free', 'short'] as const

/** Screen 10, of the Centre: places of the coming days, and for whom of those to come there is one. */
export const board = new Hono<DeskEnv>().get('/board', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (me.kind !== 'centre') return trouble(visit, 'trouble.notFound', 404)
  const [told, house] = await Promise.all([me.api.get(['forecast'], forecast), me.api.get(['rooms'], rooms)])
  return page(
    visit,
    { title: words('board.title'), back: '/desk' },
    <>
      <h1 class="govuk-heading-l">{words('board.title')}</h1>
      <p class="govuk-body">{words('board.recorded')}</p>
      {house.rooms.length === 0 ? <p class="govuk-inset-text">{words('board.noRooms')}</p> : null}
      <Coming words={words} told={told} />
      <Days words={words} days={told.days} kind="beds" />
      <Days words={words} days={told.days} kind="cots" />
      <Rooms words={words} all={house.rooms.map(({ room }) => room)} />
    </>,
  )
})

/** Whom a place is to be found for: the ones without any first, each with what is near. */
function Coming({ words, told: { fitting, unfitting } }: { words: Words; told: Forecast }) {
  if (fitting.length + unfitting.length === 0) return <p class="govuk-body">{words('board.nobody')}</p>
  const hold = (ret: string) => `/desk/returns/${ret}/do/hold-place`
  return (
    <>
      {unfitting.length > 0 ? (
        <section class="danger">
          <h2 class="govuk-heading-m">{words('board.unfitting')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {unfitting.map(({ ret, arrivesOn, beds, choices }) => (
              <li>
                <a class="govuk-link" href={hold(ret)}>
                  {words('board.comes', { day: words.day(arrivesOn), beds: words.count('board.beds', beds) })}
                </a>
                <ul class="govuk-list">
                  {choices.rooms.map((room) => (
                    <li>{words('board.otherRoom', { room })}</li>
                  ))}
                  {choices.days.map(({ room, from }) => (
                    <li>{words('board.otherDay', { room, day: words.day(from) })}</li>
                  ))}
                  {choices.centres.map((centre) => (
                    <li>{words('board.otherCentre', { centre: partyName(words, centre) })}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {fitting.length > 0 ? (
        <section>
          <h2 class="govuk-heading-m">{words('board.fitting')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {fitting.map(({ ret, arrivesOn, beds, room }) => (
              <li>
                <a class="govuk-link" href={hold(ret)}>
                  {words('board.comes', { day: words.day(arrivesOn), beds: words.count('board.beds', beds) })}
                </a>
                {': '}
                {words('board.otherRoom', { room })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function Days({ words, days, kind }: { words: Words; days: Forecast['days']; kind: 'beds' | 'cots' }) {
  const caption = words(`board.${kind}By`)
  return (
    <section class="wide" tabindex={0} aria-label={caption}>
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              {words('board.day')}
            </th>
            {uses.map((use) => (
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">
                {words(`board.use.${use}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {days.map((one) => (
            <tr class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {words.day(one.day)}
              </th>
              {uses.map((use) => (
                <td class="govuk-table__cell govuk-table__cell--numeric">{words.number(one[kind][use])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Rooms({ words, all }: { words: Words; all: readonly string[] }) {
  if (all.length === 0) return null
  return <p class="govuk-body">{words('board.rooms', { rooms: all.join(', ') })}</p>
}
