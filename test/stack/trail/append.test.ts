import { randomUUID } from 'node:crypto'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Statement } from '../../../functions/dynamodb/statements.ts'
import { type Appended, appendStatements, runTransaction } from '../../../functions/trail/append.ts'
import { canonicalBytes } from '../../../functions/trail/canonical.ts'
import { eventHash, logTag } from '../../../functions/trail/chain.ts'
import { bodyMac, readClaim } from '../../../functions/trail/claim.ts'
import { pendingKey } from '../../../functions/trail/pending.ts'
import { readTrail } from '../../../functions/trail/read.ts'
import { insertSection } from '../../../functions/vault/stored.ts'
import type { TableName } from '../../../schemas/deployment/tables.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { cancelled, type Fault, openDoor, type Passed } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { extend, type MadeTrail, makeTrail } from '../../parts/trails.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const mac = bodyMac('a key', Buffer.from('{}'))

function statementsOf(made: MadeTrail, event: StoredEvent, vault: Statement[] = []): Statement[] {
  return appendStatements(dynamodb.names, { event, logKey: made.log.key, phase: 'filed', mac, vault })
}

function write(made: MadeTrail, event: StoredEvent, vault?: Statement[]): Promise<Appended> {
  return runTransaction(dynamodb.client(), statementsOf(made, event, vault), randomUUID())
}

/** A return whose events are written, and one more that is not. */
async function written(length: number): Promise<{ made: MadeTrail; next: StoredEvent }> {
  const made = await makeTrail(length)
  for (const event of made.events) expect(await write(made, event)).toEqual({ kind: 'appended' })
  const next = await extend(structuredClone(made), { type: 'acknowledged', data: { due: [] } })
  return { made, next }
}

async function itemsOf(name: TableName, ret: string) {
  const { Items: items = [] } = await dynamodb
    .client()
    .send(new ScanCommand({ TableName: dynamodb.names[name] }))
  return items.filter((item) => item.ret?.S === ret)
}

const sectionOf = (made: MadeTrail, jwe = 'a.b') =>
  insertSection(dynamodb.names.sealed, { ret: made.ret, section: `case#${randomUUID()}`, jwe })

test('events are written with their head, claim, tag, pending row and sections', async () => {
  const { made, next } = await written(2)
  expect(await write(made, next, [sectionOf(made)])).toEqual({ kind: 'appended' })

  const trail = await readTrail(dynamodb.client(), dynamodb.names.trail, made.ret)
  const bytes = canonicalBytes(next)
  expect(trail).toMatchObject({ ret: made.ret, version: 3, lastHash: eventHash(bytes) })
  expect(trail.rows.map((row) => row.event)).toEqual([...made.events, next])
  expect(Buffer.from(trail.rows[2]?.bytes ?? [])).toEqual(Buffer.from(bytes))
  expect(Buffer.from(trail.rows[2]?.tag ?? [])).toEqual(Buffer.from(logTag(made.log.key, 2)))

  expect(await itemsOf('heads', made.ret)).toEqual([
    {
      ret: { S: made.ret },
      head: { M: { version: { N: '3' }, hash: { S: eventHash(bytes) }, phase: { S: 'filed' } } },
    },
  ])
  const claim = { party: 'mission:K7QX', claim: next.idem, mac, ret: made.ret, seq: 2 }
  const read = await readClaim(dynamodb.client(), dynamodb.names.claims, 'mission:K7QX', next.idem)
  expect(read).toEqual(claim)
  const { shard, since } = pendingKey(made.ret, next.at, 2)
  const pending = { shard: { S: shard }, since: { S: since }, ret: { S: made.ret }, seq: { N: '2' } }
  expect(await itemsOf('pending', made.ret)).toContainEqual(pending)
  expect(await itemsOf('sealed', made.ret)).toHaveLength(1)
})

test('a claim is forgotten thirty days after its event', async () => {
  const { made } = await written(1)
  const [item] = await itemsOf('claims', made.ret)
  expect(Number(item?.expires?.N) * 1000).toBe(Date.UTC(2026, 11, 21, 9, 0, 0))
})

test('a claim that was made before is reported, even when the head has moved on, and nothing is written', async () => {
  const { made, next } = await written(2)
  const again: StoredEvent = { ...next, idem: made.events[1]?.idem ?? '' }
  expect(await write(made, again, [sectionOf(made)])).toEqual({ kind: 'claimed' })
  expect(await write(made, { ...again, seq: 1 })).toEqual({ kind: 'claimed' })
  expect(await itemsOf('trail', made.ret)).toHaveLength(2)
  expect(await itemsOf('sealed', made.ret)).toHaveLength(0)
  expect(await itemsOf('pending', made.ret)).toHaveLength(2)
})

test('several writers append behind the same event: the first one writes, and the others write nothing', async () => {
  const { made, next } = await written(1)
  const rivals = Array.from({ length: 5 }, (_, i) => ({ ...next, idem: String(i).repeat(64) }))
  const outcomes = await Promise.all(rivals.map((event) => write(made, event, [sectionOf(made)])))
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['appended', 'lost', 'lost', 'lost', 'lost'])
  for (const name of ['trail', 'claims', 'pending'] as const) {
    expect(await itemsOf(name, made.ret)).toHaveLength(2)
  }
  expect(await itemsOf('sealed', made.ret)).toHaveLength(1)
})

test('a return is filed once, and nothing goes behind a head that is not there', async () => {
  const { made } = await written(1)
  const [first] = made.events
  if (!first) throw new Error('no event')
  expect(await write(made, { ...first, idem: 'a'.repeat(64) })).toEqual({ kind: 'lost' })

  const unfiled = await makeTrail(2)
  const second = unfiled.events[1]
  if (!second) throw new Error('no event')
  expect(await write(unfiled, second)).toEqual({ kind: 'lost' })
  expect(await itemsOf('trail', unfiled.ret)).toHaveLength(0)
})

test('an event that is ahead of the head is not written', async () => {
  const { made, next } = await written(1)
  expect(await write(made, { ...next, seq: 2 })).toEqual({ kind: 'lost' })
  expect(await itemsOf('trail', made.ret)).toHaveLength(1)
})

test('an event that does not fit its closed schema is not written', async () => {
  const { made, next } = await written(1)
  expect(() => statementsOf(made, Object.assign(next, { data: { name: 'Ana' } }))).toThrow()
})

/** Runs an append of the next event through a door that answers as given, at its nth call. */
async function through(faults: (Fault | undefined)[], vault: Statement[] = []) {
  const { made, next } = await written(1)
  const calls: Passed[] = []
  const door = await openDoor(dynamodb.url, (call) => faults[calls.push(call) - 1])
  const outcome = await runTransaction(
    dynamodb.client(door.url),
    statementsOf(made, next, vault),
    randomUUID(),
  ).catch((error: unknown) => ({ kind: 'thrown' as const, error }))
  await door.stop()
  const trail = await readTrail(dynamodb.client(), dynamodb.names.trail, made.ret)
  return { outcome, calls, version: trail.version }
}

const failed = (type: string, status = 400): Fault => ({
  kind: 'answer',
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'injected' },
})
const conflict = cancelled(['None', 'TransactionConflict', 'None', 'None'])

test.each<[string, Fault]>([
  ['a conflict with another transaction', conflict],
  ['throttling inside the transaction', cancelled(['ThrottlingError', 'None', 'None', 'None'])],
  ['its own first attempt still under way', failed('TransactionInProgressException')],
  ['throttling', failed('ThrottlingException')],
  ['a server error', failed('InternalServerError', 500)],
  ['a connection cut before', { kind: 'cut' }],
  ['a connection cut after the write: the answer is lost', { kind: 'cut-after' }],
])('after %s the same bytes go out with the same token, and the event is there once', async (_, fault) => {
  const { outcome, calls, version } = await through([fault, fault])
  expect(outcome).toEqual({ kind: 'appended' })
  expect(version).toBe(2)
  expect(calls).toHaveLength(3)
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1)
  expect(JSON.parse(calls[0]?.body ?? '').ClientRequestToken).toMatch(/^[0-9a-f-]{36}$/)
})

test.each<[string, Fault]>([
  ['conflicts', conflict],
  ['throttling', failed('ThrottlingException')],
  ['first attempts under way', failed('TransactionInProgressException')],
  ['broken connections', { kind: 'cut' }],
])('%s without end are answered with busy, after a bounded number of attempts', async (_, fault) => {
  const { outcome, calls, version } = await through(Array.from({ length: 50 }, () => fault))
  expect(outcome).toMatchObject({ kind: 'thrown', error: { code: 'busy' } })
  expect(calls.length).toBeLessThanOrEqual(6)
  expect(version).toBe(1)
})

// dynoxide names the first statement that failed, AWS each of them.
test.each<[string[], Appended['kind'] | 'thrown']>([
  [['DuplicateItem', 'ConditionalCheckFailed', 'DuplicateItem', 'DuplicateItem'], 'claimed'],
  [['DuplicateItem', 'None', 'None', 'None'], 'claimed'],
  [['None', 'ConditionalCheckFailed', 'DuplicateItem', 'None'], 'lost'],
  [['None', 'None', 'DuplicateItem', 'None'], 'lost'],
  [['None', 'None', 'None', 'DuplicateItem'], 'thrown'],
  [['None', 'ValidationError', 'None', 'None'], 'thrown'],
])('reasons %j mean: %s', async (codes, kind) => {
  const { outcome, calls } = await through([cancelled(codes)])
  expect(outcome.kind).toBe(kind)
  expect(calls).toHaveLength(1)
})

test('a failure beside a conflict shows again at the next attempt, and is reported', async () => {
  const claimed = cancelled(['DuplicateItem', 'None', 'None', 'None'])
  const both = cancelled(['DuplicateItem', 'TransactionConflict', 'None', 'None'])
  const { outcome, calls } = await through([both, claimed])
  expect(outcome).toEqual({ kind: 'claimed' })
  expect(calls).toHaveLength(2)
})

const jweOf = (length: number) => 'x'.repeat(length)
const manyOf = (count: number, length: number): Statement[] =>
  Array.from({ length: count }, (_, i) => ({
    Statement: `INSERT INTO "x" VALUE {'ret': ?, 'section': ?, 'jwe': ?}`,
    Parameters: [{ S: 'r' }, { S: String(i) }, { S: jweOf(length) }],
  }))

test.each<[string, Statement[]]>([
  ['an item over 96 kB', manyOf(1, 96 * 1024)],
  ['an item over 96 kB in UTF-8 only', [{ Statement: '', Parameters: [{ S: 'ș'.repeat(50 * 1024) }] }]],
  ['an item over 96 kB in bytes', [{ Statement: '', Parameters: [{ B: new Uint8Array(96 * 1024 + 1) }] }]],
  [
    'an item over 96 kB in its depth',
    [{ Statement: '', Parameters: [{ L: [{ M: { a: { S: jweOf(98_400) } } }] }] }],
  ],
  ['more than 100 statements', manyOf(97, 1)],
  ['more than 1 MB together', manyOf(12, 90 * 1024)],
])('%s is refused before anything is sent', async (_, vault) => {
  const { outcome, calls, version } = await through([], vault)
  expect(outcome).toMatchObject({ kind: 'thrown', error: { code: 'too-large' } })
  expect(calls).toHaveLength(0)
  expect(version).toBe(1)
})

test('a transaction just within the bounds is written', async () => {
  const { made, next } = await written(1)
  const sections = Array.from({ length: 96 }, () => sectionOf(made, jweOf(10 * 1024)))
  expect(await write(made, next, sections)).toEqual({ kind: 'appended' })
  expect(await itemsOf('sealed', made.ret)).toHaveLength(96)
})

test('a party does not see the claim of another party', async () => {
  const { made } = await written(1)
  const idem = made.events[0]?.idem ?? ''
  expect(await readClaim(dynamodb.client(), dynamodb.names.claims, 'iom', idem)).toBe(undefined)
})
