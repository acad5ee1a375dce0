import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { InjectedFault, PendingCall } from '../../../infra/local/edge/edge.ts'
import { sample } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { draftsOf } from '../../parts/drafts.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'

let running: RunningStack
let officer: Desk
let colleague: Desk
let fault: (call: PendingCall) => InjectedFault | undefined = () => undefined

test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall((call) => fault(call))
  officer = await running.desk('istanbul')
  colleague = await running.desk('istanbul-duty')
})

const typed = { step: 'check', persons: [{ typed: 'by hand' }] }
const begin = (desk: Desk) => draftsOf(desk).begin({ content: typed })
const see = (desk: Desk, id: string) => draftsOf(desk).see(id)
const list = (desk: Desk) => draftsOf(desk).list()
const save = (desk: Desk, id: string, body: object, ifMatch: number) => draftsOf(desk).save(id, body, ifMatch)
const discard = (desk: Desk, id: string, ifMatch: number) => draftsOf(desk).discard(id, ifMatch)
const rowOf = async (id: string) =>
  (await running.stored.rows('drafts', officer.party)).find((row) => row.draft?.S === id)

/** Lets one transaction through, and fails the next. */
function breakAfterOne(): void {
  let transactions = 0
  fault = ({ operation }) => {
    if (operation !== 'ExecuteTransaction' || ++transactions < 2) return
    return { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException' } }
  }
}

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
    expect(Object.keys(state).sort()).toEqual(['assignee', 'at', 'by', 'filing', 'request', 'version'])
    expect((await list(officer)).map((item) => item.draft)).not.toContain(draft)
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
    breakAfterOne()
    expect(await refusalOf(officer.file(filed(draft, 1, 3), { idempotencyKey }))).toMatchObject({
      code: 'internal',
    })
    fault = () => undefined

    const left = await see(colleague, draft)
    expect(left).toMatchObject({ version: 2, content: typed })
    const sentTo = { code: 'draft-sent', problem: { request: left.request } }
    expect(await refusalOf(save(colleague, draft, { content: {} }, 2))).toMatchObject(sentTo)
    expect(await refusalOf(colleague.file(filed(draft, 2, 3)))).toMatchObject(sentTo)
    expect((await list(officer)).find((item) => item.draft === draft)?.request).toBe(left.request)

    const { request, returns } = await officer.file(filed(draft, 1, 3), { idempotencyKey })
    expect([request, new Set(returns.map(({ ret }) => ret)).size]).toEqual([left.request, 3])
    expect((await rowOf(draft))?.state?.M?.jwe).toBeUndefined()
    await running.settled()
    expect(await returnsOf(request)).toHaveLength(3)
  })

  test('of three persons, and the draft deleted between two: the filing goes on all the same', async () => {
    const { draft } = await begin(officer)
    const idempotencyKey = randomUUID()
    breakAfterOne()
    await refusalOf(officer.file(filed(draft, 1, 3), { idempotencyKey }))
    fault = () => undefined
    await discard(officer, draft, 2)
    expect((await officer.file(filed(draft, 1, 3), { idempotencyKey })).returns).toHaveLength(3)
    expect(await rowOf(draft)).toBeUndefined()
  })
})
