import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { awsFault } from '../aws/responses.ts'
import { blob, ciphertextLimit, type Keyring, kmsOperation, plaintextLimit } from './kms-call.ts'
import type { KmsKey } from './kms-keys.ts'

type Pairs = Readonly<Record<string, string>>

const pairs = z._default(z.record(z.string().check(z.minLength(1)), z.string()), {})
const algorithm = z._default(z.literal('SYMMETRIC_DEFAULT'), 'SYMMETRIC_DEFAULT')

const encryptCall = z.strictObject({
  KeyId: z.string(),
  Plaintext: blob(plaintextLimit),
  EncryptionContext: pairs,
  EncryptionAlgorithm: algorithm,
})
const decryptCall = z.strictObject({
  CiphertextBlob: blob(ciphertextLimit),
  KeyId: z.optional(z.string()),
  EncryptionContext: pairs,
  EncryptionAlgorithm: algorithm,
})
const reEncryptCall = z.strictObject({
  CiphertextBlob: blob(ciphertextLimit),
  SourceKeyId: z.optional(z.string()),
  SourceEncryptionContext: pairs,
  SourceEncryptionAlgorithm: algorithm,
  DestinationKeyId: z.string(),
  DestinationEncryptionContext: pairs,
  DestinationEncryptionAlgorithm: algorithm,
})

/** Encrypt, Decrypt and ReEncrypt with keys of SYMMETRIC_DEFAULT; the encryption context is the additional data. */
export function cipherOperations(keyring: Keyring) {
  function keyOf(ciphertext: Buffer, named: string | undefined): KmsKey {
    const key = keyring.byId(keyIdIn(ciphertext))
    if (key?.spec !== 'SYMMETRIC_DEFAULT') throw invalidCiphertext()
    if (named !== undefined && keyring.named(named, 'SYMMETRIC_DEFAULT') !== key) {
      throw awsFault('IncorrectKeyException', 'The ciphertext was not made with the key that the call names.')
    }
    return key
  }
  return {
    Encrypt: kmsOperation(encryptCall, (call) => {
      const key = keyring.named(call.KeyId, 'SYMMETRIC_DEFAULT')
      return {
        permissions: [keyring.permission('Encrypt', key, contextKeys(call.EncryptionContext))],
        perform: () => ({
          KeyId: key.arn,
          CiphertextBlob: encrypt(key, call.Plaintext, call.EncryptionContext),
          EncryptionAlgorithm: call.EncryptionAlgorithm,
        }),
      }
    }),
    Decrypt: kmsOperation(decryptCall, (call) => {
      const key = keyOf(call.CiphertextBlob, call.KeyId)
      return {
        permissions: [keyring.permission('Decrypt', key, contextKeys(call.EncryptionContext))],
        perform: () => ({
          KeyId: key.arn,
          Plaintext: decrypt(key, call.CiphertextBlob, call.EncryptionContext),
          EncryptionAlgorithm: call.EncryptionAlgorithm,
        }),
      }
    }),
    ReEncrypt: kmsOperation(reEncryptCall, (call) => {
      const from = keyOf(call.CiphertextBlob, call.SourceKeyId)
      const to = keyring.named(call.DestinationKeyId, 'SYMMETRIC_DEFAULT')
      const same = { 'kms:ReEncryptOnSameKey': String(from === to) }
      return {
        permissions: [
          keyring.permission('ReEncryptFrom', from, {
            ...contextKeys(call.SourceEncryptionContext),
            ...same,
          }),
          keyring.permission('ReEncryptTo', to, {
            ...contextKeys(call.DestinationEncryptionContext),
            ...same,
          }),
        ],
        perform: () => {
          const plaintext = decrypt(from, call.CiphertextBlob, call.SourceEncryptionContext)
          return {
            SourceKeyId: from.arn,
            KeyId: to.arn,
            CiphertextBlob: encrypt(to, plaintext, call.DestinationEncryptionContext),
            SourceEncryptionAlgorithm: call.SourceEncryptionAlgorithm,
            DestinationEncryptionAlgorithm: call.DestinationEncryptionAlgorithm,
          }
        },
      }
    }),
  }
}

function contextKeys(context: Pairs) {
  return {
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:EncryptionContextKeys': Object.keys(context),
    ...Object.fromEntries(
      Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
    ),
  }
}

// A ciphertext: version, length of the key's id, id, IV, sealed bytes, tag.
const version = 1
const ivLength = 12
const tagLength = 16

function encrypt(key: KmsKey, plaintext: Buffer, context: Pairs): Buffer {
  const id = Buffer.from(key.id, 'latin1')
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv, { authTagLength: tagLength })
  cipher.setAAD(additionalData(key, context))
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([Buffer.of(version, id.length), id, iv, sealed, cipher.getAuthTag()])
}

function decrypt(key: KmsKey, ciphertext: Buffer, context: Pairs): Buffer {
  const iv = ciphertext.subarray(2 + key.id.length, 2 + key.id.length + ivLength)
  const sealed = ciphertext.subarray(2 + key.id.length + ivLength, -tagLength)
  // In a shorter ciphertext, IV and tag would overlap.
  if (ciphertext.length < 2 + key.id.length + ivLength + 1 + tagLength) throw invalidCiphertext()
  const decipher = createDecipheriv('aes-256-gcm', key.secret, iv, { authTagLength: tagLength })
  decipher.setAAD(additionalData(key, context))
  decipher.setAuthTag(ciphertext.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    throw invalidCiphertext()
  }
}

function keyIdIn(ciphertext: Buffer): string {
  if (ciphertext[0] !== version) throw invalidCiphertext()
  return ciphertext.subarray(2, 2 + (ciphertext[1] ?? 0)).toString('latin1')
}

/** The key's id, and the pairs in the order of their names. Two contexts never give the same bytes. */
function additionalData(key: KmsKey, context: Pairs): Buffer {
  const sorted = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.from(JSON.stringify([key.id, sorted]))
}

function invalidCiphertext() {
  // AWS gives no reason either: a reason would help to guess.
  return awsFault('InvalidCiphertextException', '')
}
