import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesFreed } from '../../../../functions/domain/centre/bed-hold.ts'
import { fold } from '../../../../functions/domain/evolve.ts'
import type { StoredEvent } from '../../../../schemas/events/events.ts'
import { centre, iom, istanbul } from '../../../parts/bodies.ts'
import { after, give, stateOf, upTo } from '../../../parts/domain-return.ts'
import { walk, walks } from '../../../parts/domain-walks.ts'

const heldIn = (events: readonly StoredEvent[]) => {
  const held = fold(events)?.placeHeld
  return held?.by === centre ? held.seq : undefined
}

/** The rows of a centre that receives a return's events at some of them, and takes what it holds by itself. */
function rowsAfter(events: readonly StoredEvent[], stops: readonly number[]): Set<number> {
  const rows = new Set(
    events.filter(({ type, by }) => type === 'place-held' && by.party === centre).map(({ seq }) => seq),
  )
  let seen = -1
  for (const stop of [...stops, events.length - 1].filter((index) => index < events.length)) {
    if (stop <= seen) continue
    const known = events.slice(0, stop + 1)
    const state = fold(known)
    const before = fold(events.slice(0, seen + 1))
    if (state) for (const seq of placesFreed(known, centre, { before, after: state, seen })) rows.delete(seq)
    seen = stop
  }
  return rows
}

test('the occupancy has a row for the place that stands and for no other, however the events arrive', () => {
  fc.assert(
    fc.property(walks, fc.array(fc.nat(40), { maxLength: 6 }), ({ start, steps }, stops) => {
      const { events } = walk(start, steps)
      const held = heldIn(events)
      expect([...rowsAfter(events, stops)]).toEqual(held === undefined ? [] : [held])
    }),
    { numRuns: 60 },
  )
})

test('a released place never comes back by itself', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const { events } = walk(start, steps)
      const gone = new Set<number>()
      let last: number | undefined
      for (const [index] of events.entries()) {
        const held = heldIn(events.slice(0, index + 1))
        if (last !== undefined && held !== last) gone.add(last)
        if (held !== undefined) expect([held, gone.has(held)]).toEqual([held, false])
        last = held
      }
    }),
    { numRuns: 60 },
  )
})

test('the correction of the fact that released a place does not take it again, and the next hold does', () => {
  const home = after(upTo('hold-place'), [[iom, 'refer-home']])
  const corrected = give(home, { name: 'correct', by: iom, body: { corrects: home.events.length - 1 } })
  expect(stateOf(corrected)).toMatchObject({ phase: 'planned' })
  expect(heldIn(corrected.events)).toBeUndefined()
  const again = after(corrected, [[centre, 'hold-place']])
  expect(heldIn(again.events)).toBe(again.events.length - 1)
})

test('reopening a cancelled return, or coming back to the Centre, takes no place again', () => {
  const reopened = after(upTo('hold-place'), [
    [istanbul, 'cancel'],
    [istanbul, 'reopen'],
  ])
  const back = after(upTo('admit'), [
    [centre, 'leave-centre'],
    [centre, 'admit'],
  ])
  for (const made of [reopened, back]) expect(heldIn(made.events)).toBeUndefined()
  expect(heldIn(upTo('admit').events)).toBeDefined()
})
