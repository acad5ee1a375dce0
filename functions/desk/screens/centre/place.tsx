import { Hono } from 'hono'
import { commandAnswer } from '../../../../schemas/api/answers.ts'
import { type Forecast, forecast as forecastAnswer } from '../../../../schemas/api/forecast.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { daysAfter } from '../../../../schemas/values/clocks.ts'
import { againField, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, formEntriesOf } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { Alternatives } from './alternatives.tsx'
import { freeOn, type Nights, nightsIn } from './free-beds.ts'

const schema = bodyOf('hold-place', 'centre')
const shape = formShape(schema)
/** For how many days a place is held for somebody who does not come. The form proposes it, and the user can change it. */
const holdDays = 7
/** As far as the API tells which beds are free. */
const forecastDays = '60'

/** A bed for a person: the first one, or another instead. With another, the room that she had is given back. */
export const place = new Hono<DeskEnv>()
  .get('/board/:ret', (context) =>
    context.var.me.kind === 'centre' ? placePage(context) : notFound(context),
  )
  .post('/board/:ret', (context) => {
    const { me } = context.var
    if (me.kind !== 'centre') return notFound(context)
    const messages = context.var.messages.about('hold-place')
    return submit(context, {
      messages,
      validate: (formData) => validate(messages, schema, formData),
      send: (body, { key, version }) =>
        me.api.post(['returns', returnIdIn(context), 'commands', 'hold-place'], commandAnswer, {
          body,
          key,
          version,
        }),
      done: () => '/desk/board?done=place',
      show: (attempt) => placePage(context, attempt),
    })
  })

async function placePage(context: DeskContext, attempt: FormAttempt = {}) {
  const { messages, me } = context.var
  const { errors = [], problem, idempotencyKey } = attempt
  const [seen, forecast] = await Promise.all([
    fetchReturn(context),
    me.api.get(['forecast'], forecastAnswer, { days: forecastDays }),
  ])
  const now = forecast.placed.find(({ ret }) => ret === seen.ret)
  const title = messages(now?.present ? 'place.move' : 'place.hold')
  const formData = attempt.formData ?? proposed(context, seen, forecast)
  const nights = nightsIn(shape, formData, forecast, now)
  const rooms = forecast.rooms.map((room) => [room.room, roomIn(messages, room, nights)] as const)
  return page(
    context,
    { title, back: '/desk/board', hasForm: true, ...outcomeOf(attempt) },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {problem?.choices ? <Alternatives messages={messages} near={problem.choices} /> : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} />
      {now ? <p class="govuk-inset-text">{messages('place.now', { room: now.room })}</p> : null}
      <form id={pageFormId} method="post" action={`/desk/board/${seen.ret}`} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={seen.version} />
        <Warnings messages={messages.about('hold-place')} problem={problem} formData={formData} />
        <Fields
          state={{
            messages: messages.about('hold-place'),
            formData,
            errors,
            unframed: 'case',
            ...(rooms.length > 0 ? { choices: new Map([['case.room', rooms]]) } : {}),
          }}
          shape={shape}
          path={[]}
        />
        <p class="govuk-body">
          {nights
            ? messages('place.freeOn', { from: messages.day(nights.from), until: messages.day(nights.until) })
            : messages('place.freeUnknown')}
        </p>
        <div class="govuk-button-group">
          <Button>{title}</Button>
          {/* Only shows the form again: with the beds that are free on the days that were typed. */}
          <Button kind="secondary" name={againField} value="free">
            {messages('place.showFree')}
          </Button>
        </div>
      </form>
    </>,
  )
}

/** What the page proposes: her present place, or one from the day on which she comes, with a bed for each person. */
function proposed(
  context: DeskContext,
  { ret }: ReturnView,
  { placed, fitting, unfitting, days, rooms, stayDays }: Forecast,
): FormDataMap {
  const today = days[0]?.day ?? ''
  const now = placed.find((line) => line.ret === ret)
  const coming = [...fitting, ...unfitting].find((line) => line.ret === ret)
  const from = now?.present ? today : (now?.arrivesOn ?? now?.from ?? coming?.arrivesOn ?? today)
  const begins = from < today ? today : from
  const room = context.req.query('room')
  const until = daysAfter(begins, holdDays)
  // A Centre that has entered no rooms holds a place without one.
  if (rooms.length === 0) return new Map(formEntriesOf(shape, { until }, []))
  const content = {
    until,
    case: {
      ...(room ? { room } : {}),
      beds: now?.beds ?? coming?.beds ?? 1,
      cots: now?.cots ?? 0,
      from: begins,
      until: now && now.until > begins ? now.until : daysAfter(begins, stayDays - 1),
    },
  }
  return new Map(formEntriesOf(shape, content, []))
}

/** A room with what it offers, and how many of its beds are free on every night that is wanted. */
function roomIn(
  messages: Messages,
  { room, tags, days }: Forecast['rooms'][number],
  nights: Nights | undefined,
): string {
  const free = nights && freeOn(days, { ...nights, own: nights.own?.room === room ? nights.own : undefined })
  return [
    messages('board.otherRoom', { room }),
    ...tags.map((tag) => messages.value(['tags'], tag)),
    ...(free === undefined ? [] : [messages.count('place.free', free)]),
  ].join(', ')
}
