import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import { instant, returnId } from '../../schemas/values/texts.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { queryAll } from '../dynamodb/query.ts'

/** A row of `pending`: an event that, as far as is known, not every party has received. */
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
  const rows = await queryAll(db, {
    table,
    hash: { name: hash, value: shard },
    range: { name: range, operator: '<', value: before.toISOString() },
    consistent: false,
  })
  return rows.map(overdueIn)
}

const { hash, range } = tables.pending
const overdue = z.strictObject({ ret: returnId, seq: z.int().check(z.minimum(0)), at: instant })

function overdueIn({ ret, seq, [range]: since }: Row): OverdueDelivery {
  return parseRow(overdue, { ret, seq, at: String(since).split('#')[0] }, 'pending')
}
