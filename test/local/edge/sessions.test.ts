import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsClients, outcome, type RunningEdge, startRunningEdge, tags } from '../parts/running-edge.ts'

let parts: RunningEdge
beforeAll(async () => {
  parts = await startRunningEdge()
})
afterAll(() => parts.stop())

const trail = (ret: string) =>
  new QueryCommand({
    TableName: 'acasa-trail',
    KeyConditionExpression: 'ret = :ret',
    ExpressionAttributeValues: { ':ret': { S: ret } },
  })

describe('a session', () => {
  const withTags = (values: Record<string, string>) => ({ Tags: tags(values) })
  const both = { code: 'K7QX', filer: 'K7QX' }

  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['with the tags that the trust policy requires', withTags(both), 'done'],
    ['with one more tag', withTags({ ...both, role: 'admin' }), 'AccessDenied'],
    ['with one tag less', withTags({ code: 'K7QX' }), 'AccessDenied'],
    ['without tags', {}, 'AccessDenied'],
    ['with an empty tag', withTags({ code: 'K7QX', filer: '' }), 'AccessDenied'],
    ['with a longer tag', withTags({ code: 'K7QX', filer: 'K7QXX' }), 'AccessDenied'],
    ['with the same tag twice', { Tags: [...tags(both), ...tags({ Code: 'ZZZZ' })] }, 'ValidationError'],
    [
      'of a role that does not trust the caller',
      { ...withTags(both), RoleArn: 'arn:aws:iam::000000000000:role/IomRole' },
      'AccessDenied',
    ],
    [
      'of an unknown role',
      { ...withTags(both), RoleArn: 'arn:aws:iam::000000000000:role/Admin' },
      'AccessDenied',
    ],
    ['of more than an hour', { ...withTags(both), DurationSeconds: 3601 }, 'ValidationError'],
    [
      'with a session policy, which the edge does not read',
      { ...withTags(both), Policy: '{}' },
      'AccessDenied',
    ],
  ])('a session %s ends with %3$s', async (_, input, expected) => {
    expect(await outcome(parts.assume(input))).toBe(expected)
  })

  test('another function cannot assume the session', async () => {
    expect(await outcome(parts.assume(withTags(both), parts.as('IomRole')))).toBe('AccessDenied')
  })

  test('a session cannot open another session', async () => {
    expect(await outcome(parts.assume(withTags(both), await parts.mission('K7QX')))).toBe('AccessDenied')
  })

  test('a session with tags requires the permission to tag', async () => {
    const plain = { RoleArn: parts.template.arnOf('PlainRole') }
    expect(await outcome(parts.assume(plain, parts.as('IomRole')))).toBe('done')
    expect(await outcome(parts.assume({ ...plain, ...withTags(both) }, parts.as('IomRole')))).toBe(
      'AccessDenied',
    )
  })

  test('a session inherits transitive tags, and cannot set them again', async () => {
    const helper = { RoleArn: parts.template.arnOf('HelperRole') }
    const passing = parts.clientsOf(await parts.assume({ ...withTags(both), TransitiveTagKeys: ['filer'] }))
    const chained = parts.clientsOf(await parts.assume(helper, passing))
    expect(await outcome(chained.dynamodb.send(trail('K7QX1')))).toBe('done')
    expect(await outcome(parts.assume({ ...helper, ...withTags({ Filer: 'ZZZZ' }) }, passing))).toBe(
      'ValidationError',
    )
    const keeping = parts.clientsOf(await parts.assume(withTags(both)))
    const untagged = parts.clientsOf(await parts.assume(helper, keeping))
    expect(await outcome(untagged.dynamodb.send(trail('K7QX1')))).toBe('AccessDeniedException')
  })

  test('a session key without its token is refused', async () => {
    const { sessionToken: _, ...half } = await parts.assume(withTags(both))
    expect(await outcome(parts.clientsOf(half).dynamodb.send(trail('K7QX1')))).toBe(
      'UnrecognizedClientException',
    )
  })

  test('a session returns its identity', async () => {
    const { Arn } = await (await parts.mission('K7QX')).sts.send(new GetCallerIdentityCommand())
    expect(Arn).toBe('arn:aws:sts::000000000000:assumed-role/MissionSessionRole/officer')
  })
})

describe('a party key', () => {
  const KeyId = 'arn:aws:kms:eu-central-1:000000000000:key/MissionKey'
  const Plaintext = Buffer.alloc(32, 7)
  const own = { ret: 'K7QX1', sec: 'S1', cls: 'case', party: 'mission:K7QX' }
  let CiphertextBlob: Uint8Array | undefined
  let mission: AwsClients
  beforeAll(async () => {
    mission = await parts.mission('K7QX')
    const sealed = await parts
      .as('IomRole')
      .kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: own }))
    CiphertextBlob = sealed.CiphertextBlob
  })
  const open = (clients: AwsClients, EncryptionContext: Record<string, string>) =>
    outcome(clients.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })))

  test('a party key decrypts for its own party', async () => {
    expect(await open(mission, own)).toBe('done')
  })

  test.each<[string, Record<string, string>]>([
    ['another party in the context', { ...own, party: 'mission:ZZZZ' }],
    ['a class that it may not read', { ...own, cls: 'protection' }],
    ['one more key', { ...own, more: 'x' }],
    ['one key less', { ret: 'K7QX1', cls: 'case', party: 'mission:K7QX' }],
    ['no encryption context', {}],
  ])('a party key refuses %s', async (_, context) => {
    expect(await open(mission, context)).toBe('AccessDeniedException')
  })

  test('a party key does not decrypt a ciphertext of another return, although the caller may use the key', async () => {
    expect(await open(mission, { ...own, ret: 'K7QX2' })).toBe('InvalidCiphertextException')
  })

  test('a party key does not decrypt for another mission, nor for the encrypting party', async () => {
    const other = await parts.mission('ZZZZ')
    expect(await open(other, own)).toBe('AccessDeniedException')
    expect(await open(other, { ...own, party: 'mission:ZZZZ' })).toBe('InvalidCiphertextException')
    expect(await open(parts.as('IomRole'), own)).toBe('AccessDeniedException')
  })

  test('a party key does not encrypt a class that the caller may not write', async () => {
    const context = { ...own, cls: 'label' }
    const sealing = parts
      .as('IomRole')
      .kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: context }))
    expect(await outcome(sealing)).toBe('AccessDeniedException')
  })
})
