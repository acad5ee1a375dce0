import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { queryAll } from '../dynamodb/query.ts'
import { getRow, getRows } from '../dynamodb/rows.ts'
import { deleteStatement, insertStatement, type Statement } from '../dynamodb/statements.ts'
import type { Wrap } from './wraps.ts'

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

/** The sort key of a section. */
export function sectionRowId({ cls, sec }: { cls: string; sec: string }): string {
  return `${cls}#${sec}`
}

export function insertWrap(table: string, { ret, wrap, blob }: WrapRow): Statement {
  return insertStatement(table, { ...keyOf(tables.keys, ret, wrap), blob })
}

export function deleteWrap(table: string, { ret, wrap }: Pick<WrapRow, 'ret' | 'wrap'>): Statement {
  return deleteStatement(table, keyOf(tables.keys, ret, wrap))
}

export function insertSection(table: string, { ret, section, jwe }: SectionRow): Statement {
  return insertStatement(table, { ...keyOf(tables.sealed, ret, section), jwe })
}

export function deleteSection(
  table: string,
  { ret, section }: Pick<SectionRow, 'ret' | 'section'>,
): Statement {
  return deleteStatement(table, keyOf(tables.sealed, ret, section))
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
  const row = await getRow(db, table, keyOf(tables.keys, ret, wrap))
  return row && wrapRow(row)
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

/** The keys that `readBatch` reads, of one or both tables, each at most once. */
export interface BatchKeys {
  wraps?: { table: string; keys: readonly Pick<WrapRow, 'ret' | 'wrap'>[] }
  sections?: { table: string; keys: readonly Pick<SectionRow, 'ret' | 'section'>[] }
}

/**
 * Wraps and sections of several returns in one call, read consistently. Those that are not there are left out, and the
 * order is not that of the keys. Throws `too-large` over 100 keys, `busy` when DynamoDB keeps putting some off.
 */
export async function readBatch(
  db: DynamoDBClient,
  { wraps, sections }: BatchKeys,
): Promise<{ wraps: WrapRow[]; sections: SectionRow[] }> {
  const keys = new Map<string, Row[]>()
  if (wraps)
    keys.set(
      wraps.table,
      wraps.keys.map(({ ret, wrap }) => keyOf(tables.keys, ret, wrap)),
    )
  if (sections)
    keys.set(
      sections.table,
      sections.keys.map(({ ret, section }) => keyOf(tables.sealed, ret, section)),
    )
  const found = await getRows(db, keys)
  return {
    wraps: (wraps && found.get(wraps.table)?.map(wrapRow)) ?? [],
    sections: (sections && found.get(sections.table)?.map(sectionRow)) ?? [],
  }
}

interface KeyNames {
  hash: string
  range: string
}

function readRange(
  db: DynamoDBClient,
  table: string,
  { hash, range }: KeyNames,
  ret: string,
  prefix?: string,
): Promise<Row[]> {
  return queryAll(db, {
    table,
    hash: { name: hash, value: ret },
    range: prefix ? { name: range, operator: 'begins_with', value: prefix } : undefined,
  })
}

function keyOf({ hash, range }: KeyNames, ret: string, id: string) {
  return { [hash]: ret, [range]: id }
}

function wrapRow({ [tables.keys.hash]: ret, [tables.keys.range]: wrap, blob }: Row): WrapRow {
  if (typeof ret !== 'string' || typeof wrap !== 'string' || !(blob instanceof Uint8Array))
    throw refusal('section-unreadable')
  return { ret, wrap, blob }
}

function sectionRow({ [tables.sealed.hash]: ret, [tables.sealed.range]: section, jwe }: Row): SectionRow {
  if (typeof ret !== 'string' || typeof section !== 'string' || typeof jwe !== 'string')
    throw refusal('section-unreadable')
  return { ret, section, jwe }
}
