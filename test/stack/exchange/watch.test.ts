import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newReturnId } from '../../../functions/trail/ids.ts'
import { pendingKey } from '../../../functions/trail/pending.ts'
import {
  addEvent,
  centre,
  consular,
  fileReturn,
  filer,
  iom,
  type MadeReturn,
  writeEvents,
} from '../../parts/events.ts'
import { startPipeline, type TestPipeline } from '../../parts/pipeline.ts'

let pipeline: TestPipeline
beforeAll(async () => {
  pipeline = await startPipeline()
})
afterAll(() => pipeline.stop())
beforeEach(() => pipeline.queues.wipe())

/** In the middle of a round's first minute, so that a slow machine stays within it. */
const ago = (minutes: number) => new Date(Date.now() - (minutes + 0.5) * 60_000)

/** A return with two events of these ages, in minutes, written. */
async function written(...ages: [number, number]): Promise<MadeReturn> {
  const made = await fileReturn(undefined, { at: ago(ages[0]) })
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom, at: ago(ages[1]) })
  await writeEvents(pipeline.dynamodb, made)
  return made
}

const waiting = async (ret: string) =>
  (await pipeline.waiting(ret)).map(({ recipient, data }) => `${recipient} ${data.seq}`).sort()

const toAll = (...seqs: number[]) =>
  [filer, consular, iom, centre].flatMap((party) => seqs.map((seq) => `${party} ${seq}`)).sort()

test('after every queue was wiped, the lost messages are sent again, and everything arrives', async () => {
  const made = await written(1, 1)
  await pipeline.ring({ ret: made.ret, seq: 1 })
  expect(await waiting(made.ret)).toEqual(toAll(0, 1))
  await pipeline.queues.wipe()
  await pipeline.ring({ ret: made.ret, seq: 1 })
  expect(await waiting(made.ret)).toEqual([])
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual(toAll(0, 1))
  await pipeline.drain()
  expect(await pipeline.pending(made.ret)).toEqual([])
  for (const party of [filer, consular, iom, centre]) {
    const lines = await pipeline.worklist(party)
    expect(lines.find(({ ret }) => ret === made.ret)).toMatchObject({ version: 2, phase: 'acknowledged' })
  }
})

test('a stream record that never came is made good', async () => {
  const made = await written(1, 1)
  await pipeline.watch()
  await pipeline.drain()
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('within a round a message is sent once, however often watch runs', async () => {
  const made = await written(4, 4)
  await pipeline.watch()
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual(toAll(0, 1))
})

test('an event is sent again only to the party that lacks it', async () => {
  const made = await written(1, 1)
  await pipeline.ring({ ret: made.ret, seq: 1 })
  for (const kind of ['mission', 'consular', 'iom'] as const) {
    while ((await pipeline.queues.pump(kind, pipeline.inbox)) > 0);
  }
  await pipeline.queues.wipe()
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual([`${centre} 0`, `${centre} 1`])
})

test('a young event is left to the relay, and nothing is sent between rounds', async () => {
  const made = await written(6, -10)
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual([])
  expect(await pipeline.pending(made.ret)).toEqual([0, 1])
})

test('of a return, only the events that are in a round are sent', async () => {
  const made = await written(16, 1)
  const third = await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom, at: ago(-10) })
  await writeEvents(pipeline.dynamodb, made, third.seq)
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual(toAll(0, 1))
})

test('an event that everyone has received is taken off pending, and not sent', async () => {
  const made = await written(2, 2)
  await pipeline.ring({ ret: made.ret, seq: 1 })
  await pipeline.drain()
  const { shard, since } = pendingKey(made.ret, made.rows[0]?.event.at ?? '', 0)
  await pipeline.dynamodb.client().send(
    new PutItemCommand({
      TableName: pipeline.dynamodb.names.pending,
      Item: { shard: { S: shard }, since: { S: since }, ret: { S: made.ret }, seq: { N: '0' } },
    }),
  )
  await pipeline.watch()
  expect(await waiting(made.ret)).toEqual([])
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('a return that fails does not hold up the others, and is reported', async () => {
  const made = await written(1, 1)
  const unfiled = newReturnId('K7QX')
  const { shard, since } = pendingKey(unfiled, ago(1).toISOString(), 0)
  const { names } = pipeline.dynamodb
  const Item = { shard: { S: shard }, since: { S: since }, ret: { S: unfiled }, seq: { N: '0' } }
  await pipeline.dynamodb.client().send(new PutItemCommand({ TableName: names.pending, Item }))
  await expect(pipeline.watch()).rejects.toThrow('internal')
  expect(await waiting(made.ret)).toEqual(toAll(0, 1))
  expect(await pipeline.pending(unfiled)).toEqual([0])
})
