import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { awsCall } from '../aws/call.ts'
import { failuresIn, type SourceContext } from './event-source.ts'

const received = z.object({
  Messages: z._default(
    z.array(
      z.object({
        MessageId: z.string(),
        ReceiptHandle: z.string(),
        Body: z.string(),
        MD5OfBody: z.string(),
        Attributes: z._default(z.record(z.string(), z.string()), {}),
      }),
    ),
    [],
  ),
})
type Message = z.infer<typeof received>['Messages'][number]

/** Long enough to be cheap, short enough that a stop need not cut a receive off and hide what it took. */
const waitSeconds = 1
const troubleMs = 1_000

/** Receives from one queue until the stack stops: invokes the function, deletes what did not fail. */
export async function pollQueue(context: SourceContext): Promise<void> {
  const { mapping, caller, functions, queueUrl, region, signal, trouble } = context
  const url = queueUrl(mapping.EventSourceArn)
  while (!signal.aborted) {
    try {
      const answer = await awsCall(caller, 'AmazonSQS.ReceiveMessage', {
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(10, mapping.BatchSize),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      })
      const { Messages: messages } = received.parse(answer)
      if (messages.length > 0) await handle(messages)
    } catch (error) {
      trouble(`${mapping.EventSourceArn}: ${String(error)}`)
      await sleep(troubleMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const records = messages.map((message) => recordOf(message, mapping.EventSourceArn, region))
    const outcome = await functions.invoke(mapping.spec.name, { Records: records })
    // What failed stays hidden for the rest of its visibility timeout; the queue's redrive policy counts.
    if (outcome.kind === 'failed') return
    const failed = failuresIn(
      outcome.payload,
      mapping,
      messages.map(({ MessageId }) => MessageId),
    )
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId))
    if (done.length === 0) return
    await awsCall(caller, 'AmazonSQS.DeleteMessageBatch', {
      QueueUrl: url,
      Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    })
  }
}

function recordOf(message: Message, queueArn: string, region: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  }
}
