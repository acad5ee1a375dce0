import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { opened } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { type DeskEnv, type Me, typedForm, type Visit } from '../../context.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedAt, typedFrom } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { page } from '../../parts/page.tsx'
import { Reasons, reasonField } from '../../parts/reasons.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { Papers } from '../paper/links.tsx'
import { readSeen, retOf } from '../return/reading.ts'
import { membershipBefore } from './closed-gates.ts'
import { Journey } from './journey.tsx'
import { told } from './legs.ts'

/** What a journey is seen with: who must not know comes first, and the papers are held against its days. */
const classes: readonly SectionClass[] = ['safety', 'travel', 'case', 'identity']

/** What is done about a journey, in the order in which it comes up. */
const doings: readonly CommandName[] = [
  'plan-travel',
  'attest',
  'confirm-travel',
  'clear-to-leave',
  'depart',
  'report-way',
  'arrive',
]
/** Before these, what is missing is told before anybody presses. */
const gated = ['confirm-travel', 'clear-to-leave'] as const

type Sections = z.infer<typeof opened>['sections']

/** Screen 9: the journey, masked until somebody says why; what is missing before it; what can be done about it. */
export const itinerary = new Hono<DeskEnv>()
  .get('/returns/:ret/itinerary', async (visit) => closed(visit, await readSeen(visit)))
  .post('/returns/:ret/itinerary', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const { typed } = await postedIn(visit)
    const asked = opening.safeParse({ classes: classesOf(me), reason: typedAt(typed, reasonField) })
    if (!asked.success)
      return closed(visit, await readSeen(visit), typed, [
        { id: reasonField, text: words('form.needed', { field: words('show.why') }) },
      ])
    const [seen, { sections }] = await Promise.all([
      readSeen(visit),
      me.api.post(['returns', retOf(visit), 'open'], opened, { body: asked.data }),
    ])
    return typedAt(typed, doField) === 'change'
      ? changing(visit, seen, sections)
      : shown(visit, seen, sections)
  })

/** Which of two buttons opened it: the one that shows, or the one that changes. */
const doField = 'do'

const classesOf = ({ kind }: Me) => classes.filter((cls) => openable(kind).includes(cls))

function head(visit: Visit, seen: Seen, wrongs: readonly Wrong[] = []) {
  const words = visit.get('words')
  const failed = wrongs.length > 0
  return {
    title: words('travel.itinerary'),
    back: `/desk/returns/${seen.ret}`,
    failed,
    status: failed ? (422 as const) : (200 as const),
  }
}

function closed(visit: Visit, seen: Seen, typed: Typed = new Map(), wrongs: readonly Wrong[] = []) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const reads = classesOf(me).includes('travel') && seen.membership === 'on'
  return page(
    visit,
    head(visit, seen, wrongs),
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('travel.itinerary')}</h1>
      <ReturnHead words={words} seen={seen} />
      <Before words={words} seen={seen} />
      <Doings words={words} seen={seen} />
      <Papers words={words} me={me} seen={seen} only="travel-sheet" />
      {reads ? (
        <form method="post" action={`/desk/returns/${seen.ret}/itinerary`} novalidate>
          <Sending me={me} />
          <h2 class="govuk-heading-m">{words('travel.legs')}</h2>
          <p class="govuk-body">{words('travel.masked')}</p>
          <Reasons words={words} typed={typed} wrongs={wrongs} />
          <div class="govuk-button-group">
            <Button>{words('show.show')}</Button>
            {seen.commands.includes('change-travel') ? (
              <Button kind="secondary" name={doField} value="change">
                {words.code('command', 'change-travel')}
              </Button>
            ) : null}
          </div>
        </form>
      ) : (
        <p class="govuk-inset-text">{words('show.unreadable')}</p>
      )}
    </>,
  )
}

function shown(visit: Visit, seen: Seen, sections: Sections) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  return page(
    visit,
    head(visit, seen),
    <>
      <h1 class="govuk-heading-l">{words('travel.itinerary')}</h1>
      <ReturnHead words={words} seen={seen} />
      <section class="danger">
        <h2 class="govuk-heading-m">{words.code('class', 'safety')}</h2>
        {sections
          .filter(({ cls }) => cls === 'safety')
          .map(({ cls, slot, content }) => (
            <Content words={words} cls={cls} slot={slot} content={content} />
          ))}
      </section>
      <Journey words={words} seen={seen} sections={sections} />
      <Before words={words} seen={seen} />
      <Doings words={words} seen={seen} />
      <Papers words={words} me={me} seen={seen} only="travel-sheet" />
    </>,
  )
}

/** The plan as it stands, ready to be changed; from there on it is the form of the command like any other. */
function changing(visit: Visit, seen: Seen, sections: Sections) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const command = 'change-travel'
  const shape = askedBy(bodyOf(command, me.kind))
  const plan = told(sections, 'travel', 'itinerary').at(-1)
  const typed = new Map(typedFrom(shape, plan && { travel: plan.content }, []))
  return page(
    visit,
    { ...head(visit, seen), title: words.code('command', command), typed: true },
    <>
      <h1 class="govuk-heading-l">{words.code('command', command)}</h1>
      <ReturnHead words={words} seen={seen} />
      <form id={typedForm} method="post" action={`/desk/returns/${seen.ret}/do/${command}`} novalidate>
        <Sending me={me} version={seen.version} />
        <Fields
          asking={{ words: words.about(command), typed, wrongs: [], flat: 'travel' }}
          shape={shape}
          path={[]}
        />
        <Button>{words('form.send')}</Button>
      </form>
    </>,
  )
}

/** What stands before leaving: what is known to be missing and whose it is, and what only the data can tell. */
function Before({ words, seen }: { words: Words; seen: Seen }) {
  const command = gated.find((one) => seen.commands.includes(one))
  if (!command) return null
  const all = membershipBefore(command, seen)
  const missing = all.filter(({ membership }) => membership === 'missing')
  const sealed = all.filter(({ membership }) => membership === 'sealed').length
  return (
    <section>
      <h2 class="govuk-heading-m">{words('travel.before', { what: words.code('command', command) })}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {missing.map(({ gate, owner }) => (
          <li>{words('act.gate', { gate: words.code('gate', gate), owner: words.code('party', owner) })}</li>
        ))}
      </ul>
      {missing.length === 0 ? <p class="govuk-body">{words('travel.noneMissing')}</p> : null}
      <p class="govuk-body">{words.count('travel.sealed', sealed)}</p>
    </section>
  )
}

function Doings({ words, seen }: { words: Words; seen: Seen }) {
  const own = doings.filter((doing) => seen.commands.includes(doing))
  if (own.length === 0) return null
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{words('return.commands')}</h2>
      <ul class="govuk-list">
        {own.map((name) => (
          <li>
            <a class="govuk-link" href={`/desk/returns/${seen.ret}/do/${name}`}>
              {words.code('command', name)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
