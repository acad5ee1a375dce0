import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fold } from '../../../functions/domain/evolve.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import {
  addEvent,
  centre,
  consular,
  type Filing,
  fileReturn,
  filer,
  iom,
  type MadeReturn,
} from '../../parts/events.ts'
import { startPipeline, type TestPipeline } from '../../parts/pipeline.ts'

let pipeline: TestPipeline
beforeAll(async () => {
  pipeline = await startPipeline()
})
afterAll(() => pipeline.stop())
beforeEach(() => pipeline.queues.wipe())
afterEach(() => {
  vi.useRealTimers()
})

const filedAt = new Date('2026-11-20T09:00:00.000Z')
const acknowledge = [{ step: 'acknowledge' as const, day: '2026-11-22' }]
/** By every clock in this process. */
const clock = (at: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) })

async function deliver({ ret, rows }: MadeReturn): Promise<void> {
  await pipeline.ring({ ret, seq: rows.length - 1 })
  await pipeline.drain()
}

async function filed(about: Filing): Promise<MadeReturn> {
  clock(filedAt.toISOString())
  const made = await fileReturn(undefined, { at: filedAt, ...about })
  await pipeline.write(made)
  await deliver(made)
  return made
}

/** The clock strikes; what it wrote is delivered. Gives what is new on the trail. */
async function strike(made: MadeReturn, at: string) {
  const before = made.rows.length
  clock(at)
  await pipeline.watch()
  await pipeline.reread(made)
  await deliver(made)
  return made.rows.slice(before).map(({ event }) => ({ type: event.type, for: event.for, data: event.data }))
}

async function add(made: MadeReturn, ...event: [Parameters<typeof addEvent>[1], PartyId]): Promise<void> {
  await addEvent(made, event[0], { by: event[1], at: new Date() })
  await pipeline.write(made, made.rows.length - 1)
  await deliver(made)
}

const onList = async (made: MadeReturn, party: PartyId) =>
  (await pipeline.worklist(party)).find(({ ret }) => ret === made.ret)?.overdue

test('a missed step makes one event for its owner, is escalated once, and leaves all lists when it is done', async () => {
  const made = await filed({ due: acknowledge })
  expect((await pipeline.due(made.ret))?.next).toBe('2026-11-22T22:00:00.000Z')
  expect(await strike(made, '2026-11-22T21:59:59.000Z')).toEqual([])
  const missed = { item: 'step', step: 'acknowledge', party: iom, since: '2026-11-22' }
  expect(await strike(made, '2026-11-22T22:00:00.000Z')).toEqual([
    { type: 'overdue', for: iom, data: { ...missed, level: 0 } },
  ])
  for (const at of ['2026-11-22T22:01:00.000Z', '2026-11-23T22:00:00.000Z'])
    expect(await strike(made, at)).toEqual([])
  expect([await onList(made, iom), await onList(made, consular), await onList(made, filer)]).toEqual([
    [{ ...missed, level: 0 }],
    [],
    [],
  ])
  expect(await strike(made, '2026-11-24T22:00:00.000Z')).toEqual([
    { type: 'overdue', for: consular, data: { ...missed, level: 1 } },
  ])
  expect([await onList(made, iom), await onList(made, consular)]).toEqual([
    [{ ...missed, level: 1 }],
    [{ ...missed, level: 1 }],
  ])
  await add(made, { type: 'acknowledged', data: { due: [] } }, iom)
  expect([await onList(made, iom), await onList(made, consular)]).toEqual([[], []])
  expect(await strike(made, '2027-01-01T00:00:00.000Z')).toEqual([])
  expect((await pipeline.due(made.ret))?.next).toBeUndefined()
})

test('a return with an escalated step stands above a return that only waits', async () => {
  const waiting = await filed({})
  const missed = await filed({ due: acknowledge })
  await strike(missed, '2026-11-25T09:00:00.000Z')
  const order = await pipeline.listed(consular, '2026-11-25')
  expect(order.indexOf(missed.ret)).toBeLessThan(order.indexOf(waiting.ret))
})

test('a hold that ran out frees the place, once', async () => {
  const made = await filed({})
  await add(made, { type: 'place-held', data: { due: [{ step: 'place-held', day: '2026-11-25' }] } }, centre)
  const held = () => fold(made.rows.map(({ event }) => event))?.placeHeld
  expect(await strike(made, '2026-11-25T21:59:00.000Z')).toEqual([])
  expect(held()).toEqual({ by: centre, until: '2026-11-25', seq: 1 })
  expect(await strike(made, '2026-11-25T22:00:00.000Z')).toEqual([
    { type: 'overdue', for: centre, data: { item: 'place', party: centre, since: '2026-11-25', level: 0 } },
  ])
  expect(held()).toBeUndefined()
  expect(await strike(made, '2026-12-25T22:00:00.000Z')).toEqual([])
})

test('an overdue next step of a party is notified to that party alone', async () => {
  const made = await filed({})
  await add(made, { type: 'noted', data: { due: [{ step: 'next-step', day: '2026-11-21' }] } }, filer)
  expect(await strike(made, '2026-11-21T22:00:00.000Z')).toMatchObject([{ for: filer }])
  expect(made.rows.at(-1)?.event.to).toEqual([filer])
  expect(await onList(made, filer)).toMatchObject([{ item: 'next-step', since: '2026-11-21' }])
  expect(await onList(made, iom)).toEqual([])
  expect(await strike(made, '2026-12-21T22:00:00.000Z')).toEqual([])
})

test('an event undelivered for an hour is notified to the consular department, once', async () => {
  clock(filedAt.toISOString())
  const made = await fileReturn(undefined, { at: filedAt })
  await pipeline.write(made)
  await pipeline.ring({ ret: made.ret, seq: 0 })
  const others = async () => {
    for (const kind of ['mission', 'consular', 'iom'] as const)
      while ((await pipeline.queues.pump(kind, pipeline.inbox)) > 0);
  }
  await others()
  const watchAt = async (at: string) => {
    clock(at)
    await pipeline.watch()
    await pipeline.reread(made)
    await pipeline.ring({ ret: made.ret, seq: made.rows.length - 1 })
    await others()
  }
  await watchAt('2026-11-20T09:32:00.000Z')
  expect(made.rows).toHaveLength(1)
  await watchAt('2026-11-20T10:04:00.000Z')
  const late = { item: 'delivery', party: centre, event: 0, since: '2026-11-20', level: 0 }
  expect(made.rows.at(-1)?.event).toMatchObject({ type: 'overdue', for: consular, data: late })
  expect(await onList(made, consular)).toEqual([late])
  // What tells it does not arrive either, and is not told of in its turn.
  await watchAt('2026-11-20T11:08:00.000Z')
  await watchAt('2026-11-20T12:12:00.000Z')
  expect(made.rows).toHaveLength(2)
  while ((await pipeline.queues.pump('centre', pipeline.inbox)) > 0);
  expect((await pipeline.deliveries(made.ret)).find(({ party }) => party === centre)?.seen).toBe(1)
})

test('a closed return stays closed: no tick writes to it', async () => {
  const made = await filed({ due: acknowledge })
  await add(made, { type: 'cancelled', data: {} }, filer)
  expect((await pipeline.due(made.ret))?.next).toBeUndefined()
  expect(await strike(made, '2027-11-25T22:00:00.000Z')).toEqual([])
})
