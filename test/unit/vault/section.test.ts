import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { CompactEncrypt, calculateJwkThumbprint, generateKeyPair, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import { newDataKey, open, seal, sectionDigest } from '../../../functions/vault/section.ts'

const unreadable = { code: 'section-unreadable', message: 'section-unreadable', detail: {} }
const content = { name: 'Ștefan Țurcanu', legs: [1, 2], safe: true }

async function sealed() {
  const dataKey = newDataKey()
  const place = { ret: newReturnId('K7QX'), sec: newSectionId(), cls: 'travel' }
  return { ...dataKey, place, jwe: await seal(content, { ...dataKey, ...place }) }
}

const header = (jwe: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString())

test('a data key is named by the thumbprint that jose makes', async () => {
  const { key, kid } = newDataKey()
  const jwk = { kty: 'oct', k: Buffer.from(key).toString('base64url') }
  expect(key).toHaveLength(32)
  expect(kid).toBe(await calculateJwkThumbprint(jwk))
  expect(newDataKey().kid).not.toBe(kid)
})

test('a sealed section is opened again, and its header holds the expected members and nothing else', async () => {
  const { key, kid, place, jwe } = await sealed()
  expect(await open(jwe, key, place)).toEqual(content)
  expect(await open(jwe, key, { ...place, kid })).toEqual(content)
  expect(header(jwe)).toEqual({ alg: 'dir', enc: 'A256GCM', kid, ...place, typ: 'acasa-section+json' })
  expect(jwe).not.toContain(Buffer.from('Turcanu').toString('base64url'))
})

test('a digest is over the ASCII bytes of the compact form', async () => {
  const { jwe } = await sealed()
  const sha256 = createHash('sha256').update(Buffer.from(jwe, 'ascii')).digest('hex')
  expect(sectionDigest(jwe)).toEqual({ len: jwe.length, sha256 })
})

test('the same content is never sealed to the same bytes', async () => {
  const { key, kid, place, jwe } = await sealed()
  expect(await seal(content, { key, kid, ...place })).not.toBe(jwe)
})

test('content longer than an event may name is refused', async () => {
  const { key, kid, place } = await sealed()
  const text = 'x'.repeat(72 * 1024)
  await expect(seal({ text }, { key, kid, ...place })).rejects.toMatchObject({ code: 'too-large' })
})

test.each<[string, (place: { ret: string; sec: string; cls: string }) => object]>([
  ['another return', () => ({ ret: newReturnId('K7QX') })],
  ['another section', () => ({ sec: newSectionId() })],
  ['another class', () => ({ cls: 'case' })],
  ['another key', () => ({ kid: newDataKey().kid })],
])('a section that should be of %s is refused', async (_, change) => {
  const { key, kid, place, jwe } = await sealed()
  await expect(open(jwe, key, { ...place, kid, ...change(place) })).rejects.toMatchObject(unreadable)
})

test('a section in the place of another is refused, under either key', async () => {
  const [mine, other] = [await sealed(), await sealed()]
  await expect(open(other.jwe, mine.key, mine.place)).rejects.toMatchObject(unreadable)
  await expect(open(other.jwe, other.key, mine.place)).rejects.toMatchObject(unreadable)
  await expect(open(other.jwe, other.key, { ...mine.place, kid: mine.kid })).rejects.toMatchObject(unreadable)
})

test.each([new Uint8Array(0), new Uint8Array(16), new Uint8Array(31), new Uint8Array(64)])(
  'a key that is not of 32 bytes is refused (%#)',
  async (key) => {
    const { place, jwe } = await sealed()
    await expect(open(jwe, key, place)).rejects.toMatchObject(unreadable)
  },
)

test('a section with any character changed is refused', async () => {
  const { key, place, jwe } = await sealed()
  const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n']
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: jwe.length - 1 }),
      fc.constantFrom(...characters),
      async (at, character) => {
        fc.pre(jwe[at] !== character)
        const changed = jwe.slice(0, at) + character + jwe.slice(at + 1)
        await expect(open(changed, key, place)).rejects.toMatchObject(unreadable)
      },
    ),
    { numRuns: 500 },
  )
})

test('a section with anything cut off, inserted or added is refused', async () => {
  const { key, place, jwe } = await sealed()
  const [head = '', , iv = '', ciphertext = '', tag = ''] = jwe.split('.')
  const changed = [
    '',
    '....',
    jwe.slice(0, -1),
    `${jwe}.`,
    ` ${jwe}`,
    `${jwe}\n`,
    `${head}..${iv}.${ciphertext}`,
    `${head}.${iv}.${iv}.${ciphertext}.${tag}`,
    `${head}...${ciphertext}.${tag}`,
    `${head}..${iv}..${tag}`,
    `${head}..${iv}.${ciphertext}.${tag.slice(0, 16)}`,
    `${head}..${iv}=.${ciphertext}.${tag}`,
    'x'.repeat(200_000),
  ]
  for (const forged of changed) {
    await expect(open(forged, key, place)).rejects.toMatchObject(unreadable)
  }
})

/** Sections that hold together, made by who has the key, with another header than ours. */
test.each<[string, object]>([
  ['another kid', { kid: newDataKey().kid }],
  ['no kid', { kid: undefined }],
  ['another typ', { typ: 'JWT' }],
  ['a member more', { role: 'officer' }],
  ['another return', { ret: newReturnId('K7QX') }],
])('a genuine section whose header has %s is refused', async (_, members) => {
  const { key, kid, place } = await sealed()
  const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
      kid,
      ...place,
      typ: 'acasa-section+json',
      ...members,
    })
    .encrypt(key)
  await expect(open(jwe, key, place)).rejects.toMatchObject(unreadable)
})

const headerOf = (kid: string, place: object, members: object) =>
  Buffer.from(
    JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, ...place, typ: 'acasa-section+json', ...members }),
  ).toString('base64url')

test.each<[string, object]>([
  ['zip', { zip: 'DEF' }],
  ['crit', { crit: ['exp'], exp: 1 }],
  ['another enc', { enc: 'A128GCM' }],
  ['an enc with an own mac', { enc: 'A256CBC-HS512' }],
  ['alg none', { alg: 'none' }],
  ['a password for alg', { alg: 'PBES2-HS256+A128KW', p2s: 'AAAA', p2c: 1_000_000_000 }],
])('a header with %s is refused', async (_, members) => {
  const { key, kid, place, jwe } = await sealed()
  const [, ...rest] = jwe.split('.')
  const forged = [headerOf(kid, place, members), ...rest].join('.')
  await expect(open(forged, key, place)).rejects.toMatchObject(unreadable)
})

test.each([
  ['A256GCMKW', 32],
  ['A256KW', 32],
])('a section whose key was wrapped with the data key by %s is refused', async (alg) => {
  const { key, kid, place } = await sealed()
  const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg, enc: 'A256GCM', kid, ...place, typ: 'acasa-section+json' })
    .encrypt(key)
  await expect(open(jwe, key, place)).rejects.toMatchObject(unreadable)
})

test('a section sealed for a public key is refused', async () => {
  const { key, kid, place } = await sealed()
  const { publicKey } = await generateKeyPair('ECDH-ES')
  const jwe = await new CompactEncrypt(Buffer.from('{}'))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, ...place, typ: 'acasa-section+json' })
    .encrypt(publicKey)
  await expect(open(jwe, key, place)).rejects.toMatchObject(unreadable)
})

test('a member that is there twice is refused, though its last value is right', async () => {
  const { key, kid, place, jwe } = await sealed()
  const json = Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString()
  const twice = Buffer.from(json.replace('{', '{"alg":"none",')).toString('base64url')
  const forged = [twice, ...jwe.split('.').slice(1)].join('.')
  expect(header(forged)).toMatchObject({ alg: 'dir', kid })
  await expect(open(forged, key, place)).rejects.toMatchObject(unreadable)
})

test('content that is no JSON is refused like everything else', async () => {
  const { key, kid, place } = await sealed()
  const oct = await importJWK({ kty: 'oct', k: Buffer.from(key).toString('base64url') }, 'dir')
  for (const plaintext of [Buffer.from('{'), Buffer.of(0x22, 0xff, 0x22), Buffer.alloc(0)]) {
    const jwe = await new CompactEncrypt(plaintext)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, ...place, typ: 'acasa-section+json' })
      .encrypt(oct)
    await expect(open(jwe, key, place)).rejects.toMatchObject(unreadable)
  }
})
