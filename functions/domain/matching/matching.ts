import type { Decider, MatchDecision, MatchRecord } from '../../../schemas/api/matches.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { afterJourney } from '../../../schemas/procedure/phases.ts'
import { codeOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { membershipOf } from '../access/readers.ts'
import type { Folded, State } from '../state.ts'

const iom = partyId.parse('iom')

/** The id of a match of two returns, whichever is named first. */
export function matchOf(one: string, other: string): string {
  return [one, other].sort().join('-')
}

/** The id of a match of a return with what a party looked for. */
export function soughtMatchOf(ret: string, party: PartyId): string {
  return `${ret}-${codeOf(party) ?? party}`
}

/** Who decides: IOM where it is on every return of the match, since it can read them; else the consular department. */
export function deciderOf(states: readonly State[]): Decider {
  return states.every((state) => membershipOf(state, iom) === 'on') ? 'iom' : 'consular'
}

/** Whether a return may be compared: not while what its person section says waits for its erasure. */
export function isComparable(state: Folded, tagged: readonly { sec: string }[]): boolean {
  return tagged.some(({ sec }) => !state.locked.has(sec))
}

/** The posts beside the filer that have answered for a return: their searches find it too. */
export function successorsOf(
  events: readonly { type: string; by: { party: string } }[],
  filer: PartyId,
): PartyId[] {
  const posts = events.filter(({ type }) => type === 'case-accepted').map(({ by }) => partyId.parse(by.party))
  return [...new Set(posts)].filter((post) => post !== filer)
}

/** As much of a return as tells which of two came first, and when it came to its end. */
export interface Course extends Pick<State, 'phase' | 'since' | 'arrivedAt'> {
  filedAt: string
}

/**
 * Two returns of one person: a repeat where the earlier had come to its end when the later was filed; else both went on
 * at once, as when she comes by herself while her request is on hold.
 */
export function linkOf(courses: readonly Course[]): 'same' | 'repeat' {
  const [earlier, later] = [...courses].sort((one, other) => (one.filedAt < other.filedAt ? -1 : 1))
  if (!earlier || !later || !afterJourney.includes(earlier.phase)) return 'same'
  return (earlier.arrivedAt ?? earlier.since) <= later.filedAt ? 'repeat' : 'same'
}

/**
 * What a decision makes of a match as it stands. Throws nothing-to-do where it stands so already, and unknown-target
 * where there is no link to take back.
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
