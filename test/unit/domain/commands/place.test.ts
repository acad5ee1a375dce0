import { expect, test } from 'vitest'
import { centre, istanbul, otherCentre } from '../../../parts/bodies.ts'
import { filed, stateOf } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const hold = { name: 'hold-place', by: centre, body: { until: '2026-12-10' } } as const
const release = { name: 'release-place', by: centre, body: {} } as const

test('given a filing, when its Centre holds a place, then the last day of the hold is in clear', () => {
  const made = given(filed())
    .when(hold)
    .thenEvent({ type: 'place-held', data: { due: [{ step: 'place-held', day: '2026-12-10' }] } })
  expect(stateOf(made).placeHeld).toMatchObject({ by: centre, until: '2026-12-10' })
})

test('given a held place, when the Centre releases it, then no place is held', () => {
  const made = given(filed(), hold).when(release).thenEvent({ type: 'place-released', data: {} })
  expect(stateOf(made).placeHeld).toBeUndefined()
})

test('given no held place, when the Centre releases one, then there is nothing to do', () => {
  given(filed()).when(release).thenRefused('nothing-to-do')
  given(filed(), hold, release).when(release).thenRefused('nothing-to-do')
})

test('given a held place, when another party releases it, then it is refused', () => {
  given(filed(), hold)
    .when({ ...release, by: otherCentre })
    .thenRefused('not-found')
  given(filed(), hold)
    .when({ ...release, by: istanbul })
    .thenRefused('not-yours')
})
