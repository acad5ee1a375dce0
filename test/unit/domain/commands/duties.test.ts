import { describe, expect, test } from 'vitest'
import deployment from '../../../../cdk.json' with { type: 'json' }
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import {
  alwaysSeparate,
  type Duty,
  duties,
  separatedByDefault,
  separatedFrom,
} from '../../../../schemas/procedure/duties.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import { bodies, config, iom, istanbul, ministry } from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  type DomainReturn,
  type Given,
  give,
  keptIn,
  refusalOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const samePerson = 'one-and-the-same'
const by = (party: PartyId, name: CommandName): Given => ({ name, by: party, user: samePerson })

test('a deployment ships with the separations that stand in the table', () => {
  expect(deployment.context.separateDuties).toEqual(separatedByDefault)
  expect(config.separations).toEqual(separatedByDefault)
})

test.each<[Duty, apart: Duty[]]>([
  ['accept', []],
  ['assess-risk', ['fund', 'confirm-travel']],
  ['approve', []],
  ['fund', ['assess-risk', 'confirm-travel']],
  ['plan-travel', []],
  ['override', ['confirm-travel']],
  ['confirm-travel', ['assess-risk', 'fund', 'override']],
  ['clear-to-leave', []],
  ['evacuate', ['confirm-evacuation']],
  ['confirm-evacuation', ['evacuate']],
])('who does %s does none of %j on the same return', (duty, apart) => {
  expect(separatedFrom(duty, separatedByDefault)).toEqual(apart)
})

test('the table names every duty, and the second word to an evacuation cannot be switched off', () => {
  expect(duties.length).toBe(10)
  for (const [first, second] of alwaysSeparate) expect(separatedFrom(first as Duty, [])).toEqual([second])
})

/** A return on which the first duty can be done, and then the second; by whom each is done. */
const pairs: [first: Duty, second: Duty, made: () => DomainReturn, second: PartyId][] = [
  ['assess-risk', 'fund', () => upTo('accept'), iom],
  ['fund', 'assess-risk', () => upTo('accept'), iom],
  ['fund', 'confirm-travel', () => upTo('hold-place'), iom],
  ['assess-risk', 'confirm-travel', () => upTo('hold-place'), iom],
  ['override', 'confirm-travel', () => upTo('hold-place'), iom],
  ['confirm-travel', 'assess-risk', () => upTo('hold-place'), iom],
  ['confirm-travel', 'fund', () => upTo('hold-place'), iom],
  ['confirm-travel', 'override', () => upTo('hold-place'), iom],
  ['evacuate', 'confirm-evacuation', () => upTo('accept'), iom],
]

describe.each(pairs)('given somebody of IOM who did %s', (first, second, made, party) => {
  const done = () => give(made(), { ...by(iom, first) })

  test(`when the same person does ${second}, then it is refused, and told why`, () => {
    const refusal = refusalOf(done(), by(party, second))
    expect([refusal?.code, refusal?.detail.duties]).toEqual(['same-person', [first]])
  })

  test(`when a colleague does ${second}, then it is done`, () => {
    expect(answerTo(done(), { ...by(party, second), user: 'a-colleague' })).toBe('accepted')
  })
})

test('one person of IOM does not accept, assess, fund and confirm alone', () => {
  const accepted = give(upTo('acknowledge'), by(iom, 'accept'))
  const assessed = give(accepted, by(iom, 'assess-risk'))
  expect(answerTo(assessed, by(iom, 'fund'))).toBe('same-person')
  const ready = after(give(assessed, { name: 'fund', by: ministry }), [
    [ministry, 'approve'],
    [istanbul, 'confirm-identity'],
    [istanbul, 'issue-document'],
  ])
  const planned = give(ready, by(iom, 'plan-travel'))
  expect(answerTo(planned, by(iom, 'confirm-travel'))).toBe('same-person')
})

test('given a confirmed journey, when who confirmed it amends the assessment, then it is refused', () => {
  const made = give(upTo('hold-place'), by(iom, 'confirm-travel'))
  const [risk] = keptIn(made, 'risk')
  given(made)
    .when({
      name: 'amend',
      by: iom,
      user: samePerson,
      body: { slot: 'risk', supersedes: risk?.section.sec, protection: bodies['assess-risk'].protection },
    })
    .thenRefused('same-person')
})

test('given an assessment that a colleague made anew, when the first assessor confirms, then it is done', () => {
  const assessed = give(upTo('hold-place'), by(iom, 'assess-risk'))
  expect(answerTo(assessed, by(iom, 'confirm-travel'))).toBe('same-person')
  const anew = give(assessed, { name: 'assess-risk', by: iom, user: 'a-colleague' })
  expect(answerTo(anew, by(iom, 'confirm-travel'))).toBe('accepted')
})

test('given another return, when the same person confirms, then it is done: each return counts by itself', () => {
  expect(answerTo(upTo('hold-place'), by(iom, 'confirm-travel'))).toBe('accepted')
})
