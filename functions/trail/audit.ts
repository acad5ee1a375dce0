import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { auditKinds } from '../../schemas/api/audit.ts'
import type { RefusalRecord } from '../../schemas/api/refusals.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { queryPage } from '../dynamodb/query.ts'
import { type AuditRecord, readRecord } from './access-record.ts'

/** Which records an auditor asks for. `from` and `before` are instants: the first is included, the other is not. */
export interface AuditFilter {
  from?: string | undefined
  before?: string | undefined
  kind?: string | undefined
  party?: string | undefined
  user?: string | undefined
  reference?: string | undefined
}

/** A page of records, newest first. `next`: where the following page begins, if there may be one. */
export interface AuditPage {
  records: AuditRecord[]
  /** Where rows stand that are no record, or that an index lists under what they do not say. */
  broken: { subject: string; n: number }[]
  next?: string
}

type Index = (typeof tables.access.globalIndexes)[number]
const [byKind, byParty, byUser, byReference, byReturn] = tables.access.globalIndexes

/** One partition of an index, and what else its rows have to be. */
interface Source {
  index: Index
  value: string
  filters: readonly { name: string; value: string }[]
}

/** Records on a page, and how much one source reads at most where filters leave most of it out. */
const pageSize = 50
const mostRead = { rows: 250, queries: 4 }

/** Before and after every moment: moments are instants with more behind them. */
const [never, always] = ['0', '9']

/** The narrowest first: a return has tens of records, a user hundreds or thousands, a party more. */
const byNarrowness = [byReference, byUser, byParty, byKind]

/**
 * Reads a page of the records that a filter asks for, from an index of all of them, newest first. The work of a page is
 * bounded, however many records there are. The index is a moment behind the table.
 */
export async function readAudit(
  db: DynamoDBClient,
  table: string,
  filter: AuditFilter,
  cursor: string | undefined,
): Promise<AuditPage> {
  const bounds = { from: filter.from ?? never, to: cursor ?? filter.before ?? always }
  const read = await Promise.all(sourcesOf(filter).map((source) => readSource(db, table, source, bounds)))
  // What is older than where a source stopped may have something of that source before it.
  const stopped = read.flatMap(({ reached }) => reached ?? [])
  const frontier = stopped.sort().at(-1) ?? never
  const rows = read
    .flatMap((source) => source.rows)
    .filter((row) => momentOf(row) >= frontier)
    .sort((left, right) => (momentOf(left) < momentOf(right) ? 1 : -1))
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? momentOf(last) : stopped.at(-1)
  return { ...recordsIn(page), ...(next ? { next } : {}) }
}

/** The refusals of others that are about a return, the oldest first: as many as a page of a timeline takes. */
export async function readRefusals(db: DynamoDBClient, table: string, ret: string): Promise<RefusalRecord[]> {
  const source = { index: byReturn, value: ret, filters: [] }
  const { rows } = await readSource(db, table, source, { from: never, to: always })
  return recordsIn(rows)
    .records.flatMap((record) => (record.kind === 'refused' ? [record] : []))
    .reverse()
}

function sourcesOf(filter: AuditFilter): Source[] {
  const given = byNarrowness.flatMap((index) => {
    const value = filter[index.hash]
    return value === undefined ? [] : [{ index, value }]
  })
  const [narrowest, ...others] = given
  const filters = others.map(({ index, value }) => ({ name: index.hash, value }))
  if (narrowest) return [{ ...narrowest, filters }]
  return auditKinds.map((kind) => ({ index: byKind, value: kind, filters }))
}

/** The newest rows of a source below a moment; `reached`: the oldest that was read, where there are more. */
async function readSource(
  db: DynamoDBClient,
  table: string,
  { index, value, filters }: Source,
  bounds: { from: string; to: string },
): Promise<{ rows: Row[]; reached?: string }> {
  const rows: Row[] = []
  const query = {
    table,
    index: index.name,
    hash: { name: index.hash, value },
    range: { name: index.range, operator: 'BETWEEN', value: bounds.from, end: bounds.to },
    filters,
    newestFirst: true,
  } as const
  const limit = filters.length > 0 ? mostRead.rows : pageSize + 2
  let start: Row | undefined
  for (let queries = 0; queries < mostRead.queries; queries++) {
    const page = await queryPage(db, query, { limit, start })
    // A page begins behind the moment where the last one ended, which no other record has.
    rows.push(...page.rows.filter((row) => momentOf(row) !== bounds.to))
    start = page.next
    if (!start) return { rows }
    if (rows.length > pageSize) break
  }
  return { rows, reached: momentOf(start ?? {}) }
}

const momentOf = (row: Row) => String(row.moment ?? '')

function recordsIn(rows: readonly Row[]): Pick<AuditPage, 'records' | 'broken'> {
  const records: AuditRecord[] = []
  const broken: AuditPage['broken'] = []
  for (const row of rows) {
    const read = readRecord(row)
    if (typeof read !== 'string' && read.indexed) records.push(read.record)
    else broken.push({ subject: String(row[tables.access.hash] ?? ''), n: Number(row[tables.access.range]) })
  }
  return { records, broken }
}
