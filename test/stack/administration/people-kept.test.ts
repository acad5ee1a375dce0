import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rosterChanges } from '../../../schemas/api/people.ts'
import { type Desk, deskOf, refusalOf } from '../../parts/desk.ts'
import { type Keeping, keepingAt } from '../../parts/people.ts'
import { fileOne, type OwnStack, startRunning, until } from '../../parts/running-stack.ts'

let running: OwnStack
let iom: Desk
let istanbul: Keeping
let ofIom: Keeping
let consular: Desk
// A stack of its own, whose functions look at the roster anew after a second.
beforeAll(async () => {
  running = await startRunning({
    replace: { 'functions/api/http/trust.ts': 'test/parts/replacements/short-trust.ts' },
  })
  iom = await running.desk('iom')
  consular = await running.desk('consular-administrator')
  istanbul = keepingAt(await running.desk('istanbul-administrator'))
  ofIom = keepingAt(await running.desk('iom-administrator'))
})
afterAll(() => running.stop())

/** A desk of somebody who signs in now. */
async function signedIn(signIn: string, party: string): Promise<Desk> {
  return deskOf(running.stack.url, await running.stack.signIn(signIn), { name: signIn, party })
}

const person = (signIn: string, role = 'officer') => ({ name: 'Doina Exemplescu', signIn, role })

describe('an administrator', () => {
  test('is kept: the last one is neither disabled nor made an officer', async () => {
    const { user } = await istanbul.personBy('istanbul-administrator')
    for (const [action, body] of [
      ['disable', { reason: 'other' }],
      ['role', { role: 'officer' }],
    ] as const)
      expect(await refusalOf(istanbul.on(user, action, body))).toMatchObject({ code: 'last-administrator' })
    const { user: officer } = await istanbul.personBy('istanbul')
    await istanbul.on(officer, 'role', { role: 'administrator' })
    await istanbul.on(officer, 'role', { role: 'officer' })
  })

  test('is nobody elsewhere: another party of the kind and another kind are closed', async () => {
    const { user } = await ofIom.personBy('iom')
    const desk = await running.desk('istanbul-administrator')
    const asked = desk.call('POST', `/v1/iom/people/${user}/disable`, { reason: 'left' }, { ifMatch: 1 })
    expect((await refusalOf(asked)).status).toBe(403)
    const elsewhere = istanbul.on(user, 'disable', { reason: 'left' })
    expect(await refusalOf(elsewhere)).toMatchObject({ status: 404, code: 'not-found' })
    expect(await ofIom.personBy('iom')).toMatchObject({ enabled: true })
  })

  test('has somebody else reset the own factor', async () => {
    const { user } = await ofIom.personBy('iom-administrator')
    const own = ofIom.on(user, 'reset-factor', { reason: 'lost' })
    expect(await refusalOf(own)).toMatchObject({ code: 'own-account' })
  })

  test('of the consular department keeps the people of posts, and of nobody else', async () => {
    const rome = keepingAt(consular, '/v1/consular/posts/mission:19B6/people')
    const { account } = await rome.onList('invite', person('rome-admin', 'administrator'))
    expect((await signedIn('rome-admin', 'mission:19B6')).party).toBe('mission:19B6')
    const own = keepingAt(await signedIn('rome-admin', 'mission:19B6'))
    expect((await own.list()).people.map(({ user }) => user)).toContain(account?.user)
    // A post that nobody works for yet begins with whom the department invites.
    const nicosia = keepingAt(consular, '/v1/consular/posts/mission:6Y2X/people')
    expect(await nicosia.list()).toMatchObject({ version: 0, people: [], overdue: false })
    await nicosia.onList('invite', person('nicosia-admin', 'administrator'))
    await (await signedIn('nicosia-admin', 'mission:6Y2X')).list()
    for (const post of ['iom', 'centre:S0DS', 'mission:ZZZZ', 'register'])
      expect(await refusalOf(keepingAt(consular, `/v1/consular/posts/${post}/people`).list())).toMatchObject({
        code: 'not-found',
      })
  })
})

describe('who is no administrator', () => {
  test.each(['iom', 'iom-duty'])('%s sees names, and changes nothing', async (name) => {
    const keeping = keepingAt(await running.desk(name))
    const { people } = await keeping.list()
    expect(people[0]?.name).toBeTruthy()
    for (const person of people) expect(person).not.toHaveProperty('signIn')
    const { user } = await ofIom.personBy('iom-duty')
    const actions: [string, object][] = [
      ['role', { role: 'administrator' }],
      ['disable', { reason: 'left' }],
      ['enable', {}],
      ['reset-factor', { reason: 'lost' }],
      ['stand-in', {}],
      ['forget', {}],
    ]
    for (const [action, body] of actions)
      expect(await refusalOf(keeping.on(user, action, body))).toMatchObject({ code: 'not-your-role' })
    expect(await refusalOf(keeping.onList('invite', person('mine')))).toMatchObject({ code: 'not-your-role' })
    expect(await refusalOf(keeping.onList('review'))).toMatchObject({ code: 'not-your-role' })
  })

  test('software neither sees nor keeps people', async () => {
    const token = await running.stack.machineToken('iom-system')
    const answer = await running.ask({ path: '/v1/iom/people', token })
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 'not-your-role'])
  })

  test('an officer of the department has no way to the people of posts', async () => {
    const keeping = keepingAt(await running.desk('consular'), '/v1/consular/posts/mission:19B6/people')
    expect(await refusalOf(keeping.list())).toMatchObject({ code: 'not-your-role' })
  })
})

test('a new role counts at once; a token of the old one does not', async () => {
  await ofIom.onList('invite', person('rising'))
  const officer = await signedIn('rising', 'iom')
  const { user } = await ofIom.personBy('rising')
  await ofIom.on(user, 'role', { role: 'duty-officer' })
  expect(await refusalOf(officer.call('GET', '/v1/iom/people'))).toMatchObject({ code: 'signed-out' })
  const duty = await running.stack.signIn('rising')
  expect(decodeJwt(duty)).toMatchObject({ role: 'duty-officer', party: 'iom' })
  await deskOf(running.stack.url, duty, { name: 'rising', party: 'iom' }).list()
})

test('a lost factor is a new password and a new factor, and the sessions end', async () => {
  await ofIom.onList('invite', person('phoneless'))
  const desk = await signedIn('phoneless', 'iom')
  const { user } = await ofIom.personBy('phoneless')
  const { account } = await ofIom.on(user, 'reset-factor', { reason: 'stolen' })
  expect(account).toMatchObject({ user, password: expect.stringMatching(/^.{18}$/) })
  expect(await refusalOf(desk.call('GET', '/v1/iom/people'))).toMatchObject({ code: 'signed-out' })
  expect(await refusalOf(ofIom.on(user, 'reset-factor', {}))).toMatchObject({
    code: 'bad-input',
    problem: { fields: ['reason'] },
  })
})

test('a stand-in is shown beside who is away, on the days that were said', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const [away, other] = [(await ofIom.personBy('iom')).user, (await ofIom.personBy('iom-duty')).user]
  const ret = await fileOne(await running.desk('istanbul'))
  await iom.command(ret, 'take')
  const standIn = { user: other, from: today, until: '2099-01-01' }
  await ofIom.on(away, 'stand-in', { standIn })
  await until('Nobody stands in.', async () => (await iom.see(ret)).standIn === other)
  expect(await iom.see(ret)).toMatchObject({ assignee: away, standIn: other })
  await ofIom.on(away, 'stand-in', { standIn: { ...standIn, from: '2098-01-01' } })
  await until('Somebody stands in too early.', async () => (await iom.see(ret)).standIn === undefined)
  for (const user of [away, randomUUID()]) {
    const refused = await refusalOf(ofIom.on(away, 'stand-in', { standIn: { ...standIn, user } }))
    expect(refused).toMatchObject({ code: 'bad-input', problem: { fields: ['standIn.user'] } })
  }
  await ofIom.on(away, 'stand-in')
})

test('a review is of the list that was read, and says so of each who was on it', async () => {
  const { version } = await ofIom.list()
  expect(await refusalOf(ofIom.onList('review', {}, version - 1))).toMatchObject({ code: 'version-stale' })
  const { reviewed, people, overdue } = await ofIom.onList('review', {}, version)
  expect(reviewed).toBeTruthy()
  expect(overdue).toBe(false)
  for (const person of people) expect(person.reviewed).toBe(reviewed)
})

test('a name can be deleted: who is disabled is forgotten, and the past keeps the id', async () => {
  await ofIom.onList('invite', { ...person('forgotten'), name: 'Ileana Telltale' })
  const { user } = await ofIom.personBy('forgotten')
  expect(await refusalOf(ofIom.on(user, 'forget'))).toMatchObject({ code: 'still-enabled' })
  await ofIom.on(user, 'disable', { reason: 'left' })
  await ofIom.on(user, 'forget')
  const everything = JSON.stringify(running.stored.contents()) + running.logs()
  expect(everything).not.toMatch(/Telltale|forgotten/)
  expect(running.stack.users.map(({ name }) => name)).not.toContain('forgotten')
  const oversight = await running.desk('oversight')
  const text = JSON.stringify(await oversight.call('GET', '/v1/oversight/people/changes?cursor=1'))
  expect(text.length).toBeGreaterThan(0)
})

describe('every change', () => {
  test('is told to oversight, in one chain over all parties, by ids alone', async () => {
    const oversight = await running.desk('oversight')
    const all: ReturnType<typeof rosterChanges.parse>['changes'] = []
    for (let cursor: string | undefined = '1'; cursor; ) {
      const page = rosterChanges.parse(
        await oversight.call('GET', `/v1/oversight/people/changes?cursor=${cursor}`),
      )
      all.push(...page.changes)
      cursor = page.next
    }
    expect(all.map(({ n }) => n)).toEqual(all.map((_, index) => index + 1))
    for (const [index, { prev }] of all.entries()) if (index > 0) expect(prev).toBe(all[index - 1]?.hash)
    const [first] = all
    expect(first).toMatchObject({ by: { party: 'deployment' }, done: { action: 'begin' } })
    const disabled = all.find(({ done }) => done.action === 'disable' && done.reason === 'left')
    expect(disabled?.by).toMatchObject({ role: 'administrator' })
    expect(all.some(({ by, party }) => by.party === 'consular' && party === 'mission:19B6')).toBe(true)
    expect(JSON.stringify(all)).not.toMatch(/Exemplescu|doina/)
  })

  test('is nobody else’s to read', async () => {
    for (const name of ['iom-administrator', 'consular-administrator']) {
      const desk = await running.desk(name)
      expect((await refusalOf(desk.call('GET', '/v1/oversight/people/changes'))).status).toBe(403)
      expect((await refusalOf(desk.call('GET', `/v1/${desk.kind}/people/changes`))).status).toBe(404)
    }
  })
})
