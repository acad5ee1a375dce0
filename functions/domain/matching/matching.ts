import type { Decider, MatchDecision, MatchRecord } from '../../../schemas/api/matches.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { TraitKind } from '../../../schemas/api/search.ts'
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
  { state, returns, link }: Pick<MatchRecord, 'state' | 'returns' | 'link'>,
  answer: MatchDecision['answer'],
): { links: boolean; unlinks: boolean } {
  if (state === answer) throw refusal('nothing-to-do')
  const linked = link !== undefined
  if (answer === 'unlinked' && !linked) throw refusal('unknown-target', { fields: ['answer'] })
  return {
    links: answer === 'same' && returns.length > 1 && !linked,
    // A link that is asked again, and confirmed, stays.
    unlinks: answer !== 'same' && linked,
  }
}

/** Since when a match waits, or waited before it was decided: it is listed by that. Written anew, it waits no shorter. */
export function raisedAtOf(records: readonly Pick<MatchRecord, 'state' | 'at'>[]): string {
  const isRaised = (index: number) => records[index]?.state === 'raised'
  const first = records.findLastIndex((_, index) => isRaised(index) && !isRaised(index - 1))
  return records[first]?.at ?? ''
}

/** What agrees between two returns: the kinds, the digest of each, and what both have and does not agree. */
export type Evidence = Pick<MatchRecord, 'traits' | 'agreed' | 'differs'>

/** Kinds of evidence, the weakest first: names are alike by chance, numbers are not. */
const strength: readonly TraitKind[] = ['name', 'document', 'idnp']

const strongest = ({ traits }: Pick<Evidence, 'traits'>) =>
  Math.max(...traits.map((kind) => strength.indexOf(kind)), -1)

const kindOfDigest = (digest: string) => digest.split(':')[0]

/**
 * Whether a match is asked about again, because what was decided on has changed. "Not one person": a number agrees that
 * did not before. A link: the strongest that agreed agrees no more, or two IDNPs differ that did not before. A match that
 * still waits is written anew where it can show more.
 */
export function isAskedAgain(
  last: Pick<MatchRecord, 'state' | 'traits' | 'agreed' | 'differs'>,
  now: Evidence,
): boolean {
  const gained = now.agreed.filter((digest) => !last.agreed.includes(digest)).map(kindOfDigest)
  const contradicts = (now.differs ?? []).length > (last.differs ?? []).length
  switch (last.state) {
    case 'raised':
      return now.traits.some((kind) => !last.traits.includes(kind)) || contradicts
    case 'not-same':
    case 'unlinked':
      return gained.some((kind) => kind !== 'name')
    case 'same': {
      const decisive = strength[strongest(last)]
      const stands = now.agreed.some(
        (digest) => kindOfDigest(digest) === decisive && last.agreed.includes(digest),
      )
      return contradicts || !(stands || strongest(now) > strongest(last))
    }
  }
}
