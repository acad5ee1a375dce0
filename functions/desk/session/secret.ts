import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/**
 * The value of a browser's cookie: 256 random bits, base64url. The table holds only a digest of it, so a reader of the
 * table can neither take over a session nor open what is sealed in it.
 */
export type Secret = string

const form = /^[A-Za-z0-9_-]{43}$/

/** A new secret. */
export function newSecret(): Secret {
  return randomBytes(32).toString('base64url')
}

/** Whether a cookie's value can be a secret at all. */
export function isSecret(value: string | undefined): value is Secret {
  return value !== undefined && form.test(value)
}

/** The key of a secret's row. */
export function rowOf(secret: Secret): string {
  return createHash('sha256').update('acasa/session/row/v1\n').update(secret).digest('base64url')
}

/** The key that seals a row's content: HKDF-SHA-256 (RFC 5869) of the secret. */
function keyOf(secret: Secret): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'acasa/session/key/v1', 32))
}

/** A secret that follows from another: who knows it does not know the other. `purpose` tells it from all others. */
function derived(secret: Secret, purpose: string): Secret {
  return Buffer.from(hkdfSync('sha256', secret, '', `acasa/session/${purpose}/v1`, 32)).toString('base64url')
}

/** The secret under which a page of a session is sealed. Its id stands in the address, and opens nothing alone. */
export const secretOfPage = (session: Secret, id: string): Secret => derived(session, `page/${id}`)

/**
 * What every form of a session carries, to show that the desk made it for somebody who was signed in: the key of the
 * session's row, and what follows from its secret. With it a form can be saved, and nothing can be read.
 */
export interface FormTicket {
  row: string
  proof: string
}

export function formTicketOf(session: Secret): FormTicket {
  return { row: rowOf(session), proof: derived(session, 'form').slice(0, 22) }
}

/** What the table holds of a ticket. */
export function digestOf({ proof }: FormTicket): string {
  return createHash('sha256').update('acasa/session/form/v1\n').update(proof).digest('base64url')
}

export const ticketText = ({ row, proof }: FormTicket): string => `${row}.${proof}`

/** A ticket as a form sent it, if it can be one. */
export function ticketIn(text: string | null): FormTicket | undefined {
  const [, row, proof] = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/.exec(text ?? '') ?? []
  return row && proof ? { row, proof } : undefined
}

/** Seals a content under a secret: JWE compact, `dir`, `A256GCM`. */
export function sealWith(secret: Secret, content: unknown): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(secret))
}

/** Opens what was sealed under a secret, and throws if it was not. The caller parses it. */
export async function openWith(secret: Secret, jwe: string): Promise<unknown> {
  const { plaintext } = await compactDecrypt(jwe, keyOf(secret), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  return JSON.parse(new TextDecoder().decode(plaintext))
}
