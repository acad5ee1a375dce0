import * as z from 'zod/mini'
import { parseProperties } from '../template/properties.ts'
import type { Template } from '../template/template.ts'
import { type Policy, readPolicy } from './policy.ts'

const tableShape = z.looseObject({
  Replicas: z.array(
    z.looseObject({
      Region: z.string(),
      ResourcePolicy: z.optional(z.strictObject({ PolicyDocument: z.unknown() })),
      ReplicaStreamSpecification: z.optional(z.never()),
    }),
  ),
})
const keyShape = z.looseObject({ KeyPolicy: z.unknown() })
const queuePolicyShape = z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) })
const topicPolicyShape = z.strictObject({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) })

/** The policies of tables, keys, queues and topics, by the ARN of the resource. */
export function readResourcePolicies(template: Template): ReadonlyMap<string, Policy> {
  const policies = new Map<string, Policy>()
  const add = (arn: string, name: string, document: unknown) => {
    if (policies.has(arn)) throw new Error(`${arn} has two policies.`)
    policies.set(arn, readPolicy(name, document, 'resource'))
  }
  for (const resource of template.ofType('AWS::DynamoDB::GlobalTable')) {
    const replica = parseProperties(tableShape, resource).Replicas.find(
      ({ Region }) => Region === template.region,
    )
    const document = replica?.ResourcePolicy?.PolicyDocument
    if (document !== undefined)
      add(template.arnOf(resource.logicalId), `table:${resource.logicalId}`, document)
  }
  for (const resource of template.ofType('AWS::KMS::Key')) {
    add(
      template.arnOf(resource.logicalId),
      `key:${resource.logicalId}`,
      parseProperties(keyShape, resource).KeyPolicy,
    )
  }
  const queues = template.ofType('AWS::SQS::Queue').map(({ logicalId }) => logicalId)
  for (const resource of template.ofType('AWS::SQS::QueuePolicy')) {
    const { PolicyDocument, Queues } = parseProperties(queuePolicyShape, resource)
    for (const url of Queues) {
      const logicalId = queues.find((id) => template.refOf(id) === url)
      if (!logicalId) throw new Error(`${resource.logicalId} is for a queue that is not in the template.`)
      add(template.arnOf(logicalId), `queue:${logicalId}`, PolicyDocument)
    }
  }
  for (const resource of template.ofType('AWS::SNS::TopicPolicy')) {
    const { PolicyDocument, Topics } = parseProperties(topicPolicyShape, resource)
    for (const arn of Topics) add(arn, `topic:${resource.logicalId}`, PolicyDocument)
  }
  return policies
}
