import { describe, expect, test } from 'vitest'
import { type LegalBasis, type Purpose, purposes } from '../../../../schemas/values/basis.ts'
import { type HolderId, kindOf } from '../../../../schemas/values/parties.ts'
import { centre, consent, everyone, filingWith, iom, istanbul } from '../../../parts/bodies.ts'
import { closed, type DomainReturn, filed, give, stateOf, upTo } from '../../../parts/domain-return.ts'

/** A filing with everybody, in which the person agreed to some purposes of one recipient. */
const agreedFor = (recipient: HolderId, some: Purpose[]) =>
  filed(
    filingWith(
      everyone.map(([holder, basis]): [HolderId, LegalBasis] => [
        holder,
        holder === recipient ? { ...consent, purposes: some } : basis,
      ]),
    ),
  )
const takeBack = (made: DomainReturn, recipient: HolderId, some?: Purpose[]) =>
  give(made, {
    name: 'withdraw',
    by: istanbul,
    body: { case: { recipient, by: 'self', on: '2026-12-01', ...(some ? { purposes: some } : {}) } },
  })
const cutOf = ({ events }: DomainReturn) => {
  const last = events.at(-1)
  return last?.type === 'withdrawn' ? last.data.accessRemoved : undefined
}

describe('consent names each purpose by itself', () => {
  test('withdrawing one purpose leaves the others, and the recipient reads on', () => {
    const made = takeBack(filed(), iom, ['assist-after'])
    expect([cutOf(made), stateOf(made).basis.get(iom)]).toEqual([false, 'consent'])
    expect(made.kept.filter(({ readers }) => readers.includes(iom)).length).toBeGreaterThan(3)
  })

  test('withdrawing the last purpose removes the recipient, one after the other or all at once', () => {
    const [last = 'count', ...others] = purposes
    const almost = takeBack(filed(), iom, others)
    expect(cutOf(almost)).toBe(false)
    const none = takeBack(almost, iom, [last])
    expect([cutOf(none), stateOf(none).basis.get(iom)]).toEqual([true, 'withdrawn'])
    expect(cutOf(takeBack(filed(), iom, [...purposes]))).toBe(true)
    expect(cutOf(takeBack(filed(), iom))).toBe(true)
  })

  test('withdrawing a purpose that was not agreed to has no effect', () => {
    const made = agreedFor(iom, ['arrange-return'])
    expect(cutOf(takeBack(made, iom, ['count']))).toBe(false)
    expect(cutOf(takeBack(made, iom, ['arrange-return']))).toBe(true)
  })

  test('a new agreement brings its own purposes, whatever was withdrawn before', () => {
    const narrow = takeBack(filed(), iom, ['arrange-return'])
    const anew = give(narrow, {
      name: 'agree',
      by: istanbul,
      body: { case: { recipient: iom, basis: consent } },
    })
    expect(closed(upTo('hold-place', anew), 'confirm-travel', iom)).toEqual([])
  })
})

describe('an action needs a basis for its purpose', () => {
  test.each([
    ['planning the journey', iom, 'arrange-return'],
    ['receiving who chose the Centre', centre, 'receive'],
  ] as const)('%s', (_, party, purpose) => {
    expect(kindOf(party)).not.toBe('mission')
    const others = purposes.filter((agreed) => agreed !== purpose)
    expect(closed(upTo('hold-place', agreedFor(party, [purpose])), 'confirm-travel', iom)).toEqual([])
    const without = closed(upTo('hold-place', agreedFor(party, others)), 'confirm-travel', iom)
    expect(without).toEqual(['basis-holds'])
  })
})
