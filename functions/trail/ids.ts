import { randomBytes } from 'node:crypto'
import { refusal } from '../../schemas/api/problems.ts'

/** Crockford's base 32; the check character has five more values, which we never let occur. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const checkModulus = 37
const codeLength = 4
const referenceLength = 7

/**
 * A new return id: the filing party's 4-character code, then 128 random bits as 26 characters. Drawn anew
 * (5 in 37) until the reference's check character is an ordinary one: `*` and `$` are not read out well.
 */
export function newReturnId(code: string): string {
  for (;;) {
    const random = base32(randomBytes(16))
    if (checkOf(random.slice(0, referenceLength)) !== undefined) return code + random
  }
}

/** The code of the mission that filed a return, which its id begins with. */
export function filerIn(ret: string): string {
  return ret.slice(0, codeLength)
}

/** A new section id: 80 random bits as 16 characters. */
export function newSectionId(): string {
  return base32(randomBytes(10))
}

/** A new draft's id: the time in 48 bits, so that ids stand in the order of beginning, then 80 random bits. */
export function newDraftId(now: number): string {
  const time = Buffer.alloc(6)
  time.writeUIntBE(now, 0, 6)
  return base32(Buffer.concat([time, randomBytes(10)]))
}

/** When a draft was begun, as its id says: the first ten characters are the time in 48 bits. */
export function draftBegunAt(draft: string): string {
  const time = [...draft.slice(0, 10)].reduce((sum, letter) => sum * 32 + alphabet.indexOf(letter), 0)
  return new Date(time).toISOString()
}

/** A request's id from the hash (hex) of what makes it one: the same request sent again gets the same id. */
export function requestIdFrom(hash: string): string {
  return base32(Buffer.from(hash, 'hex').subarray(0, 16))
}

/**
 * The reference on paper, `RET-7K3M-9QF2`: 7 characters of the id's random part and a check character that
 * finds every single wrong character and every swap of neighbours (Crockford, modulo 37).
 */
export function referenceOf(ret: string): string {
  const reference = referenceIn(ret)
  if (reference === undefined) throw refusal('bad-input', { fields: ['ret'] })
  return reference
}

/** The same, or nothing for what looks like an id and cannot be that of a return of ours. */
export function referenceIn(ret: string): string | undefined {
  const start = ret.slice(codeLength, codeLength + referenceLength)
  const check = checkOf(start)
  return start.length === referenceLength && check !== undefined ? written(start + check) : undefined
}

/** A reference as a person typed it, in its written form; `bad-input` where it cannot be one. */
export function parseReference(text: string): string {
  const bare = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const typed = bare.length > referenceLength + 1 ? bare.replace(/^RET/, '') : bare
  const start = typed.slice(0, referenceLength)
  const check = typed.slice(referenceLength)
  if (check === '' || checkOf(start) !== check) throw refusal('bad-input', { fields: ['reference'] })
  return written(typed)
}

function written(characters: string): string {
  return `RET-${characters.slice(0, 4)}-${characters.slice(4)}`
}

/** The check character, or nothing where it is one of the five extra ones or the text is not base 32. */
function checkOf(text: string): string | undefined {
  let rest = 0
  for (const character of text) {
    const value = alphabet.indexOf(character)
    if (value < 0) return undefined
    rest = (rest * 32 + value) % checkModulus
  }
  return alphabet[rest]
}

/** Crockford's base 32 of the bytes as one number: 16 bytes give 26 characters, of which the first holds 3 bits. */
function base32(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (let bits = bytes.length * 8; bits > 0; bits -= 5) {
    text = alphabet.charAt(Number(rest & 31n)) + text
    rest >>= 5n
  }
  return text
}
