import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '../../functions/dynamodb/attributes.ts'
import { workRows } from '../../functions/exchange/work.ts'
import type { StoredLine } from '../../functions/exchange/worklist.ts'
import { referenceOf } from '../../functions/trail/ids.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import { variable } from '../../schemas/deployment/settings.ts'
import { chisinau, dayIn, daysAfter } from '../../schemas/values/clocks.ts'
import { type PartyId, partyId } from '../../schemas/values/parties.ts'
import type { Counting } from './requests.ts'

/** What a page of lists costs: calls to AWS, the bytes that they answer, and the bytes that the caller gets. */
export interface ListCost {
  calls: number
  readBytes: number
  answerBytes: number
}

/** The requests whose cost must not depend on how many returns a party has. */
export const listRequests = ['work/all', 'work/count', 'work/waits', 'returns', 'returns?text=ZZZZ'] as const
export type ListRequest = (typeof listRequests)[number]

/** By how many returns the party has, then by request. */
export type ListCosts = Map<number, Map<ListRequest, ListCost>>

/** The party whose rows are made: it reads no label, so that no key is opened. */
const party = partyId.parse('ministry')

/** Rows that DynamoDB takes in one call, and calls at a time. */
const atOnce = 25
const lanes = 8
/** Returns of each size whose lines are written too: more than any page shows from one group. */
const withLine = 60

/**
 * Counts what the requests cost at so many returns of one party, the fewest first. The rows are written past the API, as the
 * inbox would write them; labels come on top of what is counted: two rows and a Decrypt for each line of a page.
 */
export async function measureLists(
  { stack, desks, counter }: Counting,
  sizes: readonly number[],
  costs: ListCosts,
): Promise<void> {
  const write = writerOf(stack)
  try {
    for (let [place, written] = [0, 0]; place < sizes.length; place++) {
      const size = sizes[place] ?? 0
      await write(written, size)
      written = size
      const desk = await desks('ministry')
      const found = new Map<ListRequest, ListCost>()
      costs.set(size, found)
      for (const request of listRequests) {
        let answer: unknown
        const calls = await counter.callsOf(stack, desk, async () => {
          answer = await desk.call('GET', `/v1/ministry/${request}`)
        })
        found.set(request, {
          calls: calls.length,
          readBytes: calls.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
          answerBytes: Buffer.byteLength(JSON.stringify(answer)),
        })
      }
    }
  } finally {
    write.end()
  }
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The id of a made-up return. */
function idOf(number: number): string {
  const digits = Array.from({ length: 8 }, (_, place) => letters[Math.floor(number / 32 ** place) % 32])
  return `TEST0${digits.reverse().join('').padStart(25, '0')}`
}

/** A made-up line: a fifth is over, a fifth owes nothing, and the rest owes a decision between two weeks ago and in a year. */
function lineOf(number: number): StoredLine {
  const ret = idOf(number)
  const today = dayIn(Date.now(), chisinau)
  const at = new Date(Date.parse(`${today}T09:00:00.000Z`) - (number % 100_000) * 1000).toISOString()
  const kind = number % 5
  return {
    ret,
    reference: referenceOf(ret),
    phase: kind === 0 ? 'closed' : 'accepted',
    urgency: number % 97 === 1 ? 2 : 0,
    version: 9,
    hash: '0'.repeat(64),
    responsible: partyId.parse('mission:K7QX'),
    items: kind > 1 ? [{ what: 'decide', party, day: daysAfter(today, (number % 379) - 14) }] : [],
    flags: [],
    membership: 'on',
    request: ret.slice(-26),
    cleared: false,
    alerts: [],
    overdue: [],
    calls: [],
    at,
  }
}

/** Writes the rows of made-up returns from one number to another, straight into the tables. */
function writerOf({ dynamodbUrl, functions }: LocalStack) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const db = new DynamoDBClient({ endpoint: dynamodbUrl, region: 'eu-central-1', credentials })
  const environment: Record<string, string> = Object.assign(
    {},
    ...functions.specs.map((spec) => spec.environment),
  )
  const [work, worklists] = [environment[variable.table('work')], environment[variable.table('worklists')]]
  if (!work || !worklists) throw new Error('The tables have no names.')
  const put = (item: Record<string, AttributeValue>): WriteRequest => ({ PutRequest: { Item: item } })
  const send = async (table: string, rows: readonly WriteRequest[]) => {
    const batches = Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, index) =>
      rows.slice(index * atOnce, (index + 1) * atOnce),
    )
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        for (const batch of batches.filter((_, index) => index % lanes === lane))
          await db.send(new BatchWriteItemCommand({ RequestItems: { [table]: [...batch] } }))
      }),
    )
  }
  const write = async (from: number, to: number) => {
    const lines = Array.from({ length: to - from }, (_, index) => lineOf(from + index))
    const rows = lines.map((line) => ({ line, rows: workRows(party, line) }))
    await send(
      work,
      rows.flatMap((each) => each.rows.map((row) => put(marshall(row)))),
    )
    await send(
      worklists,
      heads(rows).map((line) => put(marshall(worklistRowOf(party, line)))),
    )
  }
  return Object.assign(write, { end: () => db.destroy() })
}

const worklistRowOf = (party: PartyId, line: StoredLine) => ({ party, ret: line.ret, row: { ...line } })

/** The lines that pages may show: the first of each group by their places, and of each day near today. */
function heads(all: readonly { line: StoredLine; rows: readonly { place?: unknown }[] }[]): StoredLine[] {
  const byGroup = Map.groupBy(all, ({ rows }) => String(rows[0]?.place).split('#').slice(0, 2).join('#'))
  const today = dayIn(Date.now(), chisinau)
  const near = [daysAfter(today, -14), today, daysAfter(today, 1)]
  const firstFrom = (some: readonly (typeof all)[number][], day: string) =>
    some.filter(({ rows }) => (String(rows[0]?.place).split('#')[2] ?? '') >= day).slice(0, withLine)
  const lines = [...byGroup.values()].flatMap((some) => {
    const sorted = some.toSorted((a, b) => (String(a.rows[0]?.place) < String(b.rows[0]?.place) ? -1 : 1))
    return ['', ...near].flatMap((day) => firstFrom(sorted, day))
  })
  return [...new Map(lines.map(({ line }) => [line.ret, line])).values()]
}
