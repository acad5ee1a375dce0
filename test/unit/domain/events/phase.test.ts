import { describe, expect, test } from 'vitest'
import {
  advanceJourney,
  arriveAt,
  askGatesAgain,
  lastOpenPhase,
} from '../../../../functions/domain/events/phase.ts'
import type { State } from '../../../../functions/domain/state.ts'
import type { Phase } from '../../../../schemas/procedure/phases.ts'
import { filed, stateOf } from '../../../parts/domain-return.ts'

const [event] = filed().events
if (!event) throw new Error('A filing has an event.')
const at = '2026-12-05T12:00:00.000Z'
const later = { ...event, at }
const inPhase = (phase: Phase, more: Partial<State> = {}): State => ({ ...stateOf(filed()), phase, ...more })

describe('a fact of the journey', () => {
  test.each<[from: Phase, reached: Phase, phase: Phase]>([
    ['confirmed', 'travelling', 'travelling'],
    ['filed', 'received', 'received'],
    ['travelling', 'arrived', 'arrived'],
    ['arrived', 'travelling', 'arrived'],
    ['received', 'arrived', 'received'],
    ['cancelled', 'travelling', 'travelling'],
    ['closed', 'arrived', 'arrived'],
  ])('a return that is %s is, once the person is %s, %s', (from, reached, phase) => {
    const state = advanceJourney(inPhase(from), reached, later)
    expect([state.phase, state.since]).toEqual([phase, phase === from ? event.at : at])
  })

  test('a cancellation is no outcome any more once the person travels, and an admission stays one', () => {
    expect(advanceJourney(inPhase('cancelled', { outcome: 'cancelled' }), 'travelling', later).outcome).toBe(
      undefined,
    )
    expect(advanceJourney(inPhase('closed', { outcome: 'admitted' }), 'travelling', later).outcome).toBe(
      'admitted',
    )
  })

  test('the first arrival tells when the person arrived', () => {
    expect(arriveAt(inPhase('travelling'), 'arrived', later).arrivedAt).toBe(at)
    expect(arriveAt(inPhase('arrived', { arrivedAt: event.at }), 'received', later).arrivedAt).toBe(event.at)
  })
})

test.each<[Phase, Phase]>([
  ['confirmed', 'planned'],
  ['planned', 'planned'],
  ['travelling', 'travelling'],
])('a journey that is %s is %s and not cleared when the gates have to be asked again', (from, phase) => {
  expect(askGatesAgain(inPhase(from, { cleared: true }), later)).toMatchObject({ phase, cleared: false })
})

test.each<[Phase, Phase | undefined, Phase]>([
  ['planned', undefined, 'planned'],
  ['cancelled', 'accepted', 'accepted'],
  ['closed', 'received', 'received'],
  ['closed', undefined, 'filed'],
])('a return that is %s after %s is reopened as %s', (phase, phaseBefore, open) => {
  expect(lastOpenPhase(inPhase(phase, phaseBefore ? { phaseBefore } : {}))).toBe(open)
})
