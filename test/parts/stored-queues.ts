import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { LocalStack } from '../../infra/local/stack.ts'
import { variable } from '../../schemas/deployment/settings.ts'
import type { AddressedKind } from '../../schemas/values/parties.ts'

/** The queues of a running stack without the edge before them. */
export interface StoredQueues {
  /** The name of the queue of a kind of party, as its address ends. */
  nameOf(kind: AddressedKind): string
  /** How many messages wait in all queues but those of dead letters, in flight or not. */
  waiting(): Promise<number>
  /** Takes what is in the queues of dead letters out of them: the bodies. */
  takeDead(): Promise<string[]>
  /** Puts a message into a queue, as somebody would who is not the relay. */
  put(queue: string, group: string, id: string, body: string): Promise<void>
  /** Empties every queue, and tells how many messages that were. */
  wipe(): Promise<number>
  close(): void
}

const isDead = (url: string) => /dead|fail/i.test(url)

export function storedQueues({ sqsUrl, template: { region, account }, functions }: LocalStack): StoredQueues {
  const environment = Object.assign({}, ...functions.specs.map((spec) => spec.environment))
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const sqs = new SQSClient({ endpoint: sqsUrl, region, credentials })
  const urls = async (wanted: (url: string) => boolean = () => true) => {
    const { QueueUrls: all = [] } = await sqs.send(new ListQueuesCommand({}))
    return all.map((url) => `${sqsUrl}${new URL(url).pathname}`).filter(wanted)
  }

  async function inside(queues: readonly string[]): Promise<number> {
    const counts = queues.map(async (QueueUrl) => {
      const { Attributes: received = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      )
      const { ApproximateNumberOfMessages: ready, ApproximateNumberOfMessagesNotVisible: taken } = received
      return Number(ready) + Number(taken)
    })
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }
  return {
    nameOf: (kind) => String(environment[variable.queue(kind)]).split('/').at(-1) ?? '',
    waiting: async () => inside(await urls((url) => !isDead(url))),
    async takeDead() {
      const taken = (await urls(isDead)).map(async (QueueUrl) => {
        const bodies: string[] = []
        for (;;) {
          const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
          if (!message) return bodies
          // A queue shows one message of a group at a time: the next comes when this one is gone.
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }))
          bodies.push(message.Body ?? '')
        }
      })
      return (await Promise.all(taken)).flat()
    },
    async put(queue, group, id, body) {
      const QueueUrl = `${sqsUrl}/${account}/${queue}`
      const grouped = { MessageGroupId: group, MessageDeduplicationId: id }
      await sqs.send(new SendMessageCommand({ QueueUrl, ...grouped, MessageBody: body }))
    },
    async wipe() {
      const all = await urls()
      const lost = await inside(all)
      for (const QueueUrl of all) await sqs.send(new PurgeQueueCommand({ QueueUrl }))
      return lost
    },
    close: () => sqs.destroy(),
  }
}
