import { createHash } from 'node:crypto'
import {
  DecryptCommand,
  EncryptCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
  ReEncryptCommand,
} from '@aws-sdk/client-kms'
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'
import { refusal } from '../../schemas/api/problems.ts'
import type { HolderId } from '../../schemas/values/parties.ts'
import type { SectionPlace } from './section.ts'

/** A data key as it is stored for one holder: `wrap` = `party#cls#sec`, `blob` = KMS ciphertext. */
export interface Wrap {
  wrap: string
  blob: Uint8Array
}

/** The KMS encryption context: exactly these four, opaque ids only; `party` is the holder. */
export type WrapContext = SectionPlace & { party: HolderId }

const keyLength = 32

/** Calls to KMS at one time; the SDK opens no more sockets than that either. */
const atOnce = 50

/**
 * Unwrapped keys, for five minutes and for this container's recent returns. A removal counts at once all the same: the
 * cache is read with a wrap row that was just read, and a deleted row cannot be passed in.
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
 * The data key of a wrap row that was read consistently in this request (only such a row may be passed in).
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
  const { Plaintext: key } = await kms
    .send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob: blob, EncryptionContext: context }))
    .catch(unreadable)
  if (key?.length !== keyLength) throw refusal('section-unreadable')
  return key
}

/**
 * The wrap of the same data key for another holder: KMS re-encrypts it, and this function never sees the
 * key. Return, section and class stay what they are. Throws as `unwrap` does.
 */
export async function rewrap(
  kms: KMSClient,
  keyArnOf: (holder: HolderId) => string,
  row: Wrap,
  { ret, sec, cls, party }: WrapContext,
  to: HolderId,
): Promise<Wrap> {
  const context = { ret, sec, cls, party: to }
  const { CiphertextBlob: blob } = await kms
    .send(
      new ReEncryptCommand({
        CiphertextBlob: row.blob,
        SourceKeyId: keyArnOf(party),
        SourceEncryptionContext: { ret, sec, cls, party },
        DestinationKeyId: keyArnOf(to),
        DestinationEncryptionContext: context,
      }),
    )
    .catch(unreadable)
  if (!blob) throw refusal('internal')
  return { wrap: wrapId(context), blob }
}

/** Re-wraps many data keys for one holder, fifty at a time; in the order of the rows. If one fails, there are none. */
export function rewrapAll(
  kms: KMSClient,
  keyArnOf: (holder: HolderId) => string,
  rows: readonly { row: Wrap; from: WrapContext }[],
  to: HolderId,
): Promise<Wrap[]> {
  return pLimit(atOnce).map(rows, ({ row, from }) => rewrap(kms, keyArnOf, row, from, to))
}

/** Throws `section-unreadable` for a wrap that is not of its key and context, and anything else as it is. */
function unreadable(error: unknown): never {
  if (error instanceof InvalidCiphertextException || error instanceof IncorrectKeyException)
    throw refusal('section-unreadable')
  throw error
}

/** Ids hold no separator of JSON's, so equal ids mean an equal key, blob and context. */
function cacheId(keyArn: string, blob: Uint8Array, context: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([keyArn, context]))
    .update(blob)
    .digest('base64')
}
