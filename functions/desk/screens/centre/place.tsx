import { Hono } from 'hono'
import { commanded } from '../../../../schemas/api/answers.ts'
import { type Forecast, forecast as forecastAnswer } from '../../../../schemas/api/forecast.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, formEntriesOf } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { readReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { Alternatives } from './alternatives.tsx'

const schema = bodyOf('hold-place', 'centre')
/** How long a place is kept for who does not come, in days; the form proposes it, and it can be changed. */
const holds = 7

/** A bed for somebody: the first, or another instead. Whatever room she had is given back with it. */
export const place = new Hono<DeskEnv>()
  .get('/board/:ret', (context) =>
    context.get('me').kind === 'centre' ? form(context, {}) : errorPage(context, 'trouble.notFound', 404),
  )
  .post('/board/:ret', async (context) => {
    const [messages, me] = [context.get('messages').about('hold-place'), context.get('me')]
    if (me.kind !== 'centre') return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, version, again } = await readSubmission(context)
    if (again) return form(context, { formData: again, idempotencyKey })
    const { content, errors } = validate(messages, schema, formData)
    if (errors.length > 0) return form(context, { formData, errors, idempotencyKey })
    try {
      const path = ['returns', returnIdIn(context), 'commands', 'hold-place']
      await me.api.post(path, commanded, { body: content, key: idempotencyKey, version })
      return context.redirect('/desk/board?done=place', 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(context, { formData, problem, errors: errorsFrom(messages, problem.fields ?? []) })
    }
  })

interface Shown {
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
}

async function form(context: DeskContext, { formData, errors = [], problem, idempotencyKey }: Shown) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const [seen, forecast] = await Promise.all([readReturn(context), me.api.get(['forecast'], forecastAnswer)])
  const now = forecast.placed.find(({ ret }) => ret === seen.ret)
  const title = messages(now?.present ? 'place.move' : 'place.hold')
  const failed = errors.length > 0 || problem !== undefined
  const values = forecast.rooms.map((room) => [room.room, roomIn(messages, room)] as const)
  return page(
    context,
    { title, back: '/desk/board', failed, hasForm: true, status: failed ? 422 : 200 },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      {problem?.choices ? <Alternatives messages={messages} near={problem.choices} /> : null}
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} />
      {now ? <p class="govuk-inset-text">{messages('place.now', { room: now.room })}</p> : null}
      <form id={pageFormId} method="post" action={`/desk/board/${seen.ret}`} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={seen.version} />
        <Fields
          state={{
            messages: messages.about('hold-place'),
            formData: formData ?? proposed(context, seen, forecast),
            errors,
            unframed: 'case',
            ...(values.length > 0 ? { choices: new Map([['case.room', values]]) } : {}),
          }}
          shape={formShape(schema)}
          path={[]}
        />
        <Button>{title}</Button>
      </form>
    </>,
  )
}

/** What the page proposes: the place that she has, or one for the day on which she comes, with a bed for each. */
function proposed(
  context: DeskContext,
  { ret }: ReturnView,
  { placed, fitting, unfitting, days, stayDays }: Forecast,
): FormDataMap {
  const today = days[0]?.day ?? ''
  const now = placed.find((line) => line.ret === ret)
  const coming = [...fitting, ...unfitting].find((line) => line.ret === ret)
  const from = now?.present ? today : (now?.arrivesOn ?? now?.from ?? coming?.arrivesOn ?? today)
  const begins = from < today ? today : from
  const room = context.req.query('room')
  const content = {
    until: daysAfter(begins, holds),
    case: {
      ...(room ? { room } : {}),
      beds: now?.beds ?? coming?.beds ?? 1,
      cots: now?.cots ?? 0,
      from: begins,
      until: now && now.until > begins ? now.until : daysAfter(begins, stayDays - 1),
    },
  }
  return new Map(formEntriesOf(formShape(schema), content, []))
}

function daysAfter(day: string, count: number): string {
  const at = new Date(`${day}T00:00Z`)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}

/** A room with what it offers, and how many of its beds are free on the fullest of the coming days. */
function roomIn(messages: Messages, { room, tags, days }: Forecast['rooms'][number]): string {
  const free = Math.min(...days.map(({ beds }) => beds.free))
  return [
    messages('board.otherRoom', { room }),
    ...tags.map((tag) => messages.value(['tags'], tag)),
    messages.count('place.free', free),
  ].join(', ')
}
