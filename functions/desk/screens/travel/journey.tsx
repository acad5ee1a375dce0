import { chisinau, inChisinau } from '../../../../schemas/values/clocks.ts'
import type { Messages } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import { type Itinerary, type Leg, type Section, sectionsOf, statusOf } from '../../return/legs.ts'
import type { ReturnView } from '../../return/return-head.tsx'
import { papersOn } from './travel-documents.ts'

type Sections = readonly Section[]

const home: readonly string[] = ['arrived', 'received', 'closed']

/** The planned journey, leg by leg, with reports from the way, the papers and the bookings. */
export function Journey({
  messages,
  seen,
  sections,
}: {
  messages: Messages
  seen: ReturnView
  sections: Sections
}) {
  const plan = sectionsOf(sections, 'travel', 'itinerary').at(-1)?.content
  if (!plan) return <p class="govuk-inset-text">{messages('travel.noPlan')}</p>
  return (
    <>
      <h2 class="govuk-heading-m">{messages('travel.legs')}</h2>
      <ol class="govuk-list">
        {plan.legs.map((leg, index) => (
          <li class="sheet">
            <LegDetails messages={messages} leg={leg} index={index} seen={seen} sections={sections} />
          </li>
        ))}
      </ol>
      <dl class="govuk-summary-list">
        <Fact term={messages.field(['arrivesAt'])}>{messages.value(['arrivesAt'], plan.arrivesAt)}</Fact>
        <Fact term={messages.field(['transitHelp'])}>{plan.transitHelp ?? messages('travel.noHelp')}</Fact>
      </dl>
      <Papers messages={messages} plan={plan} sections={sections} />
      {sectionsOf(sections, 'travel', 'bookings').map(({ content }) => (
        <>
          <h2 class="govuk-heading-m">{messages.slot('travel', 'bookings')}</h2>
          <Content messages={messages} cls="travel" slot="bookings" content={content} />
        </>
      ))}
    </>
  )
}

/** One leg with the reports about it. */
export function LegDetails(props: {
  messages: Messages
  leg: Leg
  index: number
  seen: ReturnView
  sections: Sections
}) {
  const { messages, leg, index, seen, sections } = props
  const news = sectionsOf(sections, 'travel', 'leg').filter(({ content }) => content.leg === index)
  const status = statusOf(sections, index, home.includes(seen.phase))
  const { companion } = leg
  return (
    <>
      <h3 class="govuk-heading-s">
        {messages('travel.leg', { n: index + 1, from: leg.from.name, to: leg.to.name })}{' '}
        <strong class="govuk-tag govuk-tag--blue">{messages(`travel.status.${status}`)}</strong>
      </h3>
      <dl class="govuk-summary-list">
        <Fact term={messages.field(['mode'])}>
          {messages.value(['mode'], leg.mode)}
          {leg.carrier ? `, ${leg.carrier}` : ''}
        </Fact>
        <Fact term={messages.field(['departs'])}>
          <Time messages={messages} at={leg.departs} zone={leg.from.zone} />
        </Fact>
        <Fact term={messages.field(['arrives'])}>
          <Time messages={messages} at={leg.arrives} zone={leg.to.zone} />
        </Fact>
        {leg.meetingPoint ? <Fact term={messages.field(['meetingPoint'])}>{leg.meetingPoint}</Fact> : null}
        <Fact term={messages.field(['companion'])}>
          {companion
            ? [messages.value(['companion', 'kind'], companion.kind), companion.name, companion.phone]
                .filter((text) => text !== undefined)
                .join(', ')
            : messages('travel.noCompanion')}
        </Fact>
        {news.map(({ content }) => (
          <Fact term={messages('travel.news')}>
            {content.departs ? (
              <p class="govuk-body">
                {messages.field(['departs'])}:{' '}
                <Time messages={messages} at={content.departs} zone={leg.from.zone} />
              </p>
            ) : null}
            {content.arrives ? (
              <p class="govuk-body">
                {messages.field(['arrives'])}:{' '}
                <Time messages={messages} at={content.arrives} zone={leg.to.zone} />
              </p>
            ) : null}
            {[content.carrier, content.reference, content.remarks]
              .filter((text) => text !== undefined)
              .join(', ')}
          </Fact>
        ))}
      </dl>
    </>
  )
}

/** A local time, and beside it the time in Chișinău. */
function Time({ messages, at, zone }: { messages: Messages; at: string; zone: string }) {
  const there = inChisinau(at, zone)
  return (
    <>
      <time>{messages.local(at)}</time>{' '}
      {zone === chisinau || there === at ? null : (
        <span class="quiet">{messages('travel.atHome', { time: messages.local(there) })}</span>
      )}
    </>
  )
}

/** Each paper, compared with every day of the journey. */
function Papers({ messages, plan, sections }: { messages: Messages; plan: Itinerary; sections: Sections }) {
  const papers = papersOn(plan, sections)
  return (
    <>
      <h2 class="govuk-heading-m">{messages('travel.papers')}</h2>
      {papers.length === 0 ? <p class="govuk-body">{messages('travel.noPapers')}</p> : null}
      <ul class="govuk-list govuk-list--bullet">
        {papers.map(({ type, until, serves }) => (
          <li>
            {messages(`travel.paper.${serves}`, {
              paper: messages.value(['type'], type),
              day: until ? messages.day(until) : '',
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

function Fact({ term, children }: { term: string; children?: unknown }) {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{term}</dt>
      <dd class="govuk-summary-list__value">{children}</dd>
    </div>
  )
}
