import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { synthesize } from '../../infra/app.ts'
import { synthesisOf, templateIn } from '../../infra/local/template/synthesis.ts'

const resource = z.object({
  Type: z.string(),
  Properties: z._default(z.record(z.string(), z.unknown()), {}),
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
})
const templateShape = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })),
})
export type Resource = z.infer<typeof resource>
export type Resources = Record<string, Resource>

/** The template without bundles, laid over by a context; synthesized once for all tests. */
export async function templateOf(context: Record<string, unknown> = {}): Promise<unknown> {
  return templateIn(await synthesisOf({ context, bundle: false }))
}

/** The stack's resources by logical id, without bundles. References are written out: `<TrailTable.Arn>`. */
export async function resourcesOf(context: Record<string, unknown> = {}): Promise<Resources> {
  const { Resources: found } = templateShape.parse(await templateOf(context))
  return z.record(z.string(), resource).parse(written(found))
}

/** Synthesizes anew, in this process, and gives the template. Throws what the app throws at a context that is wrong. */
export async function synthesizedAnew(context: Record<string, unknown> = {}): Promise<unknown> {
  return withOutdir(async (outdir) => (await synthesize({ outdir, bundle: false, context })).template)
}

/** Runs with a directory for a synthesis, and removes it. */
export async function withOutdir<T>(run: (outdir: string) => Promise<T>): Promise<T> {
  const outdir = await mkdtemp(join(tmpdir(), 'acasa-synth-'))
  try {
    return await run(outdir)
  } finally {
    await rm(outdir, { recursive: true })
  }
}

/** The resources of a type, by logical id. */
export function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type)
}

const ref = z.strictObject({ Ref: z.string() })
const attribute = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
const join_ = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })

/** A value with its intrinsic functions written out as text. */
function written(value: unknown): unknown {
  const isRef = ref.safeParse(value)
  if (isRef.success) return `<${isRef.data.Ref}>`
  const isAttribute = attribute.safeParse(value)
  if (isAttribute.success) return `<${isAttribute.data['Fn::GetAtt'].join('.')}>`
  const isJoin = join_.safeParse(value)
  if (isJoin.success) {
    const [separator, parts] = isJoin.data['Fn::Join']
    return parts.map(written).join(separator)
  }
  if (Array.isArray(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, written(part)]))
}

const listed = z.union([
  z.array(z.string()),
  z.pipe(
    z.string(),
    z.transform((item) => [item]),
  ),
])
const statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.optional(z.union([z.literal('*'), z.record(z.string(), listed)])),
  Action: listed,
  Resource: z.optional(listed),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
})
const document = z.object({ Statement: z.array(statement) })
export type Statement = z.infer<typeof statement>

/** The statements of a policy document: lists are lists even where one is alone. */
export function statementsIn(policy: unknown): Statement[] {
  return document.parse(policy).Statement
}

const rolePolicy = z.object({ Roles: z.array(z.string()), PolicyDocument: z.unknown() })

/** What each role may do, by the role's logical id. */
export function permissions(resources: Resources): Map<string, Statement[]> {
  const found = new Map<string, Statement[]>()
  for (const [, { Properties }] of ofType(resources, 'AWS::IAM::Policy')) {
    const { Roles, PolicyDocument } = rolePolicy.parse(Properties)
    for (const role of Roles) {
      const id = role.slice(1, -1)
      found.set(id, [...(found.get(id) ?? []), ...statementsIn(PolicyDocument)])
    }
  }
  return found
}

/** Whether a statement is about a table, or an index of it. */
export const isOn = ({ Resource = [] }: Statement, table: string) =>
  Resource.some((item) => item.split('/index/')[0] === `<${table}.Arn>`)
