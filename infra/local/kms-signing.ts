import { createHash, createHmac, createPublicKey, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { awsFault } from './aws-answers.ts'
import { blob, ciphertextLimit, type Keyring, kmsOperation, plaintextLimit } from './kms-call.ts'
import { signDigest, verifyDigest } from './p256.ts'

const macCall = z.strictObject({
  KeyId: z.string(),
  Message: blob(plaintextLimit),
  MacAlgorithm: z.literal('HMAC_SHA_256'),
})
const signCall = z.strictObject({
  KeyId: z.string(),
  Message: blob(plaintextLimit),
  MessageType: z._default(z.enum(['RAW', 'DIGEST']), 'RAW'),
  SigningAlgorithm: z.literal('ECDSA_SHA_256'),
})

/** GenerateMac and VerifyMac with keys of HMAC_256; GetPublicKey, Sign and Verify with keys of ECC_NIST_P256. */
export function signingOperations(keyring: Keyring) {
  return {
    GenerateMac: kmsOperation(macCall, ({ KeyId, Message, MacAlgorithm }) => {
      const key = keyring.named(KeyId, 'HMAC_256')
      return {
        needs: [keyring.need('GenerateMac', key, { 'kms:MacAlgorithm': MacAlgorithm })],
        perform: () => ({ KeyId: key.arn, MacAlgorithm, Mac: mac(key.secret, Message) }),
      }
    }),
    VerifyMac: kmsOperation(z.extend(macCall, { Mac: blob(ciphertextLimit) }), (call) => {
      const key = keyring.named(call.KeyId, 'HMAC_256')
      return {
        needs: [keyring.need('VerifyMac', key, { 'kms:MacAlgorithm': call.MacAlgorithm })],
        perform: () => {
          const right = mac(key.secret, call.Message)
          if (right.length !== call.Mac.length || !timingSafeEqual(right, call.Mac)) {
            throw awsFault('KMSInvalidMacException', '')
          }
          return { KeyId: key.arn, MacAlgorithm: call.MacAlgorithm, MacValid: true }
        },
      }
    }),
    GetPublicKey: kmsOperation(z.strictObject({ KeyId: z.string() }), ({ KeyId }) => {
      const key = keyring.named(KeyId, 'ECC_NIST_P256')
      return {
        needs: [keyring.need('GetPublicKey', key, {})],
        perform: () => ({
          KeyId: key.arn,
          PublicKey: createPublicKey(key.privateKey).export({ format: 'der', type: 'spki' }),
          KeySpec: key.spec,
          KeyUsage: 'SIGN_VERIFY',
          SigningAlgorithms: ['ECDSA_SHA_256'],
        }),
      }
    }),
    Sign: kmsOperation(signCall, (call) => {
      const key = keyring.named(call.KeyId, 'ECC_NIST_P256')
      const digest = digestOf(call)
      return {
        needs: [keyring.need('Sign', key, conditionKeys(call))],
        perform: () => ({
          KeyId: key.arn,
          Signature: signDigest(key.privateKey, digest),
          SigningAlgorithm: call.SigningAlgorithm,
        }),
      }
    }),
    Verify: kmsOperation(z.extend(signCall, { Signature: blob(ciphertextLimit) }), (call) => {
      const key = keyring.named(call.KeyId, 'ECC_NIST_P256')
      const digest = digestOf(call)
      return {
        needs: [keyring.need('Verify', key, conditionKeys(call))],
        perform: () => {
          if (!verifyDigest(createPublicKey(key.privateKey), digest, call.Signature)) {
            throw awsFault('KMSInvalidSignatureException', '')
          }
          return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: call.SigningAlgorithm }
        },
      }
    }),
  }
}

type SignCall = z.infer<typeof signCall>

function conditionKeys({ MessageType, SigningAlgorithm }: SignCall) {
  return { 'kms:MessageType': MessageType, 'kms:SigningAlgorithm': SigningAlgorithm }
}

function digestOf({ Message, MessageType }: SignCall): Buffer {
  if (MessageType === 'RAW') return createHash('sha256').update(Message).digest()
  if (Message.length !== 32) throw awsFault('ValidationException', 'Message is not as long as a digest.')
  return Message
}

function mac(secret: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', secret).update(message).digest()
}
