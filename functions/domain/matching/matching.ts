import type { Decider, MatchDecision, MatchRecord } from '../../../schemas/api/matches.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { afterJourney } from '../../../schemas/procedure/phases.ts'
import { type PartyId, partyCodeOf, partyId } from '../../../schemas/values/parties.ts'
import { membershipOf } from '../access/readers.ts'
import type { Folded, State } from '../state.ts'

const iom = partyId.parse('iom')

/** The id of a match of two returns, whichever is named first. */
export function matchOf(first: string, second: string): string {
  return [first, second].sort().join('-')
}

/** The id of a match of a return with a search of a party. */
export function soughtMatchOf(ret: string, party: PartyId): string {
  return `${ret}-${partyCodeOf(party) ?? party}`
}

/** Who decides a match: IOM where it is on every return of it, because it can read them; else the consular department. */
export function deciderOf(states: readonly State[]): Decider {
  return states.every((state) => membershipOf(state, iom) === 'on') ? 'iom' : 'consular'
}

/** Whether a return may be compared: not while its person sections are locked and wait to be erased. */
export function isComparable(state: Folded, tagged: readonly { sec: string }[]): boolean {
  return tagged.some(({ sec }) => !state.locked.has(sec))
}

/** The parties that have answered for a return after the filer: their searches find it too. */
export function successorsOf(
  events: readonly { type: string; by: { party: string } }[],
  filer: PartyId,
): PartyId[] {
  const posts = events.filter(({ type }) => type === 'case-accepted').map(({ by }) => partyId.parse(by.party))
  return [...new Set(posts)].filter((post) => post !== filer)
}

/** What of a return shows which of two came first, and when the journey ended. */
export interface Timeline extends Pick<State, 'phase' | 'since' | 'arrivedAt'> {
  filedAt: string
}

/**
 * How two returns of one person are linked. `repeat`: the earlier had ended when the later was filed. `same`: both went on
 * at once, for example when the person comes by herself while her request is on hold.
 */
export function linkOf(timelines: readonly Timeline[]): 'same' | 'repeat' {
  const [earlier, later] = [...timelines].sort((first, second) => (first.filedAt < second.filedAt ? -1 : 1))
  if (!earlier || !later || !afterJourney.includes(earlier.phase)) return 'same'
  return (earlier.arrivedAt ?? earlier.since) <= later.filedAt ? 'repeat' : 'same'
}

/**
 * What a decision does to the link of a match. Throws nothing-to-do where the match is decided so already, and
 * unknown-target where there is no link to take back.
 */
export function decideMatch(
  { state, returns }: Pick<MatchRecord, 'state' | 'returns'>,
  answer: MatchDecision['answer'],
): { links: boolean; unlinks: boolean } {
  if (state === answer) throw refusal('nothing-to-do')
  const linked = state === 'same' && returns.length > 1
  if (answer === 'unlinked' && !linked) throw refusal('unknown-target', { fields: ['answer'] })
  return { links: answer === 'same' && returns.length > 1, unlinks: linked }
}
