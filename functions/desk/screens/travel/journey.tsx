import { chisinau, inChisinau } from '../../../../schemas/values/clocks.ts'
import type { Words } from '../../messages/messages.ts'
import { Content } from '../../parts/content.tsx'
import type { Seen } from '../../parts/return-head.tsx'
import { type Itinerary, type Leg, type Section, statusOf, told } from './legs.ts'
import { papersOn } from './papers.ts'

type Sections = readonly Section[]

const home: readonly string[] = ['arrived', 'received', 'closed']

/** The journey as it is planned, leg by leg, with what was told from the way, the papers and the bookings. */
export function Journey({ words, seen, sections }: { words: Words; seen: Seen; sections: Sections }) {
  const plan = told(sections, 'travel', 'itinerary').at(-1)?.content
  if (!plan) return <p class="govuk-inset-text">{words('travel.noPlan')}</p>
  return (
    <>
      <h2 class="govuk-heading-m">{words('travel.legs')}</h2>
      <ol class="govuk-list">
        {plan.legs.map((leg, index) => (
          <li class="sheet">
            <OneLeg words={words} leg={leg} index={index} seen={seen} sections={sections} />
          </li>
        ))}
      </ol>
      <dl class="govuk-summary-list">
        <Fact term={words.field(['arrivesAt'])}>{words.value(['arrivesAt'], plan.arrivesAt)}</Fact>
        <Fact term={words.field(['transitHelp'])}>{plan.transitHelp ?? words('travel.noHelp')}</Fact>
      </dl>
      <Papers words={words} plan={plan} sections={sections} />
      {told(sections, 'travel', 'bookings').map(({ content }) => (
        <>
          <h2 class="govuk-heading-m">{words.slot('travel', 'bookings')}</h2>
          <Content words={words} cls="travel" slot="bookings" content={content} />
        </>
      ))}
    </>
  )
}

/** One leg with what was told of it. */
export function OneLeg(props: { words: Words; leg: Leg; index: number; seen: Seen; sections: Sections }) {
  const { words, leg, index, seen, sections } = props
  const news = told(sections, 'travel', 'leg').filter(({ content }) => content.leg === index)
  const status = statusOf(sections, index, home.includes(seen.phase))
  const { companion } = leg
  return (
    <>
      <h3 class="govuk-heading-s">
        {words('travel.leg', { n: index + 1, from: leg.from.name, to: leg.to.name })}{' '}
        <strong class="govuk-tag govuk-tag--blue">{words(`travel.status.${status}`)}</strong>
      </h3>
      <dl class="govuk-summary-list">
        <Fact term={words.field(['mode'])}>
          {words.value(['mode'], leg.mode)}
          {leg.carrier ? `, ${leg.carrier}` : ''}
        </Fact>
        <Fact term={words.field(['departs'])}>
          <Time words={words} at={leg.departs} zone={leg.from.zone} />
        </Fact>
        <Fact term={words.field(['arrives'])}>
          <Time words={words} at={leg.arrives} zone={leg.to.zone} />
        </Fact>
        {leg.meetingPoint ? <Fact term={words.field(['meetingPoint'])}>{leg.meetingPoint}</Fact> : null}
        <Fact term={words.field(['companion'])}>
          {companion
            ? [words.value(['companion', 'kind'], companion.kind), companion.name, companion.phone]
                .filter((one) => one !== undefined)
                .join(', ')
            : words('travel.noCompanion')}
        </Fact>
        {news.map(({ content }) => (
          <Fact term={words('travel.news')}>
            {content.departs ? (
              <p class="govuk-body">
                {words.field(['departs'])}: <Time words={words} at={content.departs} zone={leg.from.zone} />
              </p>
            ) : null}
            {content.arrives ? (
              <p class="govuk-body">
                {words.field(['arrives'])}: <Time words={words} at={content.arrives} zone={leg.to.zone} />
              </p>
            ) : null}
            {[content.carrier, content.reference, content.remarks]
              .filter((one) => one !== undefined)
              .join(', ')}
          </Fact>
        ))}
      </dl>
    </>
  )
}

/** A time on the clock of its place, and beside it what clocks in Chișinău show then. */
function Time({ words, at, zone }: { words: Words; at: string; zone: string }) {
  const there = inChisinau(at, zone)
  return (
    <>
      <time>{words.local(at)}</time>{' '}
      {zone === chisinau || there === at ? null : (
        <span class="quiet">{words('travel.atHome', { time: words.local(there) })}</span>
      )}
    </>
  )
}

/** Each paper against every day of the journey. */
function Papers({ words, plan, sections }: { words: Words; plan: Itinerary; sections: Sections }) {
  const papers = papersOn(plan, sections)
  return (
    <>
      <h2 class="govuk-heading-m">{words('travel.papers')}</h2>
      {papers.length === 0 ? <p class="govuk-body">{words('travel.noPapers')}</p> : null}
      <ul class="govuk-list govuk-list--bullet">
        {papers.map(({ type, until, serves }) => (
          <li>
            {words(`travel.paper.${serves}`, {
              paper: words.value(['type'], type),
              day: until ? words.day(until) : '',
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
