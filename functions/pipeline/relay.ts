import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { tables } from '../../schemas/deployment/tables.ts'
import { errorName, log } from '../log.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { readProgress, senderFromSettings, sendUndelivered } from './send-undelivered.ts'

/** Each return is a trail and its messages in memory, up to a megabyte a message. */
const returnsAtOnce = 8

const outlet = senderFromSettings()

/**
 * Rung by the trail's stream. What the records say is only which returns to look at; what is owed is read from the
 * trail. A return that fails does not keep the others of its batch back.
 */
export async function handler({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed = new Set<string>()
  await limitConcurrency(new Set(records.flatMap(returnOf)), returnsAtOnce, async (ret) => {
    try {
      await sendUndelivered(outlet, await readProgress(outlet, ret))
    } catch (error) {
      log('return-failed', { operation: 'relay', ret, error: errorName(error) })
      failed.add(ret)
    }
  })
  const again = records.filter((record) => returnOf(record).some((ret) => failed.has(ret)))
  return {
    batchItemFailures: again.map((record) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' })),
  }
}

function returnOf({ dynamodb }: DynamoDBRecord): string[] {
  const ret = dynamodb?.Keys?.[tables.trail.hash]?.S
  return ret === undefined ? [] : [ret]
}
