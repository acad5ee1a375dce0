import * as z from 'zod/mini'
import {
  type Condition,
  checkVariables,
  holds,
  holdsElsewhereOnly,
  readCondition,
} from './policy-conditions.ts'
import { type Context, matchesArn, matchesText } from './policy-patterns.ts'

export type Principal = { roleArn: string; tags: Readonly<Record<string, string>> } | { service: string }

export interface Request {
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
  actions: Choice
  resources: Choice
  conditions: readonly Condition[]
}
/** `not`: everything but these, as in NotAction and NotResource. */
interface Choice {
  patterns: readonly string[]
  not: boolean
}

export interface Decision {
  allowed: boolean
  /** The statement that decided; none where nothing allowed. */
  by?: string
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

/** What a policy hangs on; it decides which elements a statement must have. */
export type PolicyPlace = 'role' | 'resource' | 'trust'

const awsPrincipal = /^(\*|\d{12}|arn:aws:iam::\d{12}:(root|role\/[\w+=,.@/-]+))$/
const resourcePattern = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$/

/** Reads a policy document once. Throws, naming the policy, at every element, operator or key not known here. */
export function readPolicy(name: string, document: unknown, place: PolicyPlace): Policy {
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

function readStatement(id: string, raw: RawStatement, place: PolicyPlace): Statement {
  const principals =
    raw.Principal === '*'
      ? { aws: ['*'], services: [] }
      : { aws: list(raw.Principal?.AWS), services: list(raw.Principal?.Service) }
  const unknown = principals.aws.find((principal) => !awsPrincipal.test(principal))
  if (unknown) throw new Error(`the principal ${unknown} is not known to the edge`)
  if ((place === 'role') !== (principals.aws.length + principals.services.length === 0)) {
    throw new Error(place === 'role' ? "a role's policy names no principal" : 'it names no principal')
  }
  const hasResource = raw.Resource !== undefined || raw.NotResource !== undefined
  if (place === 'trust' && hasResource) throw new Error('a trust policy names no resource')
  const resources =
    place === 'trust' ? { patterns: ['*'], not: false } : choice(raw.Resource, raw.NotResource)
  const odd = resources.patterns.find((pattern) => !resourcePattern.test(pattern))
  if (odd) throw new Error(`the resource ${odd} is not an ARN`)
  const actions = choice(raw.Action, raw.NotAction)
  if (actions.patterns.some((pattern) => pattern.includes('$'))) throw new Error('an action has no variables')
  resources.patterns.forEach(checkVariables)
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

function choice(these: string | string[] | undefined, not: string | string[] | undefined): Choice {
  if ((these === undefined) === (not === undefined)) throw new Error('it needs one of an element and its Not')
  return { patterns: list(these ?? not), not: not !== undefined }
}
function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

type Via = 'direct' | 'account' | 'none'

/** Whether a statement's principals include the caller: itself, or only through the account it belongs to. */
function via(statement: Statement, principal: Principal, account: string): Via {
  const { aws, services } = statement.principals
  if (aws.includes('*')) return 'direct'
  if ('service' in principal) return services.includes(principal.service) ? 'direct' : 'none'
  if (aws.includes(principal.roleArn)) return 'direct'
  return aws.includes(account) || aws.includes(`arn:aws:iam::${account}:root`) ? 'account' : 'none'
}

/** The action as written when the statement speaks about the request, else `undefined`. */
function applies(statement: Statement, request: Request, context: Context): string | undefined {
  const action = choose(statement.actions, (pattern) =>
    matchesText(pattern.toLowerCase(), request.action.toLowerCase(), context),
  )
  if (action === undefined) return undefined
  if (
    choose(statement.resources, (pattern) => matchesArn(pattern, request.resource, context)) === undefined
  ) {
    return undefined
  }
  return statement.conditions.every((condition) => holds(condition, context, statement.effect))
    ? action
    : undefined
}

/** The pattern that chose; a pattern with an unresolved variable matches nothing, and excludes nothing. */
function choose(
  { patterns, not }: Choice,
  matches: (pattern: string) => boolean | undefined,
): string | undefined {
  if (!not) return patterns.find((pattern) => matches(pattern) === true)
  return patterns.every((pattern) => matches(pattern) === false) ? '*' : undefined
}

/**
 * IAM's decision for a caller of the same account. An explicit deny wins. KMS keys and trust policies must allow
 * by themselves: the caller directly, or its account, and then a policy of the caller's role too. For every other
 * resource either side is enough.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(
  request: Request,
  policies: { identity: readonly Policy[]; resource?: Policy; account: string },
): Decision {
  const context = contextOf(request, policies.account)
  const found = (statements: readonly Statement[], effect: 'Allow' | 'Deny'): Decision | undefined => {
    for (const statement of statements) {
      if (statement.effect !== effect) continue
      const action = applies(statement, request, context)
      if (action !== undefined) return { allowed: effect === 'Allow', by: statement.id, action }
    }
    return undefined
  }
  const own = 'service' in request.principal ? [] : policies.identity.flatMap(({ statements }) => statements)
  const theirs = (policies.resource?.statements ?? []).map((statement) => ({
    statement,
    via: via(statement, request.principal, policies.account),
  }))
  const reached = (...ways: Via[]) =>
    theirs.filter((one) => ways.includes(one.via)).map((one) => one.statement)

  const denied = found(own, 'Deny') ?? found(reached('direct', 'account'), 'Deny')
  if (denied) return denied
  const byRole = found(own, 'Allow')
  const direct = found(reached('direct'), 'Allow')
  const resourceMustAllow = /^(kms|sts):/.test(request.action)
  const roleCounts = !resourceMustAllow || direct || found(reached('account'), 'Allow')
  return (roleCounts ? byRole : undefined) ?? direct ?? { allowed: false }
}

function contextOf({ principal, context }: Request, account: string): Context {
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
  // Two keys that differ in case only would let one hide the other.
  if (folded.size !== Object.keys(known).length) throw new Error('Two condition keys differ in case only.')
  return folded
}

/**
 * The actions that a policy allows, as it writes them; of a resource's policy those that it allows one role. What
 * only a call of another service could use (`kms:ViaService`) is left out.
 */
export function allowances(policy: Policy, roleArn?: string): { statement: string; action: string }[] {
  return policy.statements
    .filter(({ effect, principals }) => effect === 'Allow' && (!roleArn || principals.aws.includes(roleArn)))
    .filter(({ conditions }) => !conditions.some(holdsElsewhereOnly))
    .flatMap(({ id, actions }) =>
      (actions.not ? ['*'] : actions.patterns).map((action) => ({ statement: id, action })),
    )
}
