import * as z from 'zod/mini'
import { type Answer, awsFault, jsonAnswer } from '../aws/answers.ts'
import type { Need, Prepared } from '../aws/prepared-call.ts'
import type { KeySpec, KmsKey } from './kms-keys.ts'

/** The keys as an operation looks them up. */
export interface Keyring {
  /** By id or ARN. Throws an `AwsFault` where there is none, or it is for something else. */
  named(name: string, spec: KeySpec): KmsKey
  /** By the id inside a ciphertext. */
  byId(id: string): KmsKey | undefined
  need(action: string, key: KmsKey, context: Need['context']): Need
}

/** One operation of KMS: reads a body, says what it needs. */
export type KmsOperation = (body: unknown) => Prepared

/** Makes an operation from the shape of its body; `run` gives its needs, and the answer once they are allowed. */
export function kmsOperation<T extends z.ZodMiniType>(
  shape: T,
  run: (call: z.output<T>) => { needs: Need[]; perform: () => Readonly<Record<string, unknown>> },
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
    const { needs, perform } = run(parsed.data)
    return { needs, perform: () => answer(perform()) }
  }
}

/** Bytes go out in base 64. */
function answer(fields: Readonly<Record<string, unknown>>): Answer {
  const encoded = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  ])
  return jsonAnswer(200, Object.fromEntries(encoded), '1.1')
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
