import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { awsFault } from '../aws/responses.ts'
import { blob, ciphertextLimit, type Keyring, kmsOperation, plaintextLimit } from './kms-call.ts'

const macCall = z.strictObject({
  KeyId: z.string(),
  Message: blob(plaintextLimit),
  MacAlgorithm: z.literal('HMAC_SHA_256'),
})

/** GenerateMac and VerifyMac, with keys of HMAC_256. */
export function macOperations(keyring: Keyring) {
  return {
    GenerateMac: kmsOperation(macCall, ({ KeyId, Message, MacAlgorithm }) => {
      const key = keyring.named(KeyId, 'HMAC_256')
      return {
        permissions: [keyring.permission('GenerateMac', key, { 'kms:MacAlgorithm': MacAlgorithm })],
        perform: () => ({ KeyId: key.arn, MacAlgorithm, Mac: mac(key.secret, Message) }),
      }
    }),
    VerifyMac: kmsOperation(z.extend(macCall, { Mac: blob(ciphertextLimit) }), (call) => {
      const key = keyring.named(call.KeyId, 'HMAC_256')
      return {
        permissions: [keyring.permission('VerifyMac', key, { 'kms:MacAlgorithm': call.MacAlgorithm })],
        perform: () => {
          const right = mac(key.secret, call.Message)
          if (right.length !== call.Mac.length || !timingSafeEqual(right, call.Mac)) {
            throw awsFault('KMSInvalidMacException', '')
          }
          return { KeyId: key.arn, MacAlgorithm: call.MacAlgorithm, MacValid: true }
        },
      }
    }),
  }
}

function mac(secret: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', secret).update(message).digest()
}
