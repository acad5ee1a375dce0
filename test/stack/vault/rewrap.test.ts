import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import { newDataKey } from '../../../functions/vault/section.ts'
import {
  rewrap,
  rewrapAll,
  unwrap,
  type Wrap,
  type WrapContext,
  wrapFor,
} from '../../../functions/vault/wraps.ts'
import { type HolderId, partyId } from '../../../schemas/values/parties.ts'
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
beforeEach(() => {
  fault = () => undefined
  door.passed.length = 0
})
afterAll(async () => {
  await door.stop()
  await kms.stop()
})

const centre = partyId.parse('centre:C0MT')
const otherMission = partyId.parse('mission:M2ZW')
const unreadable = { code: 'section-unreadable' }

interface Wrapped {
  key: Uint8Array
  row: Wrap
  from: WrapContext
}

async function wrapped(party: HolderId = iom, cls = 'travel'): Promise<Wrapped> {
  const { key } = newDataKey()
  const place = { ret: newReturnId('K7QX'), sec: newSectionId(), cls }
  const [row] = await wrapFor(kms.client(), kms.keyArnOf, [party], { key, ...place })
  if (!row) throw new Error('no wrap')
  return { key, row, from: { ...place, party } }
}

const rewrapHere = (row: Wrap, from: WrapContext, to: HolderId) =>
  rewrap(kms.client(door.url), kms.keyArnOf, row, from, to)
const unwrapHere = (row: Wrap, context: WrapContext) =>
  unwrap(kms.client(), kms.keyArnOf(context.party), row, context)

test.each<[HolderId, HolderId]>([
  [iom, centre],
  [mission, otherMission],
  [centre, 'figures'],
  ['custodian', iom],
])('the key that %s holds is wrapped for %s, which unwraps the same', async (holder, to) => {
  const { key, row, from } = await wrapped(holder)
  const made = await rewrapHere(row, from, to)
  expect(made.wrap).toBe(`${to}#travel#${from.sec}`)
  expect(Buffer.from(await unwrapHere(made, { ...from, party: to }))).toEqual(Buffer.from(key))
  // And for nobody else: neither in its own name nor with another's key.
  await expect(unwrapHere(made, from)).rejects.toMatchObject(unreadable)
  await expect(unwrapHere(made, { ...from, party: mission })).rejects.toMatchObject(unreadable)
  expect(Buffer.from(await unwrapHere(row, from))).toEqual(Buffer.from(key))
})

test('KMS gets both keys and both contexts in full, and answers without a key in clear', async () => {
  const { key, row, from } = await wrapped()
  const answers: string[] = []
  fault = () => ({
    kind: 'rewrite',
    rewrite: (body) => {
      answers.push(body)
      return body
    },
  })
  await rewrapHere(row, from, centre)
  expect(door.passed.map(({ operation }) => operation)).toEqual(['ReEncrypt'])
  expect(JSON.parse(door.passed[0]?.body ?? '')).toEqual({
    CiphertextBlob: Buffer.from(row.blob).toString('base64'),
    SourceKeyId: kms.keyArnOf(iom),
    SourceEncryptionContext: from,
    DestinationKeyId: kms.keyArnOf(centre),
    DestinationEncryptionContext: { ...from, party: centre },
  })
  expect(answers.join()).not.toContain(Buffer.from(key).toString('base64'))
})

test.each<[string, () => Partial<WrapContext>]>([
  ['another return', () => ({ ret: newReturnId('K7QX') })],
  ['another section', () => ({ sec: newSectionId() })],
  ['another class', () => ({ cls: 'case' })],
  ['another party of the kind', () => ({ party: otherMission })],
  ['another kind', () => ({ party: iom })],
])('from the context of %s nothing is re-wrapped', async (_, change) => {
  const { row, from } = await wrapped(mission)
  await expect(rewrapHere(row, { ...from, ...change() }, centre)).rejects.toMatchObject(unreadable)
})

test('a wrap with any part changed is re-wrapped for nobody', async () => {
  const { row, from } = await wrapped()
  for (const at of [0, 5, row.blob.length - 1]) {
    const blob = Uint8Array.from(row.blob)
    blob.set([(blob[at] ?? 0) ^ 1], at)
    await expect(rewrapHere({ ...row, blob }, from, centre)).rejects.toMatchObject(unreadable)
  }
})

test('a call that KMS denies is reported as denied, and not as a broken wrap', async () => {
  const { row, from } = await wrapped()
  fault = () => ({ kind: 'answer', status: 400, body: { __type: 'AccessDeniedException', Message: 'no' } })
  await expect(rewrapHere(row, from, centre)).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('many rows are re-wrapped for one holder, in their order, by more calls than go out at once', async () => {
  const rows = await Promise.all(
    Array.from({ length: 120 }, (_, index) => wrapped(index % 2 ? iom : 'custodian')),
  )
  const made = await rewrapAll(kms.client(door.url), kms.keyArnOf, rows, centre)
  expect(door.passed).toHaveLength(120)
  for (const [index, { key, from }] of rows.entries()) {
    const wrap = made[index]
    if (!wrap) throw new Error('no wrap')
    expect(Buffer.from(await unwrapHere(wrap, { ...from, party: centre }))).toEqual(Buffer.from(key))
  }
  expect(await rewrapAll(kms.client(door.url), kms.keyArnOf, [], centre)).toEqual([])
})

test('if one of many cannot be re-wrapped, none is', async () => {
  const rows = await Promise.all([wrapped(), wrapped(), wrapped()])
  const [first, second, third] = rows
  if (!first || !second || !third) throw new Error('no wrap')
  const mixed = [first, { ...second, row: third.row }, third]
  await expect(rewrapAll(kms.client(), kms.keyArnOf, mixed, centre)).rejects.toMatchObject(unreadable)
})
