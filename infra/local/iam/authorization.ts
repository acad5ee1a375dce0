import type { RequiredPermission } from '../aws/prepared-call.ts'
import { accessDenied, type Service } from '../aws/responses.ts'
import type { Template } from '../template/template.ts'
import type { CallerIdentity } from './credentials.ts'
import { allowances, evaluatePolicies, type Policy, type PolicyDecision, type Principal } from './policy.ts'
import { readResourcePolicies } from './resource-policies.ts'
import { type Role, readRoles } from './roles.ts'

/** Decides calls by the policies of the template. */
export interface Authorization {
  roles: readonly Role[]
  role(logicalId: string): Role
  /** Throws an `AwsFault`, worded as by AWS, for the first permission that the caller does not have. */
  requireAll(service: Service, caller: CallerIdentity, permissions: readonly RequiredPermission[]): void
  allows(role: Role, action: string, resource: string): boolean
  /** Whether a service of AWS may assume the role. */
  trusts(role: Role, service: string): boolean
  exercised: ReadonlySet<string>
  granted: ReadonlySet<string>
}

/** Actions of the services behind the edge. */
const guardedActions = /^(\*|(cognito-idp|dynamodb|kms|sns|sqs|sts):.*)$/i

/** Reads all policies at the start, so that an unknown element of a policy stops the start and not a call. */
export function readAuthorization(template: Template): Authorization {
  const { account, region } = template
  const roles = readRoles(template)
  const resourcePolicies = readResourcePolicies(template)
  const policyOf = new Map([
    ...resourcePolicies,
    ...roles.map(({ arn, trust }): [string, Policy] => [arn, trust]),
  ])
  const exercised = new Set<string>()
  const granted = new Set(
    roles.flatMap(({ name, arn, identity }) =>
      [
        ...identity.flatMap((policy) => allowances(policy)),
        ...[...resourcePolicies.values()].flatMap((policy) => allowances(policy, arn)),
      ]
        .filter(({ action }) => guardedActions.test(action))
        .map(({ statement, action }) => `${name}|${statement}|${action}`),
    ),
  )

  const decide = (
    principal: Principal,
    identity: readonly Policy[],
    { action, resource, context }: RequiredPermission,
  ) => {
    const policy = policyOf.get(withoutIndex(resource))
    return evaluatePolicies(
      { principal, action, resource, context: { 'aws:RequestedRegion': region, ...context } },
      { identity, account, ...(policy && { resource: policy }) },
    )
  }
  const principalOf = ({ arn, tags }: { arn: string; tags: CallerIdentity['tags'] }) => ({
    roleArn: arn,
    tags,
  })
  const recordUse = (role: Role, { statement, action }: PolicyDecision) => {
    if (statement !== undefined) exercised.add(`${role.name}|${statement}|${action}`)
  }

  return {
    roles,
    exercised,
    granted,
    role(logicalId) {
      const role = roles.find((role) => role.logicalId === logicalId)
      if (!role) throw new Error(`The template has no role ${logicalId}.`)
      return role
    },
    requireAll(service, { role, tags, arn }, permissions) {
      const principal = principalOf({ arn: role.arn, tags })
      const decisions = permissions.map((permission) => {
        const decision = decide(principal, role.identity, permission)
        if (decision.allowed) return decision
        const why = decision.statement
          ? `with an explicit deny in ${decision.statement}`
          : 'because no policy allows it'
        throw accessDenied(
          service,
          `User: ${arn} is not authorized to perform: ${permission.action} on resource: ${permission.resource} ${why}`,
        )
      })
      for (const decision of decisions) recordUse(role, decision)
    },
    allows(role, action, resource) {
      const decision = decide(principalOf(role), role.identity, { action, resource, context: {} })
      recordUse(role, decision)
      return decision.allowed
    },
    trusts: (role, service) =>
      decide({ service }, [], { action: 'sts:AssumeRole', resource: role.arn, context: {} }).allowed,
  }
}

/** The resource whose policy applies: for an index, its table. A stream has a policy of its own. */
function withoutIndex(resource: string): string {
  return resource.replace(/(:table\/[^/]+)\/index\/.+$/, '$1')
}
