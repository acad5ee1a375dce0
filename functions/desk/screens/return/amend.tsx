import { Hono } from 'hono'
import * as z from 'zod/mini'
import { commanded, opened } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { amendments } from '../../../../schemas/commands/amend.ts'
import { sentForm } from '../../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedAt, typedFrom } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { askedBy, judge } from '../../form/validate.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Refused, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { named, partiesOf } from '../../parts/parties.ts'
import { Reasons, reasonField } from '../../parts/reasons.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from './reading.ts'

/** Says that the form holds what was opened, and is to be judged: before, only the reason was asked. */
const filledField = 'filled'

/** Puts a section right: it is opened for a reason, changed on its form, and sent whole. */
export const amend = new Hono<DeskEnv>()
  .get('/returns/:ret/do/amend', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const told = await readSeen(visit)
    return page(
      visit,
      { title: words.code('command', 'amend'), back: `/desk/returns/${told.ret}` },
      <>
        <h1 class="govuk-heading-l">{words.code('command', 'amend')}</h1>
        <ReturnHead words={words} seen={told} />
        <ul class="govuk-list">
          {amendments(me.kind).map(({ cls, slot }) => (
            <li>
              <a class="govuk-link" href={`/desk/returns/${told.ret}/do/amend/${cls}/${slot}`}>
                {words.slot(cls, slot)}
              </a>
            </li>
          ))}
        </ul>
      </>,
    )
  })
  .get('/returns/:ret/do/amend/:cls/:slot', async (visit) => {
    const target = targetIn(visit)
    if (!target) return trouble(visit, 'trouble.notFound', 404)
    return asking(visit, target, await readSeen(visit))
  })
  .post('/returns/:ret/do/amend/:cls/:slot', async (visit) => {
    const words = visit.get('words')
    const target = targetIn(visit)
    if (!target) return trouble(visit, 'trouble.notFound', 404)
    const posted = await postedIn(visit)
    const { typed, rows, once, version, goesOn } = posted
    if (typedAt(typed, filledField) !== 'yes') return open(visit, target, typed)
    if (rows) return form(visit, target, { typed: rows, once, version, goesOn })
    const { cls, slot } = target
    const { content, wrongs } = judge(words.about('amend', { [cls]: slot }), wrapped(target), typed)
    if (wrongs.length > 0) return form(visit, target, { typed, wrongs, once, version })
    const { ret } = visit.req.param()
    const sections = typeof content === 'object' ? content : {}
    try {
      const body = { slot, ...sections }
      await visit
        .get('me')
        .api.post(['returns', ret, 'commands', 'amend'], commanded, { body, key: once, version })
      return visit.redirect(`/desk/returns/${ret}?done=amend`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      return form(
        visit,
        { cls, slot },
        { typed, problem, wrongs: wrongsFrom(words.about('amend', { [cls]: slot }), problem.fields ?? []) },
      )
    }
  })

interface Target {
  cls: SectionClass
  slot: string
}

function targetIn(visit: Visit): Target | undefined {
  const { cls, slot } = visit.req.param()
  return amendments(visit.get('me').kind).find(
    (amendment) => amendment.cls === cls && amendment.slot === slot,
  )
}

/** The body's form without the slot's name, which the address has. */
const wrapped = ({ cls, slot }: Target) => z.strictObject({ [cls]: sentForm(cls, slot) })

function asking(
  visit: Visit,
  { cls, slot }: Target,
  told: Seen,
  typed: Typed = new Map(),
  wrongs: readonly Wrong[] = [],
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0
  return page(
    visit,
    {
      title: words.code('command', 'amend'),
      back: `/desk/returns/${told.ret}/do/amend`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">
        {words.code('command', 'amend')}: {words.slot(cls, slot)}
      </h1>
      <ReturnHead words={words} seen={told} />
      <form method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} />
        <p class="govuk-body">{words('show.before', { what: words.code('class', cls) })}</p>
        <Reasons words={words} typed={typed} wrongs={wrongs} />
        <Button>{words('show.show')}</Button>
      </form>
    </>,
  )
}

/** Opens what is to be put right; the form begins with what stands. */
async function open(visit: Visit, target: Target, typed: Typed) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const { cls, slot } = target
  const asked = opening.safeParse({ classes: [cls], reason: typedAt(typed, reasonField) })
  if (!asked.success) {
    const wrongs = [{ id: reasonField, text: words('form.needed', { field: words('show.why') }) }]
    return asking(visit, target, await readSeen(visit), typed, wrongs)
  }
  const { version, sections } = await me.api.post(['returns', retOf(visit), 'open'], opened, {
    body: asked.data,
  })
  const section = sections.findLast((section) => section.slot === slot)
  const shape = askedBy(wrapped(target))
  return form(visit, target, { typed: new Map(typedFrom(shape, { [cls]: section?.content }, [])), version })
}

interface Filled {
  typed: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
  version?: number | undefined
  goesOn?: string | undefined
}

async function form(
  visit: Visit,
  target: Target,
  { typed, wrongs = [], problem, once, version, goesOn }: Filled,
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const told = await readSeen(visit)
  const failed = wrongs.length > 0 || problem !== undefined
  const about = words.about('amend', { [target.cls]: target.slot })
  const parties = named(words, partiesOf('iom', 'ministry', 'centre'))
  return page(
    visit,
    {
      title: words.code('command', 'amend'),
      back: `/desk/returns/${told.ret}/do/amend`,
      failed,
      typed: true,
      status: failed ? 422 : 200,
    },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">
        {words.code('command', 'amend')}: {words.slot(target.cls, target.slot)}
      </h1>
      <ReturnHead words={words} seen={told} />
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} once={once} version={problem ? told.version : version} />
        <input type="hidden" name={filledField} value="yes" />
        <Warnings words={about} problem={problem} typed={typed} />
        <Fields
          asking={{ words: about, typed, wrongs, parties, goesOn, flat: target.cls }}
          shape={askedBy(wrapped(target))}
          path={[]}
        />
        <Button>{words('form.send')}</Button>
      </form>
    </>,
  )
}
