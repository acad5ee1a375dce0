import { accessDenied, type Service } from '../aws/answers.ts'
import type { Need } from '../aws/prepared-call.ts'
import type { Template } from '../template/template.ts'
import type { Caller } from './callers.ts'
import { type Role, readResourcePolicies, readRoles } from './identities.ts'
import { allowances, evaluate, type Policy, type Principal } from './policy.ts'

/** The template's policies, applied. */
export interface Rights {
  roles: readonly Role[]
  role(logicalId: string): Role
  /** Throws an `AwsFault`, as AWS words it, at the first need that is not allowed. */
  demand(service: Service, caller: Caller, needs: readonly Need[]): void
  allows(role: Role, action: string, resource: string): boolean
  /** Whether a service of AWS may assume the role. */
  trusts(role: Role, service: string): boolean
  exercised: ReadonlySet<string>
  granted: ReadonlySet<string>
}

const guarded = /^(\*|(cognito-idp|dynamodb|kms|sns|sqs|sts):.*)$/i

/** Reads all policies at once, so that one that cannot be judged stops the start and not a call. */
export function readRights(template: Template): Rights {
  const { account, region } = template
  const roles = readRoles(template)
  const ofResources = readResourcePolicies(template)
  const policyOf = new Map([...ofResources, ...roles.map(({ arn, trust }): [string, Policy] => [arn, trust])])
  const exercised = new Set<string>()
  const granted = new Set(
    roles.flatMap(({ name, arn, identity }) =>
      [
        ...identity.flatMap((policy) => allowances(policy)),
        ...[...ofResources.values()].flatMap((policy) => allowances(policy, arn)),
      ]
        .filter(({ action }) => guarded.test(action))
        .map(({ statement, action }) => `${name}|${statement}|${action}`),
    ),
  )

  const judge = (principal: Principal, identity: readonly Policy[], { action, resource, context }: Need) => {
    const policy = policyOf.get(policyPlace(resource))
    return evaluate(
      { principal, action, resource, context: { 'aws:RequestedRegion': region, ...context } },
      { identity, account, ...(policy && { resource: policy }) },
    )
  }
  const principalOf = ({ arn, tags }: { arn: string; tags: Caller['tags'] }) => ({ roleArn: arn, tags })
  const mark = (role: Role, { by, action }: { by?: string; action?: string }) => {
    if (by !== undefined) exercised.add(`${role.name}|${by}|${action}`)
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
    demand(service, { role, tags, arn }, needs) {
      const principal = principalOf({ arn: role.arn, tags })
      const decisions = needs.map((need) => {
        const decision = judge(principal, role.identity, need)
        if (decision.allowed) return decision
        const why = decision.by ? `with an explicit deny in ${decision.by}` : 'because no policy allows it'
        throw accessDenied(
          service,
          `User: ${arn} is not authorized to perform: ${need.action} on resource: ${need.resource} ${why}`,
        )
      })
      for (const decision of decisions) mark(role, decision)
    },
    allows(role, action, resource) {
      const decision = judge(principalOf(role), role.identity, { action, resource, context: {} })
      mark(role, decision)
      return decision.allowed
    },
    trusts: (role, service) =>
      judge({ service }, [], { action: 'sts:AssumeRole', resource: role.arn, context: {} }).allowed,
  }
}

/** The resource whose policy speaks for another: of an index its table. Streams have policies of their own. */
function policyPlace(resource: string): string {
  return resource.replace(/(:table\/[^/]+)\/index\/.+$/, '$1')
}
