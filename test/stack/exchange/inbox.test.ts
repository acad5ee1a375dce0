import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { messageText } from '../../../functions/exchange/message.ts'
import { referenceOf } from '../../../functions/trail/ids.ts'
import { cancelled } from '../../parts/door.ts'
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
import { sqsEvent } from '../../parts/queues.ts'

let pipeline: TestPipeline
beforeAll(async () => {
  pipeline = await startPipeline()
})
afterAll(() => pipeline.stop())
beforeEach(() => pipeline.queues.wipe())
afterEach(() => pipeline.breakCalls(() => undefined))

/** A return with three events, written. */
async function written(): Promise<MadeReturn> {
  const made = await fileReturn()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made)
  return made
}

/** The text of a message to a party; without sections, which a message may always leave out. */
function textOf(made: MadeReturn, seq: number, party = iom): string {
  const row = made.rows[seq]
  if (!row) throw new Error('no event')
  return messageText(row, party, [])
}

/** One batch, handed to the inbox in one go; answers which of its messages failed, by their place. */
async function hand(...bodies: (readonly [group: string, body: string])[]): Promise<number[]> {
  const messages = bodies.map(([MessageGroupId, Body], place) => ({
    MessageId: String(place),
    Body,
    Attributes: { MessageGroupId },
  }))
  const { batchItemFailures } = await pipeline.inbox(sqsEvent('iom', messages))
  return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier))
}

const lineOf = async (made: MadeReturn, party = iom) =>
  (await pipeline.worklist(party)).filter(({ ret }) => ret === made.ret)
const gotOf = async (made: MadeReturn, party = iom) =>
  (await pipeline.deliveries(made.ret))
    .find((delivery) => delivery.party === party)
    ?.received.map(([seq]) => seq)

test('what the relay sends arrives in worklists and deliveries, and nothing is left undelivered', async () => {
  const made = await written()
  await pipeline.ring({ ret: made.ret, seq: 0 })
  await pipeline.drain()
  for (const party of [filer, consular, iom, centre]) {
    expect(await lineOf(made, party)).toMatchObject([{ phase: 'accepted', version: 3, membership: 'on' }])
    expect(await gotOf(made, party)).toEqual([0, 1, 2])
  }
  const [line] = await lineOf(made)
  expect(line).toMatchObject({ reference: referenceOf(made.ret), labels: [{ slot: 'label', seq: 0 }] })
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('the newest message brings everything before it, and older messages that follow change nothing', async () => {
  const made = await written()
  expect(await hand([made.ret, textOf(made, 2)])).toEqual([])
  const before = [await lineOf(made), await pipeline.deliveries(made.ret)]
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await hand([made.ret, textOf(made, 0)], [made.ret, textOf(made, 1)])).toEqual([])
  expect([await lineOf(made), await pipeline.deliveries(made.ret)]).toEqual(before)
})

test('several messages of a return in one batch, in any order and twice over, are one reception', async () => {
  const made = await written()
  const batch = [1, 0, 2, 2, 0].map((seq) => [made.ret, textOf(made, seq)] as const)
  expect(await hand(...batch)).toEqual([])
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await lineOf(made)).toMatchObject([{ version: 3 }])
})

test('inboxes that race write each event once, and the line of the last', async () => {
  const made = await written()
  const races = [0, 1, 2, 0, 1, 2].map((seq) => hand([made.ret, textOf(made, seq)]))
  const others = [filer, consular, centre].map((party) => hand([made.ret, textOf(made, 2, party)]))
  expect(await Promise.all([...races, ...others])).toEqual(Array.from({ length: 9 }, () => []))
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await lineOf(made)).toMatchObject([{ version: 3 }])
  // Whoever was last saw that all the others had seen it.
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('an event stays pending until the last of its parties has received it', async () => {
  const made = await written()
  for (const party of [filer, consular, iom]) await hand([made.ret, textOf(made, 2, party)])
  expect(await pipeline.pending(made.ret)).toEqual([0, 1, 2])
  await hand([made.ret, textOf(made, 0, centre)])
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('an inbox that stopped before it cleared pending is finished by the message that comes again', async () => {
  const made = await written()
  for (const party of [filer, consular, centre]) await hand([made.ret, textOf(made, 2, party)])
  const broken = { __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'injected' }
  pipeline.breakCalls(({ operation }) =>
    operation === 'DeleteItem' ? { kind: 'answer', status: 400, body: broken } : undefined,
  )
  const batch = [0, 1, 2].map((seq) => [made.ret, textOf(made, seq)] as const)
  expect(await hand(...batch)).toEqual([0, 1, 2])
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await pipeline.pending(made.ret)).toEqual([0, 1, 2])
  pipeline.breakCalls(() => undefined)
  expect(await hand(...batch)).toEqual([])
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test.each<[string, string]>([
  ['a conflict with another transaction', 'TransactionConflict'],
  ['a delivery that moved on meanwhile', 'ConditionalCheckFailed'],
])('after %s the return is read and folded again', async (_, code) => {
  const made = await written()
  let left = 2
  pipeline.breakCalls(({ operation }) =>
    operation === 'TransactWriteItems' && left-- > 0 ? cancelled([code, 'None']) : undefined,
  )
  const before = pipeline.door.passed.length
  expect(await hand([made.ret, textOf(made, 1)])).toEqual([])
  const operations = pipeline.door.passed.slice(before).map(({ operation }) => operation)
  const attempt = ['Query', 'Query', 'TransactWriteItems']
  expect(operations).toEqual([...attempt, ...attempt, ...attempt, 'Query'])
  expect(await gotOf(made)).toEqual([0, 1, 2])
})

test('a delivery that always changes is given up, and the message stays on its queue', async () => {
  const made = await written()
  pipeline.breakCalls(({ operation }) =>
    operation === 'TransactWriteItems' ? cancelled(['ConditionalCheckFailed', 'None']) : undefined,
  )
  expect(await hand([made.ret, textOf(made, 1)])).toEqual([0])
  expect(await lineOf(made)).toEqual([])
  expect(await pipeline.deliveries(made.ret)).toEqual([])
})

test('line and delivery are one transaction, on a condition; nothing else is written for a message', async () => {
  const made = await written()
  const before = pipeline.door.passed.length
  await hand([made.ret, textOf(made, 1)])
  const calls = pipeline.door.passed.slice(before)
  const operations = ['Query', 'Query', 'TransactWriteItems', 'Query']
  expect(calls.map(({ operation }) => operation)).toEqual(operations)
  expect(calls.every(({ body }) => JSON.parse(body).ConsistentRead ?? true)).toBe(true)
  expect(JSON.parse(calls[2]?.body ?? '').TransactItems).toEqual([
    { Put: expect.objectContaining({ TableName: pipeline.dynamodb.names.deliveries }) },
    { Put: expect.objectContaining({ TableName: pipeline.dynamodb.names.worklists }) },
    ...['owed#waits#', 'reference#RET-'].map((begins) => ({
      Put: {
        TableName: pipeline.dynamodb.names.work,
        Item: expect.objectContaining({ place: { S: expect.stringContaining(begins) } }),
      },
    })),
  ])
})

test.each<[string, number]>([
  ['its first message', 0],
  ['a later message', 1],
])('an inbox that read before another wrote does not set a party back: %s', async (_, already) => {
  const made = await fileReturn()
  await writeEvents(pipeline.dynamodb, made)
  if (already > 0) await hand([made.ret, textOf(made, 0)])
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made, 1)

  // What the slow inbox is going to read: these answers, as they are now.
  const old = new Map<string, string>()
  const tableOf = (body: string): string => JSON.parse(body).TableName
  pipeline.breakCalls((call) => {
    if (call.operation === 'TransactWriteItems') return cancelled(['ValidationError', 'None'])
    const keep = (answer: string) => {
      old.set(tableOf(call.body), answer)
      return answer
    }
    return { kind: 'rewrite', rewrite: keep }
  })
  expect(await hand([made.ret, textOf(made, 1)])).toEqual([0])
  expect(old.size).toBe(2)

  pipeline.breakCalls(() => undefined)
  await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made, 2)
  await hand([made.ret, textOf(made, 2)])
  const after = [await lineOf(made), await pipeline.deliveries(made.ret)]

  pipeline.breakCalls(({ operation, body }) => {
    const answer = operation === 'Query' ? old.get(tableOf(body)) : undefined
    if (answer === undefined) return undefined
    old.delete(tableOf(body))
    return { kind: 'rewrite', rewrite: () => answer }
  })
  expect(await hand([made.ret, textOf(made, 1)])).toEqual([])
  expect(old.size).toBe(0)
  expect([await lineOf(made), await pipeline.deliveries(made.ret)]).toEqual(after)
  expect(await gotOf(made)).toEqual([0, 1, 2])
})

test('a forged message ends among the dead letters as it was sent, while other returns flow', async () => {
  const [made, other] = [await written(), await written()]
  const forged = JSON.parse(textOf(made, 1))
  forged.data.event = JSON.parse(textOf(other, 1)).data.event
  await pipeline.queues.put('iom', made.ret, 'forged', JSON.stringify(forged))
  await pipeline.ring({ ret: made.ret, seq: 2 }, { ret: other.ret, seq: 2 })
  await pipeline.queues.pump('iom', pipeline.inbox)
  expect(await lineOf(other)).toMatchObject([{ version: 3 }])
  expect(await lineOf(made)).toEqual([])
  expect(await pipeline.queues.dead('iom')).toEqual([])
  await pipeline.drain()
  expect(await pipeline.queues.dead('iom')).toEqual([JSON.stringify(forged)])
  expect(await pipeline.queues.waiting('iom')).toEqual([])
  expect(await lineOf(made)).toMatchObject([{ version: 3 }])
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await pipeline.pending(made.ret)).toEqual([])
})

test('a swapped section keeps its message from being taken', async () => {
  const [made, other] = [await written(), await written()]
  const [own] = made.sections
  const [foreign] = other.sections
  const row = made.rows[0]
  if (!own || !foreign || !row) throw new Error('no section')
  const swapped = messageText(row, iom, [{ sec: own.sec, cls: own.cls, jwe: foreign.jwe }])
  expect(await hand([made.ret, swapped])).toEqual([0])
  expect(await pipeline.deliveries(made.ret)).toEqual([])
  const right = messageText(row, iom, [{ sec: own.sec, cls: own.cls, jwe: own.jwe }])
  expect(await hand([made.ret, right])).toEqual([])
})

test('a forged message is kept as evidence even when its event was received long ago', async () => {
  const made = await written()
  await hand([made.ret, textOf(made, 2)])
  const forged = { ...JSON.parse(textOf(made, 0)), source: iom }
  expect(await hand([made.ret, JSON.stringify(forged)])).toEqual([0])
})

test('in one batch, messages behind a failure wait in the same return and go on in the others', async () => {
  const [made, other] = [await written(), await written()]
  const outcome = await hand(
    [made.ret, textOf(made, 0)],
    [made.ret, '{'],
    [other.ret, textOf(other, 0)],
    [made.ret, textOf(made, 1)],
    [other.ret, textOf(other, 1)],
  )
  expect(outcome).toEqual([1, 3])
  expect(await gotOf(made)).toEqual([0, 1, 2])
  expect(await gotOf(other)).toEqual([0, 1, 2])
})

test.each<[string, string]>([
  ['no JSON', 'text'],
  ['an empty object', '{}'],
  ['a list', '[]'],
])('a message that is %s fails, and writes nothing', async (_, body) => {
  const before = pipeline.door.passed.length
  expect(await hand(['a group', body])).toEqual([0])
  expect(pipeline.door.passed).toHaveLength(before)
})

test('a return that nobody filed is not begun by a message', async () => {
  const unwritten = await fileReturn()
  expect(await hand([unwritten.ret, textOf(unwritten, 0)])).toEqual([0])
  expect(await lineOf(unwritten)).toEqual([])
})

test('a removed recipient keeps a line that has ended, and nothing is pending for it afterwards', async () => {
  const made = await fileReturn()
  await addEvent(
    made,
    { type: 'withdrawn', data: { recipient: centre, accessRemoved: true, stillReads: [] } },
    { seals: ['case'] },
  )
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made)
  await pipeline.ring({ ret: made.ret, seq: 2 })
  await pipeline.drain()
  const [line] = await lineOf(made, centre)
  expect(line).toMatchObject({ membership: 'ended', version: 2, phase: 'filed' })
  expect(line).not.toHaveProperty('label')
  expect(await gotOf(made, centre)).toEqual([0, 1])
  expect(await pipeline.pending(made.ret)).toEqual([])
})
