import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

const oneOrMore = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value: string | string[]) => [value].flat()),
)
const statement = z.looseObject({
  Sid: z.optional(z.string()),
  Effect: z.string(),
  Action: oneOrMore,
  Resource: z.optional(z.unknown()),
})
const document = z.looseObject({ Statement: z.array(statement) })
const source = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.optional(z.unknown()) })),
})

/** The synthesized template of a running stack, before anything in it is resolved. */
export function synthesizedIn(dataDir: string): unknown {
  const outdir = join(dataDir, 'template')
  const file = readdirSync(outdir).find((name) => name.endsWith('.template.json')) ?? ''
  return JSON.parse(readFileSync(join(outdir, file), 'utf8'))
}

/** Routes and what looks on: two thirds of a template, on which no policy hangs and which no policy names. */
const aside =
  /^AWS::(ApiGatewayV2::Route|ApiGatewayV2::Integration|CloudWatch::|Cognito::UserPoolGroup|Lambda::Permission)/

/** As much of a template as rights follow from: what is tried many times is read faster so. */
export function rightsIn(template: unknown): unknown {
  const { Resources } = source.parse(template)
  const kept = Object.entries(Resources).filter(([, { Type }]) => !aside.test(Type))
  return { Resources: Object.fromEntries(kept) }
}

/** One action that one statement of one policy allows, on one of its resources where it names several. */
export interface Grant {
  /** Where the policy hangs: a policy, a key, or a role with the statement of whom it trusts. */
  logicalId: string
  /** Its Sid, or its place among the others. */
  sid: string
  action: string
  /** The resource, by its place in the statement; without one, all of them. */
  resource: number | undefined
  /** What that is, as the template says it. */
  about: string
}

export const written = ({ logicalId, sid, action, resource }: Omit<Grant, 'about'>) =>
  `${logicalId}#${sid} ${action}${resource === undefined ? '' : ` on ${resource}`}`

const documents = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
} as const
const placeOf = (type: string) => Object.entries(documents).find(([kind]) => kind === type)?.[1]
const isGuarded = (action: string) => /^(cognito-idp|dynamodb|kms|sns|sqs|sts):/.test(action)

/** All that the template allows, of the services behind the edge. */
export function grantsOf(template: unknown): Grant[] {
  return Object.entries(source.parse(template).Resources).flatMap(([logicalId, { Type, Properties }]) => {
    const place = placeOf(Type)
    if (!place) return []
    const policy = document.parse(z.looseObject({}).parse(Properties)[place])
    return policy.Statement.flatMap(({ Sid, Effect, Action, Resource }, position) => {
      const several = Array.isArray(Resource) && Resource.length > 1 ? Resource : [undefined]
      if (Effect !== 'Allow') return []
      return Action.filter(isGuarded).flatMap((action) =>
        several.map((item, index) => ({
          logicalId,
          sid: Sid ?? String(position),
          action,
          resource: item === undefined ? undefined : index,
          about: JSON.stringify(item ?? Resource ?? ''),
        })),
      )
    })
  })
}

/** The template without one of its grants; a statement that has no action left goes with it. */
export function without(
  template: unknown,
  { logicalId, sid, action, resource }: Omit<Grant, 'about'>,
): unknown {
  const whole = source.parse(template)
  const changed = whole.Resources[logicalId]
  const place = placeOf(changed?.Type ?? '')
  if (!changed || !place) throw new Error(`The template has no policy at ${logicalId}.`)
  const properties = z.looseObject({}).parse(changed.Properties)
  const policy = document.parse(properties[place])
  const Statement = policy.Statement.flatMap((item, position) => {
    if ((item.Sid ?? String(position)) !== sid || item.Effect !== 'Allow') return [item]
    const Action = item.Action.filter((other) => other !== action)
    const others = Action.length > 0 ? [{ ...item, Action }] : []
    if (resource === undefined || !Array.isArray(item.Resource)) return others
    const Resource = item.Resource.filter((_, index) => index !== resource)
    return [...others, { ...item, Action: [action], Resource }]
  })
  const Properties = { ...properties, [place]: { ...policy, Statement } }
  return { ...whole, Resources: { ...whole.Resources, [logicalId]: { ...changed, Properties } } }
}
