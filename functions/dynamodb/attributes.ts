import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/** What a row is made of before it is stored; an absent member is left out. */
export type Plain = string | number | boolean | Plain[] | { [name: string]: Plain | undefined }

/** A plain value as DynamoDB keeps it. */
export function stored(value: Plain): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (Array.isArray(value)) return { L: value.map(stored) }
  const members = Object.entries(value).flatMap(([name, member]): [string, AttributeValue][] =>
    member === undefined ? [] : [[name, stored(member)]],
  )
  return { M: Object.fromEntries(members) }
}

/** The plain value of what DynamoDB kept, to be parsed; undefined for types that `stored` never makes. */
export function plain(value: AttributeValue | undefined): unknown {
  if (value?.S !== undefined) return value.S
  if (value?.N !== undefined) return Number(value.N)
  if (value?.BOOL !== undefined) return value.BOOL
  if (value?.L) return value.L.map(plain)
  if (value?.M) {
    return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, plain(member)]))
  }
  return undefined
}
