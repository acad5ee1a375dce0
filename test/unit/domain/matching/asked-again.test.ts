import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideMatch,
  type Evidence,
  isAskedAgain,
  raisedAtOf,
} from '../../../../functions/domain/matching/matching.ts'
import { type MatchDecision, type MatchRecord, matchDecision } from '../../../../schemas/api/matches.ts'
import { isRefusal } from '../../../../schemas/api/problems.ts'
import { type TraitKind, traitKinds } from '../../../../schemas/api/search.ts'

/** Evidence of tags, each a kind and a number: `idnp1`. */
function evidence(tags: readonly string[], differs: readonly TraitKind[] = []): Evidence {
  const kinds = traitKinds.filter((kind) => tags.some((tag) => tag.startsWith(kind)))
  return {
    traits: [...kinds],
    agreed: tags.map((tag) => `${tag.replace(/\d+$/, '')}:${tag.replace(/\D+/, '').padStart(16, '0')}`),
    ...(differs.length > 0 ? { differs: [...differs] } : {}),
  }
}

type State = MatchRecord['state']

describe('given a match that was decided, when a return is amended', () => {
  test.each<[State, string[], string[], TraitKind[], boolean, string]>([
    ['not-same', ['name1'], ['name1', 'idnp1'], [], true, 'an IDNP agrees now'],
    ['not-same', ['name1'], ['document1'], [], true, 'a paper agrees now'],
    ['unlinked', ['name1'], ['name1', 'idnp1'], [], true, 'an IDNP agrees now'],
    ['not-same', ['name1', 'idnp1'], ['name1', 'idnp2'], [], true, 'another IDNP agrees now'],
    ['not-same', ['name1'], ['name1', 'name2'], [], false, 'another spelling agrees'],
    ['not-same', ['name1', 'idnp1'], ['name1'], [], false, 'less agrees'],
    ['same', ['name1'], [], [], true, 'nothing agrees any more'],
    ['same', ['name1'], ['name2'], [], true, 'it is another name'],
    ['same', ['name1', 'idnp1'], ['name1'], [], true, 'the IDNP agrees no more'],
    ['same', ['name1', 'idnp1'], ['idnp1'], [], false, 'the IDNP still agrees'],
    ['same', ['name1'], ['name1', 'idnp1'], [], false, 'more agrees'],
    ['same', ['name1'], ['idnp1'], [], false, 'something stronger agrees'],
    ['same', ['name1'], ['name1'], ['idnp'], true, 'both have an IDNP, and they differ'],
    ['raised', ['name1'], ['name1', 'idnp1'], [], true, 'it shows the IDNP'],
    ['raised', ['name1'], ['name1'], [], false, 'nothing is new'],
  ])(
    '%s on %j, and now %j (differs: %j), then it is asked again: %s, for %s',
    (state, before, now, differs, again) => {
      expect(isAskedAgain({ state, ...evidence(before) }, evidence(now, differs))).toBe(again)
    },
  )
})

const tag = fc.constantFrom('name1', 'name2', 'document1', 'document2', 'idnp1', 'idnp2')
const someEvidence = fc
  .tuple(fc.uniqueArray(tag), fc.boolean())
  .map(([tags, differs]) =>
    evidence(tags, differs && !tags.some((tag) => tag.startsWith('idnp')) ? ['idnp'] : []),
  )

test('whatever comes, the same evidence never asks twice, and a number that is new is never mute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<State>('same', 'not-same', 'unlinked'),
      someEvidence,
      someEvidence,
      (state, before, now) => {
        expect(isAskedAgain({ state, ...before }, before)).toBe(
          state === 'same' && before.traits.length === 0,
        )
        const isNew = now.agreed.some(
          (digest) => !digest.startsWith('name') && !before.agreed.includes(digest),
        )
        if (state !== 'same' && isNew) expect(isAskedAgain({ state, ...before }, now)).toBe(true)
      },
    ),
  )
})

type Match = Evidence & Pick<MatchRecord, 'state' | 'link'>
type Step = { now: Evidence } | { answer: MatchDecision['answer'] }

const step: fc.Arbitrary<Step> = fc.oneof(
  someEvidence.map((now) => ({ now })),
  fc.constantFrom(...matchDecision.shape.answer.options).map((answer) => ({ answer })),
)

/** A match after `matching` has compared its returns again: its link stands. */
function afterComparison(last: Match, now: Evidence): Match {
  if (!isAskedAgain(last, now)) return last
  return { ...now, state: 'raised', ...(last.link ? { link: last.link } : {}) }
}

/** A match after a decision; as it was where the decision is refused. */
function afterDecision(last: Match, answer: MatchDecision['answer']): Match {
  try {
    const { links, unlinks } = decideMatch({ ...last, returns: ['A', 'B'] }, answer)
    const { link, ...rest } = last
    const stands = links ? 'same' : unlinks ? undefined : link
    return { ...rest, state: answer, ...(stands ? { link: stands } : {}) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return last
  }
}

test('through all transitions a decided match is linked if it is "same", and one that is asked again as it was', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let last: Match = { state: 'raised', ...evidence(['name1']) }
      for (const made of steps) {
        const next = 'now' in made ? afterComparison(last, made.now) : afterDecision(last, made.answer)
        if (next.state === 'raised') expect(next.link).toBe(last.link)
        else expect(next.link !== undefined).toBe(next.state === 'same')
        last = next
      }
    }),
  )
})

test('a match waits since it was raised last, and no shorter for being written anew', () => {
  const at = (state: State, day: number) => ({ state, at: `2026-11-0${day}` })
  expect(raisedAtOf([at('raised', 1)])).toBe('2026-11-01')
  expect(raisedAtOf([at('raised', 1), at('raised', 2)])).toBe('2026-11-01')
  expect(raisedAtOf([at('raised', 1), at('same', 2)])).toBe('2026-11-01')
  expect(raisedAtOf([at('raised', 1), at('not-same', 2), at('raised', 3), at('raised', 4)])).toBe(
    '2026-11-03',
  )
})
