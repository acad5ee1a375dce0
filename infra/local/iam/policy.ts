import * as z from 'zod/mini'
import {
  type Condition,
  conditionHolds,
  needsAbsentKey,
  readCondition,
  requireKnownVariables,
} from './policy-conditions.ts'
import { type Context, matchesArn, matchesText } from './policy-patterns.ts'

export type Principal = { roleArn: string; tags: Readonly<Record<string, string>> } | { service: string }

export interface PolicyRequest {
  principal: Principal
  action: string
  resource: string
  /** Condition keys beyond those of the principal. */
  context: Readonly<Record<string, string | readonly string[]>>
}

export interface Policy {
  name: string
  statements: readonly Statement[]
}

interface Statement {
  /** `<policy>#<Sid or position>` */
  id: string
  effect: 'Allow' | 'Deny'
  principals: { aws: readonly string[]; services: readonly string[] }
  actions: Patterns
  resources: Patterns
  conditions: readonly Condition[]
}
/** `negated`: everything except these, as in NotAction and NotResource. */
interface Patterns {
  patterns: readonly string[]
  negated: boolean
}

export interface PolicyDecision {
  allowed: boolean
  /** The statement that decided; none where no statement allowed the request. */
  statement?: string
  /** The action as that statement writes it. */
  action?: string
}

const oneOrMore = z.union([z.string(), z.array(z.string())])
const scalar = z.union([z.string(), z.boolean(), z.number()])
const documentShape = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.optional(z.string()),
  Statement: z.array(
    z.strictObject({
      Sid: z.optional(z.string()),
      Effect: z.enum(['Allow', 'Deny']),
      Principal: z.optional(
        z.union([
          z.literal('*'),
          z.strictObject({ AWS: z.optional(oneOrMore), Service: z.optional(oneOrMore) }),
        ]),
      ),
      Action: z.optional(oneOrMore),
      NotAction: z.optional(oneOrMore),
      Resource: z.optional(oneOrMore),
      NotResource: z.optional(oneOrMore),
      Condition: z.optional(z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)])))),
    }),
  ),
})
type RawStatement = z.infer<typeof documentShape>['Statement'][number]

/** What a policy is attached to. It decides which elements a statement must have. */
export type PolicyKind = 'role' | 'resource' | 'trust'

const awsPrincipal = /^(\*|\d{12}|arn:aws:iam::\d{12}:(root|role\/[\w+=,.@/-]+))$/
const resourcePattern = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$/

/** Reads a policy document. Throws, naming the policy, at every element, operator or key that is not known here. */
export function readPolicy(name: string, document: unknown, place: PolicyKind): Policy {
  const parsed = documentShape.safeParse(document)
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
    throw new Error(`The policy ${name} has a shape that the edge does not know: ${paths.join(', ')}.`)
  }
  return {
    name,
    statements: parsed.data.Statement.map((raw, position) => {
      const id = `${name}#${raw.Sid ?? position}`
      try {
        return readStatement(id, raw, place)
      } catch (cause) {
        throw new Error(`${id}: ${cause instanceof Error ? cause.message : 'unreadable'}`, { cause })
      }
    }),
  }
}

function readStatement(id: string, raw: RawStatement, place: PolicyKind): Statement {
  const principals =
    raw.Principal === '*'
      ? { aws: ['*'], services: [] }
      : { aws: listOf(raw.Principal?.AWS), services: listOf(raw.Principal?.Service) }
  const unknown = principals.aws.find((principal) => !awsPrincipal.test(principal))
  if (unknown) throw new Error(`the principal ${unknown} is not known to the edge`)
  if ((place === 'role') !== (principals.aws.length + principals.services.length === 0)) {
    throw new Error(place === 'role' ? "a role's policy names no principal" : 'it names no principal')
  }
  const hasResource = raw.Resource !== undefined || raw.NotResource !== undefined
  if (place === 'trust' && hasResource) throw new Error('a trust policy names no resource')
  const resources =
    place === 'trust' ? { patterns: ['*'], negated: false } : patternsOf(raw.Resource, raw.NotResource)
  const malformed = resources.patterns.find((pattern) => !resourcePattern.test(pattern))
  if (malformed) throw new Error(`the resource ${malformed} is not an ARN`)
  const actions = patternsOf(raw.Action, raw.NotAction)
  if (actions.patterns.some((pattern) => pattern.includes('$'))) throw new Error('an action has no variables')
  resources.patterns.forEach(requireKnownVariables)
  return {
    id,
    effect: raw.Effect,
    principals,
    actions,
    resources,
    conditions: Object.entries(raw.Condition ?? {}).flatMap(([operator, block]) =>
      Object.entries(block).map(([key, values]) =>
        readCondition(operator, key, (Array.isArray(values) ? values : [values]).map(String)),
      ),
    ),
  }
}

/** The patterns of an element or of its negation: a statement has exactly one of the two. */
function patternsOf(
  element: string | string[] | undefined,
  negation: string | string[] | undefined,
): Patterns {
  if ((element === undefined) === (negation === undefined))
    throw new Error('it needs either an element or its Not')
  return { patterns: listOf(element ?? negation), negated: negation !== undefined }
}
function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

type PrincipalMatch = 'direct' | 'account' | 'none'

/** Whether a statement names the caller as a principal: directly, or only through its account. */
function principalMatch(statement: Statement, principal: Principal, account: string): PrincipalMatch {
  const { aws, services } = statement.principals
  if (aws.includes('*')) return 'direct'
  if ('service' in principal) return services.includes(principal.service) ? 'direct' : 'none'
  if (aws.includes(principal.roleArn)) return 'direct'
  return aws.includes(account) || aws.includes(`arn:aws:iam::${account}:root`) ? 'account' : 'none'
}

/** The action as the statement writes it, where the statement applies to the request; else undefined. */
function matchedAction(statement: Statement, request: PolicyRequest, context: Context): string | undefined {
  const action = firstMatch(statement.actions, (pattern) =>
    matchesText(pattern.toLowerCase(), request.action.toLowerCase(), context),
  )
  if (action === undefined) return undefined
  if (
    firstMatch(statement.resources, (pattern) => matchesArn(pattern, request.resource, context)) === undefined
  ) {
    return undefined
  }
  return statement.conditions.every((condition) => conditionHolds(condition, context, statement.effect))
    ? action
    : undefined
}

/** The first pattern that matches. A pattern with an unresolved variable matches nothing and excludes nothing. */
function firstMatch(
  { patterns, negated }: Patterns,
  matches: (pattern: string) => boolean | undefined,
): string | undefined {
  if (!negated) return patterns.find((pattern) => matches(pattern) === true)
  return patterns.every((pattern) => matches(pattern) === false) ? '*' : undefined
}

/**
 * IAM's decision for a caller of the same account. An explicit deny wins. A KMS key or a trust policy must itself allow
 * the caller directly; or it allows the account, and then a policy of the caller's role must allow too. For every other
 * resource, the role's policy or the resource's policy is enough.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  request: PolicyRequest,
  policies: { identity: readonly Policy[]; resource?: Policy; account: string },
): PolicyDecision {
  const context = contextOf(request, policies.account)
  const found = (statements: readonly Statement[], effect: 'Allow' | 'Deny'): PolicyDecision | undefined => {
    for (const statement of statements) {
      if (statement.effect !== effect) continue
      const action = matchedAction(statement, request, context)
      if (action !== undefined) return { allowed: effect === 'Allow', statement: statement.id, action }
    }
    return undefined
  }
  const ofRole =
    'service' in request.principal ? [] : policies.identity.flatMap(({ statements }) => statements)
  const ofResource = (policies.resource?.statements ?? []).map((statement) => ({
    statement,
    match: principalMatch(statement, request.principal, policies.account),
  }))
  const matching = (...matches: PrincipalMatch[]) =>
    ofResource.filter(({ match }) => matches.includes(match)).map(({ statement }) => statement)

  const denied = found(ofRole, 'Deny') ?? found(matching('direct', 'account'), 'Deny')
  if (denied) return denied
  const byRole = found(ofRole, 'Allow')
  const direct = found(matching('direct'), 'Allow')
  const resourceMustAllow = /^(kms|sts):/.test(request.action)
  const roleCounts = !resourceMustAllow || direct || found(matching('account'), 'Allow')
  return (roleCounts ? byRole : undefined) ?? direct ?? { allowed: false }
}

function contextOf({ principal, context }: PolicyRequest, account: string): Context {
  const known: Record<string, string | readonly string[]> = {
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    ...('service' in principal
      ? { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service }
      : {
          'aws:PrincipalIsAWSService': 'false',
          'aws:PrincipalAccount': account,
          'aws:PrincipalArn': principal.roleArn,
          ...Object.fromEntries(
            Object.entries(principal.tags).map(([key, tag]) => [`aws:PrincipalTag/${key}`, tag]),
          ),
        }),
    ...context,
  }
  const folded = new Map(
    Object.entries(known).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  )
  // IAM compares keys without case: of two keys that differ in case only, one would hide the other.
  if (folded.size !== Object.keys(known).length) throw new Error('Two condition keys differ in case only.')
  return folded
}

/**
 * The actions that a policy allows, as it writes them; from a resource's policy, those that it allows to one role.
 * Statements that only a call of another service can use (`kms:ViaService`) are left out.
 */
export function allowances(policy: Policy, roleArn?: string): { statement: string; action: string }[] {
  return policy.statements
    .filter(({ effect, principals }) => effect === 'Allow' && (!roleArn || principals.aws.includes(roleArn)))
    .filter(({ conditions }) => !conditions.some(needsAbsentKey))
    .flatMap(({ id, actions }) =>
      (actions.negated ? ['*'] : actions.patterns).map((action) => ({ statement: id, action })),
    )
}
