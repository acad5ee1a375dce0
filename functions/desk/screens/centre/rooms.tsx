import { Hono } from 'hono'
import { peopleAnswer } from '../../../../schemas/api/people.ts'
import { type Room, roomChange, roomChanges, rooms } from '../../../../schemas/api/rooms.ts'
import { roomCode } from '../../../../schemas/values/texts.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { Input } from '../../form/controls.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { shapeOf } from '../../form/shape.ts'
import { type FormAttempt, isOutdated, outcomeWithConflict, submit } from '../../form/submit.ts'
import { formShape, type Validation, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagedRows, pagingIn } from '../../parts/paging.tsx'
import { Table } from '../../parts/table.tsx'

/** Stands in the address of a room that is yet to be added. No room has this code. */
const another = 'new'

/** Screen 14, of the Centre: its rooms, each with its beds and whom it is for; who changed what, and when. */
export const roomScreens = new Hono<DeskEnv>()
  .use('/rooms/*', async (context, next) => (context.var.me.kind === 'centre' ? next() : notFound(context)))
  .get('/rooms', async (context) => {
    const { messages, me } = context.var
    const { rooms: all } = await me.api.get(['rooms'], rooms)
    const paging = pagingIn(context)
    const shown = pagedRows(all, paging)
    const done = roomCode.safeParse(context.req.query('done')).data
    return page(
      context,
      { title: messages('rooms.title'), back: '/desk/board' },
      <>
        <SuccessBanner messages={messages} text={done && messages('rooms.done', { room: done })} />
        <h1 class="govuk-heading-l">{messages('rooms.title')}</h1>
        <a class="govuk-button" href={`/desk/rooms/${another}`}>
          {messages('rooms.add')}
        </a>
        {all.length === 0 ? <p class="govuk-inset-text">{messages('board.noRooms')}</p> : null}
        {all.length > 0 ? <RoomTable messages={messages} all={shown.rows} /> : null}
        <PagingLinks
          context={context}
          paging={paging}
          rows={shown.rows.length}
          next={shown.next}
          total={shown.total}
        />
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/rooms/changes">
            {messages('rooms.changes')}
          </a>
        </p>
      </>,
    )
  })
  .get('/rooms/changes', async (context) => {
    const { messages, me } = context.var
    const paging = pagingIn(context)
    const [log, own] = await Promise.all([
      me.api.get(['rooms', 'changes'], roomChanges, { cursor: paging.cursor }),
      me.api.get(['people'], peopleAnswer),
    ])
    const names = new Map(own.people.map(({ user, name }) => [user, name]))
    return page(
      context,
      { title: messages('rooms.changes'), back: '/desk/rooms' },
      <>
        <h1 class="govuk-heading-l">{messages('rooms.changes')}</h1>
        {log.changes.length === 0 ? <p class="govuk-inset-text">{messages('rooms.noChanges')}</p> : null}
        {log.changes.length > 0 ? (
          <Table
            caption={messages('rooms.changesInOrder')}
            heads={[
              messages('rooms.when'),
              messages('board.room'),
              messages('rooms.became'),
              messages('rooms.who'),
            ]}
            rows={log.changes.map(({ at, by, changed, rooms: then }) => [
              <time datetime={at}>{messages.instant(at)}</time>,
              changed,
              then.filter(({ room }) => room === changed).map((room) => lineOf(messages, room)),
              names.get(by.user) ?? messages.code('role', by.role),
            ])}
          />
        ) : null}
        <PagingLinks context={context} paging={paging} rows={log.changes.length} next={log.next} />
      </>,
    )
  })
  .get('/rooms/:room', (context) => roomPage(context))
  .post('/rooms/:room', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate: (formData) => validateRoom(context, formData),
      send: ({ code, change }, { key, version }) =>
        me.api.post(['rooms', code], rooms, { body: change, key, version }).then(() => code),
      done: (code) => `/desk/rooms?done=${code}`,
      show: (attempt) => roomPage(context, attempt),
      fieldOnPage: (field) => (field === 'room' ? field : [...path, field].join('.')),
    })
  })

/** The path of a room on its page: it is the body of no command. */
const path = ['house']

const codeIn = (context: DeskContext) => roomCode.safeParse(context.req.param('room')).data

/** Checks a room, and the code of a new one. */
async function validateRoom(
  context: DeskContext,
  formData: FormDataMap,
): Promise<Validation<{ code: string; change: unknown }>> {
  const { messages, me } = context.var
  const { content: change, errors } = validate(messages, roomChange, formData, path)
  const known = codeIn(context)
  if (known) return { content: { code: known, change }, errors }
  const code = roomCode.safeParse(fieldValue(formData, 'room')).data
  if (!code) {
    const text = messages('form.rule.room', { field: messages.field(['room']) })
    return { errors: [{ id: 'room', text }, ...errors] }
  }
  // A room is saved whole: a new one with the code of another would replace that one unseen.
  const exists = (await me.api.get(['rooms'], rooms)).rooms.some(({ room }) => room === code)
  const all = exists ? [{ id: 'room', text: messages('rooms.exists') }, ...errors] : errors
  return { content: { code, change }, errors: all }
}

function RoomTable({ messages, all }: { messages: Messages; all: readonly Room[] }) {
  return (
    <Table
      caption={messages('rooms.all')}
      heads={[
        messages('board.room'),
        messages.field(['beds']),
        messages.field(['cots']),
        messages.field(['tags']),
        messages.field(['blocked']),
      ]}
      rows={all.map((room) => [
        <a class="govuk-link" href={`/desk/rooms/${room.room}`}>
          {messages('board.otherRoom', { room: room.room })}
        </a>,
        messages.number(room.beds),
        messages.number(room.cots),
        room.tags.map((tag) => messages.value(['tags'], tag)).join(', '),
        room.blocked.map((block) => blockedIn(messages, block)).join('; '),
      ])}
    />
  )
}

const blockedIn = (messages: Messages, { beds, cots, reason, from, until }: Room['blocked'][number]) =>
  messages('rooms.blocked', {
    beds: messages.count('board.beds', beds),
    cots: messages.count('board.cots', cots),
    why: messages.value(['blocked', 'reason'], reason),
    from: messages.day(from),
    until: messages.day(until),
  })

/** How a room was after a change, in one line. */
function lineOf(messages: Messages, { beds, cots, tags, blocked }: Room): string {
  return [
    messages.count('board.beds', beds),
    ...(cots > 0 ? [messages.count('board.cots', cots)] : []),
    ...tags.map((tag) => messages.value(['tags'], tag)),
    ...blocked.map((block) => blockedIn(messages, block)),
  ].join(', ')
}

async function roomPage(context: DeskContext, attempt: FormAttempt = {}) {
  const code = codeIn(context)
  if (!code && context.req.param('room') !== another) return notFound(context)
  const { messages, me } = context.var
  const house = await me.api.get(['rooms'], rooms)
  const now = house.rooms.find(({ room }) => room === code)
  if (code && !now) return notFound(context)
  const { errors = [], problem } = attempt
  const title = code ? messages('rooms.one', { room: code }) : messages('rooms.add')
  return page(
    context,
    { title, back: '/desk/rooms', hasForm: true, ...outcomeWithConflict(attempt) },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {isOutdated(problem) && now ? (
        <p class="govuk-inset-text">{messages('rooms.now', { what: lineOf(messages, now) })}</p>
      ) : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{messages('rooms.fact')}</p>
      <RoomForm context={context} now={now} version={house.version} attempt={attempt} />
    </>,
  )
}

/** The form of a room; a new one is also asked for its code. */
function RoomForm(props: {
  context: DeskContext
  now: Room | undefined
  version: number
  attempt: FormAttempt
}) {
  const { context, now, attempt } = props
  const { messages, me } = context.var
  const { problem, errors = [], idempotencyKey } = attempt
  const version = isOutdated(problem) ? props.version : (attempt.version ?? props.version)
  const shape = formShape(roomChange)
  const formData = attempt.formData ?? new Map(formEntriesOf(shape, now, path))
  const state = { messages, formData, errors, unframed: path.join('.') }
  return (
    <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
      <HiddenFields me={me} idempotencyKey={idempotencyKey} version={version} />
      {now ? null : <Input state={state} shape={shapeOf(roomCode)} path={['room']} />}
      <Fields state={state} shape={shape} path={path} />
      <Button>{messages('form.save')}</Button>
    </form>
  )
}
