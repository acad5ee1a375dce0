import type { Need } from '../aws/prepared-call.ts'
import type { Template } from '../template/template.ts'

/** A queue as the edge knows it. */
export interface QueueAddress {
  name: string
  arn: string
}

/** SQS asks for the single action where a batch is sent. */
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

/** What a call to SQS needs, and the queue it is for. Throws where that cannot be told. */
export function queueNeeds(
  queues: ReadonlyMap<string, QueueAddress>,
  operation: string,
  body: Readonly<Record<string, unknown>>,
): { needs: Need[]; queue: QueueAddress } {
  const action = Object.hasOwn(queueActions, operation) ? queueActions[operation] : undefined
  if (!action) throw new Error(`The edge does not know the operation ${operation} of SQS.`)
  const queue = queues.get(queueName(operation, body))
  if (!queue) throw new Error('The template has no such queue.')
  return { queue, needs: [{ action: `sqs:${action}`, resource: queue.arn, context: {} }] }
}

function queueName(operation: string, body: Readonly<Record<string, unknown>>): string {
  const given = operation === 'GetQueueUrl' ? body.QueueName : body.QueueUrl
  if (typeof given !== 'string') throw new Error('The call names no queue.')
  if (operation === 'GetQueueUrl') return given
  const [, account, name, ...more] = URL.canParse(given) ? new URL(given).pathname.split('/') : []
  if (account === undefined || name === undefined || more.length > 0)
    throw new Error('The queue URL is not one.')
  return name
}
