import { Duration } from 'aws-cdk-lib'
import { AccountRootPrincipal, ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { PartyKind } from '../schemas/values/parties.ts'
import { type FunctionName, functionNames, sessionKinds } from './function-table.ts'
import { pinned, titled } from './logical-id.ts'

export interface Roles {
  /** The execution role of each function. */
  base: Record<FunctionName, Role>
  /** The role that a function of many parties assumes with the tags of its caller. */
  session: Partial<Record<PartyKind, Role>>
  /** The role that accesses data for a kind of party, `watch` or `figures`: its session role if it has one. */
  working: (kind: PartyKind | 'watch' | 'figures') => Role
  breakGlass: Role
}

/**
 * The roles, without their permissions: key policies name roles, and permissions name keys.
 * No role holds a managed policy.
 */
export function createRoles(parent: Construct): Roles {
  const scope = new Construct(parent, 'Roles')
  const base = Object.fromEntries(functionNames.map((name) => [name, baseRole(scope, name)])) as Roles['base']
  const session: Roles['session'] = Object.fromEntries(
    sessionKinds.map((kind) => [kind, sessionRole(scope, kind, base[kind])]),
  )
  return {
    base,
    session,
    working: (kind) => (kind === 'watch' || kind === 'figures' ? undefined : session[kind]) ?? base[kind],
    breakGlass: breakGlassRole(scope),
  }
}

function baseRole(scope: Construct, name: FunctionName): Role {
  const role = new Role(scope, name, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `The function ${name}.`,
  })
  return pinned(role, `${titled(name)}Role`)
}

/**
 * A session for one caller, with exactly the tags `code` and `filer` of four characters each. AWS allows an empty tag,
 * with which the pattern `<filer>*` would match every return.
 */
function sessionRole(scope: Construct, kind: PartyKind, base: Role): Role {
  const exactly = {
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['code', 'filer'] },
    Null: { 'aws:RequestTag/code': 'false', 'aws:RequestTag/filer': 'false' },
    StringLike: { 'aws:RequestTag/code': '????', 'aws:RequestTag/filer': '????' },
  }
  const role = new Role(scope, `${kind}-session`, {
    assumedBy: new ArnPrincipal(base.roleArn).withConditions(exactly).withSessionTags(),
    description: `The function ${kind} at work for one caller.`,
    maxSessionDuration: Duration.hours(1),
  })
  return pinned(role, `${titled(kind)}SessionRole`)
}

/**
 * The role for repairs by hand, which the tables deny to everybody else. It has no permission: an administrator must
 * attach one first, and a person who used a second factor within the hour must assume the role. Two people leave two
 * records.
 */
function breakGlassRole(scope: Construct): Role {
  const role = new Role(scope, 'break-glass', {
    assumedBy: new AccountRootPrincipal().withConditions({
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
    }),
    description:
      'Repairs by hand what the tables deny to everyone else. Empty until an administrator fills it.',
    maxSessionDuration: Duration.hours(1),
  })
  return pinned(role, 'BreakGlassRole')
}
