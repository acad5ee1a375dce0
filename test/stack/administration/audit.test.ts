import { describe, expect } from 'vitest'
import type * as z from 'zod/mini'
import { newReturnId } from '../../../functions/trail/ids.ts'
import { type AuditEntry, auditAnswer, auditKinds } from '../../../schemas/api/audit.ts'
import { refusalsAnHour } from '../../../schemas/api/refusals.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'
import { consent, filingWith, iom, istanbul, ministry, withdrawalOf } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'

let running: RunningStack
let mission: Desk
let iomDesk: Desk
let rome: Desk
let oversight: Desk
let ret = ''
let reference = ''

test.beforeAll(async ({ shared }) => {
  running = shared
  ;[mission, iomDesk, rome, oversight] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('rome'),
    running.desk('oversight'),
  ])
  ret = await fileOne(mission)
  reference = (await mission.see(ret)).reference
  await running.settled()
})

const subOf = (name: string) => running.stack.users.find((user) => user.name === name)?.sub ?? ''
const officerOfIom = () => ({ party: iom, role: 'officer', user: subOf('iom') })

type Filters = Record<string, string>
const ask = async (filters: Filters = {}): Promise<z.infer<typeof auditAnswer>> =>
  auditAnswer.parse(await oversight.call('GET', `/v1/oversight/audit?${new URLSearchParams(filters)}`))

/** All entries of a filter, page after page. */
async function all(filters: Filters = {}): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: z.infer<typeof auditAnswer> = await ask({ ...filters, ...(cursor ? { cursor } : {}) })
    expect(page.entries.length).toBeLessThanOrEqual(50)
    expect(page.broken).toEqual([])
    entries.push(...page.entries)
    cursor = page.next
  }
  return entries
}

const ofReturn = (of: string) => async () => (await all()).filter((entry) => entry.ret === of)

describe('an auditor sees', () => {
  test('a reveal: who, what, when, which return, why', async () => {
    const before = new Date().toISOString()
    await iomDesk.open(ret, ['identity', 'safety'], 'prepare-travel')
    const [entry] = await ofReturn(ret)()
    const why = { kind: 'open', classes: ['identity', 'safety'], reason: 'prepare-travel' }
    const where = { subject: ret, n: 0, ret, reference }
    expect(entry).toEqual({ ...where, at: entry?.at, by: officerOfIom(), ...why })
    expect((entry?.at ?? '') >= before).toBe(true)
  })

  test('an export', async () => {
    await mission.export(ret)
    expect((await ofReturn(ret)())[0]).toMatchObject({
      n: 1,
      kind: 'export',
      reason: 'export',
      by: { party: istanbul },
    })
  })

  test('a reveal that was refused, with the reason that was given for it', async () => {
    expect(await refusalOf(rome.open(ret, ['identity'], 'urgent'))).toMatchObject({ status: 404 })
    expect((await ofReturn(ret)())[0]).toMatchObject({
      n: 0,
      kind: 'refused',
      operation: 'open',
      problem: 'not-found',
      by: { party: rome.party, user: subOf('rome') },
      classes: ['identity'],
      reason: 'urgent',
      reference,
    })
  })

  test('a search, by what and not for whom, in the chain of the party that searched', async () => {
    await iomDesk.call('POST', '/v1/iom/search', { idnp: '2000000000004' })
    const [entry, ...others] = await all({ kind: 'search' })
    expect(others).toEqual([])
    const why = { kind: 'search', classes: [], reason: 'by-idnp' }
    expect(entry).toEqual({ subject: `search#${iom}`, n: 0, at: entry?.at, by: officerOfIom(), ...why })
    const range = await oversight.call('GET', `/v1/oversight/audit/check?subject=search%23${iom}`)
    expect(range).toMatchObject({ unchanged: true, to: 0 })
  })

  test('nothing of what was looked at, for whatever else is told is an id or a code', async () => {
    const result = JSON.stringify(await all()) + JSON.stringify(await running.stored.rows('access'))
    const clear = Buffer.concat(
      (await running.stored.rows('access')).map(({ record }) => Buffer.from(record?.B ?? [])),
    ).toString()
    for (const text of [result, clear]) expect(text).not.toMatch(/exempl|proba|2000000000004|"TR"|RMO/i)
  })
})

describe('a refusal is recorded', () => {
  const latest = async () => (await all({ kind: 'refused' }))[0]

  test.each<[string, () => Promise<unknown>, object]>([
    [
      'of a class that a kind may never read',
      () => mission.open(ret, ['care'], 'review'),
      { operation: 'open', problem: 'not-readable', classes: ['care'] },
    ],
    ['of a look from outside', () => rome.see(ret), { operation: 'view', problem: 'not-found', classes: [] }],
    ['of a timeline from outside', () => rome.events(ret), { operation: 'events', problem: 'not-found' }],
    ['of a check from outside', () => rome.check(ret), { operation: 'check', problem: 'not-found' }],
    ['of an export from outside', () => rome.export(ret), { operation: 'export', problem: 'not-found' }],
    [
      'of a command from outside',
      () => rome.command(ret, 'acknowledge'),
      { operation: 'command', problem: 'not-found' },
    ],
  ])('%s', async (_, operation, entry) => {
    await refusalOf(operation())
    expect(await latest()).toMatchObject({ kind: 'refused', ret, ...entry })
  })

  test('of who was left out', async () => {
    const left = await fileOne(mission, filingWith([[ministry, consent]]))
    const ministryDesk = await running.desk('ministry')
    await mission.command(left, 'withdraw', withdrawalOf(ministry))
    await running.settled()
    expect(await refusalOf(ministryDesk.open(left, ['case']))).toMatchObject({ code: 'basis-ended' })
    const content = { by: { party: ministry }, operation: 'open', problem: 'basis-ended', classes: ['case'] }
    expect(await latest()).toMatchObject({ ret: left, ...content })
    // Of what others do from then on it is told nothing, on its timeline either.
    await mission.open(left, ['identity'])
    expect((await mission.events(left)).access).toMatchObject([{ by: { party: istanbul } }])
    const { access, refusals } = await ministryDesk.events(left)
    expect([access, refusals.map(({ by }) => by.party)]).toEqual([[], [ministry]])
  })

  test('and not what a phase, a gate or a body that is no body refuses', async () => {
    const before = await latest()
    await refusalOf(mission.command(ret, 'close'))
    await refusalOf(mission.open(ret, [], 'review'))
    await refusalOf(mission.see('X'))
    expect(await latest()).toEqual(before)
  })

  test('whether there is such a return or not, and who asks sees no difference', async () => {
    const nobodys = newReturnId('1XGE')
    const asked = async (of: string) => {
      const token = await running.stack.signIn('rome')
      const { status, headers, text } = await running.ask({ path: `/v1/mission/returns/${of}`, token })
      return [status, [...headers.keys()].sort(), headers.get('content-length'), text]
    }
    expect(await asked(nobodys)).toEqual(await asked(ret))
    const [first, second] = await all({ kind: 'refused' })
    expect([first?.ret, second?.ret]).toEqual([ret, nobodys])
    // It stands among what the asker was refused, and not in the chain of the return: nobody can fill that.
    const subjects = (await running.stored.rows('access')).map(({ subject }) => subject?.S)
    expect(subjects).not.toContain(nobodys)
    expect([first?.subject, second?.subject]).toEqual(Array(2).fill(`refused#${rome.party}#${subOf('rome')}`))
  })

  test('no more often than so many times an hour for one user, and then refused all the same', async () => {
    const madrid = await running.desk('madrid')
    for (let time = 0; time < refusalsAnHour + 3; time++)
      expect(await refusalOf(madrid.see(ret))).toMatchObject({ status: 404, code: 'not-found' })
    expect(await all({ user: subOf('madrid') })).toHaveLength(refusalsAnHour)
    // Another of the same post is still recorded.
    await refusalOf((await running.desk('rome')).see(ret))
    expect((await latest())?.by.user).toBe(subOf('rome'))
  })

  test('and those on the return see it on its timeline, the one that was refused sees nothing', async () => {
    for (const desk of [mission, iomDesk, await running.desk('centre'), oversight]) {
      const { refusals, access } = await desk.events(ret)
      expect(refusals).toContainEqual(
        expect.objectContaining({ operation: 'open', problem: 'not-found', reason: 'urgent' }),
      )
      expect(access.map(({ kind }) => kind)).not.toContain('refused')
    }
    expect(await refusalOf(rome.events(ret))).toMatchObject({ status: 404 })
  })
})

describe('filters', () => {
  test('by kind, party, user and reference, alone and together, leave what they say', async () => {
    const entries = await all()
    const user = subOf('iom')
    const cases: [Filters, (entry: AuditEntry) => boolean][] = [
      ...auditKinds.map((kind): [Filters, (entry: AuditEntry) => boolean] => [
        { kind },
        (entry) => entry.kind === kind,
      ]),
      [{ party: iom }, ({ by }) => by.party === iom],
      [{ user }, ({ by }) => by.user === user],
      [{ reference }, (entry) => entry.ret === ret],
      [{ reference: reference.toLowerCase().replaceAll('-', ' ') }, (entry) => entry.ret === ret],
      [{ party: rome.party, kind: 'open' }, () => false],
      [{ reference, kind: 'export' }, (entry) => entry.ret === ret && entry.kind === 'export'],
      [{ reference, party: iom, user, kind: 'open' }, ({ by, kind }) => by.user === user && kind === 'open'],
    ]
    expect(entries.length).toBeGreaterThan(30)
    for (const [filters, fits] of cases)
      expect([filters, await all(filters)]).toEqual([filters, entries.filter(fits)])
  })

  test('by day, in Chișinău, both included', async () => {
    const day = (offset: number) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Chisinau' }).format(
        Date.now() + offset * 86_400_000,
      )
    const count = (await all()).length
    expect(await all({ from: day(-1), to: day(1) })).toHaveLength(count)
    expect(await all({ from: day(0), kind: 'refused' })).toEqual(await all({ kind: 'refused' }))
    expect(await all({ to: day(-1) })).toEqual([])
    expect(await all({ from: day(1) })).toEqual([])
  })

  test('pages follow one another, newest first, and nothing is left out or told twice', async () => {
    for (let time = 0; time < 55; time++) await iomDesk.open(ret, ['safety'], 'review')
    const entries = await all()
    expect(entries.length).toBeGreaterThan(80)
    const places = entries.map(({ subject, n }) => `${subject}/${n}`)
    expect(new Set(places).size).toBe(places.length)
    const stored = (await running.stored.rows('access')).map(({ subject, n }) => `${subject?.S}/${n?.N}`)
    expect(places.sort()).toEqual(stored.sort())
    const times = entries.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
    // Of many records of which few fit, a page is what one look found of them.
    expect(await all({ party: iom, kind: 'export' })).toEqual([])
    expect((await ask({ reference })).entries).toHaveLength(50)
  })

  test.each<[Filters, string, string]>([
    [{ kind: 'close' }, 'bad-input', 'kind'],
    [{ party: 'nobody' }, 'bad-input', 'party'],
    [{ from: '2026-13-01' }, 'bad-input', 'from'],
    [{ from: '2026-11-02', to: '2026-11-01' }, 'bad-input', 'from,to'],
    [{ reference: 'RET-0000-0001' }, 'bad-input', 'reference'],
    [{ exemplescu: 'x' }, 'bad-input', 'query'],
    [{ cursor: 'x' }, 'bad-cursor', ''],
    [{ cursor: btoa('{"moment":"2026-11-01T00:00:00.000Z#x#0"}'), from: '2026-11-02' }, 'bad-cursor', ''],
  ])('%j is refused: %s', async (filters, code, fields) => {
    const refused = await refusalOf(ask(filters))
    expect([refused.code, refused.problem?.fields?.join() ?? '']).toEqual([code, fields])
    expect(JSON.stringify(refused)).not.toContain('exemplescu')
  })
})

test('as lines for MLog it is the same, page by page', async () => {
  const token = await running.stack.signIn('oversight')
  const path = `/v1/oversight/audit?as=mlog&reference=${reference}`
  const { status, headers, text } = await running.ask({ path, token })
  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  const { entries, next } = await ask({ reference })
  expect(lines).toHaveLength(entries.length)
  expect(headers.get('link')).toBe(`<?cursor=${next}>; rel="next"`)
  const types = new Set(text.match(/System\.PersonalData\.\w+/g))
  expect([...types]).toEqual(['System.PersonalData.Access'])
  expect(lines[0]).toMatchObject({
    legal_basis: 'HG-948-2008',
    legal_reason: 'review',
    object: ret,
    result: 'done',
  })
  const rest = await running.ask({ path: `${path}&cursor=${next}`, token })
  expect(rest.text).toMatch(/System\.PersonalData\.Export/)
  expect(rest.text).toMatch(/"result":"not-found"/)
})

test('nobody but oversight is told, and oversight opens nothing', async () => {
  for (const kind of partyKindNames.filter((partyKindName) => partyKindName !== 'oversight')) {
    const user = running.stack.users.find(({ party }) => party.split(':')[0] === kind)?.name ?? ''
    const token = await running.stack.signIn(user)
    const theirs = await running.ask({ path: `/v1/${kind}/audit`, token })
    const oversights = await running.ask({ path: '/v1/oversight/audit', token })
    expect([kind, theirs.status, oversights.status]).toEqual([kind, 404, 403])
  }
  expect(await refusalOf(oversight.open(ret, ['case']))).toMatchObject({ status: 404 })
  expect((await oversight.export(ret)).sections).toEqual([])
})
