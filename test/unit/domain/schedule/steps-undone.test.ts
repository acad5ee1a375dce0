import { expect, test } from 'vitest'
import type { StepName } from '../../../../schemas/procedure/procedure.ts'
import { centre, iom, istanbul, ministry } from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  dueNow,
  give,
  after as goOn,
  isDone,
  keptIn,
  lastDues,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

test('a return that was sent back is acknowledged and accepted anew, and what came after waits', () => {
  const sent = goOn(upTo('accept'), [[iom, 'send-back']])
  expect([isDone(sent, 'acknowledge'), isDone(sent, 'accept')]).toEqual([false, false])
  expect(Object.keys(dueNow(sent))).toEqual(['confirm-identity'])
  const again = goOn(sent, [[iom, 'acknowledge']])
  expect(lastDues(again)).toEqual({ accept: '2026-11-25' })
  expect(Object.keys(lastDues(goOn(again, [[iom, 'accept']])))).toEqual(['assess-risk', 'plan-travel'])
})

test('what was done before it was sent back stays done', () => {
  const sent = goOn(upTo('assess-risk'), [[iom, 'send-back']])
  expect([isDone(sent, 'assess-risk'), dueNow(sent).decide]).toEqual([true, '2026-11-27'])
  const again = goOn(sent, [
    [iom, 'acknowledge'],
    [iom, 'accept'],
  ])
  expect(lastDues(again)).toEqual({ 'plan-travel': '2026-12-01' })
})

test('a refusal begins nothing, and ends what waited for a yes', () => {
  const refused = goOn(upTo('hold-place'), [[ministry, 'refuse']])
  expect([lastDues(refused), dueNow(refused)]).toEqual([{}, {}])
  for (const step of ['plan-travel', 'hold-place', 'confirm-travel'] as const)
    expect([step, isDone(refused, step)]).toEqual([step, false])
  expect([isDone(refused, 'decide'), isDone(refused, 'fund')]).toEqual([true, true])
  const early = goOn(upTo('approve'), [[ministry, 'refuse']])
  expect(Object.keys(dueNow(early))).toEqual(['confirm-identity'])
  const identified = goOn(early, [[istanbul, 'confirm-identity']])
  expect(Object.keys(lastDues(identified))).toEqual(['issue-document'])
})

test('a yes after a refusal begins the plans anew, and asks for money only where there is none', () => {
  const funded = goOn(upTo('hold-place'), [
    [ministry, 'refuse'],
    [ministry, 'approve'],
  ])
  expect(lastDues(funded)).toEqual({ 'plan-travel': '2026-12-01' })
  const unfunded = goOn(upTo('assess-risk'), [
    [ministry, 'refuse'],
    [ministry, 'approve'],
  ])
  expect(Object.keys(lastDues(unfunded))).toEqual(['fund', 'plan-travel'])
})

test('a fact that was corrected brings its step back, with the day it was due', () => {
  const left = upTo('depart')
  const arrived = goOn(left, [[centre, 'arrive']])
  expect([isDone(arrived, 'arrive'), dueNow(arrived)]).toEqual([true, { receive: '2026-11-22' }])
  const corrected = give(arrived, {
    name: 'correct',
    by: centre,
    body: { corrects: arrived.events.length - 1 },
  })
  expect([isDone(corrected, 'arrive'), dueNow(corrected)]).toEqual([false, dueNow(left)])
  expect(lastDues(goOn(corrected, [[centre, 'arrive']]))).toEqual({ receive: '2026-11-22' })
})

const struckOf = (made: DomainReturn, slot: string) => {
  const [section] = keptIn(made, slot)
  if (!section) expect.unreachable()
  const { sec, by } = section.section
  return give(made, { name: 'strike', by, body: { strikes: [sec] } })
}
const changed = (made: DomainReturn) => give(made, { name: 'change-travel', by: iom })

test.each<[string, StepName, DomainReturn]>([
  ['a struck check', 'confirm-identity', struckOf(upTo('confirm-travel'), 'check')],
  ['a struck document', 'issue-document', struckOf(upTo('confirm-travel'), 'document')],
  ['a struck assessment of risk', 'assess-risk', struckOf(upTo('confirm-travel'), 'risk')],
  ['a released place', 'hold-place', goOn(upTo('confirm-travel'), [[centre, 'release-place']])],
  ['a changed journey', 'confirm-travel', changed(upTo('confirm-travel'))],
])('%s: %s', (_what, step, made) => {
  expect(isDone(made, step)).toBe(false)
  // The event that undid it says until when it is to be done again.
  expect([lastDues(made)[step] !== undefined, dueNow(made)[step] !== undefined]).toEqual([true, true])
})

test('once she has left, nothing before is done again', () => {
  for (const slot of ['check', 'document', 'risk'])
    expect(stateOf(struckOf(upTo('depart'), slot)).done).toEqual(stateOf(upTo('depart')).done)
  expect(isDone(changed(upTo('depart')), 'confirm-travel')).toBe(true)
})
