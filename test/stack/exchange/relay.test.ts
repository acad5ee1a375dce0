import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sectionRowId } from '../../../functions/vault/stored.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
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

const brief = async (ret: string) =>
  (await pipeline.waiting(ret)).map(({ kind, recipient, data }) => ({
    kind,
    recipient,
    seq: data.seq,
    classes: data.sections.map(({ cls }) => cls),
  }))
const seqs = async (ret: string, party?: PartyId) =>
  (await brief(ret)).filter(({ recipient }) => !party || recipient === party).map(({ seq }) => seq)

async function written(...args: Parameters<typeof fileReturn>): Promise<MadeReturn> {
  const made = await fileReturn(...args)
  await writeEvents(pipeline.dynamodb, made)
  return made
}

test('each party is sent the event with the sections that it may read, on the queue of its kind', async () => {
  const made = await written()
  expect(await pipeline.ring({ ret: made.ret, seq: 0 })).toEqual({ batchItemFailures: [] })
  const sections = ['label', 'case', 'identity', 'care']
  expect(await brief(made.ret)).toEqual([
    { kind: 'mission', recipient: filer, seq: 0, classes: ['label', 'case', 'identity'] },
    { kind: 'consular', recipient: consular, seq: 0, classes: [] },
    { kind: 'iom', recipient: iom, seq: 0, classes: sections },
    { kind: 'centre', recipient: centre, seq: 0, classes: sections },
  ])
  const toIom = (await pipeline.waiting(made.ret)).find(({ kind }) => kind === 'iom')
  expect(toIom?.data.sections).toEqual(made.sections.map(({ sec, cls, jwe }) => ({ sec, cls, jwe })))
})

test('a relay that runs often, or for events already sent, sends nothing twice', async () => {
  const made = await written()
  const bell = { ret: made.ret, seq: 0 }
  await Promise.all([pipeline.ring(bell, bell, bell), pipeline.ring(bell)])
  expect(await pipeline.waiting(made.ret)).toHaveLength(4)
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made, 1)
  await pipeline.ring({ ret: made.ret, seq: 1 })
  for (const party of [filer, consular, iom, centre]) expect(await seqs(made.ret, party)).toEqual([0, 1])
})

test('a party gets the events that it lacks, and none that it has received', async () => {
  const made = await written()
  await pipeline.ring({ ret: made.ret, seq: 0 })
  await pipeline.queues.pump('iom', pipeline.inbox)
  await pipeline.queues.wipe()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom })
  await writeEvents(pipeline.dynamodb, made, 1)
  await pipeline.ring({ ret: made.ret, seq: 2 })
  expect(await seqs(made.ret, iom)).toEqual([1, 2])
})

test('an event that was written beside the head is sent to nobody, and is reported', async () => {
  const made = await written()
  await pipeline.ring({ ret: made.ret, seq: 0 })
  await pipeline.queues.wipe()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  const lone = made.rows[1]
  if (!lone) throw new Error('The event was not made.')
  await pipeline.dynamodb.client().send(
    new PutItemCommand({
      TableName: pipeline.dynamodb.names.trail,
      Item: {
        ret: { S: made.ret },
        seq: { N: '1' },
        event: { B: lone.bytes },
        tag: { B: new Uint8Array(16) },
      },
    }),
  )
  const { batchItemFailures } = await pipeline.ring({ ret: made.ret, seq: 1 })
  expect(batchItemFailures).toHaveLength(1)
  expect(await brief(made.ret)).toEqual([])
})

test('an event is sent without its destroyed section', async () => {
  const made = await written()
  const struck = made.sections.find(({ cls }) => cls === 'care')
  if (!struck) throw new Error('no section')
  await pipeline.dynamodb.client().send(
    new DeleteItemCommand({
      TableName: pipeline.dynamodb.names.sealed,
      Key: { ret: { S: made.ret }, section: { S: sectionRowId(struck) } },
    }),
  )
  await pipeline.ring({ ret: made.ret, seq: 0 })
  const toIom = (await brief(made.ret)).find(({ kind }) => kind === 'iom')
  expect(toIom?.classes).toEqual(['label', 'case', 'identity'])
})

test('a message that would be too large is sent without sections; a party that reads fewer sections gets them', async () => {
  const made = await fileReturn()
  const about = { for: iom, seals: sectionClassNames.filter((cls) => cls !== 'note'), length: 72_000 }
  await addEvent(made, { type: 'answered', data: { question: 0 } }, about)
  await writeEvents(pipeline.dynamodb, made)
  await pipeline.ring({ ret: made.ret, seq: 1 })
  const classes = (await brief(made.ret)).filter(({ seq }) => seq === 1)
  expect(classes.find(({ kind }) => kind === 'iom')?.classes).toEqual([])
  expect(classes.find(({ kind }) => kind === 'mission')?.classes).toHaveLength(8)
})

test('after a send that stopped half way, the next run sends the rest and nothing twice', async () => {
  const made = await written()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom, seals: ['case'] })
  await writeEvents(pipeline.dynamodb, made, 1)
  // The sections of the second event cannot be read: the first event is out, the second is not.
  let reads = 0
  const broken = { __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'injected' }
  pipeline.breakCalls(({ operation }) =>
    operation === 'BatchGetItem' && ++reads === 2 ? { kind: 'answer', status: 400, body: broken } : undefined,
  )
  const bells = [0, 1].map((seq) => ({ ret: made.ret, seq }))
  expect(await pipeline.ring(...bells)).toEqual({
    batchItemFailures: [{ itemIdentifier: '1000' }, { itemIdentifier: '1001' }],
  })
  expect(await seqs(made.ret)).toEqual([0, 0, 0, 0])
  pipeline.breakCalls(() => undefined)
  expect(await pipeline.ring(...bells)).toEqual({ batchItemFailures: [] })
  expect(await seqs(made.ret)).toEqual([0, 1, 0, 1, 0, 1, 0, 1])
})

test('a return whose trail is broken fails alone', async () => {
  const [broken, whole] = [await written(), await written()]
  await pipeline.dynamodb.client().send(
    new UpdateItemCommand({
      TableName: pipeline.dynamodb.names.trail,
      Key: { ret: { S: broken.ret }, seq: { N: '0' } },
      UpdateExpression: 'SET event = :event',
      ExpressionAttributeValues: { ':event': { B: Buffer.from('{}') } },
    }),
  )
  const answer = await pipeline.ring({ ret: broken.ret, seq: 0 }, { ret: whole.ret, seq: 0 })
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1000' }] })
  expect(await pipeline.waiting(broken.ret)).toEqual([])
  expect(await pipeline.waiting(whole.ret)).toHaveLength(4)
})

test('the relay reads trail, head, deliveries and ciphertexts, and calls nothing else', async () => {
  const made = await written()
  const before = pipeline.door.passed.length
  await pipeline.ring({ ret: made.ret, seq: 0 })
  const calls = pipeline.door.passed.slice(before)
  expect(calls.map(({ operation }) => operation).sort()).toEqual([
    'BatchGetItem',
    'GetItem',
    'Query',
    'Query',
  ])
  const { keys, pending } = pipeline.dynamodb.names
  for (const { body } of calls) {
    for (const name of [keys, pending]) expect(body).not.toContain(`"${name}"`)
  }
  expect(calls.slice(0, 3).every(({ body }) => JSON.parse(body).ConsistentRead)).toBe(true)
})
