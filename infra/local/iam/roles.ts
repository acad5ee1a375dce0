import * as z from 'zod/mini'
import { parseProperties } from '../template/properties.ts'
import type { Template } from '../template/template.ts'
import { type Policy, readPolicy } from './policy.ts'

/** A role as the template declares it: who may assume it, and what it may do. */
export interface Role {
  logicalId: string
  name: string
  arn: string
  /** The role's own tags. A tag of a session replaces them. */
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

/** AWS's own policies for logs and traces: they grant nothing behind the edge. */
const harmless = [
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
]
const iamTypes = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']

/**
 * Reads every role with all its policies. Throws at anything that could change the rights of a role and is not read
 * here.
 */
export function readRoles(template: Template): Role[] {
  const unknown = template.resources.find(
    ({ type }) => type.startsWith('AWS::IAM::') && !iamTypes.includes(type),
  )
  if (unknown) throw new Error(`${unknown.logicalId} is an ${unknown.type}, which the edge does not read.`)

  const attached = template.ofType('AWS::IAM::Policy').map((resource) => {
    const { PolicyName, PolicyDocument, Roles } = parseProperties(policyShape, resource)
    return { roles: Roles, policy: readPolicy(PolicyName, PolicyDocument, 'role') }
  })
  const managed = template.ofType('AWS::IAM::ManagedPolicy').map((resource) => {
    const { PolicyDocument, Roles = [] } = parseProperties(managedPolicyShape, resource)
    const policy = readPolicy(template.nameOf(resource.logicalId), PolicyDocument, 'role')
    return { arn: template.arnOf(resource.logicalId), roles: Roles, policy }
  })

  return template.ofType('AWS::IAM::Role').map((resource) => {
    const { logicalId } = resource
    const role = parseProperties(roleShape, resource)
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
        ...(role.Policies ?? []).map((inline) =>
          readPolicy(inline.PolicyName, inline.PolicyDocument, 'role'),
        ),
        ...attached.filter(({ roles }) => roles.includes(name)).map(({ policy }) => policy),
        ...managed
          .filter(({ arn, roles }) => roles.includes(name) || arns.includes(arn))
          .map(({ policy }) => policy),
      ],
      maxSession: role.MaxSessionDuration ?? 3600,
    }
  })
}
