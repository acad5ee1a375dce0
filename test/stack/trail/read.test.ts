import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { eventHash, genesis, logTag } from '../../../functions/trail/chain.ts'
import { newReturnId } from '../../../functions/trail/ids.ts'
import { readTrail } from '../../../functions/trail/read.ts'
import { type StoredEvent, storedEvent } from '../../../schemas/events/events.ts'
import { openDoor } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { type MadeTrail, makeTrail } from '../../parts/trails.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const broken = { code: 'trail-broken' }

type Row = Record<string, AttributeValue>

function rowsOf(made: MadeTrail): Row[] {
  return made.events.map((event) => ({
    ret: { S: made.ret },
    seq: { N: String(event.seq) },
    event: { B: canonicalBytes(event) },
    tag: { B: logTag(made.log.key, event.seq) },
  }))
}

/** Puts rows as they are, as only somebody with the database in hand can. */
async function put(rows: readonly Row[]): Promise<void> {
  const db = dynamodb.client()
  for (const Item of rows) await db.send(new PutItemCommand({ TableName: dynamodb.names.trail, Item }))
}

const read = (ret: string, url?: string) => readTrail(dynamodb.client(url), dynamodb.names.trail, ret)

test('a return that nobody filed has an empty trail', async () => {
  const ret = newReturnId('K7QX')
  expect(await read(ret)).toEqual({ ret, rows: [], version: 0, lastHash: genesis })
})

test('a trail is read whole over several pages, each of them consistently', async () => {
  const made = await makeTrail(30)
  const padded = rowsOf(made).map((row) => ({ ...row, ballast: { B: new Uint8Array(90 * 1024) } }))
  await put(padded)
  const door = await openDoor(dynamodb.url, () => undefined)
  const trail = await read(made.ret, door.url)
  await door.stop()
  expect(trail.rows.map(({ event }) => event)).toEqual(made.events)
  const last = made.events.at(-1)
  expect(trail).toMatchObject({ version: 30, lastHash: last && eventHash(canonicalBytes(last)) })
  expect(door.passed.length).toBeGreaterThan(1)
  for (const call of door.passed) expect(JSON.parse(call.body)).toMatchObject({ ConsistentRead: true })
})

const numbered = (rows: readonly Row[]): Row[] =>
  rows.map((row, seq) => ({ ...row, seq: { N: String(seq) } }))

test.each<[string, (rows: Row[], other: Row[]) => Row[]]>([
  ['an event is missing', (rows) => rows.toSpliced(2, 1)],
  ['an event is missing and those behind have moved up', (rows) => numbered(rows.toSpliced(2, 1))],
  ['the beginning is missing', (rows) => rows.slice(1)],
  [
    'two events have changed places',
    (rows) => numbered([0, 2, 1, 3, 4].map((place) => ({ ...rows[place] }))),
  ],
  ['an event is there twice', (rows) => numbered([...rows, ...rows.slice(-1)])],
  [
    'an event is of another return',
    (rows, other) => rows.with(3, { ...other[3], ret: rows[0]?.ret ?? { S: '' } }),
  ],
  ['an event has no bytes', (rows) => rows.with(1, { ...rows[1], event: { S: '{}' } })],
  ['an event has no tag', ([first, ...rest]) => [{ ...first, tag: { NULL: true } }, ...rest]],
  [
    'an event is canonical but of no known type',
    (rows) => [...rows.slice(0, 4), { ...rows[4], event: { B: canonicalBytes({ v: 1, type: 'rumoured' }) } }],
  ],
])('a trail is refused when %s', async (_, change) => {
  const [made, other] = [await makeTrail(5), await makeTrail(5)]
  await put(change(rowsOf(made), rowsOf(other)))
  await expect(read(made.ret)).rejects.toMatchObject(broken)
})

/** Events rewritten so that each still names the one before: the chain alone would not tell. */
test.each<[string, (event: StoredEvent) => Partial<StoredEvent>]>([
  ['is of another return', ({ seq }) => (seq === 3 ? { ret: newReturnId('K7QX') } : {})],
  ['says another place than its own', ({ seq }) => (seq === 3 ? { seq: 4 } : {})],
])('a rewritten trail is refused when an event %s', async (_, change) => {
  const made = await makeTrail(5)
  await put(
    rowsOf({ ...made, events: rewritten(made, change) }).map((row, seq) => ({
      ...row,
      ret: { S: made.ret },
      seq: { N: String(seq) },
    })),
  )
  await expect(read(made.ret)).rejects.toMatchObject(broken)
})

test('a rewritten trail is refused when its places are not contiguous', async () => {
  const made = await makeTrail(5)
  await put(rowsOf({ ...made, events: rewritten(made, ({ seq }) => (seq > 2 ? { seq: seq + 1 } : {})) }))
  await expect(read(made.ret)).rejects.toMatchObject(broken)
})

function rewritten(made: MadeTrail, change: (event: StoredEvent) => Partial<StoredEvent>): StoredEvent[] {
  let prev = genesis
  return made.events.map((event) => {
    const changed = storedEvent.parse({ ...event, ...change(event), prev })
    prev = eventHash(canonicalBytes(changed))
    return changed
  })
}

test('a trail is refused when any byte of an event with a successor is changed', async () => {
  const made = await makeTrail(5)
  const rows = rowsOf(made)
  await put(rows)
  const change = fc.record({
    seq: fc.integer({ min: 0, max: 3 }),
    at: fc.nat(),
    flip: fc.integer({ min: 1, max: 255 }),
  })
  await fc.assert(
    fc.asyncProperty(change, async ({ seq, at, flip }) => {
      const row = rows[seq]
      const bytes = Uint8Array.from(row?.event?.B ?? [])
      const place = at % bytes.length
      bytes.set([(bytes[place] ?? 0) ^ flip], place)
      await put([{ ...row, event: { B: bytes } }])
      await expect(read(made.ret)).rejects.toMatchObject(broken)
      await put(rows.slice(seq, seq + 1))
    }),
  )
  expect((await read(made.ret)).version).toBe(5)
})
