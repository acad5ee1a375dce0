import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { type Decider, type MatchRecord, matchRecord } from '../../schemas/api/matches.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { linkKind } from '../../schemas/values/codes.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { type Query, queryAll, queryPage } from '../dynamodb/query.ts'
import { deleteStatement, insertStatement, type Statement } from '../dynamodb/statements.ts'

/*
 * This table can be rebuilt from the chains of matches. A decider has a row for each match: `open#` or `decided#`, when it
 * was raised, the match, and the number of its newest record. Each linked return has a row `linked#` with the other one.
 */
const { hash, range } = tables.links

/** A match as who decides lists it: its newest record, and when it was raised. */
export interface MatchLine {
  raisedAt: string
  record: MatchRecord
}

const link = z.strictObject({ ret: returnId, link: linkKind, since: instant })
/** The other return of a link. */
export type LinkRow = z.infer<typeof link>

const placeOf = ({ raisedAt, record: { state, match, n } }: MatchLine) =>
  `${state === 'raised' ? 'open' : 'decided'}#${raisedAt}#${match}#${n}`

/** Puts a match on the list of its decider, in place of the row where it stood before. */
export function listMatch(table: string, now: MatchLine, before?: MatchLine): Statement[] {
  const { raisedAt, record } = now
  return [
    ...(before ? [deleteStatement(table, keyOf(before.record.decider, placeOf(before)))] : []),
    insertStatement(table, { ...keyOf(record.decider, placeOf(now)), line: { raisedAt, record } }),
  ]
}

/** Links two returns, each with the other. */
export function linkStatements(table: string, { returns, at, link: kind }: MatchRecord): Statement[] {
  return pairs(returns).map(([ret, other]) =>
    insertStatement(table, { ...keyOf(ret, linkedPlace(other)), link: kind ?? '', since: at }),
  )
}

/** Takes the link of two returns away. */
export function unlinkStatements(table: string, { returns }: MatchRecord): Statement[] {
  return pairs(returns).map(([ret, other]) => deleteStatement(table, keyOf(ret, linkedPlace(other))))
}

/** The returns that a return is linked with; read consistently. */
export async function readLinks(db: DynamoDBClient, table: string, ret: string): Promise<LinkRow[]> {
  return (await queryAll(db, rowsOf(table, ret, 'linked#'))).map(linkIn)
}

/** A page of the matches of a decider, the longest waiting first; `next` is where the following page begins. */
export async function readMatchLines(
  db: DynamoDBClient,
  table: string,
  decider: Decider,
  state: 'open' | 'decided',
  limit: number,
  from?: string,
): Promise<{ lines: MatchLine[]; next?: string }> {
  // One more than is shown tells whether there is another page.
  const { rows } = await queryPage(db, rowsOf(table, decider, `${state}#`), {
    limit: limit + 1,
    start: from ? keyOf(decider, from) : undefined,
  })
  const last = rows[limit - 1]
  const next = rows.length > limit && last ? { next: String(last[range]) } : {}
  return { lines: rows.slice(0, limit).map(lineIn), ...next }
}

const linkedPlace = (other: string) => `linked#${other}`

/** A return with the other one, in both directions. */
function pairs([left, right]: readonly string[]): [string, string][] {
  return left && right
    ? [
        [left, right],
        [right, left],
      ]
    : []
}

function keyOf(of: string, place: string) {
  return { [hash]: of, [range]: place }
}

function rowsOf(table: string, of: string, prefix: string): Query {
  return {
    table,
    hash: { name: hash, value: of },
    range: { name: range, operator: 'begins_with', value: prefix },
  }
}

const matchLine = z.strictObject({ raisedAt: instant, record: matchRecord })

function lineIn(row: Row): MatchLine {
  return parseRow(matchLine, row.line, 'line')
}

function linkIn(row: Row): LinkRow {
  const ret = String(row[range]).slice(linkedPlace('').length)
  return parseRow(link, { ret, link: row.link, since: row.since }, 'link')
}
