import { expect, test } from 'vitest'
import { consular, everyone, filingWith, ministry } from '../../../parts/bodies.ts'
import { filed, stateOf } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const inDanger = () => filed(filingWith(everyone, { urgency: 'danger-today' }))
const answer = { name: 'answer-call', by: consular, body: { call: 0 } } as const

test('given a filing in danger, when a called party answers, then it is called no more for that event', () => {
  const made = inDanger()
  const callsOf = (after: typeof made) => stateOf(after).calls.filter(({ party }) => party === consular)
  const answered = given(made)
    .when(answer)
    .thenEvent({ type: 'call-answered', data: { call: 0 } })
  expect(callsOf(made).length).toBeGreaterThan(0)
  expect(callsOf(answered).length).toBeLessThan(callsOf(made).length)
})

test('given a filing that calls nobody, when a party answers a call, then there is none', () => {
  given(filed()).when(answer).thenRefused('unknown-target', ['call'])
})

test('given a call for one event, when a party answers for another, then there is none', () => {
  given(inDanger())
    .when({ ...answer, body: { call: 7 } })
    .thenRefused('unknown-target', ['call'])
  given(inDanger(), answer).when(answer).thenRefused('unknown-target', ['call'])
})

test('given a call, when a party answers that is never called, then it is refused', () => {
  given(inDanger())
    .when({ ...answer, by: ministry })
    .thenRefused('not-yours')
})
