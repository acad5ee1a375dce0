import { createHash } from 'node:crypto'
import { pendingShards, tables } from '../../schemas/deployment/tables.ts'
import type { Statement } from '../dynamodb/execute.ts'

/** The key of a row of `pending`: an event whose delivery to everyone in `to[]` has not been seen yet. */
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

/** The statement that notes who is owed, in the transaction that appends the event. */
export function pendingStatement(table: string, ret: string, at: string, seq: number): Statement {
  const { shard, since } = pendingKey(ret, at, seq)
  const { hash, range } = tables.pending
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'ret': ?, 'seq': ?}`,
    Parameters: [{ S: shard }, { S: since }, { S: ret }, { N: String(seq) }],
  }
}

/** The shard of a return, from 0 to `pendingShards` − 1. */
export function shardOf(ret: string): number {
  return createHash('sha256').update(ret).digest().readUInt32BE() % pendingShards
}
