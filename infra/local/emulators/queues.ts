import { mkdirSync } from 'node:fs'
import { type ListenOptions, Server } from 'node:net'
import { startFauxqs } from 'fauxqs'
import { awsCall } from '../aws/call.ts'
import type { Resource, Template } from '../template/template.ts'

export interface Queues {
  url: string
  stop(): Promise<void>
}

/** Attributes that fauxqs takes when a queue is made, and those that it can change later. */
const fixedAttributes = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]
const settableAttributes = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'DelaySeconds',
  'MaximumMessageSize',
  'RedrivePolicy',
  'RedriveAllowPolicy',
]

/**
 * Starts fauxqs on the messages in `directory`, with the template's queues as they are now declared.
 * `visibilitySeconds` shortens every queue's visibility timeout, so that a test need not wait for a retry.
 */
export async function startQueues(options: {
  directory: string
  template: Template
  visibilitySeconds?: number
}): Promise<Queues> {
  const { directory, template, visibilitySeconds } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const server = await onLoopback(() =>
    startFauxqs({ port: 0, logger: false, dataDir: directory, defaultRegion: template.region }),
  )
  const deployment = { url: `http://127.0.0.1:${server.port}`, accessKeyId: 'deployment' }
  for (const queue of template.ofType('AWS::SQS::Queue')) {
    const name = template.nameOf(queue.logicalId)
    const settable = attributesOf(queue, settableAttributes)
    if (visibilitySeconds !== undefined) settable.VisibilityTimeout = String(visibilitySeconds)
    const before = server.inspectQueue(name)
    if (!before) {
      server.createQueue(name, { attributes: { ...attributesOf(queue, fixedAttributes), ...settable } })
      continue
    }
    const target = { QueueUrl: before.url }
    await awsCall(deployment, 'AmazonSQS.SetQueueAttributes', { ...target, Attributes: settable })
    // Whoever received these died with the last run: nobody would delete them before their timeout.
    // One second, since 0 fails in fauxqs 2.4.1 when it keeps messages on disk (a column set to null).
    for (const { receiptHandle } of before.messages.inflight) {
      await awsCall(deployment, 'AmazonSQS.ChangeMessageVisibility', {
        ...target,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 1,
      })
    }
  }
  return { url: deployment.url, stop: () => server.stop() }
}

function attributesOf(queue: Resource, names: readonly string[]): Record<string, string> {
  const declared = names.flatMap((name) => {
    const value = queue.properties[name]
    if (value === undefined) return []
    return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const]
  })
  return Object.fromEntries(declared)
}

/**
 * fauxqs 2.4.1 listens on every interface whatever `host` it is given, and asks nobody who they are.
 * While it starts, a listen on 0.0.0.0 becomes one on 127.0.0.1.
 */
async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const listen = Server.prototype.listen
  Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
    const [first, ...rest] = given
    const narrowed =
      isListenOptions(first) && first.host === '0.0.0.0' ? { ...first, host: '127.0.0.1' } : first
    return Reflect.apply(listen, this, [narrowed, ...rest])
  }
  try {
    return await start()
  } finally {
    Server.prototype.listen = listen
  }
}

function isListenOptions(value: unknown): value is ListenOptions {
  return typeof value === 'object' && value !== null
}
