import type * as z from 'zod/mini'
import { type match, matches } from '../../schemas/api/matches.ts'
import { type Search, searchAnswer } from '../../schemas/api/search.ts'
import type { SlotContent } from '../../schemas/sections/sections.ts'
import { type Filing, filingWith } from './bodies.ts'
import type { Desk } from './desk.ts'
import type { RunningStack } from './running-stack.ts'

type Person = SlotContent<'identity', 'person'>
type Match = z.infer<typeof match>

/** A filing of somebody who can be found by no more than is said here. */
export function filingOf(person: Partial<Person>, base: Filing = filingWith()): Filing {
  const { idnp: _, ...identity } = base.identity
  const birth = person.birth ?? identity.birth
  const known = 'on' in birth ? birth.on : ''
  return {
    ...base,
    case: { ...base.case, ageBand: known === '' ? 'not-known' : base.case.ageBand },
    identity: { ...identity, ...person, birth },
  }
}

/** Two posts that know nothing of each other, and those who may know of both. */
export type FiveDesks = Record<'istanbul' | 'rome' | 'iom' | 'consular' | 'centre', Desk>

export async function fiveDesks({ desk }: RunningStack): Promise<FiveDesks> {
  const [istanbul, rome, iom, consular, centre] = await Promise.all([
    desk('istanbul'),
    desk('rome'),
    desk('iom'),
    desk('consular'),
    desk('centre'),
  ])
  return { istanbul, rome, iom, consular, centre }
}

export const searchAs = async (desk: Desk, asked: Search) =>
  searchAnswer.parse(await desk.call('POST', `/v1/${desk.kind}/search`, asked))

/** A page of matches, and where it goes on. */
export const matchPage = async (desk: Desk, state: 'open' | 'decided', cursor?: string) =>
  matches.parse(
    await desk.call('GET', `/v1/${desk.kind}/matches?state=${state}${cursor ? `&cursor=${cursor}` : ''}`),
  )

/** All matches that wait for a desk to decide, or that it decided on. */
export async function matchesOf(desk: Desk, state: 'open' | 'decided' = 'open'): Promise<Match[]> {
  const found: Match[] = []
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await matchPage(desk, state, cursor)
    found.push(...page.matches)
    cursor = page.next
  }
  return found
}

/** The match between two returns, or of one that a party looked for. */
export const matchBetween = async (desk: Desk, rets: readonly string[], state?: 'open' | 'decided') =>
  (await matchesOf(desk, state)).find(
    ({ returns }) =>
      returns
        .map(({ ret }) => ret)
        .sort()
        .join() === [...rets].sort().join(),
  )

export const decideAs = (
  desk: Desk,
  { match, version }: Pick<Match, 'match' | 'version'>,
  answer: 'same' | 'not-same' | 'unlinked',
  reason = answer === 'unlinked' ? 'mistake' : 'papers-compared',
) => desk.call('POST', `/v1/${desk.kind}/matches/${match}/decision`, { answer, reason }, { ifMatch: version })

/** Compares what was filed and looked for, once everyone has what was written. */
export async function compared(running: RunningStack): Promise<void> {
  await running.settled()
  await running.stack.tick('matching')
}
