import * as z from 'zod/mini'
import { type ResourceKind, resourceKinds } from './resource-kinds.ts'

export interface TemplateResource {
  logicalId: string
  type: string
  /** Resolved: no intrinsic function is left. */
  properties: Record<string, unknown>
}

export interface Template {
  region: string
  account: string
  resources: readonly TemplateResource[]
  ofType(type: string): readonly TemplateResource[]
  byId(logicalId: string): TemplateResource
  /** The physical name; for a queue its name, not its URL. */
  nameOf(logicalId: string): string
  /** The value of `Ref`; for a queue its URL. */
  refOf(logicalId: string): string
  arnOf(logicalId: string): string
  /** The value of `Fn::GetAtt`. */
  attributeOf(logicalId: string, attribute: string): string
  outputs: Readonly<Record<string, string>>
}

/**
 * Addresses that only the running stack knows. The edge needs none of them; the template is read again once they are
 * known.
 */
export interface Endpoints {
  /** The address of SQS for functions, which is the edge. A queue's URL is `${sqsUrl}/${account}/${name}`. */
  sqsUrl: string
  /** Replaces the address of the user pool's issuer. */
  issuer: string
  /** Replaces the API's execute-api address. */
  apiUrl: string
  /** Replaces the origin of the pages, to which sign-in sends people back. */
  deskUrl: string
}

export const localPlace = { region: 'eu-central-1', account: '000000000000', stack: 'Acasa' } as const

const documentShape = z.strictObject({
  Resources: z.record(
    z.string(),
    z.strictObject({
      Type: z.string(),
      Properties: z.optional(z.record(z.string(), z.unknown())),
      DependsOn: z.optional(z.unknown()),
      Metadata: z.optional(z.unknown()),
      DeletionPolicy: z.optional(z.string()),
      UpdateReplacePolicy: z.optional(z.string()),
    }),
  ),
  Outputs: z.optional(z.record(z.string(), z.looseObject({ Value: z.unknown() }))),
  Parameters: z.optional(z.unknown()),
  Rules: z.optional(z.unknown()),
  Description: z.optional(z.string()),
})

const pseudoParameters: Record<string, string> = {
  'AWS::Region': localPlace.region,
  'AWS::AccountId': localPlace.account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': localPlace.stack,
  'AWS::StackId': `arn:aws:cloudformation:${localPlace.region}:${localPlace.account}:stack/${localPlace.stack}/local`,
}

/** Marks a value that `Ref: AWS::NoValue` removes. */
const noValue = Symbol('AWS::NoValue')

/**
 * Reads a synthesized stack, and resolves physical names, ARNs and intrinsic functions as CloudFormation would.
 * Throws, naming it, at a reference to an unknown resource and at an unknown intrinsic function or attribute.
 */
export function readTemplate(template: unknown, endpoints: Endpoints): Template {
  const document = documentShape.parse(template)
  const pages = pagesIn(document.Resources)

  const rawOf = (logicalId: string) => {
    const raw = document.Resources[logicalId]
    if (!raw) throw new Error(`The template has no resource ${logicalId}.`)
    return raw
  }
  const kindOf = (logicalId: string): ResourceKind => resourceKinds[rawOf(logicalId).Type] ?? {}

  function nameOf(logicalId: string): string {
    const { Properties: properties = {} } = rawOf(logicalId)
    const { named, physical } = kindOf(logicalId)
    const ownName = named === undefined ? undefined : properties[named]
    if (ownName !== undefined) return text(resolve(ownName), `${logicalId}.${named}`)
    if (physical) return fill(physical, logicalId)
    return properties.FifoQueue === true ? `${logicalId}.fifo` : logicalId
  }
  function fill(pattern: string, name: string): string {
    const values: Record<string, string> = { ...localPlace, ...endpoints, name }
    return pattern.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
  }
  const refOf = (logicalId: string) => fill(kindOf(logicalId).ref ?? '{name}', nameOf(logicalId))

  function attributeOf(logicalId: string, attribute: string): string {
    const kind = kindOf(logicalId)
    const pattern = attribute === 'Arn' ? kind.arn : kind.attributes?.[attribute]
    if (pattern === undefined) {
      throw new Error(`${rawOf(logicalId).Type} ${logicalId} has no known attribute ${attribute}.`)
    }
    return fill(pattern, nameOf(logicalId))
  }
  const arnOf = (logicalId: string) => attributeOf(logicalId, 'Arn')

  function reference(target: string): string | typeof noValue {
    if (target === 'AWS::NoValue') return noValue
    return pseudoParameters[target] ?? refOf(target)
  }
  function attribute(path: string): string {
    const [logicalId = '', ...rest] = path.split('.')
    return attributeOf(logicalId, rest.join('.'))
  }

  /** Replaces an address of the cloud or of the pages by the address on this machine. */
  function localAddress(address: string): string {
    if (!/^https?:/.test(address)) return address
    for (const [logicalId, { Type }] of Object.entries(document.Resources)) {
      const replacement = resourceKinds[Type]?.replaces
      if (!replacement) continue
      const [cloud, local] = [fill(replacement.cloud, nameOf(logicalId)), fill(replacement.local, '')]
      if (isBelow(address, cloud)) return local + address.slice(cloud.length)
    }
    return pages && isBelow(address, pages) ? endpoints.deskUrl + address.slice(pages.length) : address
  }

  function intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return reference(text(argument, name))
      case 'Fn::GetAtt':
        return attribute(Array.isArray(argument) ? texts(argument, name).join('.') : text(argument, name))
      case 'Fn::Join': {
        const [separator, parts] = pair(argument, name)
        return localAddress(texts(resolve(parts), name).join(text(separator, name)))
      }
      case 'Fn::Split': {
        const [separator, source] = pair(argument, name)
        return text(resolve(source), name).split(text(separator, name))
      }
      case 'Fn::Select': {
        const [index, source] = pair(argument, name)
        return text(texts(resolve(source), name)[Number(index)], name)
      }
      case 'Fn::Sub': {
        const [pattern, own] = Array.isArray(argument) ? pair(argument, name) : [argument, {}]
        return localAddress(substitute(text(pattern, name), record(resolve(own), name)))
      }
      default:
        throw new Error(`The template uses ${name}, which is not known here.`)
    }
  }
  function substitute(pattern: string, own: Record<string, unknown>): string {
    return pattern.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, target: string) => {
      if (literal) return `\${${target}}`
      if (target in own) return text(own[target], 'Fn::Sub')
      return target.includes('.') ? attribute(target) : text(reference(target), 'Fn::Sub')
    })
  }

  function resolve(value: unknown): unknown {
    if (typeof value === 'string') return localAddress(value)
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const call = entries.find(([key]) => key === 'Ref' || key.startsWith('Fn::'))
    if (call && entries.length === 1) return intrinsic(...call)
    if (call) throw new Error(`The template has ${call[0]} beside other keys.`)
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, resolve(inner)] as const).filter(([, inner]) => inner !== noValue),
    )
  }

  const resources = Object.entries(document.Resources).map(([logicalId, { Type, Properties = {} }]) => ({
    logicalId,
    type: Type,
    properties: record(resolve(Properties), logicalId),
  }))
  return {
    region: localPlace.region,
    account: localPlace.account,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byId: (logicalId) => {
      const found = resources.find((resource) => resource.logicalId === logicalId)
      if (!found) throw new Error(`The template has no resource ${logicalId}.`)
      return found
    },
    nameOf,
    refOf,
    arnOf,
    attributeOf,
    outputs: Object.fromEntries(
      Object.entries(document.Outputs ?? {}).map(([id, { Value }]) => [id, text(resolve(Value), id)]),
    ),
  }
}

const clientShape = z.looseObject({ CallbackURLs: z.optional(z.array(z.string())) })

/** Where `cdk.json` says that the pages are: the origin to which sign-in sends the people of the desk back. */
function pagesIn(resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>) {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Cognito::UserPoolClient') continue
    const [callback] = clientShape.parse(Properties).CallbackURLs ?? []
    if (callback?.endsWith('/desk/callback')) return new URL(callback).origin
  }
  return undefined
}

const isBelow = (address: string, top: string) => address === top || address.startsWith(`${top}/`)

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new Error(`${where} is not a text.`)
}
function texts(value: unknown, where: string): string[] {
  if (!Array.isArray(value)) throw new Error(`${where} is not a list.`)
  return value.map((item) => text(item, where))
}
function pair(value: unknown, where: string): [unknown, unknown] {
  if (!Array.isArray(value) || value.length !== 2) throw new Error(`${where} takes two arguments.`)
  return [value[0], value[1]]
}
function record(value: unknown, where: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown(), { error: `${where} is not an object.` }).parse(value)
}
