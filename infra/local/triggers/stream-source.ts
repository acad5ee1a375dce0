import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { awsCall } from '../aws/call.ts'
import type { Outcome } from '../lambda/functions.ts'
import { failuresIn, type SourceContext } from './event-source.ts'

const described = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
})
const iterated = z.object({ ShardIterator: z.string() })
const streamRecord = z.looseObject({
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number() }),
})
const received = z.object({ Records: z.array(streamRecord), NextShardIterator: z.nullish(z.string()) })
type StreamRecord = z.infer<typeof streamRecord>

const shortestPollMs = 100
const longestPollMs = 500
const firstRetryMs = 100
const longestRetryMs = 5_000

/**
 * Reads one stream until the stack stops. A checkpoint is written after a record is done with, never before, so that
 * an abrupt end means a record seen twice, not one lost.
 */
export async function pollStream(context: SourceContext): Promise<void> {
  const { mapping, caller, functions, region, signal, trouble } = context
  const streamArn = mapping.EventSourceArn
  const checkpoints = openCheckpoints(context.directory, streamArn)
  const shards = new Map<string, string>()
  let pauseMs = shortestPollMs
  while (!signal.aborted) {
    try {
      if (shards.size === 0) await findShards()
      const moved = await readShards()
      pauseMs = moved ? shortestPollMs : Math.min(longestPollMs, pauseMs * 1.25)
    } catch (error) {
      trouble(`${streamArn}: ${String(error)}`)
      shards.clear()
      pauseMs = longestPollMs
    }
    await pause(pauseMs)
  }

  async function findShards(): Promise<void> {
    const answer = await awsCall(caller, 'DynamoDBStreams_20120810.DescribeStream', { StreamArn: streamArn })
    for (const { ShardId } of described.parse(answer).StreamDescription.Shards) {
      const after = checkpoints.get(ShardId)
      const from = after
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
        : { ShardIteratorType: 'TRIM_HORIZON' }
      const place = { StreamArn: streamArn, ShardId, ...from }
      const found = await awsCall(caller, 'DynamoDBStreams_20120810.GetShardIterator', place)
      shards.set(ShardId, iterated.parse(found).ShardIterator)
    }
  }

  async function readShards(): Promise<boolean> {
    let moved = false
    for (const [shard, iterator] of shards) {
      const answer = await awsCall(caller, 'DynamoDBStreams_20120810.GetRecords', {
        ShardIterator: iterator,
        Limit: mapping.BatchSize,
      })
      const { Records, NextShardIterator } = received.parse(answer)
      if (Records.length > 0) {
        moved = true
        await deliver(shard, Records, 1)
      }
      if (signal.aborted) return moved
      if (NextShardIterator) shards.set(shard, NextShardIterator)
      else shards.delete(shard)
    }
    return moved
  }

  /** Invokes until a batch is done with: handled, or given up by age or attempts and told to the destination. */
  async function deliver(shard: string, batch: readonly StreamRecord[], attempt: number): Promise<void> {
    const sequence = batch.map((record) => record.dynamodb.SequenceNumber)
    const outcome = await functions.invoke(mapping.spec.name, {
      Records: batch.map((record) => ({ ...record, awsRegion: region, eventSourceARN: streamArn })),
    })
    const failed =
      outcome.kind === 'failed' ? new Set(sequence) : failuresIn(outcome.payload, mapping, sequence)
    const first = sequence.findIndex((number) => failed.has(number))
    const done = first < 0 ? batch.length : first
    const lastDone = sequence[done - 1]
    if (lastDone) checkpoints.set(shard, lastDone)
    const left = batch.slice(done)
    const last = sequence.at(-1)
    if (left.length === 0 || !last || signal.aborted) return

    const exhausted = mapping.MaximumRetryAttempts >= 0 && attempt > mapping.MaximumRetryAttempts
    if (exhausted || tooOld(left)) {
      await giveUp(shard, left, attempt, outcome)
      checkpoints.set(shard, last)
      return
    }
    await pause(Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1)))
    if (signal.aborted) return
    if (mapping.BisectBatchOnFunctionError && done === 0 && left.length > 1) {
      // Bisecting uses up no attempt (Lambda developer guide): each half begins anew.
      const middle = Math.ceil(left.length / 2)
      await deliver(shard, left.slice(0, middle), 1)
      if (!signal.aborted) await deliver(shard, left.slice(middle), 1)
      return
    }
    await deliver(shard, left, done > 0 ? 1 : attempt + 1)
  }

  function tooOld(records: readonly StreamRecord[]): boolean {
    const oldest = records[0]?.dynamodb.ApproximateCreationDateTime ?? 0
    const limit = mapping.MaximumRecordAgeInSeconds
    return limit >= 0 && Date.now() / 1000 - oldest > limit
  }

  /** Tells the on-failure destination which records were given up: where they are, not what they hold. */
  async function giveUp(shard: string, left: readonly StreamRecord[], attempt: number, outcome: Outcome) {
    const destination = mapping.DestinationConfig?.OnFailure.Destination
    if (!destination) return
    const times = left.map(({ dynamodb }) =>
      new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
    )
    const message = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.spec.arn,
        condition: tooOld(left) ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
        approximateInvokeCount: attempt,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: outcome.kind === 'failed' ? 'Unhandled' : null,
      },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId: shard,
        startSequenceNumber: left[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: left.at(-1)?.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: times[0],
        approximateArrivalOfLastRecord: times.at(-1),
        batchSize: left.length,
        streamArn,
      },
    }
    await awsCall(caller, 'AmazonSQS.SendMessage', {
      QueueUrl: context.queueUrl(destination),
      MessageBody: JSON.stringify(message),
    })
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal }).catch(() => undefined)
  }
}

/** The last sequence number done with, per shard; a file of its own for each stream. */
function openCheckpoints(directory: string, streamArn: string) {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, `${createHash('sha256').update(streamArn).digest('hex').slice(0, 16)}.json`)
  const kept = new Map(Object.entries(readCheckpoints(file)))
  return {
    get: (shard: string) => kept.get(shard),
    set(shard: string, sequenceNumber: string) {
      kept.set(shard, sequenceNumber)
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(kept)))
      renameSync(`${file}.new`, file)
    },
  }
}

function readCheckpoints(file: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
