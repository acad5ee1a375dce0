import { refusal } from '../../../schemas/api/problems.ts'

/** Requests nest six levels deep; the bound keeps hostile input from exhausting the stack. */
const maxDepth = 32

/**
 * The JSON object of a body (RFC 8259, I-JSON of RFC 7493): what `JSON.parse` would let pass in silence, a key
 * that stands twice or half of a surrogate pair, is refused as `bad-json`.
 */
export function parseBody(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (!hasOwnKeysOnce(text) || !isWellFormed(value, 0)) throw refusal('bad-json')
    return value
  } catch {
    throw refusal('bad-json')
  }
}

/** Every string of valid JSON, and the signs that tell objects, arrays and keys apart. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/** Whether no object of a valid JSON text names a key twice, in whatever spelling of its escapes. */
function hasOwnKeysOnce(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const keys = open.at(-1)
      const key = String(JSON.parse(last))
      if (keys?.has(key)) return false
      keys?.add(key)
    }
    last = token
  }
  return true
}

function isWellFormed(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member, depth + 1))
}
