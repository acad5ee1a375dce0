import canonicalize from 'canonicalize'
import { refusal } from '../../schemas/api/problems.ts'

/** An event nests three levels deep; the bound is there so that hostile input cannot exhaust the stack. */
const maxDepth = 16

/**
 * The one byte form of a value: RFC 8785 over restricted JSON, that is NFC strings, safe integers, booleans,
 * null, arrays and plain objects. Throws `not-canonical` for anything else; nothing is silently dropped.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  if (!isRestricted(value, 0)) throw refusal('not-canonical')
  return new TextEncoder().encode(canonicalize(value))
}

/**
 * The value of bytes that are in the one form; `not-canonical` for all others. Comparing with the form
 * made anew also refuses what parsing passes over: duplicate keys, a byte order mark, bytes that are no UTF-8.
 */
export function parseCanonical(bytes: Uint8Array): unknown {
  const value = parseJson(bytes)
  if (Buffer.compare(canonicalBytes(value), bytes) !== 0) throw refusal('not-canonical')
  return value
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw refusal('not-canonical')
  }
}

function isRestricted(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false
  switch (typeof value) {
    case 'boolean':
      return true
    case 'string':
      return isPlainText(value)
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
    case 'object':
      if (value === null) return true
      // A hole in an array reads as undefined here, and is refused as that.
      if (Array.isArray(value)) return [...value].every((entry) => isRestricted(entry, depth + 1))
      return (
        isPlainObject(value) &&
        Object.entries(value).every(([name, member]) => isPlainText(name) && isRestricted(member, depth + 1))
      )
    default:
      return false
  }
}

function isPlainText(text: string): boolean {
  return text.isWellFormed() && text === text.normalize('NFC')
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
