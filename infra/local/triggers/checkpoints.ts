import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readIfPresent, replaceFile } from '../disk/files.ts'

export interface Checkpoints {
  /** The sequence number of the last finished record of a shard. */
  get(shard: string): string | undefined
  set(shard: string, sequenceNumber: string): void
}

/** Opens the checkpoints of a stream, which has a file of its own. */
export function openCheckpoints(directory: string, streamArn: string): Checkpoints {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, `${createHash('sha256').update(streamArn).digest('hex').slice(0, 16)}.json`)
  const stored = z.record(z.string(), z.string()).parse(JSON.parse(readIfPresent(file) ?? '{}'))
  const checkpoints = new Map(Object.entries(stored))
  return {
    get: (shard) => checkpoints.get(shard),
    set(shard, sequenceNumber) {
      checkpoints.set(shard, sequenceNumber)
      replaceFile(file, JSON.stringify(Object.fromEntries(checkpoints)))
    },
  }
}
