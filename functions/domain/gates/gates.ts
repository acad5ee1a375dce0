import type { CommandName } from '../../../schemas/commands/commands.ts'
import {
  type GateName,
  gates,
  gatesBefore,
  ofChildren,
  waivedByEvacuation,
} from '../../../schemas/procedure/gates.ts'
import { daysOfJourney, servesOn } from '../../../schemas/procedure/papers.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { isChildOnRecord } from '../access/age.ts'
import { choiceOf, endedBasisReason, guardianSuspected, isSpokenFor, wishOf } from '../access/legal-basis.ts'
import { all, type Facts, latest } from '../access/opened-sections.ts'
import { addressed, classesRead } from '../access/readers.ts'
import { dayOf, instantOf } from '../calendar/days.ts'
import type { State } from '../state.ts'
import { isRefused, mayHideRefusal } from './overrides.ts'

/** How many hours before the journey the examination may be: known from resettlement practice. */
const fitnessHours = 72

/** For how many hours an evacuation counts before a second person has confirmed it. */
export const unconfirmedHours = 24

/** The local time at which the journey begins. */
const leavesAt = (facts: Facts) => latest(facts, 'travel', 'itinerary')?.legs[0]?.departs

/** What keeps a gate closed, in words that name no one; false where it is open. */
type Check = (state: State, facts: Facts, at: string) => string | false

const checks: Record<GateName, Check> = {
  'wants-to-return'(state, facts) {
    const wish = wishOf(facts)
    if (!wish) return 'What the person said about returning is not on record.'
    if (wish === 'yes') return false
    if (wish === 'no') return 'The person does not want to return.'
    return (
      !isSpokenFor(state, facts) &&
      'The person cannot answer, and nothing else is on record that speaks for a return.'
    )
  },
  'basis-holds'(state, facts, at) {
    return endedBasisReason(state, facts, dayOf(leavesAt(facts) ?? at))
  },
  'person-named': (_state, facts) =>
    (latest(facts, 'identity', 'person')?.name ?? 'not-known') === 'not-known' &&
    'The person has no name on record yet.',
  'identity-confirmed': (state) => !state.identityConfirmed && 'The identity is not confirmed.',
  identified: (_state, facts) =>
    !latest(facts, 'protection', 'identification') && 'How the person was identified is not on record.',
  'official-request'(_state, facts) {
    if (latest(facts, 'case', 'request')?.category !== 'person-in-difficulty') return false
    return !latest(facts, 'case', 'official-request') && 'The official request is not on record.'
  },
  'document-valid'(_state, facts) {
    const document = latest(facts, 'identity', 'document')
    const itinerary = latest(facts, 'travel', 'itinerary')
    if (!document) return 'No document to travel with is on record.'
    if (!itinerary) return 'There is no itinerary.'
    const valid = servesOn(document, daysOfJourney(itinerary.legs))
    return !valid && 'The document is not valid on every day of the journey.'
  },
  'exit-checked'(_state, facts) {
    const exit = latest(facts, 'travel', 'exit')
    if (!exit) return 'Nobody has checked what the border asks on the way out.'
    const { exitPapers, fine, ban, transit } = exit
    const isStopped =
      exitPapers === 'missing' || fine === 'open' || ban === 'in-force' || transit === 'missing'
    return isStopped && 'Exit papers, a fine, a ban or a transit right stand in the way.'
  },
  'risk-assessed': (state) => !state.riskAssessed && 'The risk of the return has not been assessed.',
  decided(state) {
    if (state.ruling === 'refused') return 'The ministry has refused the return.'
    if (state.ruling === 'on-hold') return 'The ministry has put the return on hold.'
    const decides = addressed(state).some((party) => kindOf(party) === 'ministry')
    return decides && state.ruling === undefined && 'The ministry has not decided.'
  },
  funded: (state) => !state.funded && 'Nobody has said yet who pays.',
  'place-held'(state, facts) {
    if (choiceOf(facts) !== 'centre') return false
    if (!state.placeHeld) return 'The person chose the Centre, and no place is held.'
    const { until } = state.placeHeld
    const arrivals = latest(facts, 'travel', 'itinerary')?.legs.map(({ arrives }) => dayOf(arrives)) ?? []
    return arrivals.some((day) => day > until) && 'The place is held, but not until the arrival.'
  },
  'wants-the-centre'(_state, facts) {
    const choice = choiceOf(facts)
    return (
      choice !== 'centre' &&
      choice !== 'not-asked' &&
      choice !== undefined &&
      'The person chose another way than the Centre.'
    )
  },
  'fit-to-travel'(_state, facts) {
    const fitness = latest(facts, 'care', 'fitness')
    if (fitness && !fitness.fit) return 'A physician said that the person cannot travel now.'
    if (!all(facts, 'care', 'needs').some(({ fitnessCheck }) => fitnessCheck)) return false
    if (!fitness) return 'A physician has to say that the person can travel.'
    const first = latest(facts, 'travel', 'itinerary')?.legs[0]
    if (!first) return 'There is no itinerary.'
    const { at, zone } = fitness.examined
    const examined = instantOf(at.length === 10 ? `${at}T00:00` : at, zone)
    const hours = (instantOf(first.departs, first.from.zone) - examined) / 3_600_000
    return (
      (hours < 0 || hours > fitnessHours) &&
      `The examination is not within ${fitnessHours} hours before departure.`
    )
  },
  'child-protected'(_state, facts) {
    if (!isChildOnRecord(facts, leavesAt(facts))) return false
    const child = latest(facts, 'protection', 'child')
    if (!child) return 'Nobody has assessed with whom the child travels, and whether it may.'
    if (child.travelsWith === 'safe-parent') return false
    if (!child.authorityDecision) return "The authority's decision on the child is not on record."
    if (!child.bestInterests) return 'The best interests of the child are not determined.'
    return !child.viewHeard && 'The child was not heard.'
  },
  'parent-papers'(_state, facts) {
    const child = latest(facts, 'protection', 'child')
    if (!isChildOnRecord(facts, leavesAt(facts)) || child?.travelsWith !== 'safe-parent') return false
    if (!child.parentPapers) return 'The papers of the parent who travels along are not on record.'
    return child.otherParentPermission === 'missing' && 'The border asks for the leave of the other parent.'
  },
  companion(_state, facts) {
    const legs = latest(facts, 'travel', 'itinerary')?.legs ?? []
    if (!isChildOnRecord(facts, leavesAt(facts))) return false
    if (guardianSuspected(facts) && legs.some((leg) => leg.companion?.kind === 'parent'))
      return 'The companion on a leg is under suspicion.'
    return !(legs.length > 0 && legs.every((leg) => leg.companion)) && 'A child has a companion on every leg.'
  },
}

export interface ClosedGate {
  gate: GateName
  owner: (typeof gates)[GateName]['owner']
  reason: string
}

/** Whether an evacuation counts at a time: for ever once a second person has confirmed it, until then for a day. */
function evacuationCounts(evacuation: State['evacuation'], at: string): boolean {
  if (!evacuation || evacuation.confirmed) return evacuation !== undefined
  return Date.parse(at) - Date.parse(evacuation.at) < unconfirmedHours * 3_600_000
}

/**
 * Whether a gate need not be open: an override names it, or an evacuation was ordered. Where somebody has said no, only he
 * lifts it, or an evacuation that a second person has confirmed.
 */
function isWaived(gate: GateName, state: State, facts: Facts, at: string): boolean {
  const isEvacuated = waivedByEvacuation.includes(gate) && evacuationCounts(state.evacuation, at)
  if (isRefused(gate, state, facts)) return isEvacuated && state.evacuation?.confirmed === true
  return isEvacuated || isOverridden(gate, facts)
}

const isOverridden = (gate: GateName, facts: Facts) =>
  all(facts, 'case', 'override').some((override) => override.gates.some((name) => name === gate))

/**
 * Whether a gate is waived for a party that cannot judge it: it cannot see a no that is sealed, so another party has to
 * attest that there is none.
 */
export function isWaivedUnseen(gate: GateName, state: State, facts: Facts, at: string): boolean {
  return isWaived(gate, state, facts, at) && (!mayHideRefusal(gate) || state.evacuation?.confirmed === true)
}

/** Which gates a party can judge, by the classes that it reads on a return; `facts` are those of whoever asks. */
export function judgeableBy(state: State, party: PartyId, facts: Facts): (gate: GateName) => boolean {
  const read = classesRead(state, party)
  const reads = (classes: readonly SectionClass[]) => classes.every((cls) => read.has(cls))
  // That the person is no child is known from fewer classes than those that protect a child.
  const noChild = () => reads(['case', 'identity', 'travel']) && !isChildOnRecord(facts, leavesAt(facts))
  return (gate) => reads(gates[gate].reads) || (ofChildren.includes(gate) && noChild())
}

/** What keeps a gate closed, by facts that suffice to judge it; nothing where it is open or waived. */
export function closedBy(gate: GateName, state: State, facts: Facts, at: string): ClosedGate | undefined {
  const reason = !isWaived(gate, state, facts, at) && checks[gate](state, facts, at)
  return reason ? { gate, owner: gates[gate].owner, reason } : undefined
}

/**
 * The gates before a command that are closed: which, whose, and why, in words that name no one. A gate that the author
 * cannot judge, because it does not read the sections, is open once another party has attested it.
 */
export function closedGates(
  { name, by, at }: { name: CommandName; by: { party: PartyId }; at: string },
  state: State,
  facts: Facts,
): ClosedGate[] {
  const canEvaluate = judgeableBy(state, by.party, facts)
  return gatesBefore(name).flatMap((gate) => {
    if (canEvaluate(gate)) return closedBy(gate, state, facts, at) ?? []
    if (isWaivedUnseen(gate, state, facts, at)) return []
    const reason = 'A party that may read what this asks has to attest it.'
    return state.attested.has(gate) ? [] : [{ gate, owner: gates[gate].owner, reason }]
  })
}
