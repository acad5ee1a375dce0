import * as z from 'zod/mini'
import { legNumber } from '../../../schemas/sections/parts.ts'
import { countries, languageCodes } from '../../../schemas/values/codes.ts'
import { hundredths } from '../../../schemas/values/money.ts'
import { partyId } from '../../../schemas/values/parties.ts'
import { localTime, zone } from '../../../schemas/values/texts.ts'

/** The place of a field in what is sent: `['case', 'happened', 'at']`. In a list, the item's number is a step. */
export type Path = readonly string[]

/** One of several forms that a value may have. Without a shape, the tag itself is the value. */
export interface Option {
  tag: string
  shape?: Shape
  /** The field that says which form it is, with the tag as its value. */
  by?: string
}

/** The form of a value on a page, read from the contract's schema. */
export type Shape = { optional: boolean } & (
  | { kind: 'group'; members: readonly { name: string; shape: Shape }[] }
  | { kind: 'choice'; values: readonly string[] }
  /** `least`: how many the contract requires. */
  | { kind: 'choices'; values: readonly string[]; least?: number }
  | { kind: 'yes-no' }
  | { kind: 'day' | 'time' | 'zone' | 'party' | 'money' }
  /** A time on a clock, or the day alone where nobody knows the time. */
  | { kind: 'moment' }
  /** `first`: the number that people give to what the contract calls 0. */
  | { kind: 'number'; first: number; least?: number; most?: number }
  | { kind: 'country' | 'language' }
  | { kind: 'line'; most: number }
  | { kind: 'text'; most: number }
  /** Short texts, one on each line. */
  | { kind: 'lines' }
  /** Countries by their names, one on each line. */
  | { kind: 'countries'; most: number }
  | { kind: 'array'; item: Shape; most: number; least?: number }
  | { kind: 'union'; options: readonly Option[] }
  | { kind: 'constant'; value: string }
)

/** A longer text gets a field of several lines. */
const line = 120

/** Texts of the contract that have a field of their own. */
const ownFields = new Map<z.ZodMiniType, 'time' | 'zone' | 'party' | 'money'>([
  [hundredths, 'money'],
  [localTime, 'time'],
  [zone, 'zone'],
  [partyId, 'party'],
])

/** Reads a schema of the contract as the form of a page. Throws with the name of a type that no page can ask for. */
export function shapeOf(schema: z.ZodMiniType, optional = false): Shape {
  const ownField = ownFields.get(schema)
  if (ownField) return { kind: ownField, optional }
  if (schema instanceof z.ZodMiniOptional) return shapeOf(inner(schema.def.innerType), true)
  // A page writes what the reader takes: `KIV` may be sent, and is stored as `RMO`.
  if (schema instanceof z.ZodMiniPipe) return shapeOf(inner(schema.def.in), optional)
  const shape = compoundOf(schema, optional) ?? fieldShapeOf(schema, optional)
  if (!shape) throw new Error(`No page can ask for ${schema.def.type}.`)
  return shape
}

function compoundOf(schema: z.ZodMiniType, optional: boolean): Shape | undefined {
  if (schema instanceof z.ZodMiniObject)
    return {
      kind: 'group',
      optional,
      members: Object.entries(schema.shape).map(([name, member]) => ({
        name,
        shape: shapeOf(inner(member)),
      })),
    }
  if (schema instanceof z.ZodMiniArray) return listOf(schema, optional)
  if (schema instanceof z.ZodMiniUnion || schema instanceof z.ZodMiniDiscriminatedUnion)
    return momentOf(optionsOf(schema), optional)
  return undefined
}

/** A union; of a time and a day it is one field, since nobody chooses first which of the two is known. */
function momentOf(options: Option[], optional: boolean): Shape {
  const kinds = options.map(({ shape }) => shape?.kind)
  return kinds.length === 2 && kinds.includes('time') && kinds.includes('day')
    ? { kind: 'moment', optional }
    : { kind: 'union', options, optional }
}

function fieldShapeOf(schema: z.ZodMiniType, optional: boolean): Shape | undefined {
  if (schema instanceof z.ZodMiniEnum) return choiceOf(schema.options.map(String), optional)
  if (schema instanceof z.ZodMiniBoolean) return { kind: 'yes-no', optional }
  if (schema instanceof z.ZodMiniNumber)
    return { kind: 'number', first: schema === legNumber ? 1 : 0, ...checksOf(schema), optional }
  if (schema instanceof z.ZodMiniLiteral)
    return { kind: 'constant', value: String([...schema.def.values][0]), optional }
  if (schema instanceof z.ZodMiniString || schema instanceof z.ZodMiniStringFormat)
    return textOf(schema, optional)
  return undefined
}

function inner(schema: unknown): z.ZodMiniType {
  if (schema instanceof z.ZodMiniType) return schema
  throw new Error('The contract holds what is no schema.')
}

function choiceOf(values: readonly string[], optional: boolean): Shape {
  const same = (list: readonly string[]) => values.length === list.length && values[0] === list[0]
  if (same(countries)) return { kind: 'country', optional }
  if (same(languageCodes)) return { kind: 'language', optional }
  return { kind: 'choice', values, optional }
}

function listOf(schema: z.ZodMiniArray, optional: boolean): Shape {
  const item = shapeOf(inner(schema.def.element))
  const { most = 20, least } = checksOf(schema)
  const atLeast = least === undefined ? {} : { least }
  if (item.kind === 'choice') return { kind: 'choices', values: item.values, ...atLeast, optional }
  if (item.kind === 'line' || item.kind === 'text') return { kind: 'lines', optional }
  if (item.kind === 'country') return { kind: 'countries', most, optional }
  return { kind: 'array', item, most, ...atLeast, optional }
}

function textOf(schema: z.ZodMiniType, optional: boolean): Shape {
  const { format, most = line } = checksOf(schema)
  if (format === 'date') return { kind: 'day', optional }
  return { kind: most > line ? 'text' : 'line', most, optional }
}

/** The bounds and the format that a schema checks. */
function checksOf({ def }: z.ZodMiniType): { most?: number; least?: number; format?: string } {
  const checks: readonly { _zod: { def: object } }[] =
    'checks' in def && Array.isArray(def.checks) ? def.checks : []
  const defs = checks.map(({ _zod }) => new Map<string, unknown>(Object.entries(_zod.def)))
  /** Lengths have a bound of a name; numbers have a value that they are compared with. */
  const bound = (name: 'maximum' | 'minimum', comparison: 'less_than' | 'greater_than') =>
    defs
      .map((def) => def.get(name) ?? (def.get('check') === comparison ? def.get('value') : undefined))
      .find((value) => typeof value === 'number')
  const [most, least] = [bound('maximum', 'less_than'), bound('minimum', 'greater_than')]
  return {
    ...(most === undefined ? {} : { most }),
    ...(least === undefined ? {} : { least }),
    ...('format' in def ? { format: String(def.format) } : {}),
  }
}

/** The options of a union, each with the tags that tell it from the others on a page. */
function optionsOf(schema: z.ZodMiniUnion | z.ZodMiniDiscriminatedUnion): Option[] {
  const by = 'discriminator' in schema.def ? String(schema.def.discriminator) : undefined
  return schema.def.options.flatMap((option) => {
    const form = inner(option)
    if (by !== undefined && form instanceof z.ZodMiniObject) return discriminated(form, by)
    const shape = shapeOf(form)
    switch (shape.kind) {
      case 'constant':
        return [{ tag: shape.value }]
      case 'choice':
        return shape.values.map((tag) => ({ tag }))
      case 'group':
        return [{ tag: shape.members[0]?.name ?? 'group', shape }]
      default:
        return [{ tag: shape.kind, shape }]
    }
  })
}

function discriminated(form: z.ZodMiniObject, by: string): Option[] {
  const tags = shapeOf(inner(form.shape[by]))
  const members = Object.entries(form.shape)
    .filter(([name]) => name !== by)
    .map(([name, member]) => ({ name, shape: shapeOf(inner(member)) }))
  const shape: Shape = { kind: 'group', members, optional: false }
  const values = tags.kind === 'choice' ? tags.values : tags.kind === 'constant' ? [tags.value] : []
  return values.map((tag) => ({ tag, shape, by }))
}
