import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LaterEvent, Reducer } from '../../../../functions/domain/events/reducer.ts'
import { beginnings, reducers } from '../../../../functions/domain/events/reducers.ts'
import { evolve, fold } from '../../../../functions/domain/evolve.ts'
import type { State } from '../../../../functions/domain/state.ts'
import { type EventOf, eventTypes, type StoredEvent } from '../../../../schemas/events/events.ts'
import { istanbul } from '../../../parts/bodies.ts'
import { filed, raised, stateOf, upTo } from '../../../parts/domain-return.ts'
import { walk, walks } from '../../../parts/domain-walks.ts'

const isLater = (event: StoredEvent): event is EventOf<LaterEvent> => event.type in reducers

function reduced<T extends LaterEvent>(state: State, type: T, event: EventOf<T>): State {
  const reducer: Reducer<T> = reducers[type]
  return reducer(state, event)
}

test('each type of event has a beginning or a reducer, and no type has both', () => {
  const types = [...Object.keys(beginnings), ...Object.keys(reducers)]
  expect(types.toSorted()).toEqual(eventTypes.toSorted())
})

test('a second first event changes nothing', () => {
  const [first] = filed().events
  const [alert] = raised(istanbul, istanbul).events
  const state = stateOf(upTo('accept'))
  for (const event of [first, alert]) expect(event && evolve(state, event)).toBe(state)
})

test('a reducer leaves to the fold what every event does: facts, days of a stay, lacking sections, steps and calls', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const { events } = walk(start, steps)
      for (const [index, event] of events.entries()) {
        const before = fold(events.slice(0, index))
        if (!before || !isLater(event)) continue
        const { facts, stayDays, lacking, done, due, calls } = reduced(before, event.type, event)
        const own = { facts, stayDays, lacking, done, due, calls }
        expect([event.type, own]).toEqual([event.type, { ...own, ...partsOf(before) }])
      }
    }),
    { numRuns: 30 },
  )
})

const partsOf = ({ facts, stayDays, lacking, done, due, calls }: State) => ({
  facts,
  stayDays,
  lacking,
  done,
  due,
  calls,
})

test('an event that its reducer does not use leaves the rest of the state as it is', () => {
  const made = upTo('hold-place')
  const state = stateOf(made)
  const event = made.events.at(-1)
  for (const type of ['exit-checked', 'child-assessed', 'overridden', 'followed-up', 'corrected'] as const)
    expect(reduced(state, type, { ...event, type, data: {} } as EventOf<typeof type>)).toBe(state)
})
