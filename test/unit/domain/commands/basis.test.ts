import { expect, test } from 'vitest'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  ngo,
  otherCentre,
  refused,
} from '../../../parts/bodies.ts'
import { filed, stateOf } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const consented = () => filed(filingWith(everyone.map(([holder]) => [holder, consent])))
const withdrawFrom = (recipient: typeof centre, by = istanbul) =>
  ({ name: 'withdraw', by, body: { case: { recipient, by: 'self', on: '2026-12-01' } } }) as const

test('given consent to every recipient, when the person withdraws it from one, then that one is removed', () => {
  const made = given(consented())
    .when(withdrawFrom(centre))
    .thenEvent({
      type: 'withdrawn',
      data: { recipient: centre, accessRemoved: true, stillReads: [] },
      sections: { case: 'withdrawal' },
    })
  expect(stateOf(made).basis.get(centre)).toBe('withdrawn')
})

test('given a legal duty, when the person withdraws consent, then the recipient stays', () => {
  given(filed())
    .when(withdrawFrom(ministry))
    .thenEvent({
      type: 'withdrawn',
      data: { recipient: ministry, accessRemoved: false, stillReads: [] },
      sections: { case: 'withdrawal' },
    })
})

test('given a recipient that was removed, when consent is withdrawn from it again, then there is nothing to do', () => {
  given(consented(), withdrawFrom(centre)).when(withdrawFrom(centre)).thenRefused('nothing-to-do')
})

test('given a removed recipient, when it answers that it keeps data, then it has to say why', () => {
  const answer = { name: 'answer-withdrawal', by: centre } as const
  const removed = given(consented(), withdrawFrom(centre))
  removed
    .when({ ...answer, body: { answer: 'deleted' } })
    .thenEvent({ type: 'withdrawal-answered', data: { answer: 'deleted' }, for: istanbul })
  removed.when({ ...answer, body: { answer: 'kept' } }).thenRefused('bad-input', ['talk'])
})

test('given a filing, when the person agrees to a party that takes part only by a task, then it is no recipient', () => {
  given(filed())
    .when({ name: 'agree', by: istanbul, body: { case: { recipient: ngo, basis: consent } } })
    .thenRefused('unknown-target', ['case.recipient'])
})

test('given a filing, when the person refuses a recipient by `agree`, then the basis is no basis', () => {
  given(filed())
    .when({ name: 'agree', by: istanbul, body: { case: { recipient: otherCentre, basis: refused } } })
    .thenRefused('bad-input', ['case.basis'])
})

test('given that nobody lacks a section, when a party shares, then there is nothing to do', () => {
  given(filed())
    .when({ name: 'share', by: iom, body: { recipient: centre } })
    .thenRefused('nothing-to-do')
})

test('given bases that all hold, when a party has the person asked anew, then there is nothing to do', () => {
  given(filed())
    .when({ name: 'ask-anew', by: istanbul, body: bodies['ask-anew'] })
    .thenRefused('nothing-to-do')
})
