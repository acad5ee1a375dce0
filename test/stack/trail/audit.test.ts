import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendAccess, appendRefusal } from '../../../functions/trail/access.ts'
import type { AuditRecord } from '../../../functions/trail/access-record.ts'
import { type AuditFilter, type AuditPage, readAudit, readRefusals } from '../../../functions/trail/audit.ts'
import { newReturnId, referenceIn } from '../../../functions/trail/ids.ts'
import { refusalsAnHour, refusalsOf } from '../../../schemas/api/refusals.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { openDoor } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const table = () => dynamodb.names.access
const instant = (ms: number) => new Date(Date.parse('2026-11-21T09:00:00.000Z') + ms).toISOString()
const parties = ['iom', 'ministry', 'mission:1XGE'].map((id) => partyId.parse(id))
const users = ['officer-1', 'officer-2']
const returns = [newReturnId('1XGE'), newReturnId('1XGE'), newReturnId('19B6')]

interface Action {
  kind: 'open' | 'export' | 'refused'
  party: PartyId
  user: string
  ret: string
  /** Milliseconds after the first. */
  after: number
}

function record({ kind, party, user, ret, after }: Action) {
  const by = { party, role: 'officer' as const, user }
  const at = instant(after)
  if (kind === 'refused') {
    const refused = {
      by,
      at,
      kind,
      about: ret,
      operation: 'view',
      problem: 'not-found',
      classes: [],
    } as const
    return appendRefusal(dynamodb.client(), table(), {
      subject: refusalsOf(party, user),
      ...refused,
      classes: [],
    })
  }
  const reason = kind === 'open' ? 'review' : 'export'
  return appendAccess(dynamodb.client(), table(), {
    subject: ret,
    by,
    at,
    kind,
    classes: [],
    reason,
    sections: [],
  })
}

const refuse = (user: string, after: number) =>
  record({ kind: 'refused', party: parties[0] ?? partyId.parse('iom'), user, ret: returns[0] ?? '', after })

test('the refusals of a user are recorded up to the limit of an hour, and again after it', async () => {
  const minute = 60_000
  for (let time = 0; time < refusalsAnHour; time++) expect(await refuse('often', time * minute)).toBe(true)
  expect(await refuse('often', 59 * minute)).toBe(false)
  // An hour after the first there is room for one, after the second for another.
  expect(await refuse('often', 60 * minute)).toBe(true)
  expect(await refuse('often', 60 * minute)).toBe(false)
  expect(await refuse('often', 61 * minute)).toBe(true)
  expect(await refuse('somebody-else', 61 * minute)).toBe(true)
})

test('many refusals at once are recorded up to the same limit', async () => {
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => refuse('at-once', 0)))
  const written = all.filter((record) => record.status === 'fulfilled' && record.value)
  expect(written.length).toBeGreaterThan(0)
  expect(written.length).toBeLessThanOrEqual(refusalsAnHour)
})

async function pages(filter: AuditFilter): Promise<AuditPage[]> {
  const all: AuditPage[] = []
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page: AuditPage = await readAudit(dynamodb.client(), table(), filter, cursor)
    all.push(page)
    cursor = page.next
  }
  return all
}
const recordsOf = async (filter: AuditFilter) => (await pages(filter)).flatMap(({ records }) => records)
const placeOf = ({ subject, n }: AuditRecord) => `${subject}/${n}`
const returnIn = (record: AuditRecord) => (record.kind === 'refused' ? record.about : record.subject)

test('for any records and any filters, the pages hold every record that fits, once, newest first', async () => {
  const action: fc.Arbitrary<Action> = fc.record({
    kind: fc.constantFrom('open', 'open', 'export', 'refused'),
    party: fc.constantFrom(...parties),
    user: fc.constantFrom(...users),
    ret: fc.constantFrom(...returns),
    // Many at the same moment.
    after: fc.integer({ min: 4_000_000, max: 4_000_020 }),
  })
  for (const made of fc.sample(action, 400)) await record(made)
  const all = await recordsOf({})
  expect(all.length).toBeGreaterThan(200)
  const filters: fc.Arbitrary<AuditFilter> = fc.record({
    kind: fc.option(fc.constantFrom('open', 'export', 'search', 'refused'), { nil: undefined }),
    party: fc.option(fc.constantFrom(...parties), { nil: undefined }),
    user: fc.option(fc.constantFrom(...users), { nil: undefined }),
    reference: fc.option(fc.constantFrom(...returns.map((ret) => referenceIn(ret) ?? '')), {
      nil: undefined,
    }),
    from: fc.option(fc.constant(instant(4_000_005)), { nil: undefined }),
    before: fc.option(fc.constant(instant(4_000_012)), { nil: undefined }),
  })
  const fits = (filter: AuditFilter) => (record: AuditRecord) =>
    (filter.kind === undefined || filter.kind === record.kind) &&
    [undefined, record.by.party].includes(filter.party as PartyId | undefined) &&
    [undefined, record.by.user].includes(filter.user) &&
    [undefined, referenceIn(returnIn(record))].includes(filter.reference) &&
    record.at >= (filter.from ?? '') &&
    record.at < (filter.before ?? '9')
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      const found = await pages(filter)
      for (const { records } of found) expect(records.length).toBeLessThanOrEqual(50)
      const records = found.flatMap((page) => page.records)
      expect(records.map(placeOf)).toEqual(all.filter(fits(filter)).map(placeOf))
    }),
    { numRuns: 40 },
  )
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
})

test('a page of the audit takes a bounded number of small reads, however few records fit', async () => {
  const door = await openDoor(dynamodb.url, () => undefined)
  const page = await readAudit(
    dynamodb.client(door.url),
    table(),
    { party: parties[0], user: 'nobody', kind: 'open' },
    undefined,
  )
  await readAudit(dynamodb.client(door.url), table(), { party: parties[0], kind: 'search' }, undefined)
  await readAudit(dynamodb.client(door.url), table(), {}, undefined)
  await door.stop()
  expect(page).toEqual({ records: [], broken: [] })
  const asked = door.passed.map(({ body }): { IndexName: string; Limit: number } => JSON.parse(body))
  expect(asked.slice(0, 2).map(({ IndexName }) => IndexName)).toEqual(['by-user', 'by-party'])
  expect(asked.length).toBeLessThanOrEqual(1 + 4 + 4)
  for (const { Limit } of asked) expect(Limit).toBeLessThanOrEqual(250)
})

test('the refusals about a return are found for every user, the oldest first', async () => {
  const ret = newReturnId('1XGE')
  for (const [place, user] of ['one', 'two', 'one'].entries())
    await record({ kind: 'refused', party: partyId.parse('iom'), user, ret, after: place })
  await record({ kind: 'open', party: partyId.parse('iom'), user: 'one', ret, after: 3 })
  const refusals = await readRefusals(dynamodb.client(), table(), ret)
  expect(refusals.map(({ by, about, n }) => [by.user, about, n])).toEqual([
    ['one', ret, 0],
    ['two', ret, 0],
    ['one', ret, 1],
  ])
})
