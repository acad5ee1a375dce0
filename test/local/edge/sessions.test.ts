import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clients, outcome, type Parts, startParts, tags } from '../parts/running-edge.ts'

let parts: Parts
beforeAll(async () => {
  parts = await startParts()
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

  it.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['with the tags that the trust asks for', withTags(both), 'done'],
    ['with a tag more', withTags({ ...both, role: 'admin' }), 'AccessDenied'],
    ['with a tag less', withTags({ code: 'K7QX' }), 'AccessDenied'],
    ['without tags', {}, 'AccessDenied'],
    ['with an empty tag', withTags({ code: 'K7QX', filer: '' }), 'AccessDenied'],
    ['with a longer tag', withTags({ code: 'K7QX', filer: 'K7QXX' }), 'AccessDenied'],
    ['with one tag twice', { Tags: [...tags(both), ...tags({ Code: 'ZZZZ' })] }, 'ValidationError'],
    [
      'of a role that does not trust the caller',
      { ...withTags(both), RoleArn: 'arn:aws:iam::000000000000:role/IomRole' },
      'AccessDenied',
    ],
    [
      'of a role that is not there',
      { ...withTags(both), RoleArn: 'arn:aws:iam::000000000000:role/Admin' },
      'AccessDenied',
    ],
    ['of more than an hour', { ...withTags(both), DurationSeconds: 3601 }, 'ValidationError'],
    ['with a session policy, which nobody would read', { ...withTags(both), Policy: '{}' }, 'AccessDenied'],
  ])('%s: %3$s', async (_, input, expected) => {
    expect(await outcome(parts.assume(input))).toBe(expected)
  })

  it('cannot be assumed by another function', async () => {
    expect(await outcome(parts.assume(withTags(both), parts.as('IomRole')))).toBe('AccessDenied')
  })

  it('cannot open another session', async () => {
    expect(await outcome(parts.assume(withTags(both), await parts.mission('K7QX')))).toBe('AccessDenied')
  })

  it('with tags needs the right to tag', async () => {
    const plain = { RoleArn: parts.template.arnOf('PlainRole') }
    expect(await outcome(parts.assume(plain, parts.as('IomRole')))).toBe('done')
    expect(await outcome(parts.assume({ ...plain, ...withTags(both) }, parts.as('IomRole')))).toBe(
      'AccessDenied',
    )
  })

  it('passes on the tags that it was told to, and nobody can set them anew', async () => {
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

  it('is worth nothing without its token', async () => {
    const { sessionToken: _, ...half } = await parts.assume(withTags(both))
    expect(await outcome(parts.clientsOf(half).dynamodb.send(trail('K7QX1')))).toBe(
      'UnrecognizedClientException',
    )
  })

  it('tells who it is', async () => {
    const { Arn } = await (await parts.mission('K7QX')).sts.send(new GetCallerIdentityCommand())
    expect(Arn).toBe('arn:aws:sts::000000000000:assumed-role/MissionSessionRole/officer')
  })
})

describe('a party key', () => {
  const KeyId = 'arn:aws:kms:eu-central-1:000000000000:key/MissionKey'
  const Plaintext = Buffer.alloc(32, 7)
  const own = { ret: 'K7QX1', sec: 'S1', cls: 'case', party: 'mission:K7QX' }
  let CiphertextBlob: Uint8Array | undefined
  let mission: Clients
  beforeAll(async () => {
    mission = await parts.mission('K7QX')
    const sealed = await parts
      .as('IomRole')
      .kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: own }))
    CiphertextBlob = sealed.CiphertextBlob
  })
  const open = (clients: Clients, EncryptionContext: Record<string, string>) =>
    outcome(clients.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })))

  it('opens for its own party', async () => {
    expect(await open(mission, own)).toBe('done')
  })

  it.each<[string, Record<string, string>]>([
    ['another party in the context', { ...own, party: 'mission:ZZZZ' }],
    ['a class that it may not read', { ...own, cls: 'protection' }],
    ['a key more', { ...own, more: 'x' }],
    ['a key less', { ret: 'K7QX1', cls: 'case', party: 'mission:K7QX' }],
    ['no context', {}],
  ])('refuses %s', async (_, context) => {
    expect(await open(mission, context)).toBe('AccessDeniedException')
  })

  it('does not open what was sealed for another return, though the caller might', async () => {
    expect(await open(mission, { ...own, ret: 'K7QX2' })).toBe('InvalidCiphertextException')
  })

  it('does not open for another mission, nor for whoever sealed it', async () => {
    const other = await parts.mission('ZZZZ')
    expect(await open(other, own)).toBe('AccessDeniedException')
    expect(await open(other, { ...own, party: 'mission:ZZZZ' })).toBe('InvalidCiphertextException')
    expect(await open(parts.as('IomRole'), own)).toBe('AccessDeniedException')
  })

  it('does not seal a class that the writer may not write', async () => {
    const context = { ...own, cls: 'label' }
    const sealing = parts
      .as('IomRole')
      .kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: context }))
    expect(await outcome(sealing)).toBe('AccessDeniedException')
  })
})
