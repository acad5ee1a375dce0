import { createHash } from 'node:crypto'
import {
  DecryptCommand,
  EncryptCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
} from '@aws-sdk/client-kms'
import { LRUCache } from 'lru-cache'
import type { HolderId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import type { SectionPlace } from './section.ts'

/** A data key as it is kept for one holder: `wrap` = `party#cls#sec`, `blob` = KMS ciphertext. */
export interface Wrap {
  wrap: string
  blob: Uint8Array
}

/** The KMS encryption context: exactly these four, opaque ids only; `party` is the holder. */
export type WrapContext = SectionPlace & { party: HolderId }

const keyLength = 32

/**
 * Unwrapped keys, for five minutes and for this container's recent returns. A removal counts at once all the
 * same: the cache is asked with a row in hand, and a row that is gone cannot be handed in.
 */
const unwrapped = new LRUCache<string, Uint8Array>({ max: 1000, ttl: 5 * 60_000 })

/** The sort key of a wrap. */
export function wrapId({ party, cls, sec }: Omit<WrapContext, 'ret'>): string {
  return `${party}#${cls}#${sec}`
}

/** Wraps a data key for each holder, all at once, under the key of the holder's kind. */
export async function wrapFor(
  kms: KMSClient,
  keyArnOf: (holder: HolderId) => string,
  holders: readonly HolderId[],
  { key, ret, sec, cls }: SectionPlace & { key: Uint8Array },
): Promise<Wrap[]> {
  return Promise.all(
    holders.map(async (party) => {
      const context = { ret, sec, cls, party }
      const { CiphertextBlob: blob } = await kms.send(
        new EncryptCommand({ KeyId: keyArnOf(party), Plaintext: key, EncryptionContext: context }),
      )
      if (!blob) throw refusal('internal')
      return { wrap: wrapId(context), blob }
    }),
  )
}

/**
 * The data key of a wrap row that was read consistently in this request (only such a row may be handed in).
 * Throws `section-unreadable` where the wrap is not of this key and context; what KMS forbids is thrown as it is.
 */
export async function unwrap(
  kms: KMSClient,
  keyArn: string,
  row: Wrap,
  { ret, sec, cls, party }: WrapContext,
): Promise<Uint8Array> {
  const context = { ret, sec, cls, party }
  const id = cacheId(keyArn, row.blob, context)
  const known = unwrapped.get(id)
  if (known) return known
  const key = await decrypt(kms, keyArn, row.blob, context)
  unwrapped.set(id, key)
  return key
}

async function decrypt(
  kms: KMSClient,
  keyArn: string,
  blob: Uint8Array,
  context: Record<string, string>,
): Promise<Uint8Array> {
  try {
    const { Plaintext: key } = await kms.send(
      new DecryptCommand({ KeyId: keyArn, CiphertextBlob: blob, EncryptionContext: context }),
    )
    if (key?.length !== keyLength) throw refusal('section-unreadable')
    return key
  } catch (error) {
    if (error instanceof InvalidCiphertextException || error instanceof IncorrectKeyException) {
      throw refusal('section-unreadable')
    }
    throw error
  }
}

/** Ids hold no separator of JSON's, so equal ids mean an equal key, blob and context. */
function cacheId(keyArn: string, blob: Uint8Array, context: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([keyArn, context]))
    .update(blob)
    .digest('base64')
}
