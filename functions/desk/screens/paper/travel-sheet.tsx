import * as z from 'zod/mini'
import type { Visit } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { page } from '../../parts/page.tsx'
import { Leaf, Print, Write } from '../../parts/paper.tsx'
import { masked } from '../../parts/rows.tsx'
import { OneLeg } from '../travel/journey.tsx'
import { type Section, told } from '../travel/legs.ts'
import { askedPaper, type Made } from './asked.tsx'
import { paperAddress } from './rights.ts'

const asks = z.strictObject({ paper: z.strictObject({ named: z.boolean() }) })
type Asked = z.infer<typeof asks>['paper']

/** For whoever meets her on a leg: a page for each leg, so that nobody is handed another's. */
export const travelSheet = askedPaper<Asked>({
  name: 'travel-sheet',
  asks,
  before: () => new Map([['paper.named', ['no']]]),
  classes: ({ named }) => ['safety', 'travel', 'case', ...(named ? (['identity'] as const) : [])],
  made: sheets,
})

function sheets(visit: Visit, { seen, sections }: Made<Asked>) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const plan = told(sections, 'travel', 'itinerary').at(-1)?.content
  const legs = plan?.legs ?? []
  return page(
    visit,
    { title: words('paper.name.travel-sheet'), back: paperAddress(seen, 'travel-sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{words('paper.name.travel-sheet')}</h1>
      {legs.length === 0 ? <p class="govuk-inset-text">{words('travel.noPlan')}</p> : <Print words={words} />}
      {legs.map((leg, index) => (
        <Leaf words={words} me={me} of={[seen]}>
          <h2>{words('paper.travel.heading')}</h2>
          <Who words={words} seen={seen} sections={sections} />
          <Careful words={words} sections={sections} />
          <OneLeg words={words} leg={leg} index={index} seen={seen} sections={sections} />
          {plan?.transitHelp ? (
            <p>
              {words.field(['transitHelp'])}: {plan.transitHelp}
            </p>
          ) : null}
          {plan && index === legs.length - 1 ? (
            <p>
              {words.field(['arrivesAt'])}: {words.value(['arrivesAt'], plan.arrivesAt)}
            </p>
          ) : null}
          <Met words={words} />
        </Leaf>
      ))}
    </>,
  )
}

/** Whom to look for: the mask, or the name where somebody asked for it; and how many children are with her. */
export function Who(props: { words: Words } & Pick<Made<unknown>, 'seen' | 'sections'>) {
  const { words, seen, sections } = props
  const person = told(sections, 'identity', 'person').at(-1)?.content
  const name =
    person && person.name !== 'not-known' ? `${person.name.given} ${person.name.family}` : undefined
  const children = told(sections, 'case', 'request').at(-1)?.content.childrenAlong ?? 0
  return (
    <p>
      {words('paper.person')}: <strong>{name ?? masked(words, seen.label)}</strong>
      {children > 0 ? `, ${words.count('paper.travel.children', children)}` : ''}
    </p>
  )
}

/** Who must not know, and how to reach her, above everything that says where she is. */
function Careful({ words, sections }: { words: Words; sections: readonly Section[] }) {
  return (
    <section class="danger">
      <h3>{words.code('class', 'safety')}</h3>
      {told(sections, 'safety', 'safety').map(({ content }) => (
        <Content words={words} cls="safety" slot="safety" content={content} />
      ))}
    </section>
  )
}

/** What whoever meets her writes down, and what to do where she does not come. */
function Met({ words }: { words: Words }) {
  return (
    <>
      <p>{words('paper.travel.instead')}</p>
      {(['met', 'time', 'phone', 'number', 'signature'] as const).map((one) => (
        <Write label={words(`paper.line.${one}`)} />
      ))}
    </>
  )
}
