import { Hono } from 'hono'
import { commanded } from '../../../../schemas/api/answers.ts'
import { type Forecast, forecast } from '../../../../schemas/api/forecast.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedFrom } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy, judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from '../return/reading.ts'
import { Near } from './near.tsx'

const schema = bodyOf('hold-place', 'centre')
/** How long a place is kept for who does not come, in days; the form proposes it, and it can be changed. */
const holds = 7

/** A bed for somebody: the first, or another instead. Whatever room she had is given back with it. */
export const place = new Hono<DeskEnv>()
  .get('/board/:ret', (visit) =>
    visit.get('me').kind === 'centre' ? form(visit, {}) : trouble(visit, 'trouble.notFound', 404),
  )
  .post('/board/:ret', async (visit) => {
    const [words, me] = [visit.get('words').about('hold-place'), visit.get('me')]
    if (me.kind !== 'centre') return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, version, rows } = await postedIn(visit)
    if (rows) return form(visit, { typed: rows, once })
    const { content, wrongs } = judge(words, schema, typed)
    if (wrongs.length > 0) return form(visit, { typed, wrongs, once })
    try {
      const path = ['returns', retOf(visit), 'commands', 'hold-place']
      await me.api.post(path, commanded, { body: content, key: once, version })
      return visit.redirect('/desk/board?done=place', 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(visit, { typed, problem, wrongs: wrongsFrom(words, problem.fields ?? []) })
    }
  })

interface Shown {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
}

async function form(visit: Visit, { typed, wrongs = [], problem, once }: Shown) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [seen, told] = await Promise.all([readSeen(visit), me.api.get(['forecast'], forecast)])
  const now = told.placed.find(({ ret }) => ret === seen.ret)
  const title = words(now?.present ? 'place.move' : 'place.hold')
  const failed = wrongs.length > 0 || problem !== undefined
  const values = told.rooms.map((room) => [room.room, roomIn(words, room)] as const)
  return page(
    visit,
    { title, back: '/desk/board', failed, typed: true, status: failed ? 422 : 200 },
    <>
      <Refused words={words} problem={problem} />
      {problem?.choices ? <Near words={words} near={problem.choices} /> : null}
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead words={words} seen={seen} />
      {now ? <p class="govuk-inset-text">{words('place.now', { room: now.room })}</p> : null}
      <form id={typedForm} method="post" action={`/desk/board/${seen.ret}`} novalidate>
        <Sending me={me} once={once} version={seen.version} />
        <Fields
          asking={{
            words: words.about('hold-place'),
            typed: typed ?? proposed(visit, seen, told),
            wrongs,
            flat: 'case',
            ...(values.length > 0 ? { targets: new Map([['case.room', values]]) } : {}),
          }}
          shape={askedBy(schema)}
          path={[]}
        />
        <Button>{title}</Button>
      </form>
    </>,
  )
}

/** What the page proposes: the place that she has, or one for the day on which she comes, with a bed for each. */
function proposed(
  visit: Visit,
  { ret }: Seen,
  { placed, fitting, unfitting, days, stayDays }: Forecast,
): Typed {
  const today = days[0]?.day ?? ''
  const now = placed.find((one) => one.ret === ret)
  const coming = [...fitting, ...unfitting].find((one) => one.ret === ret)
  const from = now?.present ? today : (now?.arrivesOn ?? now?.from ?? coming?.arrivesOn ?? today)
  const begins = from < today ? today : from
  const room = visit.req.query('room')
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
  return new Map(typedFrom(askedBy(schema), content, []))
}

function daysAfter(day: string, count: number): string {
  const at = new Date(`${day}T00:00Z`)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}

/** A room with what it offers, and how many of its beds are free on the fullest of the coming days. */
function roomIn(words: Words, { room, tags, days }: Forecast['rooms'][number]): string {
  const free = Math.min(...days.map(({ beds }) => beds.free))
  return [
    words('board.otherRoom', { room }),
    ...tags.map((tag) => words.value(['tags'], tag)),
    words.count('place.free', free),
  ].join(', ')
}
