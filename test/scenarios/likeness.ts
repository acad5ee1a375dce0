import type * as z from 'zod/mini'
import type { match } from '../../schemas/api/matches.ts'
import type { Desk } from '../parts/desk.ts'
import { matchBetween } from '../parts/likenesses.ts'
import type { Scene } from './scene.ts'
import type { SentPerson } from './way.ts'

type Match = z.infer<typeof match>

/** Makes the sample into somebody with a name and a year of birth, and no IDNP. */
export function isCalled(person: SentPerson, family: string, given: string, year: number): void {
  const { idnp: _, ...identity } = person.identity
  person.identity = { ...identity, name: { family, given }, birth: { year } }
  person.case.ageBand = 'not-known'
}

/** Compares what was filed, and gives the match of two returns that waits for a desk. Throws where there is none. */
export async function raisedTo({ stack }: Scene, desk: Desk, rets: readonly string[]): Promise<Match> {
  await stack.tick('matching')
  return matchOf(desk, rets, 'open')
}

/** The match of two returns as it stands for a desk. Throws where there is none. */
export async function matchOf(
  desk: Desk,
  rets: readonly string[],
  state: 'open' | 'decided',
): Promise<Match> {
  const found = await matchBetween(desk, rets, state)
  if (!found) throw new Error('The two returns were not raised.')
  return found
}

/** Throws where a return is not linked, for a desk, with just these. */
export async function linkedIs(desk: Desk, ret: string, ...others: string[]): Promise<void> {
  const { linked = [] } = await desk.see(ret)
  if (linked.map((item) => item.ret).join() !== others.join())
    throw new Error(`${desk.user} sees ${linked.length} linked returns, not ${others.length}.`)
}
