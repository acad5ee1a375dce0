import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
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
 * Opens the template's keys, by id; makes those that are new and has them on disk before it returns. Keys that the
 * template no longer names stay in the file. Throws at a key spec not known here, and at one that has changed.
 */
export function openKeys(template: Template, dataDir: string): ReadonlyMap<string, KmsKey> {
  const directory = join(dataDir, 'kms')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'keys.json')
  const kept = readKept(file)
  const declared = template.ofType('AWS::KMS::Key').map(({ logicalId, properties }) => {
    const { KeySpec, KeyUsage } = declaredShape.parse(properties, { error: () => `in the key ${logicalId}` })
    if (usageOf[KeySpec] !== KeyUsage)
      throw new Error(`The key ${logicalId} has a usage that is not known here.`)
    return { id: template.nameOf(logicalId), arn: template.arnOf(logicalId), spec: KeySpec }
  })
  const fresh = declared.filter(({ id }) => !Object.hasOwn(kept, id))
  const all = { ...kept, ...Object.fromEntries(fresh.map(({ id, spec }) => [id, make(spec)])) }
  if (fresh.length > 0) writeDurably(file, JSON.stringify({ version: 1, keys: all }))

  return new Map(
    declared.map(({ id, arn, spec }): [string, KmsKey] => {
      const key = all[id]
      if (key?.spec !== spec) throw new Error(`The key ${id} was made with another spec. Start with --fresh.`)
      return [id, { id, arn, spec, secret: Buffer.from(key.material, 'base64') }]
    }),
  )
}

function readKept(file: string): z.infer<typeof fileShape>['keys'] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  const parsed = fileShape.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`${file} does not hold the keys of the KMS stand-in.`)
  return parsed.data.keys
}

function make(spec: KeySpec): z.infer<typeof stored> {
  return { spec, material: randomBytes(32).toString('base64') }
}

/** All or nothing, whenever the process is killed: what a lost key has encrypted is lost. */
function writeDurably(file: string, text: string): void {
  const draft = `${file}.new`
  const written = openSync(draft, 'w', 0o600)
  writeSync(written, text)
  fsyncSync(written)
  closeSync(written)
  renameSync(draft, file)
  const directory = openSync(join(file, '..'), 'r')
  fsyncSync(directory)
  closeSync(directory)
}
