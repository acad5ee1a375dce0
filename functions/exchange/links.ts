import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { linkKind } from '../../schemas/api/answers.ts'
import { type Decider, type MatchRecord, matchRecord } from '../../schemas/api/matches.ts'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'
import { plain, stored } from '../dynamodb/attributes.ts'

/*
 * What can be made anew from the chains of matches: rows of who decides, `open#` or `decided#` with when it was raised,
 * the match and its newest record's place, and rows of each linked return, `linked#` with the other.
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

/** Puts a match on the list of who decides, in place of where it stood before. */
export function listMatch(table: string, now: MatchLine, before?: MatchLine) {
  const fresh = {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'line': ?}`,
    Parameters: [{ S: now.record.decider }, { S: placeOf(now) }, stored({ ...now })],
  }
  return [...(before ? [deletion(table, before.record.decider, placeOf(before))] : []), fresh]
}

/** Links two returns, each with the other. */
export function linkStatements(table: string, { returns, at, link: kind }: MatchRecord) {
  return pairs(returns).map(([one, other]) => ({
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'link': ?, 'since': ?}`,
    Parameters: [{ S: one }, { S: linkedPlace(other) }, { S: kind ?? '' }, { S: at }],
  }))
}

/** Takes the link of two returns away. */
export function unlinkStatements(table: string, { returns }: MatchRecord) {
  return pairs(returns).map(([one, other]) => deletion(table, one, linkedPlace(other)))
}

/** The returns that one is linked with; read consistently. */
export async function readLinks(db: DynamoDBClient, table: string, ret: string): Promise<LinkRow[]> {
  const found: LinkRow[] = []
  for await (const page of paginateQuery({ client: db }, { TableName: table, ...rowsOf(ret, 'linked#') }))
    found.push(...(page.Items ?? []).map(parseLink))
  return found
}

/** A page of the matches of who decides, the longest waiting first; `next` is where it goes on. */
export async function readMatchLines(
  db: DynamoDBClient,
  table: string,
  who: Decider,
  state: 'open' | 'decided',
  limit: number,
  from?: string,
): Promise<{ lines: MatchLine[]; next?: string }> {
  const { Items: items = [], LastEvaluatedKey: last } = await db.send(
    new QueryCommand({
      TableName: table,
      ...rowsOf(who, `${state}#`),
      Limit: limit,
      ...(from ? { ExclusiveStartKey: { [hash]: { S: who }, [range]: { S: from } } } : {}),
    }),
  )
  const next = last?.[range]?.S
  return { lines: items.map(parseLine), ...(next ? { next } : {}) }
}

const linkedPlace = (other: string) => `linked#${other}`

function pairs([one, other]: readonly string[]): [string, string][] {
  return one && other
    ? [
        [one, other],
        [other, one],
      ]
    : []
}

function deletion(table: string, of: string, place: string) {
  return {
    Statement: `DELETE FROM "${table}" WHERE "${hash}"=? AND "${range}"=?`,
    Parameters: [{ S: of }, { S: place }],
  }
}

function rowsOf(of: string, prefix: string) {
  return {
    ConsistentRead: true,
    KeyConditionExpression: '#of = :of AND begins_with(#place, :prefix)',
    ExpressionAttributeNames: { '#of': hash, '#place': range },
    ExpressionAttributeValues: { ':of': { S: of }, ':prefix': { S: prefix } },
  }
}

function parseLine(item: Record<string, AttributeValue>): MatchLine {
  const read = z.strictObject({ raisedAt: instant, record: matchRecord }).safeParse(plain(item.line))
  if (!read.success) throw refusal('internal', { fields: ['line'] })
  return read.data
}

function parseLink(item: Record<string, AttributeValue>): LinkRow {
  const ret = item[range]?.S?.slice(linkedPlace('').length)
  const read = link.safeParse({ ret, link: item.link?.S, since: item.since?.S })
  if (!read.success) throw refusal('internal', { fields: ['link'] })
  return read.data
}
