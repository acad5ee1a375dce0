import { expect, test } from 'vitest'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { type ReturnPhase, returnPhases } from '../../../../schemas/procedure/phases.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  refused,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  type DomainReturn,
  filed,
  inPhase,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { listPlace } from '../../../parts/list-place.ts'

const underway = returnPhases.filter((phase) => phase !== 'closed' && phase !== 'cancelled')

test.each(underway)('a return that is %s can be cancelled, and reopened to where it was', (phase) => {
  for (const by of [istanbul, iom]) {
    const cancelled = after(inPhase[phase](), [[by, 'cancel']])
    const outcome = phase === 'received' ? 'admitted' : 'cancelled'
    expect(stateOf(cancelled)).toMatchObject({ phase: 'cancelled', outcome, phaseBefore: phase })
    expect(answerTo(cancelled, { name: 'cancel', by })).toBe('nothing-to-do')
    const reopened = stateOf(after(cancelled, [[iom, 'reopen']]))
    // The bed of a confirmed journey was given back: the gates are asked again.
    expect(reopened.phase).toBe(phase === 'confirmed' ? 'planned' : phase)
    expect(reopened.outcome).not.toBe('cancelled')
  }
})

test.each([
  ['admit', 'admitted'],
  ['refer-home', 'referred-home'],
] as const)(
  'what had come out with %s is kept when the return is cancelled and closed after all',
  (name, outcome) => {
    const cancelled = after(upTo('arrive'), [
      [iom, name],
      [istanbul, 'cancel'],
    ])
    const closed = after(cancelled, [[istanbul, 'close']])
    for (const made of [cancelled, closed, after(closed, [[istanbul, 'reopen']])])
      expect(stateOf(made).outcome).toBe(outcome)
  },
)

test('a cancelled return that was closed goes back, in one step, to where it was before it was cancelled', () => {
  const made = after(upTo('accept'), [
    [istanbul, 'cancel'],
    [iom, 'close'],
  ])
  expect(stateOf(made)).toMatchObject({ phase: 'closed', outcome: 'cancelled', phaseBefore: 'accepted' })
  expect(stateOf(after(made, [[centre, 'reopen']])).phase).toBe('accepted')
})

test('what came of a return is still known when it was closed, reopened and closed again', () => {
  const reopened = after(upTo('close'), [[centre, 'reopen']])
  expect(stateOf(reopened)).toMatchObject({ phase: 'received', outcome: 'admitted' })
  expect(stateOf(after(reopened, [[iom, 'close']])).outcome).toBe('admitted')
})

test.each([istanbul, iom, centre])('a received or cancelled return is closed, and reopened, by %s', (by) => {
  for (const phase of ['received', 'cancelled'] as const) {
    const closed = after(inPhase[phase](), [[by, 'close']])
    expect(stateOf(closed).phase).toBe('closed')
    expect(stateOf(after(closed, [[by, 'reopen']])).phase).toBe(phase === 'received' ? phase : 'filed')
  }
  expect(answerTo(upTo('arrive'), { name: 'close', by })).toBe('wrong-phase')
})

test('the mission that filed can end a return that nobody else is on', () => {
  const alone = filed(filingWith([[iom, refused]]))
  const ended = after(alone, [
    [istanbul, 'cancel'],
    [istanbul, 'close'],
  ])
  expect(stateOf(ended)).toMatchObject({ phase: 'closed', outcome: 'cancelled' })
})

test('in a closed return nothing happens until it is reopened, but that consent is taken back and what goes on after it', () => {
  for (const party of [istanbul, iom, centre, ministry])
    expect(commandsFor(stateOf(upTo('close')), party)).toEqual(
      {
        [ministry as string]: ['give-task', 'end-task'],
        [centre as string]: ['reopen', 'withdraw', 'give-task', 'end-task', 'follow-up'],
      }[party] ?? ['reopen', 'withdraw', 'give-task', 'end-task'],
    )
})

test.each<[ReturnPhase, PartyId[]]>([
  ['filed', [iom, istanbul]],
  ['acknowledged', [iom, istanbul]],
  ['sent-back', [istanbul]],
  ['accepted', [istanbul, iom]],
  ['planned', [centre, iom, istanbul]],
  ['confirmed', [istanbul]],
  ['travelling', [iom]],
  ['arrived', [centre]],
  ['received', [centre]],
  ['cancelled', [centre]],
  ['closed', []],
])('a return that is %s waits for %j', (phase, parties) => {
  expect(waitsFor(stateOf(inPhase[phase]())).map(({ party }) => party)).toEqual(parties)
})

test('where the one whose move it is was never told, another keeps the return', () => {
  const party = (refusing: PartyId, steps: Parameters<typeof after>[1]) => {
    const grounds = everyone.map(
      ([holder, basis]) => [holder, holder === refusing ? refused : basis] as const,
    )
    return waitsFor(stateOf(after(filed(filingWith(grounds)), steps))).map((wait) => wait.party)
  }
  expect(party(iom, [])).toEqual([istanbul])
  expect(party(centre, [[iom, 'arrive']])).toEqual([iom])
  expect(party(iom, [[centre, 'arrive']])).toEqual([centre])
})

test('the consular department says which post a case belongs to and answers its calls, and nothing else', () => {
  for (const phase of returnPhases)
    expect(commandsFor(stateOf(inPhase[phase]()), consular)).toEqual(
      phase === 'closed' ? [] : ['answer-call', 'move-case'],
    )
})

test('a return stands in the first group that it belongs to, and sinks once it is over', () => {
  const groupOf = (made: DomainReturn, party: PartyId) => listPlace(stateOf(made), party)[0]
  const today = filed(filingWith(everyone, { urgency: 'danger-today' }))
  expect([istanbul, iom, centre].map((party) => groupOf(filed(), party))).toEqual([
    'waits',
    'waits',
    'others',
  ])
  expect([istanbul, iom, centre].map((party) => groupOf(today, party))).toEqual(['danger', 'calls', 'danger'])
  expect([istanbul, iom, centre].map((party) => groupOf(inPhase.closed(), party))).toEqual([
    'over',
    'over',
    'over',
  ])
})

test('given a filing, when its mission cancels it, then it cannot be cancelled again', () => {
  const cancel = { name: 'cancel', by: istanbul, body: bodies.cancel } as const
  given(filed())
    .when(cancel)
    .thenEvent({ type: 'cancelled', data: {}, sections: { case: 'cancellation' } })
  given(filed(), cancel).when(cancel).thenRefused('nothing-to-do')
})
