import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { awsCall } from '../aws/call.ts'
import type { InvocationOutcome } from '../lambda/functions.ts'
import { openCheckpoints } from './checkpoints.ts'
import { failuresIn, type SourceContext } from './event-source.ts'

const streamShape = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
})
const iteratorShape = z.object({ ShardIterator: z.string() })
const streamRecord = z.looseObject({
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number() }),
})
const recordsShape = z.object({ Records: z.array(streamRecord), NextShardIterator: z.nullish(z.string()) })
type StreamRecord = z.infer<typeof streamRecord>

const shortestPollMs = 100
const longestPollMs = 500
const firstRetryMs = 100
const longestRetryMs = 5_000

/**
 * Reads one stream until the stack stops. It writes a checkpoint only after a record is finished: an abrupt end then
 * repeats a record and loses none.
 */
export async function pollStream(context: SourceContext): Promise<void> {
  const { mapping, client, functions, region, signal, onError } = context
  const streamArn = mapping.EventSourceArn
  const checkpoints = openCheckpoints(context.directory, streamArn)
  const shards = new Map<string, string>()
  let pauseMs = shortestPollMs
  while (!signal.aborted) {
    try {
      if (shards.size === 0) await findShards()
      const hasRecords = await readShards()
      pauseMs = hasRecords ? shortestPollMs : Math.min(longestPollMs, pauseMs * 1.25)
    } catch (error) {
      onError(`${streamArn}: ${String(error)}`)
      shards.clear()
      pauseMs = longestPollMs
    }
    await pause(pauseMs)
  }

  async function findShards(): Promise<void> {
    const answer = await awsCall(client, 'DynamoDBStreams_20120810.DescribeStream', { StreamArn: streamArn })
    for (const { ShardId } of streamShape.parse(answer).StreamDescription.Shards) {
      const lastFinished = checkpoints.get(ShardId)
      const from = lastFinished
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: lastFinished }
        : { ShardIteratorType: 'TRIM_HORIZON' }
      const place = { StreamArn: streamArn, ShardId, ...from }
      const found = await awsCall(client, 'DynamoDBStreams_20120810.GetShardIterator', place)
      shards.set(ShardId, iteratorShape.parse(found).ShardIterator)
    }
  }

  async function readShards(): Promise<boolean> {
    let hasRecords = false
    for (const [shard, iterator] of shards) {
      const answer = await awsCall(client, 'DynamoDBStreams_20120810.GetRecords', {
        ShardIterator: iterator,
        Limit: mapping.BatchSize,
      })
      const { Records, NextShardIterator } = recordsShape.parse(answer)
      if (Records.length > 0) {
        hasRecords = true
        await deliver(shard, Records, 1)
      }
      if (signal.aborted) return hasRecords
      if (NextShardIterator) shards.set(shard, NextShardIterator)
      else shards.delete(shard)
    }
    return hasRecords
  }

  /** Invokes the function until a batch is finished: each record is handled, or given up by its age or its attempts. */
  async function deliver(shard: string, batch: readonly StreamRecord[], attempt: number): Promise<void> {
    const { outcome, handled } = await invoke(batch)
    finish(shard, batch[handled - 1])
    const left = batch.slice(handled)
    if (left.length === 0 || signal.aborted) return
    if (isExhausted(attempt) || isTooOld(left)) {
      await giveUp(shard, left, attempt, outcome)
      finish(shard, left.at(-1))
      return
    }
    await pause(Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1)))
    for (const retry of retriesOf(left, handled > 0, attempt)) {
      if (signal.aborted) return
      await deliver(shard, retry.records, retry.attempt)
    }
  }

  /** Invokes the function with a batch. Gives how many records it handled before the first one that failed. */
  async function invoke(batch: readonly StreamRecord[]) {
    const outcome = await functions.invoke(mapping.spec.name, {
      Records: batch.map((record) => ({ ...record, awsRegion: region, eventSourceARN: streamArn })),
    })
    const sequence = batch.map((record) => record.dynamodb.SequenceNumber)
    const failed =
      outcome.kind === 'failed' ? new Set(sequence) : failuresIn(outcome.payload, mapping, sequence)
    const firstFailed = sequence.findIndex((number) => failed.has(number))
    return { outcome, handled: firstFailed < 0 ? batch.length : firstFailed }
  }

  /**
   * The next invocations for the records that are left. To bisect a batch uses up no attempt (Lambda developer
   * guide).
   */
  function retriesOf(left: readonly StreamRecord[], isProgress: boolean, attempt: number) {
    if (!mapping.BisectBatchOnFunctionError || isProgress || left.length < 2)
      return [{ records: left, attempt: isProgress ? 1 : attempt + 1 }]
    const middle = Math.ceil(left.length / 2)
    return [left.slice(0, middle), left.slice(middle)].map((records) => ({ records, attempt: 1 }))
  }

  function finish(shard: string, record: StreamRecord | undefined): void {
    if (record) checkpoints.set(shard, record.dynamodb.SequenceNumber)
  }

  function isExhausted(attempt: number): boolean {
    return mapping.MaximumRetryAttempts >= 0 && attempt > mapping.MaximumRetryAttempts
  }

  function isTooOld(records: readonly StreamRecord[]): boolean {
    const oldest = records[0]?.dynamodb.ApproximateCreationDateTime ?? 0
    const limit = mapping.MaximumRecordAgeInSeconds
    return limit >= 0 && Date.now() / 1000 - oldest > limit
  }

  /** Reports to the on-failure destination where the given up records are; the report does not contain them. */
  async function giveUp(
    shard: string,
    left: readonly StreamRecord[],
    attempt: number,
    outcome: InvocationOutcome,
  ) {
    const destination = mapping.DestinationConfig?.OnFailure.Destination
    if (!destination) return
    const times = left.map(({ dynamodb }) =>
      new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString(),
    )
    const message = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.spec.arn,
        condition: isTooOld(left) ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
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
    await awsCall(client, 'AmazonSQS.SendMessage', {
      QueueUrl: context.queueUrl(destination),
      MessageBody: JSON.stringify(message),
    })
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal }).catch(() => undefined)
  }
}
