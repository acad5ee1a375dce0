import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { buildApp } from 'fauxqs'
import * as z from 'zod/mini'
import { type AddressedKind, addressedKinds } from '../../schemas/values/parties.ts'

export interface TestQueues {
  url: string
  /** The URL of the queue of a kind of party. */
  urlOf(kind: AddressedKind): string
  /** Bodies of the messages that wait in a queue, in flight or not; the queue keeps them. */
  waiting(kind: AddressedKind): Promise<string[]>
  /** Bodies in the dead-letter queue of a kind. */
  dead(kind: AddressedKind): Promise<string[]>
  /** Puts a message into a queue, as somebody would who is not the relay. */
  put(kind: AddressedKind, group: string, id: string, body: string): Promise<void>
  /**
   * Hands a batch to a function as Lambda does: what did not fail is deleted, what failed is hidden no longer.
   * Answers how many messages it handed over.
   */
  pump(kind: AddressedKind, take: (event: SQSEvent) => Promise<SQSBatchResponse>): Promise<number>
  /** Loses every message of every queue; what a queue remembers for deduplication stays. */
  wipe(): Promise<void>
  stop(): Promise<void>
}

const receives = 3

const inspected = z.object({
  messages: z.object({
    ready: z.array(z.object({ body: z.string() })),
    inflight: z.array(z.object({ message: z.object({ body: z.string() }) })),
  }),
})

/** Starts fauxqs in memory with a FIFO queue, and one for its dead letters, for each kind that is sent events. */
export async function startQueues(): Promise<TestQueues> {
  // `startFauxqs` listens on every interface, whatever it is told.
  const app = buildApp({ logger: false })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const region = 'eu-central-1'
  const sqs = new SQSClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const urlOf = (kind: AddressedKind) => `${url}/000000000000/${kind}.fifo`
  const fifo = { FifoQueue: 'true', MaximumMessageSize: '1048576' }
  for (const kind of addressedKinds) {
    const deadLetterTargetArn = `arn:aws:sqs:${region}:000000000000:${kind}-dead.fifo`
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: receives })
    await sqs.send(new CreateQueueCommand({ QueueName: `${kind}-dead.fifo`, Attributes: fifo }))
    const Attributes = { ...fifo, RedrivePolicy }
    await sqs.send(new CreateQueueCommand({ QueueName: `${kind}.fifo`, Attributes }))
  }
  const inside = async (name: string) => {
    const answer: unknown = await (await fetch(`${url}/_fauxqs/queues/${name}`)).json()
    const { ready, inflight } = inspected.parse(answer).messages
    return [...ready, ...inflight.map(({ message }) => message)].map(({ body }) => body)
  }
  return {
    url,
    urlOf,
    waiting: (kind) => inside(`${kind}.fifo`),
    dead: (kind) => inside(`${kind}-dead.fifo`),
    async put(kind, group, id, body) {
      const to = { QueueUrl: urlOf(kind), MessageGroupId: group, MessageDeduplicationId: id }
      await sqs.send(new SendMessageCommand({ ...to, MessageBody: body }))
    },
    async pump(kind, take) {
      const queue = { QueueUrl: urlOf(kind) }
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          ...queue,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['MessageGroupId'],
        }),
      )
      if (messages.length === 0) return 0
      const { batchItemFailures } = await take(sqsEvent(kind, messages))
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
      for (const { MessageId = '', ReceiptHandle } of messages) {
        const handle = { ...queue, ReceiptHandle }
        if (!failed.has(MessageId)) await sqs.send(new DeleteMessageCommand(handle))
        else await sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }))
      }
      return messages.length
    },
    async wipe() {
      for (const kind of addressedKinds) await sqs.send(new PurgeQueueCommand({ QueueUrl: urlOf(kind) }))
    },
    async stop() {
      sqs.destroy()
      await app.close()
    },
  }
}

/** Messages as a function is handed them. */
export function sqsEvent(kind: string, messages: readonly Message[]): SQSEvent {
  return {
    Records: messages.map(
      ({ MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', Attributes }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '0',
          SenderId: 'test',
          ApproximateFirstReceiveTimestamp: '0',
          ...Attributes,
        },
        messageAttributes: {},
        md5OfBody: MD5OfBody,
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${kind}.fifo`,
        awsRegion: 'eu-central-1',
      }),
    ),
  }
}
