import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type * as z from 'zod/mini'
import { opened } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import type { DeskEnv, Visit } from '../../context.ts'
import { Fields } from '../../form/fields.tsx'
import { type Typed, typedAt } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { shapeOf } from '../../form/shape.ts'
import { judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Reasons, reasonField } from '../../parts/reasons.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from '../return/reading.ts'
import type { Section } from '../travel/legs.ts'
import { mayPrint, type PaperName, paperAddress } from './rights.ts'

/** What is asked before a paper is made stands below this name on the page. */
export const askedAt = 'paper'

/** What a paper is made from. */
export interface Made<T> {
  seen: Seen
  asked: T
  /** What was opened for it; nothing where it says nothing that is sealed. */
  sections: readonly Section[]
}

/** A paper of one return: what is asked first, which classes it opens by that, and what it looks like. */
export interface Paper<T> {
  name: PaperName
  asks: z.ZodMiniType<Record<typeof askedAt, T>>
  /** What stands in the form before anybody has typed. */
  before: (seen: Seen) => Typed
  classes: (asked: T) => readonly SectionClass[]
  /** Above the form: what to ask the person. */
  Above?: (props: { words: Words }) => Child | Promise<Child>
  made: (visit: Visit, made: Made<T>) => Response | Promise<Response>
}

/** The pages of a paper: what is asked, with a reason where something is opened; then the paper, ready to be printed. */
export function askedPaper<T>(paper: Paper<T>): Hono<DeskEnv> {
  const path = `/returns/:ret/${paper.name}`
  return new Hono<DeskEnv>()
    .get(path, async (visit) => {
      const seen = await readSeen(visit)
      if (!mayPrint(paper.name, visit.get('me'), seen)) return trouble(visit, 'trouble.notFound', 404)
      return form(visit, paper, seen, paper.before(seen))
    })
    .post(path, async (visit) => {
      const [words, me] = [visit.get('words'), visit.get('me')]
      const { typed } = await postedIn(visit)
      // Looked at before anything is opened: an opening for a paper that nobody gets would stand in the record.
      const seen = await readSeen(visit)
      if (!mayPrint(paper.name, me, seen)) return trouble(visit, 'trouble.notFound', 404)
      const { content, wrongs } = judge(words, paper.asks, typed)
      const told = paper.asks.safeParse(content)
      if (!told.success) return form(visit, paper, seen, typed, wrongs)
      const asked = told.data[askedAt]
      const classes = paper.classes(asked).filter((cls) => openable(me.kind).includes(cls))
      if (classes.length === 0) return paper.made(visit, { seen, asked, sections: [] })
      const why = opening.safeParse({ classes, reason: typedAt(typed, reasonField) })
      if (!why.success)
        return form(visit, paper, seen, typed, [
          { id: reasonField, text: words('form.needed', { field: words('show.why') }) },
        ])
      const { sections } = await me.api.post(['returns', retOf(visit), 'open'], opened, { body: why.data })
      return paper.made(visit, { seen, asked, sections })
    })
}

function form<T>(visit: Visit, paper: Paper<T>, seen: Seen, typed: Typed, wrongs: readonly Wrong[] = []) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0
  const title = words(`paper.name.${paper.name}`)
  const { Above = () => null } = paper
  return page(
    visit,
    { title, back: `/desk/returns/${seen.ret}`, failed, isPaper: true, status: failed ? 422 : 200 },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead words={words} seen={seen} />
      <p class="govuk-body">{words(`paper.about.${paper.name}`)}</p>
      <Above words={words} />
      <form method="post" action={paperAddress(seen, paper.name)} novalidate>
        <Sending me={me} />
        <Fields asking={{ words, typed, wrongs, flat: askedAt }} shape={shapeOf(paper.asks)} path={[]} />
        <p class="govuk-body">{words('paper.opens')}</p>
        <Reasons words={words} typed={typed} wrongs={wrongs} />
        <Button>{words('paper.make')}</Button>
      </form>
    </>,
  )
}
