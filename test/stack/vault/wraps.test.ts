import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import { newDataKey } from '../../../functions/vault/section.ts'
import { unwrap, type Wrap, type WrapContext, wrapFor } from '../../../functions/vault/wraps.ts'
import { type HolderId, holderId, partyId } from '../../../schemas/values/parties.ts'
import { type Door, openDoor, type Passed } from '../../parts/door.ts'
import { startTestKms, type TestKms } from '../../parts/kms.ts'
import { iom, mission } from '../../parts/trails.ts'

let kms: TestKms
let door: Door
let fault: (call: Passed) => ReturnType<Parameters<typeof openDoor>[1]>
beforeAll(async () => {
  kms = await startTestKms()
  door = await openDoor(kms.url, (call) => fault(call))
})
afterAll(async () => {
  await door.stop()
  await kms.stop()
})
afterEach(() => vi.restoreAllMocks())

const centre = partyId.parse('centre:C0MT')
const figures = holderId.parse('figures')
const unreadable = { code: 'section-unreadable' }

async function wrapped(holders: readonly HolderId[] = [iom]) {
  fault = () => undefined
  const { key } = newDataKey()
  const place = { ret: newReturnId('K7QX'), sec: newSectionId(), cls: 'travel' }
  const wraps = await wrapFor(kms.client(door.url), kms.keyArnOf, holders, { key, ...place })
  door.passed.length = 0
  return { key, place, wraps, row: firstOf(wraps), context: { ...place, party: iom } }
}

function firstOf(wraps: readonly Wrap[]): Wrap {
  const [first] = wraps
  if (!first) throw new Error('no wrap')
  return first
}

const unwrapHere = (row: Wrap, context: WrapContext, party: HolderId = context.party) =>
  unwrap(kms.client(door.url), kms.keyArnOf(party), row, context)

const decrypts = () => door.passed.filter(({ operation }) => operation === 'Decrypt').length

test('a key is wrapped for each holder, and each unwraps the same key', async () => {
  const holders = [mission, iom, centre, figures]
  const { key, place, wraps } = await wrapped(holders)
  expect(wraps.map(({ wrap }) => wrap)).toEqual(holders.map((party) => `${party}#travel#${place.sec}`))
  for (const [index, party] of holders.entries()) {
    const row = wraps[index]
    if (!row) throw new Error('no wrap')
    expect(Buffer.from(row.blob).includes(Buffer.from(key))).toBe(false)
    expect(Buffer.from(await unwrapHere(row, { ...place, party }))).toEqual(Buffer.from(key))
  }
})

test('KMS gets exactly the four ids of the context, and the ARN of the key', async () => {
  const { context, row } = await wrapped()
  await unwrapHere(row, context)
  expect(JSON.parse(door.passed[0]?.body ?? '')).toMatchObject({
    KeyId: kms.keyArnOf(iom),
    EncryptionContext: context,
  })
})

test.each<[string, () => Partial<WrapContext>]>([
  ['another return', () => ({ ret: newReturnId('K7QX') })],
  ['another section', () => ({ sec: newSectionId() })],
  ['another class', () => ({ cls: 'case' })],
  ['another mission', () => ({ party: partyId.parse('mission:M2ZW') })],
])('in the context of %s a wrap is refused', async (_, change) => {
  const { place, row } = await wrapped([mission])
  await expect(unwrapHere(row, { ...place, party: mission, ...change() })).rejects.toMatchObject(unreadable)
})

test("with another kind's key a wrap is refused", async () => {
  const { row, context } = await wrapped()
  await expect(unwrapHere(row, context, centre)).rejects.toMatchObject(unreadable)
})

test('a wrap with any part changed is refused', async () => {
  const { row, context } = await wrapped()
  for (const at of [0, 1, 5, row.blob.length - 40, row.blob.length - 1]) {
    const blob = Uint8Array.from(row.blob)
    blob.set([(blob[at] ?? 0) ^ 1], at)
    await expect(unwrapHere({ ...row, blob }, context)).rejects.toMatchObject(unreadable)
  }
})

test('a wrap of something that is no data key is refused', async () => {
  const { place, context } = await wrapped()
  const short = firstOf(await wrapFor(kms.client(), kms.keyArnOf, [iom], { key: Buffer.alloc(16), ...place }))
  await expect(unwrapHere(short, context)).rejects.toMatchObject(unreadable)
})

test('a call that KMS denies is reported as denied, and not as a broken wrap', async () => {
  const { row, context } = await wrapped()
  fault = () => ({ kind: 'answer', status: 400, body: { __type: 'AccessDeniedException', Message: 'no' } })
  await expect(unwrapHere(row, context)).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('if one wrap fails, there are none', async () => {
  const { place } = await wrapped()
  fault = ({ body }) =>
    body.includes(centre)
      ? { kind: 'answer', status: 400, body: { __type: 'DisabledException', message: 'no' } }
      : undefined
  const attempt = wrapFor(kms.client(door.url), kms.keyArnOf, [iom, centre], {
    key: newDataKey().key,
    ...place,
  })
  await expect(attempt).rejects.toMatchObject({ name: 'DisabledException' })
})

test('a key is fetched once for a row and context, and again for any other', async () => {
  const { key, place, row, context } = await wrapped()
  const again = firstOf(await wrapFor(kms.client(), kms.keyArnOf, [iom], { key, ...place }))
  await unwrapHere(row, context)
  await unwrapHere(row, context)
  expect(decrypts()).toBe(1)
  await unwrapHere(again, context)
  expect(decrypts()).toBe(2)
  await expect(unwrapHere(row, { ...context, cls: 'case' })).rejects.toMatchObject(unreadable)
  await expect(unwrapHere(row, context, centre)).rejects.toMatchObject(unreadable)
  expect(decrypts()).toBe(4)
})

test('a key is not cached longer than five minutes', async () => {
  const { row, context } = await wrapped()
  const real = performance.now.bind(performance)
  let ahead = 0
  // The cache reads this clock, and keeps what it read for a millisecond.
  vi.spyOn(performance, 'now').mockImplementation(() => real() + ahead)
  const later = (ms: number) => {
    ahead += ms
    return pause(5)
  }
  await unwrapHere(row, context)
  await later(4 * 60_000)
  await unwrapHere(row, context)
  expect(decrypts()).toBe(1)
  await later(61_000)
  await unwrapHere(row, context)
  expect(decrypts()).toBe(2)
})
