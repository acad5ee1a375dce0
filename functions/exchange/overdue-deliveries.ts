import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'

/** A row of `pending`: an event of which it is not known that everyone has seen it. */
export interface OverdueDelivery {
  ret: string
  seq: number
  /** The event's time. */
  at: string
}

const minuteMs = 60_000
/** The rounds begin 1, 2, 4, … minutes after the event, and from here on each time that this has passed again. */
const longestPause = 64
/** A tick that failed, or came a minute late, is made good by the next; SQS drops the second of two. */
const ticksOfRound = 2

/** An event younger than this may still be on its ordinary way. */
export const patienceMs = minuteMs

/**
 * The round in which an event of this age, in ms, is sent again, by the minute in which it begins; undefined between
 * two rounds. It follows from the age alone, so nothing needs to be written down about what was tried.
 */
export function roundOf(ageMs: number): number | undefined {
  const minutes = Math.floor(ageMs / minuteMs)
  if (minutes < 1) return undefined
  const pause = Math.min(2 ** Math.floor(Math.log2(minutes)), longestPause)
  const begins = minutes - (minutes % pause)
  return minutes - begins < ticksOfRound ? begins : undefined
}

/** The rows of one shard of `pending` whose events are from before `before`, the oldest first. */
export async function readOverdueDeliveries(
  db: DynamoDBClient,
  table: string,
  shard: string,
  before: Date,
): Promise<OverdueDelivery[]> {
  const { hash, range } = tables.pending
  const found: OverdueDelivery[] = []
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      KeyConditionExpression: '#shard = :shard AND #since < :before',
      ExpressionAttributeNames: { '#shard': hash, '#since': range },
      ExpressionAttributeValues: { ':shard': { S: shard }, ':before': { S: before.toISOString() } },
    },
  )
  for await (const page of pages) found.push(...(page.Items ?? []).map(parseLate))
  return found
}

const late = z.strictObject({ ret: returnId, seq: z.int().check(z.minimum(0)), at: instant })

function parseLate(item: Record<string, AttributeValue>): OverdueDelivery {
  const read = late.safeParse({
    ret: item.ret?.S,
    seq: Number(item.seq?.N),
    at: item[tables.pending.range]?.S?.split('#')[0],
  })
  if (!read.success) throw refusal('internal', { fields: ['pending'] })
  return read.data
}
