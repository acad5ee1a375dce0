import * as z from 'zod/mini'
import { fullName } from '../../../../schemas/sections/person.ts'
import type { DeskContext } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { page } from '../../parts/page.tsx'
import { BlankLine, Print, PrintedPage } from '../../parts/paper.tsx'
import { maskedPerson } from '../../parts/returns-table.tsx'
import { type Section, sectionsOf } from '../../return/legs.ts'
import { paperAddress } from '../../return/papers.ts'
import { LegDetails } from '../travel/journey.tsx'
import { type PaperSource, paperScreen } from './paper-screen.tsx'

const asks = z.strictObject({ paper: z.strictObject({ named: z.boolean() }) })
type TravelSheetOptions = z.infer<typeof asks>['paper']

/** For the person who meets her on a leg. Each leg is a page, so that nobody gets the page of another leg. */
export const travelSheet = paperScreen<TravelSheetOptions>({
  name: 'travel-sheet',
  asks,
  before: () => new Map([['paper.named', ['no']]]),
  classes: ({ named }) => ['safety', 'travel', 'case', ...(named ? (['identity'] as const) : [])],
  made: sheets,
})

function sheets(context: DeskContext, { seen, sections }: PaperSource<TravelSheetOptions>) {
  const { messages, me } = context.var
  const plan = sectionsOf(sections, 'travel', 'itinerary').at(-1)?.content
  const legs = plan?.legs ?? []
  return page(
    context,
    { title: messages('paper.name.travel-sheet'), back: paperAddress(seen, 'travel-sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{messages('paper.name.travel-sheet')}</h1>
      {legs.length === 0 ? (
        <p class="govuk-inset-text">{messages('travel.noPlan')}</p>
      ) : (
        <Print messages={messages} />
      )}
      {legs.map((leg, index) => (
        <PrintedPage messages={messages} me={me} of={[seen]}>
          <h2>{messages('paper.travel.heading')}</h2>
          <PersonLine messages={messages} seen={seen} sections={sections} />
          <Dangers messages={messages} sections={sections} />
          <LegDetails messages={messages} leg={leg} index={index} seen={seen} sections={sections} />
          {plan?.transitHelp ? (
            <p>
              {messages.field(['transitHelp'])}: {plan.transitHelp}
            </p>
          ) : null}
          {plan && index === legs.length - 1 ? (
            <p>
              {messages.field(['arrivesAt'])}: {messages.value(['arrivesAt'], plan.arrivesAt)}
            </p>
          ) : null}
          <MeetingLines messages={messages} />
        </PrintedPage>
      ))}
    </>,
  )
}

/** Whom to look for: the masked form, or the name if the user chose so; and how many children are with her. */
export function PersonLine(props: { messages: Messages } & Pick<PaperSource<unknown>, 'seen' | 'sections'>) {
  const { messages, seen, sections } = props
  const person = sectionsOf(sections, 'identity', 'person').at(-1)?.content
  const name = fullName(person?.name)
  const children = sectionsOf(sections, 'case', 'request').at(-1)?.content.childrenAlong ?? 0
  return (
    <p>
      {messages('paper.person')}: <strong>{name ?? maskedPerson(messages, seen.label)}</strong>
      {children > 0 ? `, ${messages.count('paper.travel.children', children)}` : ''}
    </p>
  )
}

/** Who must not know, and how to reach her. It stands above everything that says where she is. */
function Dangers({ messages, sections }: { messages: Messages; sections: readonly Section[] }) {
  return (
    <section class="danger">
      <h3>{messages.code('class', 'safety')}</h3>
      {sectionsOf(sections, 'safety', 'safety').map(({ content }) => (
        <Content messages={messages} cls="safety" slot="safety" content={content} />
      ))}
    </section>
  )
}

/** The lines that are filled in when she is met, and what to do if she does not come. */
function MeetingLines({ messages }: { messages: Messages }) {
  return (
    <>
      <p>{messages('paper.travel.instead')}</p>
      {(['met', 'time', 'phone', 'number', 'signature'] as const).map((line) => (
        <BlankLine label={messages(`paper.line.${line}`)} />
      ))}
    </>
  )
}
