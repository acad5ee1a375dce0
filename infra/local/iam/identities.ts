import * as z from 'zod/mini'
import type { Resource, Template } from '../template/template.ts'
import { type Policy, readPolicy } from './policy.ts'

/** A role as the template makes it: whom it trusts, what it may do. */
export interface Role {
  logicalId: string
  name: string
  arn: string
  /** The role's own tags; a session's tags win over them. */
  tags: Readonly<Record<string, string>>
  trust: Policy
  identity: readonly Policy[]
  /** How long a session may last, in seconds. */
  maxSession: number
}

const tagList = z.array(z.strictObject({ Key: z.string(), Value: z.string() }))
const roleShape = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  Description: z.optional(z.string()),
  ManagedPolicyArns: z.optional(z.array(z.string())),
  MaxSessionDuration: z.optional(z.number()),
  Policies: z.optional(z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() }))),
  RoleName: z.optional(z.string()),
  Tags: z.optional(tagList),
})
const policyShape = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()),
})
const managedPolicyShape = z.strictObject({
  ManagedPolicyName: z.optional(z.string()),
  Description: z.optional(z.string()),
  Path: z.optional(z.string()),
  PolicyDocument: z.unknown(),
  Roles: z.optional(z.array(z.string())),
})

/** AWS's own policies that grant nothing behind the edge: logs and traces only. */
const harmless = [
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
]
const iamTypes = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']

/** Reads every role with all its policies. Throws at whatever could add to or take from a role and is not read here. */
export function readRoles(template: Template): Role[] {
  const odd = template.resources.find(({ type }) => type.startsWith('AWS::IAM::') && !iamTypes.includes(type))
  if (odd) throw new Error(`${odd.logicalId} is an ${odd.type}, which the edge does not read.`)

  const attached = template.ofType('AWS::IAM::Policy').map((resource) => {
    const { PolicyName, PolicyDocument, Roles } = parse(policyShape, resource)
    return { roles: Roles, policy: readPolicy(PolicyName, PolicyDocument, 'role') }
  })
  const managed = template.ofType('AWS::IAM::ManagedPolicy').map((resource) => {
    const { PolicyDocument, Roles = [] } = parse(managedPolicyShape, resource)
    const policy = readPolicy(template.nameOf(resource.logicalId), PolicyDocument, 'role')
    return { arn: template.arnOf(resource.logicalId), roles: Roles, policy }
  })

  return template.ofType('AWS::IAM::Role').map((resource) => {
    const { logicalId } = resource
    const role = parse(roleShape, resource)
    const name = template.nameOf(logicalId)
    const arns = role.ManagedPolicyArns ?? []
    const unread = arns.find(
      (arn) => !harmless.includes(arn) && !managed.some((policy) => policy.arn === arn),
    )
    if (unread) throw new Error(`${logicalId} has ${unread}, which the edge cannot read.`)
    return {
      logicalId,
      name,
      arn: template.arnOf(logicalId),
      tags: Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      trust: readPolicy(`trust:${logicalId}`, role.AssumeRolePolicyDocument, 'trust'),
      identity: [
        ...(role.Policies ?? []).map((own) => readPolicy(own.PolicyName, own.PolicyDocument, 'role')),
        ...attached.filter(({ roles }) => roles.includes(name)).map(({ policy }) => policy),
        ...managed
          .filter(({ arn, roles }) => roles.includes(name) || arns.includes(arn))
          .map(({ policy }) => policy),
      ],
      maxSession: role.MaxSessionDuration ?? 3600,
    }
  })
}

const replicas = z.looseObject({
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

/** The policies of tables, keys, queues and topics, by the ARN of what they hang on. */
export function readResourcePolicies(template: Template): ReadonlyMap<string, Policy> {
  const policies = new Map<string, Policy>()
  const add = (arn: string, name: string, document: unknown) => {
    if (policies.has(arn)) throw new Error(`${arn} has two policies.`)
    policies.set(arn, readPolicy(name, document, 'resource'))
  }
  for (const resource of template.ofType('AWS::DynamoDB::GlobalTable')) {
    const here = parse(replicas, resource).Replicas.find(({ Region }) => Region === template.region)
    const document = here?.ResourcePolicy?.PolicyDocument
    if (document !== undefined)
      add(template.arnOf(resource.logicalId), `table:${resource.logicalId}`, document)
  }
  for (const resource of template.ofType('AWS::KMS::Key')) {
    add(template.arnOf(resource.logicalId), `key:${resource.logicalId}`, parse(keyShape, resource).KeyPolicy)
  }
  const queues = template.ofType('AWS::SQS::Queue').map(({ logicalId }) => logicalId)
  for (const resource of template.ofType('AWS::SQS::QueuePolicy')) {
    const { PolicyDocument, Queues } = parse(queuePolicyShape, resource)
    for (const url of Queues) {
      const logicalId = queues.find((id) => template.refOf(id) === url)
      if (!logicalId) throw new Error(`${resource.logicalId} is for a queue that is not in the template.`)
      add(template.arnOf(logicalId), `queue:${logicalId}`, PolicyDocument)
    }
  }
  for (const resource of template.ofType('AWS::SNS::TopicPolicy')) {
    const { PolicyDocument, Topics } = parse(topicPolicyShape, resource)
    for (const arn of Topics) add(arn, `topic:${resource.logicalId}`, PolicyDocument)
  }
  return policies
}

function parse<T extends z.ZodMiniType>(shape: T, { logicalId, properties }: Resource): z.output<T> {
  const parsed = z.safeParse(shape, properties)
  if (parsed.success) return parsed.data
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
  throw new Error(`${logicalId} has a shape that the edge does not know: ${paths.join(', ')}.`)
}
