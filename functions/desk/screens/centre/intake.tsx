import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { commanded, opened } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { Phase } from '../../../../schemas/procedure/phases.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { type Typed, typedAt } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done, Refused } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { Reasons, reasonField } from '../../parts/reasons.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from '../return/reading.ts'
import { Checklist, Services, servicesTyped, told, typedFor } from './checklist.tsx'

/** What may have happened at the door, and what comes after; each is asked by its own form. */
const happenings: readonly CommandName[] = [
  'arrive',
  'hand-over',
  'confirm-handover',
  'record-choice',
  'admit',
  'refer-home',
  'end-otherwise',
  'plan-stay',
  'leave-centre',
  'follow-up',
]

/** Phases in which she is to come: that she does not is recorded by whoever travels with her, or sends her. */
const comes: readonly Phase[] = ['planned', 'confirmed', 'travelling']

/** Which of two forms was sent: the one that says why it opens, or the checklist. */
const saveField = 'save'
const command = 'offer-services'

/** Screen 11: she comes, or comes not; what was offered to her, whose it is and by when. */
export const intake = new Hono<DeskEnv>()
  .get('/returns/:ret/intake', async (visit) => {
    if (visit.get('me').kind !== 'centre') return trouble(visit, 'trouble.notFound', 404)
    return closed(visit, await readSeen(visit), {})
  })
  .post('/returns/:ret/intake', async (visit) => {
    const me = visit.get('me')
    if (me.kind !== 'centre') return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, version, rows } = await postedIn(visit)
    if (rows) return again(visit, rows, { once, version })
    if (typedAt(typed, saveField) !== '') return saved(visit, typed, once, version)
    const words = visit.get('words')
    const asked = opening.safeParse({ classes: ['care'], reason: typedAt(typed, reasonField) })
    if (!asked.success) {
      const text = words('form.needed', { field: words('show.why') })
      return closed(visit, await readSeen(visit), { typed, wrongs: [{ id: reasonField, text }] })
    }
    const [seen, { sections, version: openedAt }] = await Promise.all([
      readSeen(visit),
      me.api.post(['returns', retOf(visit), 'open'], opened, { body: asked.data }),
    ])
    const now = told(sections)
    return shown(
      visit,
      seen,
      <>
        <Checklist words={words} now={now} />
        <Form visit={visit} seen={seen} typed={typedFor(now)} version={openedAt} />
      </>,
      { typed: typedFor(now) },
    )
  })

/** Sends the whole list of services; on the version on which it was opened, since what somebody else wrote would be lost. */
async function saved(visit: Visit, sent: Typed, once: string, version: number | undefined) {
  const [words, me] = [visit.get('words').about(command), visit.get('me')]
  const typed = servicesTyped(sent)
  const { content, wrongs } = judge(words, bodyOf(command, me.kind), typed)
  if (wrongs.length > 0) return again(visit, typed, { wrongs, once, version })
  try {
    const path = ['returns', retOf(visit), 'commands', command]
    await me.api.post(path, commanded, { body: content, key: once, version })
    return visit.redirect(`/desk/returns/${retOf(visit)}/intake?done=services`, 303)
  } catch (error) {
    if (!isApiRefusal(error)) throw error
    const { problem } = error
    return again(visit, typed, { problem, wrongs: wrongsFrom(words, problem.fields ?? []), once })
  }
}

interface Told {
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
  version?: number | undefined
}

async function again(visit: Visit, typed: Typed, { wrongs = [], problem, once, version }: Told) {
  const seen = await readSeen(visit)
  return shown(
    visit,
    seen,
    <Form visit={visit} seen={seen} typed={typed} wrongs={wrongs} once={once} version={version} />,
    { wrongs, typed, ...(problem ? { problem } : {}) },
  )
}

/** Masked until somebody says why; what happened at the door needs no look. */
function closed(visit: Visit, seen: Seen, { typed = new Map(), wrongs = [] }: Told) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  return shown(
    visit,
    seen,
    seen.membership === 'ended' ? (
      <p class="govuk-inset-text">{words('show.unreadable')}</p>
    ) : (
      <form method="post" action={`/desk/returns/${seen.ret}/intake`} novalidate>
        <h2 class="govuk-heading-m">{words('intake.services')}</h2>
        <p class="govuk-body">{words('intake.masked')}</p>
        <Sending me={me} />
        <Reasons words={words} typed={typed} wrongs={wrongs} />
        <Button>{words('intake.open')}</Button>
      </form>
    ),
    { wrongs },
  )
}

function shown(visit: Visit, seen: Seen, below: Child, { typed, wrongs = [], problem }: Told = {}) {
  const words = visit.get('words')
  const failed = wrongs.length > 0 || problem !== undefined
  return page(
    visit,
    {
      title: words('intake.title'),
      back: `/desk/returns/${seen.ret}`,
      failed,
      typed: typed !== undefined && seen.commands.includes(command),
      status: failed ? 422 : 200,
    },
    <>
      <Done words={words} text={visit.req.query('done') === 'services' ? words('intake.saved') : undefined} />
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('intake.title')}</h1>
      <ReturnHead words={words} seen={seen} />
      <Door words={words} seen={seen} />
      {below}
    </>,
  )
}

/** Where she sleeps, what is due of her stay, and what may have happened, each one press away. */
function Door({ words, seen }: { words: Words; seen: Seen }) {
  const possible = happenings.filter((happening) => seen.commands.includes(happening))
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{words('place.title')}</dt>
          <dd>
            {words(seen.placeHeld ? 'intake.held' : 'intake.noPlace')}{' '}
            {seen.commands.includes('hold-place') ? (
              <a class="govuk-link" href={`/desk/board/${seen.ret}`}>
                {words(seen.placeHeld ? 'place.move' : 'place.hold')}
              </a>
            ) : null}
          </dd>
        </div>
        {seen.due
          .filter(({ owner }) => owner === 'centre')
          .map(({ step, day }) => (
            <div>
              <dt>{words.code('step', step)}</dt>
              <dd>{words.day(day)}</dd>
            </div>
          ))}
      </dl>
      {comes.includes(seen.phase) && seen.commands.includes('ask') ? (
        <p class="govuk-body no-print">
          {words('intake.notCome')}{' '}
          <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/ask`}>
            {words.code('command', 'ask')}
          </a>
        </p>
      ) : null}
      {possible.length > 0 ? (
        <section class="no-print">
          <h2 class="govuk-heading-m">{words('intake.happened')}</h2>
          <ul class="govuk-list">
            {possible.map((one) => (
              <li>
                <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/${one}`}>
                  {words.code('command', one)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

interface Asked {
  visit: Visit
  seen: Seen
  typed: Typed
  wrongs?: readonly Wrong[]
  once?: string | undefined
  version?: number | undefined
}

/** The checklist as a form: all services at once, as the record holds them. */
function Form({ visit, seen, typed, wrongs = [], once, version }: Asked) {
  const [words, me] = [visit.get('words').about(command), visit.get('me')]
  if (!seen.commands.includes(command)) return <p class="govuk-inset-text">{words('intake.later')}</p>
  return (
    <form id={typedForm} method="post" action={`/desk/returns/${seen.ret}/intake`} novalidate>
      <h2 class="govuk-heading-m">{words.code('command', command)}</h2>
      <p class="govuk-body">{words('intake.how')}</p>
      <Sending me={me} once={once} version={version ?? seen.version} />
      <Services asking={{ words, typed, wrongs }} />
      <Button name={saveField} value="yes">
        {words('form.save')}
      </Button>
    </form>
  )
}
