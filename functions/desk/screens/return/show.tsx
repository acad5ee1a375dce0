import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { opened } from '../../../../schemas/api/answers.ts'
import { opening } from '../../../../schemas/api/requests.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { type DeskEnv, placeOf, type Visit } from '../../context.ts'
import { type Typed, typedAt } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { Content } from '../../parts/content.tsx'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Reasons, reasonField } from '../../parts/reasons.tsx'
import { ReturnHead, type ReturnPart, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from './reading.ts'

/** What each part of a return opens, as far as the party reads it. What is dangerous comes with every contact and leg. */
const classesOf: Readonly<Partial<Record<ReturnPart, readonly SectionClass[]>>> = {
  people: ['safety', 'contacts', 'identity', 'protection', 'care', 'talk', 'note'],
  travel: ['safety', 'travel', 'case'],
  documents: ['identity', 'decision'],
}

type Opened = z.infer<typeof opened>['sections']

/** Masked until somebody says why: then what is sealed is shown, and the return's owners see that it was. */
export const show = new Hono<DeskEnv>()
  .get('/returns/:ret/:part{(?:people|travel|documents)}', async (visit) => {
    const part = partIn(visit)
    if (!part) return trouble(visit, 'trouble.notFound', 404)
    return closed(visit, part, await readSeen(visit))
  })
  .post('/returns/:ret/:part{(?:people|travel|documents)}', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const part = partIn(visit)
    if (!part) return trouble(visit, 'trouble.notFound', 404)
    const { typed } = await postedIn(visit)
    const asked = opening.safeParse({ classes: classesIn(visit, part), reason: typedAt(typed, reasonField) })
    if (!asked.success)
      return closed(visit, part, await readSeen(visit), typed, [
        { id: reasonField, text: words('form.needed', { field: words('show.why') }) },
      ])
    const [told, { sections }] = await Promise.all([
      readSeen(visit),
      me.api.post(['returns', retOf(visit), 'open'], opened, { body: asked.data }),
    ])
    return page(
      visit,
      { title: words(`return.part.${part}`), back: `/desk/returns/${told.ret}` },
      <>
        <h1 class="govuk-heading-l">{words(`return.part.${part}`)}</h1>
        <ReturnHead words={words} seen={told} part={part} />
        <Sections visit={visit} sections={sections} classes={asked.data.classes} ret={told.ret} />
      </>,
    )
  })

type Shown = 'people' | 'travel' | 'documents'

function partIn(visit: Visit): Shown | undefined {
  const part = visit.req.param('part')
  return part === 'people' || part === 'travel' || part === 'documents' ? part : undefined
}

function classesIn(visit: Visit, part: Shown): SectionClass[] {
  const own = openable(visit.get('me').kind)
  return (classesOf[part] ?? []).filter((cls) => own.includes(cls))
}

function closed(
  visit: Visit,
  part: Shown,
  told: Seen,
  typed: Typed = new Map(),
  wrongs: readonly Wrong[] = [],
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const classes = classesIn(visit, part)
  const failed = wrongs.length > 0
  return page(
    visit,
    {
      title: words(`return.part.${part}`),
      back: `/desk/returns/${told.ret}`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words(`return.part.${part}`)}</h1>
      <ReturnHead words={words} seen={told} part={part} />
      {classes.length === 0 || told.membership === 'ended' ? (
        <p class="govuk-inset-text">{words('show.unreadable')}</p>
      ) : (
        <form method="post" action={placeOf(visit)} novalidate>
          <Sending me={me} />
          <p class="govuk-body">{words('show.masked')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {classes.map((cls) => (
              <li>{words.code('class', cls)}</li>
            ))}
          </ul>
          <Reasons words={words} typed={typed} wrongs={wrongs} />
          <Button>{words('show.show')}</Button>
        </form>
      )}
    </>,
  )
}

/** What was opened, class by class in the order of the part; who must not know stands above everything else. */
function Sections(props: { visit: Visit; sections: Opened; classes: readonly SectionClass[]; ret: string }) {
  const { visit, sections, classes, ret } = props
  const words = visit.get('words')
  return (
    <>
      {classes.map((cls) => {
        const own = sections.filter((section) => section.cls === cls)
        return (
          <section class={cls === 'safety' ? 'danger' : 'sheet'}>
            <h2 class="govuk-heading-m">{words.code('class', cls)}</h2>
            {own.length === 0 ? <p class="govuk-body">{words('show.nothing')}</p> : null}
            {own.map(({ slot, content, by, seq }) => (
              <>
                <h3 class="govuk-heading-s">{words.slot(cls, slot)}</h3>
                <p class="quiet">{words('show.told', { who: partyName(words, by), n: seq + 1 })}</p>
                <Content words={words} cls={cls} slot={slot} content={content} />
              </>
            ))}
          </section>
        )
      })}
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/returns/${ret}/do/amend`}>
          {words.code('command', 'amend')}
        </a>
      </p>
    </>
  )
}
