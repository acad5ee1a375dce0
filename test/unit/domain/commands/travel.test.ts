import { expect, test } from 'vitest'
import { bodies, iom, istanbul, itinerary, ministry } from '../../../parts/bodies.ts'
import { filed, keptIn, upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const evacuate = { name: 'evacuate', by: istanbul, body: bodies.evacuate, user: 'user-1' } as const
const confirm = { name: 'confirm-evacuation', by: iom, body: {}, user: 'user-2' } as const

test('given an accepted return, when IOM plans the journey, then its days are derived for who reads no itinerary', () => {
  const made = given(upTo('accept'))
    .when({ name: 'plan-travel', by: iom, body: { travel: itinerary } })
    .thenEvent({
      type: 'travel-planned',
      data: { due: [{ step: 'hold-place', day: '2026-11-24' }] },
      sections: { label: 'journey', case: 'journey', travel: 'itinerary' },
    })
  expect(keptIn(made, 'journey').map(({ content }) => content)).toEqual([
    { country: 'TR', leavesOn: '2026-12-05', arrivesOn: '2026-12-05', arrivesAt: 'RMO', persons: 1 },
    { leavesOn: '2026-12-05', arrivesOn: '2026-12-05', arrivesAt: 'RMO' },
  ])
})

test('given no planned journey, when IOM confirms it, then the phase is wrong', () => {
  given(upTo('accept')).when({ name: 'confirm-travel', by: iom, body: {} }).thenRefused('wrong-phase')
})

test('given an ordered evacuation, when a second duty officer confirms it, then it is confirmed', () => {
  given(filed(), evacuate).when(confirm).thenEvent({ type: 'evacuation-confirmed', data: {} })
})

test('given an ordered evacuation, when the same person confirms it, then it is refused', () => {
  given(filed(), evacuate)
    .when({ ...confirm, user: 'user-1' })
    .thenRefused('same-person')
})

test('given no evacuation, or a confirmed one, when it is confirmed, then there is nothing to do', () => {
  given(filed()).when(confirm).thenRefused('nothing-to-do')
  given(filed(), evacuate, confirm)
    .when({ ...confirm, by: ministry })
    .thenRefused('nothing-to-do')
})

test('given a filing, when an officer without the role orders an evacuation, then it is refused', () => {
  given(filed())
    .when({ ...evacuate, role: 'officer' })
    .thenRefused('not-your-role')
})
