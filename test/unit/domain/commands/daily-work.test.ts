import { expect, test } from 'vitest'
import { bodies, centre, colleague, consular, iom } from '../../../parts/bodies.ts'
import { filed, keptIn, stateOf } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const note = { name: 'note', by: iom, body: bodies.note } as const

test('given a filing, when an officer takes it, then the officer is its assignee for that party alone', () => {
  const made = given(filed())
    .when({ name: 'take', by: iom, body: {}, user: 'user-7' })
    .thenEvent({ type: 'taken', data: {} })
  expect([...stateOf(made).assignees]).toEqual([[iom, 'user-7']])
})

test('given a taken return, when it is assigned to a colleague, then the colleague is the assignee', () => {
  const made = given(filed(), { name: 'take', by: iom })
    .when({ name: 'assign', by: iom, body: { user: colleague } })
    .thenEvent({ type: 'assigned', data: { user: colleague } })
  expect(stateOf(made).assignees.get(iom)).toBe(colleague)
})

test('given a filing, when a party notes its next step, then the day is in clear and the text is its own', () => {
  const made = given(filed())
    .when(note)
    .thenEvent({
      type: 'noted',
      data: { due: [{ step: 'next-step', day: '2026-11-24' }] },
      sections: { note: 'note' },
    })
  expect(keptIn(made, 'note').map(({ readers }) => readers)).toEqual([[iom]])
})

test('given a noted next step, when a note without one follows, then no next step is left', () => {
  const made = given(filed(), note)
    .when({ ...note, body: { note: bodies.note.note } })
    .thenEvent({ type: 'noted', data: { due: [] }, sections: { note: 'note' } })
  expect(stateOf(made).nextSteps.get(iom)).toBeUndefined()
  expect(stateOf(made).nextSteps.get(centre)).toBeUndefined()
})

test('given a filing, when the consular department takes it, then it is refused: the case is not its work', () => {
  given(filed()).when({ name: 'take', by: consular, body: {} }).thenRefused('not-yours')
})
