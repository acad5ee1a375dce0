import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/** A value of a row; an absent member is left out when the row is stored. */
export type Plain = string | number | boolean | Uint8Array | readonly (Plain | undefined)[] | Row

/** A row as we write and read it: plain values by the names of their attributes. */
export interface Row {
  readonly [name: string]: Plain | undefined
}

/** The same row as DynamoDB takes and answers it. */
export type Item = Record<string, AttributeValue>

/**
 * A row as DynamoDB keeps it. Names and outcomes are those of `@aws-sdk/util-dynamodb` for the types that we store, and
 * a test compares the two. The package itself would add four kilobytes to every bundle (docs/decisions/0025).
 */
export function marshall(row: Row): Item {
  const members = Object.entries(row).flatMap(([name, member]): [string, AttributeValue][] =>
    member === undefined ? [] : [[name, toAttribute(member)]],
  )
  return Object.fromEntries(members)
}

/** The plain values of an item, to be parsed; undefined for a type that `marshall` never makes. */
export function unmarshall(item: Item): Row {
  return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, fromAttribute(member)]))
}

function toAttribute(value: Plain): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value instanceof Uint8Array) return { B: value }
  if (isList(value))
    return { L: value.flatMap((member) => (member === undefined ? [] : [toAttribute(member)])) }
  return { M: marshall(value) }
}

/** `Array.isArray` alone does not tell the compiler that what is left is no read-only list. */
const isList = (value: readonly (Plain | undefined)[] | Row): value is readonly (Plain | undefined)[] =>
  Array.isArray(value)

/** Whether a value of a row is a map. */
export function isMap(value: Plain | undefined): value is Row {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function fromAttribute({ S, N, BOOL, B, L, M }: AttributeValue): Plain | undefined {
  if (N !== undefined) return Number(N)
  if (L) return L.map(fromAttribute)
  if (M) return unmarshall(M)
  return S ?? BOOL ?? B
}
