import { setTimeout as pause } from 'node:timers/promises'
import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
  paginateQuery,
} from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { Wrap } from './wraps.ts'

/** One PartiQL statement; the vault makes them, whoever appends the event runs them. */
export interface Statement {
  Statement: string
  Parameters: AttributeValue[]
}

/** A row of `keys`. */
export interface WrapRow extends Wrap {
  ret: string
}

/** A row of `sealed`: `section` = `cls#sec`. */
export interface SectionRow {
  ret: string
  section: string
  jwe: string
}

type Item = Record<string, AttributeValue>

/** DynamoDB's bound on one BatchGetItem. */
const maxBatch = 100
const maxAttempts = 6
const firstPauseMs = 20

/** The sort key of a section. */
export function sectionRowId({ cls, sec }: { cls: string; sec: string }): string {
  return `${cls}#${sec}`
}

export function insertWrap(table: string, { ret, wrap, blob }: WrapRow): Statement {
  const { hash, range } = tables.keys
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'blob': ?}`,
    Parameters: [{ S: ret }, { S: wrap }, { B: blob }],
  }
}

/** A wrap that is gone already stays gone: a deletion can be repeated. */
export function deleteWrap(table: string, { ret, wrap }: Pick<WrapRow, 'ret' | 'wrap'>): Statement {
  return deletion(table, tables.keys, ret, wrap)
}

export function insertSection(table: string, { ret, section, jwe }: SectionRow): Statement {
  const { hash, range } = tables.sealed
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'jwe': ?}`,
    Parameters: [{ S: ret }, { S: section }, { S: jwe }],
  }
}

export function deleteSection(
  table: string,
  { ret, section }: Pick<SectionRow, 'ret' | 'section'>,
): Statement {
  return deletion(table, tables.sealed, ret, section)
}

/** The wraps of a return whose sort key begins so (`iom#`, `iom#travel#`, …), or all of them; read consistently. */
export async function readWraps(
  db: DynamoDBClient,
  table: string,
  ret: string,
  prefix?: string,
): Promise<WrapRow[]> {
  return (await readRange(db, table, tables.keys, ret, prefix)).map(wrapRow)
}

/** One wrap, read consistently; nothing where it is not there. */
export async function readWrap(
  db: DynamoDBClient,
  table: string,
  { ret, wrap }: Pick<WrapRow, 'ret' | 'wrap'>,
): Promise<WrapRow | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: table, Key: keyOf(tables.keys, ret, wrap), ConsistentRead: true }),
  )
  return item && wrapRow(item)
}

/** The sections of a return of one class, read consistently. */
export async function readSections(
  db: DynamoDBClient,
  table: string,
  ret: string,
  cls: string,
): Promise<SectionRow[]> {
  return (await readRange(db, table, tables.sealed, ret, `${cls}#`)).map(sectionRow)
}

/** What `readBatch` is asked for: keys of one or both tables, each at most once. */
export interface Wanted {
  wraps?: { table: string; keys: readonly Pick<WrapRow, 'ret' | 'wrap'>[] }
  sections?: { table: string; keys: readonly Pick<SectionRow, 'ret' | 'section'>[] }
}

/**
 * Wraps and sections of several returns in one call, read consistently; those that are not there are left out,
 * and the order is nobody's. Throws `too-large` over 100 keys, `busy` when DynamoDB keeps putting some off.
 */
export async function readBatch(
  db: DynamoDBClient,
  { wraps, sections }: Wanted,
): Promise<{ wraps: WrapRow[]; sections: SectionRow[] }> {
  const wrapKeys = wraps?.keys.map(({ ret, wrap }) => keyOf(tables.keys, ret, wrap)) ?? []
  const sectionKeys = sections?.keys.map(({ ret, section }) => keyOf(tables.sealed, ret, section)) ?? []
  if (wrapKeys.length + sectionKeys.length > maxBatch) throw refusal('too-large')

  const found: { wraps: WrapRow[]; sections: SectionRow[] } = { wraps: [], sections: [] }
  let left: Record<string, KeysAndAttributes> = {
    ...(wraps && wrapKeys.length > 0 && { [wraps.table]: { Keys: wrapKeys, ConsistentRead: true } }),
    ...(sections &&
      sectionKeys.length > 0 && { [sections.table]: { Keys: sectionKeys, ConsistentRead: true } }),
  }
  for (let attempt = 0; Object.keys(left).length > 0; attempt++) {
    if (attempt === maxAttempts) throw refusal('busy')
    if (attempt > 0) await pause(Math.random() * firstPauseMs * 2 ** attempt)
    const { Responses: items = {}, UnprocessedKeys: unprocessed = {} } = await db.send(
      new BatchGetItemCommand({ RequestItems: left }),
    )
    if (wraps) found.wraps.push(...(items[wraps.table] ?? []).map(wrapRow))
    if (sections) found.sections.push(...(items[sections.table] ?? []).map(sectionRow))
    left = unprocessed
  }
  return found
}

interface KeyNames {
  hash: string
  range: string
}

async function readRange(
  db: DynamoDBClient,
  table: string,
  { hash, range }: KeyNames,
  ret: string,
  prefix?: string,
): Promise<Item[]> {
  const items: Item[] = []
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: prefix ? '#hash = :ret AND begins_with(#range, :prefix)' : '#hash = :ret',
      ExpressionAttributeNames: { '#hash': hash, ...(prefix ? { '#range': range } : {}) },
      ExpressionAttributeValues: { ':ret': { S: ret }, ...(prefix ? { ':prefix': { S: prefix } } : {}) },
    },
  )
  for await (const page of pages) items.push(...(page.Items ?? []))
  return items
}

function deletion(table: string, { hash, range }: KeyNames, ret: string, id: string): Statement {
  return {
    Statement: `DELETE FROM "${table}" WHERE "${hash}"=? AND "${range}"=?`,
    Parameters: [{ S: ret }, { S: id }],
  }
}

function keyOf({ hash, range }: KeyNames, ret: string, id: string): Item {
  return { [hash]: { S: ret }, [range]: { S: id } }
}

function wrapRow(item: Item): WrapRow {
  const [ret, wrap, blob] = [item[tables.keys.hash]?.S, item[tables.keys.range]?.S, item.blob?.B]
  if (ret === undefined || wrap === undefined || !blob) throw refusal('section-unreadable')
  return { ret, wrap, blob }
}

function sectionRow(item: Item): SectionRow {
  const [ret, section, jwe] = [item[tables.sealed.hash]?.S, item[tables.sealed.range]?.S, item.jwe?.S]
  if (ret === undefined || section === undefined || jwe === undefined) throw refusal('section-unreadable')
  return { ret, section, jwe }
}
