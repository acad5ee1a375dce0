import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { backOff } from '../dynamodb/backoff.ts'
import { readDeliveries } from '../exchange/delivery.ts'
import { checkMessage, parseMessage } from '../exchange/message.ts'
import { receive, record } from '../exchange/reception.ts'
import { errorName, log } from '../log.ts'
import { referenceOf } from '../trail/ids.ts'
import { shardOf } from '../trail/pending.ts'
import { readTrail } from '../trail/read.ts'
import { sectionDigest } from '../vault/section.ts'
import { completeDeliveries } from './complete-deliveries.ts'
import { rotaFromSettings } from './rota.ts'

const nameOf = (table: 'trail' | 'deliveries' | 'worklists' | 'work' | 'pending' | 'due' | 'places') =>
  setting(variable.table(table))
const names = {
  trail: nameOf('trail'),
  deliveries: nameOf('deliveries'),
  worklists: nameOf('worklists'),
  work: nameOf('work'),
  pending: nameOf('pending'),
  due: nameOf('due'),
  places: nameOf('places'),
}
const rota = rotaFromSettings()
const db = new DynamoDBClient({})

/** Attempts at a message; another inbox may be first at its party's delivery. */
const maxAttempts = 6

/** Problems of a message itself, however often it is tried: such a message is evidence. */
const forged: ReadonlySet<string> = new Set(['bad-json', 'bad-input', 'wrong-digest'])

/**
 * Takes messages from the queues. A message that failed stays on its queue, and so do those of its return that follow it in
 * the batch; other returns go on. After three failures the queue moves it to the dead-letter queue.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return processPartialResponse(event, receiveRecord, new SqsFifoPartialProcessorAsync(), {
    skipGroupOnError: true,
    throwOnFullBatchFailure: false,
  })
}

async function receiveRecord({ messageId, body }: SQSRecord): Promise<void> {
  try {
    await deliver(body)
  } catch (error) {
    const problem = errorName(error)
    if (forged.has(problem)) log('message-rejected', { message: messageId, problem })
    else log('failed', { operation: 'inbox', error: problem })
    throw error
  }
}

/** Brings a party up to what the trail has for it, whatever the message says, and however often it comes. */
async function deliver(body: string): Promise<void> {
  const message = parseMessage(body)
  const { subject: ret, recipient: party } = message
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [{ rows, lastHash }, deliveries] = await Promise.all([
      readTrail(db, names.trail, ret),
      readDeliveries(db, names.deliveries, ret),
    ])
    const row = rows[message.data.seq]
    checkMessage(message, row, sectionDigest)
    const reception = receive(
      rows.map(({ event }) => event),
      party,
      deliveries,
      { at: new Date().toISOString(), reference: referenceOf(ret), rota, lastHash },
    )
    if (!reception) return completeDeliveries(db, names.pending, row ? [row.event] : [], deliveries)
    if (await record(db, names, reception, shardOf(ret))) {
      for (const { seq } of reception.fresh) log('received', { ret, seq, party })
      return completeDeliveries(
        db,
        names.pending,
        reception.fresh,
        await readDeliveries(db, names.deliveries, ret),
      )
    }
    log('retried', { operation: 'inbox', reason: 'overtaken' })
    await backOff(attempt)
  }
  throw refusal('busy')
}
