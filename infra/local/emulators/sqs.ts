import { mkdirSync } from 'node:fs'
import { type ListenOptions, Server } from 'node:net'
import { startFauxqs } from 'fauxqs'
import { awsCall } from '../aws/call.ts'
import type { Template, TemplateResource } from '../template/template.ts'

export interface Sqs {
  url: string
  stop(): Promise<void>
}

/** Attributes that fauxqs accepts only when it creates a queue; and, below, those that it can also change later. */
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
 * Starts fauxqs on the messages in `directory`, with the queues that the template declares.
 * `visibilitySeconds` replaces every queue's visibility timeout, so that a test need not wait for a retry.
 */
export async function startSqs(options: {
  directory: string
  template: Template
  visibilitySeconds?: number
}): Promise<Sqs> {
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
    const existing = server.inspectQueue(name)
    if (!existing) {
      server.createQueue(name, { attributes: { ...attributesOf(queue, fixedAttributes), ...settable } })
      continue
    }
    const target = { QueueUrl: existing.url }
    await awsCall(deployment, 'AmazonSQS.SetQueueAttributes', { ...target, Attributes: settable })
    // The consumer of these messages ended with the last run. Make them visible again before their timeout.
    // After one second: 0 fails in fauxqs 2.4.1 when it stores messages on disk (it sets a column to null).
    for (const { receiptHandle } of existing.messages.inflight) {
      await awsCall(deployment, 'AmazonSQS.ChangeMessageVisibility', {
        ...target,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: 1,
      })
    }
  }
  return { url: deployment.url, stop: () => server.stop() }
}

function attributesOf(queue: TemplateResource, names: readonly string[]): Record<string, string> {
  const declared = names.flatMap((name) => {
    const value = queue.properties[name]
    if (value === undefined) return []
    return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const]
  })
  return Object.fromEntries(declared)
}

/**
 * fauxqs 2.4.1 ignores `host`, listens on every interface and authenticates nobody.
 * While it starts, this replaces a listen on 0.0.0.0 by one on 127.0.0.1.
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
