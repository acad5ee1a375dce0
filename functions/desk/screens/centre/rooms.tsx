import { Hono } from 'hono'
import { people } from '../../../../schemas/api/people.ts'
import { type Room, roomChange, roomChanges, rooms } from '../../../../schemas/api/rooms.ts'
import { roomCode } from '../../../../schemas/values/texts.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, typedForm, type Visit } from '../../context.ts'
import { Input } from '../../form/controls.tsx'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedAt, typedFrom } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { shapeOf } from '../../form/shape.ts'
import { askedBy, judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done, Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** In an address, the room that is yet to be added: no room is called so. */
const another = 'new'

/** Screen 14, of the Centre: its rooms, each with its beds and whom it is for; who changed what, and when. */
export const houseRooms = new Hono<DeskEnv>()
  .use('/rooms/*', async (visit, next) =>
    visit.get('me').kind === 'centre' ? next() : trouble(visit, 'trouble.notFound', 404),
  )
  .get('/rooms', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const { rooms: all } = await me.api.get(['rooms'], rooms)
    const done = roomCode.safeParse(visit.req.query('done')).data
    return page(
      visit,
      { title: words('rooms.title'), back: '/desk/board' },
      <>
        <Done words={words} text={done && words('rooms.done', { room: done })} />
        <h1 class="govuk-heading-l">{words('rooms.title')}</h1>
        <a class="govuk-button" href={`/desk/rooms/${another}`}>
          {words('rooms.add')}
        </a>
        {all.length === 0 ? <p class="govuk-inset-text">{words('board.noRooms')}</p> : null}
        {all.length > 0 ? <All words={words} all={all} /> : null}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/rooms/changes">
            {words('rooms.changes')}
          </a>
        </p>
      </>,
    )
  })
  .get('/rooms/changes', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const [told, own] = await Promise.all([
      me.api.get(['rooms', 'changes'], roomChanges, { cursor: visit.req.query('from') }),
      me.api.get(['people'], people),
    ])
    const names = new Map(own.people.map(({ user, name }) => [user, name]))
    return page(
      visit,
      { title: words('rooms.changes'), back: '/desk/rooms' },
      <>
        <h1 class="govuk-heading-l">{words('rooms.changes')}</h1>
        {told.changes.length === 0 ? <p class="govuk-inset-text">{words('rooms.noChanges')}</p> : null}
        {told.changes.length > 0 ? (
          <Table
            caption={words('rooms.changesInOrder')}
            heads={[words('rooms.when'), words('board.room'), words('rooms.became'), words('rooms.who')]}
            rows={told.changes.map(({ at, by, changed, rooms: then }) => [
              <time datetime={at}>{words.instant(at)}</time>,
              changed,
              then.filter(({ room }) => room === changed).map((room) => lineOf(words, room)),
              names.get(by.user) ?? words.code('role', by.role),
            ])}
          />
        ) : null}
        {told.next ? (
          <a class="govuk-link" href={`/desk/rooms/changes?from=${told.next}`} rel="next">
            {words('list.next-page')}
          </a>
        ) : null}
      </>,
    )
  })
  .get('/rooms/:room', (visit) => form(visit, {}))
  .post('/rooms/:room', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const { typed, once, version, rows } = await postedIn(visit)
    if (rows) return form(visit, { typed: rows, once, version })
    const code = codeIn(visit) ?? roomCode.safeParse(typedAt(typed, 'room')).data
    const { content, wrongs } = judge(words, roomChange, typed, path)
    if (!code) wrongs.unshift({ id: 'room', text: words('form.check', { field: words.field(['room']) }) })
    // A room is kept whole: what is called the same would take its place unseen.
    else if (!codeIn(visit) && (await me.api.get(['rooms'], rooms)).rooms.some(({ room }) => room === code))
      wrongs.unshift({ id: 'room', text: words('rooms.exists') })
    if (!code || wrongs.length > 0) return form(visit, { typed, wrongs, once, version })
    try {
      await me.api.post(['rooms', code], rooms, { body: content, key: once, version })
      return visit.redirect(`/desk/rooms?done=${code}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(visit, { typed, problem, wrongs: wrongsFrom(words, (problem.fields ?? []).map(onPage)) })
    }
  })

/** Where a room stands on its page: its words are those of no command. */
const path = ['house']

/** A field that the API names, as the page has it. */
const onPage = (field: string) => (field === 'room' ? field : [...path, field].join('.'))

const codeIn = (visit: Visit) => roomCode.safeParse(visit.req.param('room')).data

function All({ words, all }: { words: Words; all: readonly Room[] }) {
  return (
    <Table
      caption={words('rooms.all')}
      heads={[
        words('board.room'),
        words.field(['beds']),
        words.field(['cots']),
        words.field(['tags']),
        words.field(['blocked']),
      ]}
      rows={all.map((room) => [
        <a class="govuk-link" href={`/desk/rooms/${room.room}`}>
          {words('board.otherRoom', { room: room.room })}
        </a>,
        words.number(room.beds),
        words.number(room.cots),
        room.tags.map((tag) => words.value(['tags'], tag)).join(', '),
        room.blocked.map((one) => blockedIn(words, one)).join('; '),
      ])}
    />
  )
}

const blockedIn = (words: Words, { beds, cots, reason, from, until }: Room['blocked'][number]) =>
  words('rooms.blocked', {
    beds: words.count('board.beds', beds),
    cots: words.count('board.cots', cots),
    why: words.value(['blocked', 'reason'], reason),
    from: words.day(from),
    until: words.day(until),
  })

/** How a room was after a change, in one line. */
function lineOf(words: Words, { beds, cots, tags, blocked }: Room): string {
  return [
    words.count('board.beds', beds),
    ...(cots > 0 ? [words.count('board.cots', cots)] : []),
    ...tags.map((tag) => words.value(['tags'], tag)),
    ...blocked.map((one) => blockedIn(words, one)),
  ].join(', ')
}

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string | undefined
  version?: number | undefined
}

async function form(visit: Visit, { typed, wrongs = [], problem, once, version }: Shown) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const code = codeIn(visit)
  if (!code && visit.req.param('room') !== another) return trouble(visit, 'trouble.notFound', 404)
  const house = await me.api.get(['rooms'], rooms)
  const now = house.rooms.find(({ room }) => room === code)
  if (code && !now) return trouble(visit, 'trouble.notFound', 404)
  const shape = askedBy(roomChange)
  const title = code ? words('rooms.one', { room: code }) : words('rooms.add')
  const failed = wrongs.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-stale' || problem?.code === 'version-lost'
  const asking = {
    words,
    typed: typed ?? new Map(typedFrom(shape, now, path)),
    wrongs,
    flat: path.join('.'),
  }
  return page(
    visit,
    { title, back: '/desk/rooms', failed, typed: true, status: lost ? 409 : failed ? 422 : 200 },
    <>
      <Refused words={words} problem={problem} />
      {lost && now ? (
        <p class="govuk-inset-text">{words('rooms.now', { what: lineOf(words, now) })}</p>
      ) : null}
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{words('rooms.fact')}</p>
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} once={once} version={lost ? house.version : (version ?? house.version)} />
        {code ? null : <Input asking={asking} shape={shapeOf(roomCode)} path={['room']} />}
        <Fields asking={asking} shape={shape} path={path} />
        <Button>{words('form.save')}</Button>
      </form>
    </>,
  )
}
