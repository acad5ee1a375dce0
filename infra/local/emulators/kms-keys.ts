import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readIfPresent, replaceFileDurably } from '../disk/files.ts'
import type { Template } from '../template/template.ts'

export interface KmsKey {
  id: string
  arn: string
  spec: KeySpec
  /** 32 bytes. */
  secret: Buffer
}

const keySpec = z.enum(['SYMMETRIC_DEFAULT', 'HMAC_256'])
export type KeySpec = z.infer<typeof keySpec>
const usageOf: Record<KeySpec, string> = {
  SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
  HMAC_256: 'GENERATE_VERIFY_MAC',
}

/** Material: 32 bytes in base 64. */
const stored = z.strictObject({ spec: keySpec, material: z.string() })
const fileShape = z.strictObject({ version: z.literal(1), keys: z.record(z.string(), stored) })

const declaredShape = z.looseObject({
  KeySpec: z._default(keySpec, 'SYMMETRIC_DEFAULT'),
  KeyUsage: z._default(z.string(), 'ENCRYPT_DECRYPT'),
})

/**
 * Opens the template's keys, by id. New keys are on disk before this returns. Keys that the template no longer names
 * stay in the file. Throws where a key's spec is not known here or has changed.
 */
export function openKeys(template: Template, dataDir: string): ReadonlyMap<string, KmsKey> {
  const directory = join(dataDir, 'kms')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'keys.json')
  const existing = readStored(file)
  const declared = template.ofType('AWS::KMS::Key').map(({ logicalId, properties }) => {
    const { KeySpec, KeyUsage } = declaredShape.parse(properties, { error: () => `in the key ${logicalId}` })
    if (usageOf[KeySpec] !== KeyUsage)
      throw new Error(`The key ${logicalId} has a usage that is not known here.`)
    return { id: template.nameOf(logicalId), arn: template.arnOf(logicalId), spec: KeySpec }
  })
  const created = declared.filter(({ id }) => !Object.hasOwn(existing, id))
  const all = { ...existing, ...Object.fromEntries(created.map(({ id, spec }) => [id, newKey(spec)])) }
  // The content that a lost key has encrypted is lost.
  if (created.length > 0) replaceFileDurably(file, JSON.stringify({ version: 1, keys: all }))

  return new Map(
    declared.map(({ id, arn, spec }): [string, KmsKey] => {
      const key = all[id]
      if (key?.spec !== spec)
        throw new Error(`The key ${id} has another spec than the template. Start with --created.`)
      return [id, { id, arn, spec, secret: Buffer.from(key.material, 'base64') }]
    }),
  )
}

function readStored(file: string): z.infer<typeof fileShape>['keys'] {
  const text = readIfPresent(file)
  if (text === undefined) return {}
  const parsed = fileShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`${file} does not contain the keys of the KMS emulator.`)
  return parsed.data.keys
}

function newKey(spec: KeySpec): z.infer<typeof stored> {
  return { spec, material: randomBytes(32).toString('base64') }
}
