import * as z from 'zod/mini'
import type { PreparedCall, RequiredPermission } from '../aws/prepared-call.ts'
import { type AwsResponse, awsFault, jsonResponse } from '../aws/responses.ts'
import type { KeySpec, KmsKey } from './kms-keys.ts'

/** Looks up keys for an operation. */
export interface Keyring {
  /** By id or ARN. Throws an `AwsFault` where the key does not exist or has another use. */
  named(name: string, spec: KeySpec): KmsKey
  /** By the id inside a ciphertext. */
  byId(id: string): KmsKey | undefined
  permission(action: string, key: KmsKey, context: RequiredPermission['context']): RequiredPermission
}

/** Reads the body of one operation of KMS. */
export type KmsOperation = (body: unknown) => PreparedCall

/** Makes an operation from the shape of its body. `run` gives the required permissions and the response. */
export function kmsOperation<T extends z.ZodMiniType>(
  shape: T,
  run: (call: z.output<T>) => {
    permissions: RequiredPermission[]
    perform: () => Readonly<Record<string, unknown>>
  },
): KmsOperation {
  return (body) => {
    const parsed = z.safeParse(shape, body)
    if (!parsed.success) {
      const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`)
      throw awsFault(
        'ValidationException',
        `The call has a shape that is not known here: ${paths.join(', ')}.`,
      )
    }
    const { permissions, perform } = run(parsed.data)
    return { permissions, perform: () => response(perform()) }
  }
}

/** KMS writes bytes in base 64. */
function response(fields: Readonly<Record<string, unknown>>): AwsResponse {
  const encoded = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  ])
  return jsonResponse(200, Object.fromEntries(encoded), '1.1')
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** From 1 to `most` bytes, in base 64. */
export function blob(most: number) {
  return z.pipe(
    z.string().check(
      z.regex(base64),
      z.refine((text) => {
        const length = Buffer.byteLength(text, 'base64')
        return length >= 1 && length <= most
      }),
    ),
    z.transform((text: string) => Buffer.from(text, 'base64')),
  )
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const plaintextLimit = 4096
export const ciphertextLimit = 6144
