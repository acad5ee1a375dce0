import { expect, test } from 'vitest'
import { fold } from '../../../../functions/domain/evolve.ts'
import { type StoredEvent, storedEvent } from '../../../../schemas/events/events.ts'
import type { WatchEvent } from '../../../../schemas/events/watch-events.ts'
import { centre, istanbul } from '../../../parts/bodies.ts'
import { type DomainReturn, stateOf, upTo } from '../../../parts/domain-return.ts'

/** The state once `watch` has written an event. */
function after({ events }: Pick<DomainReturn, 'events'>, type: WatchEvent, data: object) {
  const by = { party: 'watch', role: 'system', user: 'watch' } as const
  const envelope = { ...events.at(-1), for: undefined, seq: events.length, by, sections: [] }
  const { for: _, ...event } = { ...envelope, type, data }
  const state = fold([...events, storedEvent.parse(event) satisfies StoredEvent])
  if (!state) throw new Error('This return was never filed.')
  return state
}

const held = upTo('hold-place')
const { placeHeld, sections } = stateOf(held)
const overdue = { item: 'place', party: centre, level: 0 }

test('a place whose last day has passed is released', () => {
  expect(placeHeld).toBeDefined()
  expect(after(held, 'overdue', { ...overdue, since: placeHeld?.until }).placeHeld).toBeUndefined()
})

test('an overdue place of an earlier hold leaves the place that is held now', () => {
  expect(after(held, 'overdue', { ...overdue, since: '2026-11-01' }).placeHeld).toEqual(placeHeld)
})

test('an erased section is no current section and no written section any more', () => {
  const [first, ...rest] = sections
  const state = after(held, 'erased', { sections: [first?.sec] })
  expect(state.sections).toEqual(rest)
  expect(state.written.map(({ sec }) => sec)).not.toContain(first?.sec)
})

test('a party whose access has ended reads no longer, and its unread sections are locked', () => {
  const secs = sections.slice(0, 2).map(({ sec }) => sec)
  const lock = { sections: secs, until: '2027-06-01' }
  const state = after(held, 'access-ended', { party: istanbul, lock })
  expect(state.accessEnded).toEqual(new Set([istanbul]))
  expect([...state.locked]).toEqual(secs.map((sec) => [sec, '2027-06-01']))
})
