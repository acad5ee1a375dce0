import type { RequiredPermission } from '../aws/prepared-call.ts'
import type { Template } from '../template/template.ts'

/** A queue as the edge knows it. */
export interface QueueAddress {
  name: string
  arn: string
}

/** For a batch, SQS requires the permission of the single action. */
const queueActions: Record<string, string> = {
  ChangeMessageVisibility: 'ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  DeleteMessage: 'DeleteMessage',
  DeleteMessageBatch: 'DeleteMessage',
  GetQueueAttributes: 'GetQueueAttributes',
  GetQueueUrl: 'GetQueueUrl',
  PurgeQueue: 'PurgeQueue',
  ReceiveMessage: 'ReceiveMessage',
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  SetQueueAttributes: 'SetQueueAttributes',
}

/** The template's queues by name. */
export function queuesOf(template: Template): ReadonlyMap<string, QueueAddress> {
  return new Map(
    template.ofType('AWS::SQS::Queue').map(({ logicalId }) => {
      const name = template.nameOf(logicalId)
      return [name, { name, arn: template.arnOf(logicalId) }]
    }),
  )
}

/** The permissions that a call to SQS requires, and its queue. Throws where they are not certain. */
export function queuePermissions(
  queues: ReadonlyMap<string, QueueAddress>,
  operation: string,
  body: Readonly<Record<string, unknown>>,
): { permissions: RequiredPermission[]; queue: QueueAddress } {
  const action = Object.hasOwn(queueActions, operation) ? queueActions[operation] : undefined
  if (!action) throw new Error(`The edge does not know the operation ${operation} of SQS.`)
  const queue = queues.get(queueName(operation, body))
  if (!queue) throw new Error('The template has no such queue.')
  return { queue, permissions: [{ action: `sqs:${action}`, resource: queue.arn, context: {} }] }
}

function queueName(operation: string, body: Readonly<Record<string, unknown>>): string {
  const named = operation === 'GetQueueUrl' ? body.QueueName : body.QueueUrl
  if (typeof named !== 'string') throw new Error('The call names no queue.')
  if (operation === 'GetQueueUrl') return named
  const [, account, name, ...more] = URL.canParse(named) ? new URL(named).pathname.split('/') : []
  if (account === undefined || name === undefined || more.length > 0)
    throw new Error('The queue URL is malformed.')
  return name
}
