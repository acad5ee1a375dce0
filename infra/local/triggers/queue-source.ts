import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { awsCall } from '../aws/call.ts'
import { failuresIn, type SourceContext } from './event-source.ts'

const receivedShape = z.object({
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
type Message = z.infer<typeof receivedShape>['Messages'][number]

/** Long enough to be cheap; short enough for a stop to wait for. A receive that is cut off would hide its messages. */
const waitSeconds = 1
const pauseAfterErrorMs = 1_000

/** Receives from one queue until the stack stops: invokes the function, and deletes the messages that did not fail. */
export async function pollQueue(context: SourceContext): Promise<void> {
  const { mapping, client, functions, queueUrl, region, signal, onError } = context
  const url = queueUrl(mapping.EventSourceArn)
  while (!signal.aborted) {
    try {
      const answer = await awsCall(client, 'AmazonSQS.ReceiveMessage', {
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(10, mapping.BatchSize),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      })
      const { Messages: messages } = receivedShape.parse(answer)
      if (messages.length > 0) await handle(messages)
    } catch (error) {
      onError(`${mapping.EventSourceArn}: ${String(error)}`)
      await sleep(pauseAfterErrorMs, undefined, { signal }).catch(() => undefined)
    }
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const records = messages.map((message) => recordOf(message, mapping.EventSourceArn, region))
    const outcome = await functions.invoke(mapping.spec.name, { Records: records })
    // Failed messages stay hidden for the rest of their visibility timeout; the queue's redrive policy counts them.
    if (outcome.kind === 'failed') return
    const failed = failuresIn(
      outcome.payload,
      mapping,
      messages.map(({ MessageId }) => MessageId),
    )
    const handled = messages.filter(({ MessageId }) => !failed.has(MessageId))
    if (handled.length === 0) return
    await awsCall(client, 'AmazonSQS.DeleteMessageBatch', {
      QueueUrl: url,
      Entries: handled.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
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
