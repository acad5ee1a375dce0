import { Hono } from 'hono'
import { peopleAnswer } from '../../../../schemas/api/people.ts'
import { type Room, roomChange, roomChanges, rooms } from '../../../../schemas/api/rooms.ts'
import { roomCode } from '../../../../schemas/values/texts.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Input } from '../../form/controls.tsx'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { shapeOf } from '../../form/shape.ts'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary, SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** In an address, the room that is yet to be added: no room is called so. */
const another = 'new'

/** Screen 14, of the Centre: its rooms, each with its beds and whom it is for; who changed what, and when. */
export const roomScreens = new Hono<DeskEnv>()
  .use('/rooms/*', async (context, next) =>
    context.get('me').kind === 'centre' ? next() : errorPage(context, 'trouble.notFound', 404),
  )
  .get('/rooms', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const { rooms: all } = await me.api.get(['rooms'], rooms)
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
        {all.length > 0 ? <RoomTable messages={messages} all={all} /> : null}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/rooms/changes">
            {messages('rooms.changes')}
          </a>
        </p>
      </>,
    )
  })
  .get('/rooms/changes', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const [log, own] = await Promise.all([
      me.api.get(['rooms', 'changes'], roomChanges, { cursor: context.req.query('from') }),
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
        {log.next ? (
          <a class="govuk-link" href={`/desk/rooms/changes?from=${log.next}`} rel="next">
            {messages('list.next-page')}
          </a>
        ) : null}
      </>,
    )
  })
  .get('/rooms/:room', (context) => form(context, {}))
  .post('/rooms/:room', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const { formData, idempotencyKey, version, again } = await readSubmission(context)
    if (again) return form(context, { formData: again, idempotencyKey, version })
    const code = codeIn(context) ?? roomCode.safeParse(fieldValue(formData, 'room')).data
    const { content, errors } = validate(messages, roomChange, formData, path)
    if (!code)
      errors.unshift({ id: 'room', text: messages('form.check', { field: messages.field(['room']) }) })
    // A room is kept whole: what is called the same would take its place unseen.
    else if (!codeIn(context) && (await me.api.get(['rooms'], rooms)).rooms.some(({ room }) => room === code))
      errors.unshift({ id: 'room', text: messages('rooms.exists') })
    if (!code || errors.length > 0) return form(context, { formData, errors, idempotencyKey, version })
    try {
      await me.api.post(['rooms', code], rooms, { body: content, key: idempotencyKey, version })
      return context.redirect(`/desk/rooms?done=${code}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(context, {
        formData,
        problem,
        errors: errorsFrom(messages, (problem.fields ?? []).map(onPage)),
      })
    }
  })

/** Where a room stands on its page: its words are those of no command. */
const path = ['house']

/** A field that the API names, as the page has it. */
const onPage = (field: string) => (field === 'room' ? field : [...path, field].join('.'))

const codeIn = (context: DeskContext) => roomCode.safeParse(context.req.param('room')).data

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

interface Shown {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string | undefined
  version?: number | undefined
}

async function form(
  context: DeskContext,
  { formData, errors = [], problem, idempotencyKey, version }: Shown,
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const code = codeIn(context)
  if (!code && context.req.param('room') !== another) return errorPage(context, 'trouble.notFound', 404)
  const house = await me.api.get(['rooms'], rooms)
  const now = house.rooms.find(({ room }) => room === code)
  if (code && !now) return errorPage(context, 'trouble.notFound', 404)
  const shape = formShape(roomChange)
  const title = code ? messages('rooms.one', { room: code }) : messages('rooms.add')
  const failed = errors.length > 0 || problem !== undefined
  const lost = problem?.code === 'version-stale' || problem?.code === 'version-lost'
  const state = {
    messages,
    formData: formData ?? new Map(formEntriesOf(shape, now, path)),
    errors,
    unframed: path.join('.'),
  }
  return page(
    context,
    { title, back: '/desk/rooms', failed, hasForm: true, status: lost ? 409 : failed ? 422 : 200 },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {lost && now ? (
        <p class="govuk-inset-text">{messages('rooms.now', { what: lineOf(messages, now) })}</p>
      ) : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{messages('rooms.fact')}</p>
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields
          me={me}
          idempotencyKey={idempotencyKey}
          version={lost ? house.version : (version ?? house.version)}
        />
        {code ? null : <Input state={state} shape={shapeOf(roomCode)} path={['room']} />}
        <Fields state={state} shape={shape} path={path} />
        <Button>{messages('form.save')}</Button>
      </form>
    </>,
  )
}
