import { createHash, randomBytes } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { refusal } from '../../schemas/api/problems.ts'

/** A section's own key: 32 random bytes, and its RFC 7638 thumbprint, which commits to the key. */
export interface DataKey {
  key: Uint8Array
  kid: string
}

/** What a section is bound to; it stands in the protected header. */
export interface SectionPlace {
  ret: string
  sec: string
  cls: string
}

/** The largest section that an event may name (`schemas/events/events.ts`), in bytes of its JWE. */
const maxLength = 96 * 1024
const keyLength = 32
/**
 * What follows the header with `dir` and `A256GCM` (RFC 7516 §3.1, RFC 7518 §5.3): no encrypted key, 96-bit IV,
 * ciphertext, 128-bit tag. Base64url in its one form: decoders pass over the last character's spare bits.
 */
const afterHeader =
  /^\.\.[\w-]{16}\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?\.[\w-]{21}[AQgw]$/

/** A new data key; the log key of a return is made the same way. */
export function newDataKey(): DataKey {
  const key = randomBytes(keyLength)
  return { key, kid: thumbprint(key) }
}

/** Seals content (any JSON) as a JWE in compact form; `too-large` where that is more than an event may name. */
export async function seal(
  content: unknown,
  { key, kid, ret, sec, cls }: DataKey & SectionPlace,
): Promise<string> {
  const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader(headerOf(kid, { ret, sec, cls }))
    .encrypt(key)
  if (jwe.length > maxLength) throw refusal('too-large')
  return jwe
}

/**
 * Opens a section that must be the one expected, with the key that its event names by `kid`.
 * Whatever is wrong, the answer is the code `section-unreadable`: how it failed would help only a forger.
 */
export async function open(
  jwe: string,
  key: Uint8Array,
  expected: SectionPlace & { kid?: string },
): Promise<unknown> {
  try {
    if (!mayDecrypt(jwe, key, expected)) throw refusal('section-unreadable')
    const { plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext))
  } catch {
    throw refusal('section-unreadable')
  }
}

/** What an event says of a section: length and SHA-256 (hex) of the JWE's ASCII bytes. */
export function sectionDigest(jwe: string): { len: number; sha256: string } {
  return { len: Buffer.byteLength(jwe), sha256: createHash('sha256').update(jwe).digest('hex') }
}

/** RFC 7638 §3.2: of a key as an `oct` JWK only `k` and `kty` count. */
function thumbprint(key: Uint8Array): string {
  const k = Buffer.from(key).toString('base64url')
  return createHash('sha256').update(`{"k":"${k}","kty":"oct"}`).digest('base64url')
}

function headerOf(kid: string, { ret, sec, cls }: SectionPlace) {
  return { alg: 'dir', enc: 'A256GCM', kid, ret, sec, cls, typ: 'acasa-section+json' }
}

/**
 * Only `seal` makes sections, so the header must be, to the byte, the one that it would make with this key:
 * any other alg, enc, typ or kid, a zip or crit, a member more or twice is refused by one comparison, before
 * any decryption.
 */
function mayDecrypt(jwe: string, key: Uint8Array, expected: SectionPlace & { kid?: string }): boolean {
  if (jwe.length > maxLength || key.length !== keyLength) return false
  const kid = thumbprint(key)
  if (expected.kid !== undefined && expected.kid !== kid) return false
  const header = Buffer.from(JSON.stringify(headerOf(kid, expected))).toString('base64url')
  return jwe.startsWith(header) && afterHeader.test(jwe.slice(header.length))
}
