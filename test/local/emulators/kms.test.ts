import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  ReEncryptCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Edge, startEdge } from '../../../infra/local/edge/edge.ts'
import { readTemplate } from '../../../infra/local/template/template.ts'
import { endpoints, outcome } from '../parts/running-edge.ts'

/** Keys that leave every decision to the account, and a role with all permissions: these tests are about KMS itself. */
function keyTemplate(specs: Record<string, string | undefined> = { Mac: 'HMAC_256' }) {
  const root = { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] }
  const usage: Record<string, string> = { HMAC_256: 'GENERATE_VERIFY_MAC' }
  const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] })
  const key = (spec?: string) => ({
    Type: 'AWS::KMS::Key',
    Properties: {
      ...(spec !== undefined && { KeySpec: spec, KeyUsage: usage[spec] }),
      KeyPolicy: policy({ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' }),
    },
  })
  const Resources = {
    First: key(),
    Second: key(),
    ...Object.fromEntries(Object.entries(specs).map(([id, spec]) => [id, key(spec)])),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
        Policies: [
          { PolicyName: 'All', PolicyDocument: policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }) },
        ],
      },
    },
  }
  return readTemplate({ Resources }, endpoints)
}

let dataDir: string
let edge: Edge
let kms: KMSClient

async function start(template = keyTemplate()) {
  edge = await startEdge({
    template,
    dynamodbUrl: 'http://127.0.0.1:9',
    sqsUrl: 'http://127.0.0.1:9',
    dataDir,
  })
  const credentials = edge.credentialsFor('Role')
  kms = new KMSClient({ region: 'eu-central-1', endpoint: edge.url, maxAttempts: 1, credentials })
}
async function stop() {
  kms.destroy()
  await edge.stop()
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'acasa-kms-'))
  await start()
})
afterEach(async () => {
  await stop()
  await rm(dataDir, { recursive: true })
})

const EncryptionContext = { ret: 'K7QX1', sec: 'S1', cls: 'case', party: 'iom' }
const Plaintext = Buffer.from('a data key of thirty-two bytes..')
const encrypt = (KeyId = 'First') => kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))
const decrypt = (CiphertextBlob: Uint8Array | undefined, over: object = {}) =>
  kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...over }))

describe('a ciphertext', () => {
  test('a ciphertext is decrypted with the same context, without the name of the key', async () => {
    const { CiphertextBlob, KeyId } = await encrypt()
    expect(KeyId).toBe('arn:aws:kms:eu-central-1:000000000000:key/First')
    const opened = await decrypt(CiphertextBlob, { KeyId })
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext)
    expect(opened.KeyId).toBe(KeyId)
    const reordered = Object.fromEntries(Object.entries(EncryptionContext).reverse())
    expect(await outcome(decrypt(CiphertextBlob, { EncryptionContext: reordered }))).toBe('done')
  })

  test.each<[string, Record<string, string> | undefined]>([
    ['another value in the context', { ...EncryptionContext, cls: 'care' }],
    ['one more context key', { ...EncryptionContext, more: '' }],
    ['one context key less', { ret: 'K7QX1', sec: 'S1', cls: 'case' }],
    ['exchanged values', { ...EncryptionContext, ret: 'S1', sec: 'K7QX1' }],
    ['a context key in capitals', { ret: 'K7QX1', sec: 'S1', cls: 'case', Party: 'iom' }],
    ['none', undefined],
  ])('a ciphertext is not decrypted with %s', async (_, other) => {
    const { CiphertextBlob } = await encrypt()
    expect(await outcome(decrypt(CiphertextBlob, { EncryptionContext: other }))).toBe(
      'InvalidCiphertextException',
    )
  })

  test('a ciphertext with a changed, added or missing byte is not decrypted', async () => {
    const { CiphertextBlob = new Uint8Array() } = await encrypt()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(CiphertextBlob.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const changed = CiphertextBlob.map((byte, i) => (i === at ? byte ^ flip : byte))
          expect(await outcome(decrypt(changed))).toBe('InvalidCiphertextException')
          expect(await outcome(decrypt(CiphertextBlob.slice(0, Math.max(at, 1))))).toBe(
            'InvalidCiphertextException',
          )
        },
      ),
      { numRuns: 40 },
    )
    expect(await outcome(decrypt(Buffer.concat([CiphertextBlob, Buffer.of(0)])))).toBe(
      'InvalidCiphertextException',
    )
  })

  test('a ciphertext of another key than the named one is not decrypted', async () => {
    const { CiphertextBlob } = await encrypt()
    expect(await outcome(decrypt(CiphertextBlob, { KeyId: 'Second' }))).toBe('IncorrectKeyException')
  })

  test('an encryption never gives the same bytes twice', async () => {
    expect((await encrypt()).CiphertextBlob).not.toEqual((await encrypt()).CiphertextBlob)
  })

  test('ReEncrypt moves a ciphertext to another key and context, from its own context only', async () => {
    const { CiphertextBlob } = await encrypt()
    const to = { ...EncryptionContext, party: 'ministry' }
    const move = (SourceEncryptionContext: Record<string, string>) =>
      kms.send(
        new ReEncryptCommand({
          CiphertextBlob,
          SourceEncryptionContext,
          DestinationKeyId: 'Second',
          DestinationEncryptionContext: to,
        }),
      )
    const moved = await move(EncryptionContext)
    const opened = await decrypt(moved.CiphertextBlob, { KeyId: 'Second', EncryptionContext: to })
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext)
    expect(await outcome(decrypt(moved.CiphertextBlob))).toBe('InvalidCiphertextException')
    expect(await outcome(move(to))).toBe('InvalidCiphertextException')
  })
})

describe('keys', () => {
  test('keys survive a restart, in a file that only the owner reads', async () => {
    const { CiphertextBlob } = await encrypt()
    await stop()
    await start()
    expect(await outcome(decrypt(CiphertextBlob))).toBe('done')
    expect((await stat(join(dataDir, 'kms', 'keys.json'))).mode & 0o777).toBe(0o600)
  })

  test('keys stay when the template gets new keys, and when it no longer names them', async () => {
    const { CiphertextBlob } = await encrypt()
    await stop()
    await start(keyTemplate({ Third: undefined }))
    expect(await outcome(encrypt('Third'))).toBe('done')
    await stop()
    await start()
    expect(await outcome(decrypt(CiphertextBlob))).toBe('done')
  })

  test('keys are not replaced when a killed write left a draft, nor when the file is damaged', async () => {
    const file = join(dataDir, 'kms', 'keys.json')
    const before = await readFile(file, 'utf8')
    await stop()
    await writeFile(`${file}.new`, '{"version":1,"ke')
    await start()
    expect(await readFile(file, 'utf8')).toBe(before)
    await writeFile(file, before.replace('material', 'item'))
    await expect(
      startEdge({ template: keyTemplate(), dynamodbUrl: '', sqsUrl: '', dataDir }),
    ).rejects.toThrow(/keys\.json/)
    expect(await readFile(file, 'utf8')).not.toBe(before)
  })

  test('a key with another spec than before stops the start', async () => {
    const changed = keyTemplate({ Mac: undefined })
    await expect(startEdge({ template: changed, dynamodbUrl: '', sqsUrl: '', dataDir })).rejects.toThrow(
      /Mac/,
    )
  })

  test('a key with an unknown spec stops the start', async () => {
    const changed = keyTemplate({ Big: 'RSA_4096' })
    await expect(startEdge({ template: changed, dynamodbUrl: '', sqsUrl: '', dataDir })).rejects.toThrow(
      /Big/,
    )
  })

  test.each<[string, () => Promise<unknown>, string]>([
    ['an unknown key', () => encrypt('Nothing'), 'NotFoundException'],
    ['a key for another use', () => encrypt('Mac'), 'InvalidKeyUsageException'],
    [
      'a plaintext that is too long',
      () => kms.send(new EncryptCommand({ KeyId: 'First', Plaintext: Buffer.alloc(4097) })),
      'ValidationException',
    ],
    [
      'an empty plaintext',
      () => kms.send(new EncryptCommand({ KeyId: 'First', Plaintext: Buffer.alloc(0) })),
      'ValidationException',
    ],
    [
      'bytes that are not a ciphertext',
      () => decrypt(Buffer.from('ciphertext')),
      'InvalidCiphertextException',
    ],
    [
      'an unknown operation',
      () => kms.send(new GenerateDataKeyCommand({ KeyId: 'First', KeySpec: 'AES_256' })),
      'AccessDeniedException',
    ],
  ])('KMS responds to %s as AWS does', async (_, call, name) => {
    expect(await outcome(call())).toBe(name)
  })
})

describe('a MAC', () => {
  const Message = Buffer.from('a checkpoint')

  test('KMS makes a MAC and checks it', async () => {
    const MacAlgorithm = 'HMAC_SHA_256'
    const { Mac } = await kms.send(new GenerateMacCommand({ KeyId: 'Mac', Message, MacAlgorithm }))
    const check = (over: object) =>
      outcome(kms.send(new VerifyMacCommand({ KeyId: 'Mac', Message, MacAlgorithm, Mac, ...over })))
    expect(await check({})).toBe('done')
    expect(await check({ Message: Buffer.from('another') })).toBe('KMSInvalidMacException')
    expect(await check({ Mac: createHmac('sha256', 'other').update(Message).digest() })).toBe(
      'KMSInvalidMacException',
    )
  })
})
