import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { auditKinds } from '../../schemas/api/audit.ts'
import type { RefusalRecord } from '../../schemas/api/refusals.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { type KeptRecord, readRecord } from './access.ts'

/** What an auditor asks for; `from` and `before` are instants, the first included, the other not. */
export interface Wanted {
  from?: string | undefined
  before?: string | undefined
  kind?: string | undefined
  party?: string | undefined
  user?: string | undefined
  reference?: string | undefined
}

/** A page of records, newest first. `next`: where the following page goes on, if there may be one. */
export interface AuditPage {
  records: KeptRecord[]
  /** Where items stand that are no record, or are listed under what they do not say. */
  broken: { subject: string; n: number }[]
  next?: string
}

type Item = Record<string, AttributeValue>
type Index = (typeof tables.access.globalIndexes)[number]
const [byKind, byParty, byUser, byReference, byReturn] = tables.access.globalIndexes

/** One partition of an index, and what else its items have to be. */
interface Source {
  index: Index
  value: string
  filters: readonly [string, string][]
}

/** A page of what is told, and how many items one look reads at most where filters leave most of them out. */
const pageSize = 50
const mostRead = { items: 250, queries: 4 }

/** Before and after every moment: moments are instants with more behind them. */
const [never, always] = ['0', '9']

/** The narrowest first: a return has tens of records, a user hundreds or thousands, a party more. */
const byNarrowness = [byReference, byUser, byParty, byKind]

/**
 * Reads a page of the records that are wanted, from an index of all of them, newest first. The work of a page is
 * bounded, however many records there are. The index is a moment behind the table.
 */
export async function readAudit(
  db: DynamoDBClient,
  table: string,
  wanted: Wanted,
  cursor: string | undefined,
): Promise<AuditPage> {
  const bounds = { from: wanted.from ?? never, to: cursor ?? wanted.before ?? always }
  const read = await Promise.all(sourcesOf(wanted).map((source) => readSource(db, table, source, bounds)))
  // What is older than where a source stopped may have something of that source before it.
  const stopped = read.flatMap(({ reached }) => reached ?? [])
  const frontier = stopped.sort().at(-1) ?? never
  const items = read
    .flatMap((one) => one.items)
    .filter((item) => momentOf(item) >= frontier)
    .sort((one, other) => (momentOf(one) < momentOf(other) ? 1 : -1))
  const page = items.slice(0, pageSize)
  const last = page.at(-1)
  const next = items.length > page.length && last ? momentOf(last) : stopped.at(-1)
  return { ...told(page), ...(next ? { next } : {}) }
}

/** The refusals of others that are about a return, the oldest first: as many as a page of a timeline takes. */
export async function readRefusals(db: DynamoDBClient, table: string, ret: string): Promise<RefusalRecord[]> {
  const source = { index: byReturn, value: ret, filters: [] }
  const { items } = await readSource(db, table, source, { from: never, to: always })
  return told(items)
    .records.flatMap((record) => (record.kind === 'refused' ? [record] : []))
    .reverse()
}

function sourcesOf(wanted: Wanted): Source[] {
  const given = byNarrowness.flatMap((index) => {
    const value = wanted[index.hash]
    return value === undefined ? [] : [{ index, value }]
  })
  const [narrowest, ...others] = given
  const filters = others.map(({ index, value }): [string, string] => [index.hash, value])
  if (narrowest) return [{ ...narrowest, filters }]
  return auditKinds.map((kind) => ({ index: byKind, value: kind, filters }))
}

/** The newest items of a source below a moment; `reached`: the oldest that was looked at, where there are more. */
async function readSource(
  db: DynamoDBClient,
  table: string,
  { index, value, filters }: Source,
  bounds: { from: string; to: string },
): Promise<{ items: Item[]; reached?: string }> {
  const items: Item[] = []
  const names = filters.map(([name], place) => [`#f${place}`, name])
  const values = filters.map(([, wanted], place) => [`:f${place}`, { S: wanted }])
  let start: Item | undefined
  for (let queries = 0; queries < mostRead.queries; queries++) {
    const { Items: found = [], LastEvaluatedKey: last } = await db.send(
      new QueryCommand({
        TableName: table,
        IndexName: index.name,
        KeyConditionExpression: '#hash = :hash AND #moment BETWEEN :from AND :to',
        ...(filters.length > 0
          ? { FilterExpression: filters.map((_, place) => `#f${place} = :f${place}`).join(' AND ') }
          : {}),
        ExpressionAttributeNames: {
          '#hash': index.hash,
          '#moment': index.range,
          ...Object.fromEntries(names),
        },
        ExpressionAttributeValues: {
          ':hash': { S: value },
          ':from': { S: bounds.from },
          ':to': { S: bounds.to },
          ...Object.fromEntries(values),
        },
        ScanIndexForward: false,
        Limit: filters.length > 0 ? mostRead.items : pageSize + 2,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    )
    // A page begins behind the moment where the last one ended, which no other record has.
    items.push(...found.filter((item) => momentOf(item) !== bounds.to))
    start = last
    if (!last) return { items }
    if (items.length > pageSize) break
  }
  return { items, reached: momentOf(start ?? {}) }
}

const momentOf = (item: Item) => item.moment?.S ?? ''

function told(items: readonly Item[]): Pick<AuditPage, 'records' | 'broken'> {
  const records: KeptRecord[] = []
  const broken: AuditPage['broken'] = []
  for (const item of items) {
    const read = readRecord(item)
    if (typeof read !== 'string' && read.indexed) records.push(read.record)
    else broken.push({ subject: item[tables.access.hash]?.S ?? '', n: Number(item[tables.access.range]?.N) })
  }
  return { records, broken }
}
