import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

const oneOrMore = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value: string | string[]) => [value].flat()),
)
const statement = z.looseObject({ Sid: z.optional(z.string()), Effect: z.string(), Action: oneOrMore })
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

/** One action that one statement of one policy allows. */
export interface Grant {
  /** Where the policy hangs: a policy, a key, or a role with the statement of whom it trusts. */
  logicalId: string
  /** Its Sid, or its place among the others. */
  sid: string
  action: string
}

export const written = ({ logicalId, sid, action }: Grant) => `${logicalId}#${sid} ${action}`

const documents = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
} as const
const isGuarded = (action: string) => /^(dynamodb|kms|sqs|sts):/.test(action)

/** All that the template allows, of the services behind the edge. */
export function grantsOf(template: unknown): Grant[] {
  return Object.entries(source.parse(template).Resources).flatMap(([logicalId, { Type, Properties }]) => {
    const place = documents[Type as keyof typeof documents]
    if (!place) return []
    const policy = document.parse(z.looseObject({}).parse(Properties)[place])
    return policy.Statement.flatMap(({ Sid, Effect, Action }, position) =>
      Effect !== 'Allow'
        ? []
        : Action.filter(isGuarded).map((action) => ({ logicalId, sid: Sid ?? String(position), action })),
    )
  })
}

/** The template without one of its grants; a statement that has no action left goes with it. */
export function without(template: unknown, { logicalId, sid, action }: Grant): unknown {
  const copy = source.parse(structuredClone(template))
  const resource = copy.Resources[logicalId]
  const place = documents[resource?.Type as keyof typeof documents]
  const properties = z.looseObject({}).parse(resource?.Properties)
  const policy = document.parse(properties[place])
  const Statement = policy.Statement.flatMap((one, position) => {
    if ((one.Sid ?? String(position)) !== sid || one.Effect !== 'Allow') return [one]
    const Action = one.Action.filter((other) => other !== action)
    return Action.length > 0 ? [{ ...one, Action }] : []
  })
  copy.Resources[logicalId] = {
    ...resource,
    Type: resource?.Type ?? '',
    Properties: { ...properties, [place]: { ...policy, Statement } },
  }
  return copy
}
