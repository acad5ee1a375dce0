import { createHash } from 'node:crypto'
import { pendingShards, tables } from '../../schemas/deployment/tables.ts'
import { insertStatement, type Statement } from '../dynamodb/statements.ts'

/** The key of a row of `pending`: an event that not every party in its `to[]` has received yet. */
export interface PendingKey {
  shard: string
  since: string
}

/** Shard and sort key from the event's return, time (ISO 8601, so that the oldest sorts first) and seq. */
export function pendingKey(ret: string, at: string, seq: number): PendingKey {
  return { shard: pendingShard(shardOf(ret)), since: `${at}#${ret}#${String(seq).padStart(8, '0')}` }
}

/** The hash key of shard 0 to `pendingShards` − 1. */
export function pendingShard(shard: number): string {
  return `deliver#${String(shard).padStart(2, '0')}`
}

/** The statement that notes an event as undelivered, in the transaction that appends it. */
export function pendingStatement(table: string, ret: string, at: string, seq: number): Statement {
  const { shard, since } = pendingKey(ret, at, seq)
  const { hash, range } = tables.pending
  return insertStatement(table, { [hash]: shard, [range]: since, ret, seq })
}

/** The shard of a return, from 0 to `pendingShards` − 1. */
export function shardOf(ret: string): number {
  return createHash('sha256').update(ret).digest().readUInt32BE() % pendingShards
}
