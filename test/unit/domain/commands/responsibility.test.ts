import { expect, test } from 'vitest'
import {
  bodies,
  centre,
  consular,
  iom,
  istanbul,
  legalDuty,
  ngo,
  otherMission,
} from '../../../parts/bodies.ts'
import { filed, stateOf, upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const choose = (arranger: typeof iom, by = istanbul) =>
  ({ name: 'choose-arranger', by, body: { arranger } }) as const
const handOver = (by = istanbul) =>
  ({
    name: 'hand-over-case',
    by,
    body: { to: otherMission, case: { recipient: otherMission, basis: legalDuty } },
  }) as const
const moveTo = (to: typeof iom) => ({ name: 'move-case', by: consular, body: { to } }) as const

test('given that IOM arranges, when the mission chooses itself, then it arranges', () => {
  const made = given(filed())
    .when(choose(istanbul))
    .thenEvent({ type: 'arranger-chosen', data: { arranger: istanbul } })
  expect(stateOf(made).arranger).toBe(istanbul)
})

test('given that IOM arranges, when the mission chooses it again, then there is nothing to do', () => {
  given(filed()).when(choose(iom)).thenRefused('nothing-to-do')
})

test('given an organisation without the task, when the mission chooses it, then it cannot arrange', () => {
  given(filed()).when(choose(ngo)).thenRefused('unknown-target', ['arranger'])
})

test('given a filing, when the consular department moves the case, then it names the post', () => {
  given(filed())
    .when(moveTo(otherMission))
    .thenEvent({ type: 'move-ordered', data: { to: otherMission } })
  given(filed()).when(moveTo(istanbul)).thenRefused('unknown-target', ['to'])
  given(filed()).when(moveTo(centre)).thenRefused('unknown-target', ['to'])
})

test('given no order of the consular department, when IOM hands the case over, then it is refused', () => {
  given(filed()).when(handOver(iom)).thenRefused('not-yours')
})

test('given no offer, when a post accepts the case, then it finds no return', () => {
  given(filed()).when({ name: 'accept-case', by: otherMission, body: {} }).thenRefused('not-found')
})

test('given an offer that came with every section, when the post accepts, then it answers for the return', () => {
  const made = given(filed(), handOver())
    .when({ name: 'accept-case', by: otherMission, body: {} })
    .thenEvent({ type: 'case-accepted', data: {} })
  expect(stateOf(made).responsible).toBe(otherMission)
})

test('given an arranger that judges every gate, when a party attests, then there is nothing to do', () => {
  given(upTo('plan-travel'))
    .when({ name: 'attest', by: iom, body: bodies.attest })
    .thenRefused('nothing-to-do')
})
