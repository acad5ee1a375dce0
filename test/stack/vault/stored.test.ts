import { ExecuteTransactionCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import {
  deleteSection,
  deleteWrap,
  insertSection,
  insertWrap,
  readBatch,
  readSections,
  readWraps,
  type SectionRow,
  sectionRowId,
  type WrapRow,
} from '../../../functions/vault/stored.ts'
import { wrapId } from '../../../functions/vault/wraps.ts'
import { type Fault, openDoor, type Passed } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { iom, mission } from '../../parts/trails.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const run = (...statements: ReturnType<typeof insertWrap>[]) =>
  dynamodb.client().send(new ExecuteTransactionCommand({ TransactStatements: statements }))

interface Stored {
  ret: string
  wraps: WrapRow[]
  sections: SectionRow[]
}

/** A return with one section of each class, wrapped for two parties, in the tables. */
async function store(classes: readonly string[], jwe = 'a..b.c.d'): Promise<Stored> {
  const ret = newReturnId('K7QX')
  const stored: Stored = { ret, wraps: [], sections: [] }
  for (const cls of classes) {
    const sec = newSectionId()
    stored.sections.push({ ret, section: sectionRowId({ cls, sec }), jwe })
    for (const party of [mission, iom]) {
      stored.wraps.push({ ret, wrap: wrapId({ party, cls, sec }), blob: Uint8Array.of(1, 2, 3) })
    }
  }
  for (const row of stored.sections) await run(insertSection(dynamodb.names.sealed, row))
  for (const row of stored.wraps) await run(insertWrap(dynamodb.names.keys, row))
  return stored
}

const wrapsOf = (ret: string, prefix: string, url?: string) =>
  readWraps(dynamodb.client(url), dynamodb.names.keys, ret, prefix)
const sectionsOf = (ret: string, cls: string, url?: string) =>
  readSections(dynamodb.client(url), dynamodb.names.sealed, ret, cls)
const wantedOf = ({ wraps, sections }: Omit<Stored, 'ret'>) => ({
  wraps: { table: dynamodb.names.keys, keys: wraps },
  sections: { table: dynamodb.names.sealed, keys: sections },
})

const byWrap = (rows: readonly WrapRow[]) => rows.map(({ wrap }) => wrap).sort()
const bySection = (rows: readonly SectionRow[]) => rows.map(({ section }) => section).sort()

test('a party finds its own wraps, all of them or those of a class', async () => {
  const { ret, wraps } = await store(['case', 'travel', 'care'])
  await store(['case'])
  const ours = wraps.filter(({ wrap }) => wrap.startsWith('iom#'))
  expect(byWrap(await wrapsOf(ret, 'iom#'))).toEqual(byWrap(ours))
  const [row, ...more] = await wrapsOf(ret, 'iom#travel#')
  expect(more).toEqual([])
  expect(row).toMatchObject({ ret, wrap: ours[1]?.wrap })
  expect([...(row?.blob ?? [])]).toEqual([1, 2, 3])
  expect(await wrapsOf(ret, 'centre:C0MT#')).toEqual([])
})

test('sections are found by their class, and only by the whole of its name', async () => {
  const { ret, sections } = await store(['case', 'care'])
  expect(await sectionsOf(ret, 'care')).toEqual([sections[1]])
  expect(await sectionsOf(ret, 'ca')).toEqual([])
})

test('both are read whole over several pages, each of them consistently', async () => {
  const classes = Array.from({ length: 14 }, () => 'travel')
  const { ret, sections } = await store(classes, 'x'.repeat(90 * 1024))
  const door = await openDoor(dynamodb.url, () => undefined)
  expect(bySection(await sectionsOf(ret, 'travel', door.url))).toEqual(bySection(sections))
  await wrapsOf(ret, 'iom#', door.url)
  await door.stop()
  expect(door.passed.length).toBeGreaterThan(2)
  for (const { body } of door.passed) expect(JSON.parse(body)).toMatchObject({ ConsistentRead: true })
})

test('a deleted row is gone, a deletion can be repeated, and the other rows stay', async () => {
  const { ret, wraps, sections } = await store(['case', 'travel'])
  const [wrap, ...otherWraps] = wraps
  const [section, ...otherSections] = sections
  if (!wrap || !section) throw new Error('nothing stored')
  for (let i = 0; i < 2; i++) {
    await run(deleteWrap(dynamodb.names.keys, wrap), deleteSection(dynamodb.names.sealed, section))
  }
  expect(byWrap(await wrapsOf(ret, ''))).toEqual(byWrap(otherWraps))
  expect(await sectionsOf(ret, 'case')).toEqual([])
  expect(await sectionsOf(ret, 'travel')).toEqual(otherSections)
})

test('a wrap and a section are written once: none takes the place of another', async () => {
  const { wraps, sections } = await store(['case'])
  const [wrap] = wraps
  const [section] = sections
  if (!wrap || !section) throw new Error('nothing stored')
  await expect(run(insertWrap(dynamodb.names.keys, wrap))).rejects.toThrow('DuplicateItem')
  await expect(run(insertSection(dynamodb.names.sealed, section))).rejects.toThrow('DuplicateItem')
})

test('wraps and sections of several returns are read in one consistent call, without those that are gone', async () => {
  const returns = await Promise.all(Array.from({ length: 5 }, () => store(['label'])))
  const wraps = returns.flatMap((stored) => stored.wraps)
  const sections = returns.flatMap((stored) => stored.sections)
  const [struck] = sections
  if (!struck) throw new Error('nothing stored')
  await run(deleteSection(dynamodb.names.sealed, struck))

  const door = await openDoor(dynamodb.url, () => undefined)
  const found = await readBatch(dynamodb.client(door.url), wantedOf({ wraps, sections }))
  await door.stop()
  expect(byWrap(found.wraps)).toEqual(byWrap(wraps))
  expect(bySection(found.sections)).toEqual(bySection(sections.slice(1)))
  expect(door.passed).toHaveLength(1)
  const { RequestItems: asked } = JSON.parse(door.passed[0]?.body ?? '')
  expect(Object.values(asked)).toEqual([
    expect.objectContaining({ ConsistentRead: true }),
    expect.objectContaining({ ConsistentRead: true }),
  ])
})

test('one table alone can be read, and an empty batch makes no call', async () => {
  const { sections } = await store(['case'])
  const door = await openDoor(dynamodb.url, () => undefined)
  const db = dynamodb.client(door.url)
  expect(await readBatch(db, {})).toEqual({ wraps: [], sections: [] })
  expect(await readBatch(db, wantedOf({ wraps: [], sections: [] }))).toEqual({ wraps: [], sections: [] })
  expect(door.passed).toHaveLength(0)
  const found = await readBatch(db, { sections: { table: dynamodb.names.sealed, keys: sections } })
  await door.stop()
  expect(found).toEqual({ wraps: [], sections })
  expect(door.passed).toHaveLength(1)
})

/** DynamoDB puts off all keys but the first of each table, as it does when it is short. */
const puttingOff = ({ body }: Passed): Fault => ({
  kind: 'rewrite',
  rewrite: (answer) => {
    const { Responses: items } = JSON.parse(answer)
    const { RequestItems: asked } = JSON.parse(body)
    const put = Object.entries<{ Keys: unknown[] }>(asked).flatMap(([table, { Keys, ...rest }]) =>
      Keys.length > 1 ? [[table, { ...rest, Keys: Keys.slice(1) }]] : [],
    )
    const first = Object.entries<{ Keys: Record<string, unknown>[] }>(asked).map(([table, { Keys }]) => [
      table,
      items[table].filter((item: Record<string, unknown>) =>
        Object.entries(Keys[0] ?? {}).every(
          ([name, value]) => JSON.stringify(item[name]) === JSON.stringify(value),
        ),
      ),
    ])
    return JSON.stringify({ Responses: Object.fromEntries(first), UnprocessedKeys: Object.fromEntries(put) })
  },
})

test('keys that DynamoDB puts off are read again, and only those, until all are there', async () => {
  const { wraps, sections } = await store(['case', 'travel'])
  const door = await openDoor(dynamodb.url, puttingOff)
  const found = await readBatch(dynamodb.client(door.url), wantedOf({ wraps, sections }))
  await door.stop()
  expect(byWrap(found.wraps)).toEqual(byWrap(wraps))
  expect(bySection(found.sections)).toEqual(bySection(sections))
  expect(door.passed).toHaveLength(4)
})

test('keys that DynamoDB always puts off are answered with busy, after a bounded number of attempts', async () => {
  const { wraps } = await store(['case', 'travel', 'care', 'safety', 'contacts'])
  const door = await openDoor(dynamodb.url, puttingOff)
  const wanted = { wraps: { table: dynamodb.names.keys, keys: wraps } }
  await expect(readBatch(dynamodb.client(door.url), wanted)).rejects.toMatchObject({ code: 'busy' })
  await door.stop()
  expect(door.passed.length).toBeLessThanOrEqual(6)
})

test('more than a hundred keys are refused before anything is read', async () => {
  const door = await openDoor(dynamodb.url, () => undefined)
  const keys = Array.from({ length: 101 }, () => ({ ret: newReturnId('K7QX'), wrap: 'iom#case#X' }))
  const wanted = { wraps: { table: dynamodb.names.keys, keys } }
  await expect(readBatch(dynamodb.client(door.url), wanted)).rejects.toMatchObject({ code: 'too-large' })
  await door.stop()
  expect(door.passed).toHaveLength(0)
})
