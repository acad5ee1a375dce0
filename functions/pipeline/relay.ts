import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import pLimit from 'p-limit'
import { tables } from '../../schemas/deployment/tables.ts'
import { errorName, log } from '../log.ts'
import { readProgress, senderFromSettings, sendUndelivered } from './send-undelivered.ts'

/** A return takes its trail and its messages in memory, up to a megabyte a message. */
const returnsAtOnce = 8

const sender = senderFromSettings()

/**
 * Started by the trail's stream. Its records only say which returns changed; what is undelivered is read from the trail.
 * A return that fails does not hold up the others of its batch.
 */
export async function handler({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed = new Set<string>()
  await pLimit(returnsAtOnce).map(new Set(records.flatMap(returnOf)), async (ret) => {
    try {
      await sendUndelivered(sender, await readProgress(sender, ret))
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
