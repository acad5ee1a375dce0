import { randomUUID } from 'node:crypto'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { describe, expect } from 'vitest'
import deployment from '../../../cdk.json' with { type: 'json' }
import { drafts as draftsForm } from '../../../schemas/api/drafts.ts'
import { bodyLimit } from '../../../schemas/api/routes.ts'
import { sample } from '../../parts/bodies.ts'
import { type Desk, refusalOf, type Sending } from '../../parts/desk.ts'
import { draftsOf } from '../../parts/drafts.ts'
import { outcomeOf, sessionOf } from '../../parts/function-clients.ts'
import { problemOf } from '../../parts/refused.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { telltale, telltaleFiling } from '../../parts/telltale.ts'

let running: RunningStack
let officer: Desk
let colleague: Desk
let rome: Desk
const colleagueId = randomUUID()
const { draftDays } = deployment.context.rota.limits

test.beforeAll(async ({ shared }) => {
  running = shared
  const desks = await Promise.all(['istanbul', 'istanbul-duty', 'rome'].map((name) => running.desk(name)))
  const [first, second, third] = desks
  if (!first || !second || !third) throw new Error('A desk is missing.')
  ;[officer, colleague, rome] = [first, second, third]
})

const path = '/v1/mission/drafts'
const typed = { persons: [telltaleFiling], step: 'person' }
const label = { initials: 'K.K.', ageBand: '50-64' }

const begin = (desk: Desk, body: object = { content: typed, label }, sending: Sending = {}) =>
  draftsOf(desk).begin(body, sending)
const see = (desk: Desk, id: string) => draftsOf(desk).see(id)
const list = (desk: Desk) => draftsOf(desk).list()
const save = (desk: Desk, id: string, body: object, ifMatch: number) => draftsOf(desk).save(id, body, ifMatch)
const discard = (desk: Desk, id: string, ifMatch: number) => draftsOf(desk).discard(id, ifMatch)
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
    expect(seen).toMatchObject({ draft, version: 1, content: typed, label, by: seen.assignee })
    expect(Date.parse(seen.expires) - Date.parse(seen.at)).toBeGreaterThan((draftDays * 24 - 1) * 3_600_000)
    const { content: _, ...inList } = seen
    expect(await list(officer)).toContainEqual({ ...inList, begun: seen.at })
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
    const [begun, other] = await Promise.all([
      begin(officer, body, { idempotencyKey }),
      begin(officer, body, { idempotencyKey }),
    ])
    expect(begun).toEqual(other)
    const otherBody = officer.call('POST', path, { content: {} }, { idempotencyKey })
    expect(await refusalOf(otherBody)).toMatchObject({ code: 'key-reused' })
    await discard(officer, begun.draft, 1)
    expect(await begin(officer, body, { idempotencyKey })).toEqual(begun)
    expect(await refusalOf(see(officer, begun.draft))).toMatchObject({ code: 'not-found' })
  })

  test('is of any size up to the bound, and no larger', async () => {
    const body = (length: number) => ({ content: { text: 'x'.repeat(length) } })
    const most = bodyLimit.draft - JSON.stringify(body(0)).length
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
      ['at', 'blob', 'by', 'jwe', 'assignee', 'sec', 'version'].sort(),
    )
    for (const table of ['drafts', 'claims'] as const)
      expect(JSON.stringify(await running.stored.rows(table))).not.toMatch(telltale)
    expect(running.logs()).not.toMatch(telltale)
    expect(running.logs()).not.toMatch(/K\.K\./)
  })

  test('makes no event, no work for others, and no record of who looked', async () => {
    const quiet = ['trail', 'heads', 'sealed', 'keys', 'pending', 'worklists', 'access'] as const
    const before = running.stored.contents()
    const { draft } = await begin(officer)
    await see(colleague, draft)
    await discard(officer, draft, 1)
    const after = running.stored.contents()
    for (const table of quiet) expect([table, after[table]]).toEqual([table, before[table]])
  })
})

describe('two officers of one post', () => {
  test('go on with the same draft, and hand it to each other', async () => {
    const { draft } = await begin(officer)
    const assignee = (await see(officer, draft)).assignee
    await save(colleague, draft, { content: { step: 'safety' } }, 1)
    const after = await see(officer, draft)
    expect(after).toMatchObject({ version: 2, content: { step: 'safety' }, assignee })
    expect(after.by).not.toBe(assignee)
    await save(officer, draft, { content: { step: 'safety' }, assignee: colleagueId }, 2)
    expect((await list(colleague)).find((item) => item.draft === draft)?.assignee).toBe(colleagueId)
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
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
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
  expect((await list(officer)).map((item) => item.draft)).not.toContain(draft)
})

describe('another post', () => {
  test('finds no draft of this one, whatever it asks', async () => {
    const { draft } = await begin(officer)
    const before = running.stored.contents()
    for (const act of [
      () => see(rome, draft),
      () => save(rome, draft, { content: {} }, 1),
      () => discard(rome, draft, 1),
      () => rome.file({ persons: [sample], draft: { draft, version: 1 } }),
    ])
      expect(await refusalOf(act())).toMatchObject({ status: 404, code: 'not-found' })
    expect(await list(rome)).toEqual([])
    expect(running.stored.contents()).toEqual(before)
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
