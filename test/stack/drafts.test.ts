import { randomUUID } from 'node:crypto'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import deployment from '../../cdk.json' with { type: 'json' }
import type { Fault, PendingCall } from '../../infra/local/edge.ts'
import { draft as draftForm, drafts as draftsForm, draftVersion } from '../../schemas/drafts.ts'
import { sample } from '../parts/bodies.ts'
import { type Desk, refusalOf, type Sending } from '../parts/desk.ts'
import { outcomeOf, sessionOf } from '../parts/function-clients.ts'
import { problemOf } from '../parts/refused.ts'
import { type RunningStack, startRunning } from '../parts/running-stack.ts'
import { telltale, telltaleFiling } from '../parts/telltale.ts'

let running: RunningStack
let officer: Desk
let colleague: Desk
let rome: Desk
let fault: (call: PendingCall) => Fault | undefined = () => undefined
const colleagueId = randomUUID()
const { draftDays } = deployment.context.rota.limits

beforeAll(async () => {
  running = await startRunning({ before: (call) => fault(call) })
  const desks = await Promise.all(['istanbul', 'istanbul-duty', 'rome'].map((name) => running.desk(name)))
  const [first, second, third] = desks
  if (!first || !second || !third) throw new Error('A desk is missing.')
  ;[officer, colleague, rome] = [first, second, third]
})
afterAll(() => running.stop())

const path = '/v1/mission/drafts'
const typed = { persons: [telltaleFiling], step: 'person' }
const label = { initials: 'K.K.', ageBand: '50-64' }

const begin = async (desk: Desk, body: object = { content: typed, label }, sending: Sending = {}) =>
  draftVersion.parse(await desk.call('POST', path, body, sending))
const see = async (desk: Desk, id: string) => draftForm.parse(await desk.call('GET', `${path}/${id}`))
const list = async (desk: Desk) => draftsForm.parse(await desk.call('GET', path)).drafts
const save = async (desk: Desk, id: string, body: object, ifMatch: number) =>
  draftVersion.parse(await desk.call('POST', `${path}/${id}`, body, { ifMatch }))
const discard = (desk: Desk, id: string, ifMatch: number) =>
  desk.call('POST', `${path}/${id}/delete`, {}, { ifMatch })
/** All that can be asked of a draft. */
const ways = (id: string, version: number) => [
  () => see(officer, id),
  () => save(officer, id, { content: {} }, version),
  () => discard(officer, id, version),
]
const rowOf = async (id: string) =>
  (await running.stored.rows('drafts', officer.party)).find((row) => row.draft?.S === id)

describe('a draft', () => {
  test('is answered in full to its party, and in a list by ids, times and a mask', async () => {
    const { draft, version } = await begin(officer)
    const seen = await see(officer, draft)
    expect(seen).toMatchObject({ draft, version: 1, content: typed, label, by: seen.keeper })
    expect(Date.parse(seen.expires) - Date.parse(seen.at)).toBeGreaterThan((draftDays * 24 - 1) * 3_600_000)
    const { content: _, ...inList } = seen
    expect(await list(officer)).toContainEqual(inList)
    expect(version).toBe(1)
  })

  test('takes what no filing would: nothing is asked of it before it is sent', async () => {
    const wrong = { persons: [{ identity: { idnp: '1', birth: '31.02.', documents: null } }] }
    const { draft } = await begin(officer, { content: wrong })
    expect((await see(officer, draft)).content).toEqual(wrong)
    expect((await see(officer, draft)).label).toBeUndefined()
  })

  test('begun twice by one request is one draft, and stays it after it was deleted', async () => {
    const idempotencyKey = randomUUID()
    const body = { content: { note: 'once' } }
    const [one, other] = await Promise.all([
      begin(officer, body, { idempotencyKey }),
      begin(officer, body, { idempotencyKey }),
    ])
    expect(one).toEqual(other)
    const otherBody = officer.call('POST', path, { content: {} }, { idempotencyKey })
    expect(await refusalOf(otherBody)).toMatchObject({ code: 'key-reused' })
    await discard(officer, one.draft, 1)
    expect(await begin(officer, body, { idempotencyKey })).toEqual(one)
    expect(await refusalOf(see(officer, one.draft))).toMatchObject({ code: 'not-found' })
  })

  test('is of any size up to the bound, and no larger', async () => {
    const body = (length: number) => ({ content: { text: 'x'.repeat(length) } })
    const most = 64 * 1024 - JSON.stringify(body(0)).length
    const { draft } = await begin(officer, body(most))
    expect((await see(officer, draft)).content).toEqual(body(most).content)
    expect(await refusalOf(begin(officer, body(most + 1)))).toMatchObject({ code: 'body-too-large' })
  })

  test('leaves nothing of what was typed in clear: not in a table, not in a log', async () => {
    const { draft } = await begin(officer)
    await save(officer, draft, { content: typed, label }, 1)
    const row = await rowOf(draft)
    expect(Object.keys(row ?? {}).sort()).toEqual(['draft', 'expires', 'party', 'state'])
    expect(Object.keys(row?.state?.M ?? {}).sort()).toEqual(
      ['at', 'blob', 'by', 'jwe', 'keeper', 'sec', 'version'].sort(),
    )
    for (const table of ['drafts', 'claims'] as const)
      expect(JSON.stringify(await running.stored.rows(table))).not.toMatch(telltale)
    expect(running.logs()).not.toMatch(telltale)
    expect(running.logs()).not.toMatch(/K\.K\./)
  })

  test('makes no event, no work for others, and no record of who looked', async () => {
    const quiet = ['trail', 'heads', 'sealed', 'keys', 'pending', 'worklists', 'access'] as const
    const before = await running.stored.contents()
    const { draft } = await begin(officer)
    await see(colleague, draft)
    await discard(officer, draft, 1)
    const after = await running.stored.contents()
    for (const table of quiet) expect([table, after[table]]).toEqual([table, before[table]])
  })
})

describe('two officers of one post', () => {
  test('go on with the same draft, and hand it to each other', async () => {
    const { draft } = await begin(officer)
    const keeper = (await see(officer, draft)).keeper
    await save(colleague, draft, { content: { step: 'safety' } }, 1)
    const after = await see(officer, draft)
    expect(after).toMatchObject({ version: 2, content: { step: 'safety' }, keeper })
    expect(after.by).not.toBe(keeper)
    await save(officer, draft, { content: { step: 'safety' }, keeper: colleagueId }, 2)
    expect((await list(colleague)).find((one) => one.draft === draft)?.keeper).toBe(colleagueId)
  })

  test('on one page: who saves second is told the version that is current, and nothing is lost', async () => {
    const { draft } = await begin(officer)
    await save(officer, draft, { content: { by: 'first' } }, 1)
    const late = save(colleague, draft, { content: { by: 'second' } }, 1)
    expect(await refusalOf(late)).toMatchObject({
      status: 412,
      code: 'version-stale',
      problem: { version: 2 },
    })
    expect((await see(colleague, draft)).content).toEqual({ by: 'first' })
    expect(await refusalOf(discard(colleague, draft, 1))).toMatchObject({ code: 'version-stale' })
    await save(colleague, draft, { content: { by: 'second' } }, 2)
    expect((await see(officer, draft)).content).toEqual({ by: 'second' })
  })

  test('at the same moment: one is written, the other is told', async () => {
    const { draft } = await begin(officer)
    const outcomes = await Promise.allSettled(
      [officer, colleague].map((desk, index) => save(desk, draft, { content: { index } }, 1)),
    )
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ problem: { version: 2 } })
    expect([409, 412]).toContain(refused[0].status)
  })

  test('a double click of one of them is one save; the same from the other is a conflict', async () => {
    const { draft } = await begin(officer)
    const body = { content: { twice: true }, label }
    const both = await Promise.all([save(officer, draft, body, 1), save(officer, draft, body, 1)])
    expect(both).toEqual([
      { draft, version: 2 },
      { draft, version: 2 },
    ])
    expect(await save(officer, draft, body, 1)).toEqual({ draft, version: 2 })
    expect(await refusalOf(save(colleague, draft, body, 1))).toMatchObject({ code: 'version-stale' })
    const other = save(officer, draft, { ...body, content: { twice: false } }, 1)
    expect(await refusalOf(other)).toMatchObject({ code: 'version-stale' })
  })

  test('save and delete on a version that they name', async () => {
    const { draft } = await begin(officer)
    const token = await running.stack.signIn('istanbul')
    for (const [way, body] of [
      ['', { content: {} }],
      ['/delete', {}],
    ] as const) {
      const answer = await running.ask({
        method: 'POST',
        path: `${path}/${draft}${way}`,
        token,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(problemOf(answer, 'bad-header').fields).toEqual(['If-Match'])
    }
  })
})

test('deleted, nothing of it is left: neither ciphertext nor wrap', async () => {
  const { draft } = await begin(officer)
  await discard(colleague, draft, 1)
  expect(await rowOf(draft)).toBeUndefined()
  for (const act of ways(draft, 1))
    expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'not-found' })
})

test('expired, it is answered no more, though DynamoDB has not removed it yet; saving puts that off', async () => {
  const { draft } = await begin(officer)
  const age = async (seconds: number) => {
    const row = await rowOf(draft)
    await running.stored.put('drafts', {
      ...row,
      expires: { N: String(Math.floor(Date.now() / 1000) + seconds) },
    })
  }
  await age(60)
  await save(officer, draft, { content: typed }, 1)
  expect(Date.parse((await see(officer, draft)).expires)).toBeGreaterThan(
    Date.now() + (draftDays - 1) * 86_400_000,
  )
  await age(-1)
  for (const act of ways(draft, 2))
    expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'not-found' })
  const filing = officer.file({ persons: [sample], draft: { draft, version: 2 } })
  expect(await refusalOf(filing)).toMatchObject({ status: 404, problem: { fields: ['draft'] } })
  expect((await list(officer)).map((one) => one.draft)).not.toContain(draft)
})

describe('another post', () => {
  test('finds no draft of this one, whatever it asks', async () => {
    const { draft } = await begin(officer)
    const before = await running.stored.contents()
    for (const act of [
      () => see(rome, draft),
      () => save(rome, draft, { content: {} }, 1),
      () => discard(rome, draft, 1),
      () => rome.file({ persons: [sample], draft: { draft, version: 1 } }),
    ])
      expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'not-found' })
    expect(await list(rome)).toEqual([])
    expect(await running.stored.contents()).toEqual(before)
  })

  test('cannot read one with the rights of its session either, nor wrap something for this one', async () => {
    const { draft } = await begin(officer)
    const state = (await rowOf(draft))?.state?.M ?? {}
    const TableName = running.stack.template.nameOf('DraftsTable')
    const Key = { party: { S: officer.party }, draft: { S: draft } }
    const KeyId = running.stack.template.arnOf('MissionKey')
    const context = (party: string) => ({ ret: draft, sec: state.sec?.S ?? '', cls: 'draft', party })
    const own = await sessionOf(running.stack, 'mission', officer.party.split(':')[1] ?? '')
    const other = await sessionOf(running.stack, 'mission', rome.party.split(':')[1] ?? '')
    const attempts = async ({ db, kms }: typeof own, party: string) =>
      Promise.all([
        outcomeOf(db.send(new GetItemCommand({ TableName, Key }))),
        outcomeOf(db.send(new PutItemCommand({ TableName, Item: (await rowOf(draft)) ?? Key }))),
        outcomeOf(
          kms.send(
            new DecryptCommand({ KeyId, CiphertextBlob: state.blob?.B, EncryptionContext: context(party) }),
          ),
        ),
        outcomeOf(
          kms.send(
            new EncryptCommand({ KeyId, Plaintext: new Uint8Array(32), EncryptionContext: context(party) }),
          ),
        ),
      ])
    const denied = 'AccessDeniedException'
    expect(await attempts(other, officer.party)).toEqual([denied, denied, denied, denied])
    expect(await attempts(own, officer.party)).toEqual(['allowed', 'allowed', 'allowed', 'allowed'])
  })

  test('what is no draft’s id is not found, and what is no cursor is told', async () => {
    for (const id of ['x', '__proto__', '0'.repeat(26)])
      expect(await refusalOf(see(officer, id))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(officer.call('GET', `${path}?cursor=x`))).toMatchObject({ code: 'bad-cursor' })
  })

  test.each(['iom', 'centre', 'ministry', 'consular', 'oversight', 'guardianship'])(
    '%s has no way to the drafts of a post',
    async (name) => {
      const desk = await running.desk(name)
      expect((await refusalOf(desk.call('GET', path))).status).toBe(403)
    },
  )
})

test('a long list comes in pages, the one begun last first', async () => {
  const madrid = await running.desk('madrid')
  const begun: string[] = []
  for (let n = 0; n < 27; n++) begun.push((await begin(madrid, { content: { n } })).draft)
  const first = draftsForm.parse(await madrid.call('GET', path))
  const second = draftsForm.parse(await madrid.call('GET', `${path}?cursor=${first.next}`))
  expect(first.drafts).toHaveLength(25)
  expect(second.next).toBeUndefined()
  expect([...first.drafts, ...second.drafts].map(({ draft }) => draft)).toEqual(begun.reverse())
})

describe('a filing that names its draft', () => {
  const filed = (draft: string, version: number, persons = 1) => ({
    persons: Array.from({ length: persons }, () => sample),
    draft: { draft, version },
  })
  const returnsOf = async (request: string) =>
    (await running.stored.rows('worklists', officer.party)).filter((row) => row.request?.S === request)

  test('takes it away: ciphertext and wrap are gone with the return that it became', async () => {
    const { draft } = await begin(officer)
    const { request } = await officer.file(filed(draft, 1))
    const state = (await rowOf(draft))?.state?.M ?? {}
    expect(Object.keys(state).sort()).toEqual(['at', 'by', 'filing', 'keeper', 'request', 'version'])
    expect((await list(officer)).map((one) => one.draft)).not.toContain(draft)
    for (const act of [
      () => see(colleague, draft),
      () => save(colleague, draft, { content: {} }, 1),
      () => discard(colleague, draft, 2),
    ])
      expect(await refusalOf(act())).toMatchObject({ status: 409, code: 'draft-sent', problem: { request } })
  })

  test('is sent once: again it answers the same, by somebody else it is refused, naming the request', async () => {
    const { draft } = await begin(officer)
    const idempotencyKey = randomUUID()
    const twice = await Promise.all([
      officer.file(filed(draft, 1), { idempotencyKey }),
      officer.file(filed(draft, 1), { idempotencyKey }),
    ])
    expect(twice[0]).toEqual(twice[1])
    expect(await officer.file(filed(draft, 1), { idempotencyKey })).toEqual(twice[0])
    const trails = await running.stored.rows('heads')
    for (const desk of [officer, colleague])
      for (const version of [1, 2])
        expect(await refusalOf(desk.file(filed(draft, version)))).toMatchObject({
          code: 'draft-sent',
          problem: { request: twice[0].request },
        })
    expect(await running.stored.rows('heads')).toHaveLength(trails.length)
  })

  test('sent by two at one moment is filed once', async () => {
    const { draft } = await begin(officer)
    const before = (await running.stored.rows('heads')).length
    const outcomes = await Promise.allSettled([
      officer.file(filed(draft, 1)),
      colleague.file(filed(draft, 1)),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await running.stored.rows('heads')).toHaveLength(before + 1)
  })

  test('of an older version is refused: a colleague typed something that nobody checked', async () => {
    const { draft } = await begin(officer)
    await save(colleague, draft, { content: { more: true } }, 1)
    const before = (await running.stored.rows('heads')).length
    expect(await refusalOf(officer.file(filed(draft, 1)))).toMatchObject({
      code: 'version-stale',
      problem: { version: 2 },
    })
    expect(await running.stored.rows('heads')).toHaveLength(before)
    expect((await see(officer, draft)).content).toEqual({ more: true })
  })

  test('refused for its own reasons leaves the draft as it is', async () => {
    const { draft } = await begin(officer)
    const refused = officer.file({ persons: [{}], draft: { draft, version: 1 } })
    expect(await refusalOf(refused)).toMatchObject({ code: 'bad-input' })
    expect(await see(officer, draft)).toMatchObject({ version: 1, content: typed })
  })

  test('of three persons, broken off after the first: the draft is kept unchanged until the last has a return', async () => {
    const { draft } = await begin(officer)
    const idempotencyKey = randomUUID()
    let transactions = 0
    fault = ({ operation }) => {
      if (operation !== 'ExecuteTransaction' || ++transactions < 2) return
      return { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException' } }
    }
    expect(await refusalOf(officer.file(filed(draft, 1, 3), { idempotencyKey }))).toMatchObject({
      code: 'internal',
    })
    fault = () => undefined

    const left = await see(colleague, draft)
    expect(left).toMatchObject({ version: 2, content: typed })
    const sentTo = { code: 'draft-sent', problem: { request: left.request } }
    expect(await refusalOf(save(colleague, draft, { content: {} }, 2))).toMatchObject(sentTo)
    expect(await refusalOf(colleague.file(filed(draft, 2, 3)))).toMatchObject(sentTo)
    expect((await list(officer)).find((one) => one.draft === draft)?.request).toBe(left.request)

    const { request, returns } = await officer.file(filed(draft, 1, 3), { idempotencyKey })
    expect([request, new Set(returns.map(({ ret }) => ret)).size]).toEqual([left.request, 3])
    expect((await rowOf(draft))?.state?.M?.jwe).toBeUndefined()
    await running.settled()
    expect(await returnsOf(request)).toHaveLength(3)
  })

  test('of three persons, and the draft deleted between two: the filing goes on all the same', async () => {
    const { draft } = await begin(officer)
    const idempotencyKey = randomUUID()
    let transactions = 0
    fault = ({ operation }) => {
      if (operation !== 'ExecuteTransaction' || ++transactions < 2) return
      return { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException' } }
    }
    await refusalOf(officer.file(filed(draft, 1, 3), { idempotencyKey }))
    fault = () => undefined
    await discard(officer, draft, 2)
    expect((await officer.file(filed(draft, 1, 3), { idempotencyKey })).returns).toHaveLength(3)
    expect(await rowOf(draft)).toBeUndefined()
  })
})
