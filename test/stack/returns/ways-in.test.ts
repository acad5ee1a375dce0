import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { alarm } from '../../parts/alarm.ts'
import { filingWith } from '../../parts/bodies.ts'
import { type Desk, refusalOf, wholeList } from '../../parts/desk.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { type MovedStack, test } from '../../parts/shared-stack.ts'
import { alarmIn, registerAt } from '../../parts/ways-in.ts'

const names = [
  'istanbul',
  'ankara',
  'madrid',
  'iom',
  'centre',
  'hotline',
  'la-strada',
  'registry',
  'consular',
] as const
type Name = (typeof names)[number]

let running: RunningStack
let clock: MovedStack['clock']
let desks: Record<Name, Desk>
test.beforeAll(async ({ moved }) => {
  running = moved
  clock = moved.clock
  const made = await Promise.all(names.map(async (name) => [name, await running.desk(name)] as const))
  desks = Object.fromEntries(made) as Record<Name, Desk>
})

const refused = async (act: Promise<unknown>) => (await refusalOf(act)).code

describe('who is home', () => {
  test.each<[Name, 'spontaneous' | 'referral', string]>([
    ['iom', 'spontaneous', 'D6KX'],
    ['centre', 'spontaneous', 'S0DS'],
    ['hotline', 'spontaneous', 'NQ5F'],
    ['la-strada', 'referral', 'EJ6Z'],
  ])('is registered by %s, and the return’s id begins with its code', async (name, wayIn, code) => {
    const ret = await registerAt(desks[name], wayIn)
    expect(ret.slice(0, 4)).toBe(code)
    await running.settled()
    expect(await desks[name].see(ret)).toMatchObject({ phase: 'arrived', responsible: desks[name].party })
    expect((await wholeList(desks.centre)).map((row) => row.ret)).toContain(ret)
    expect(await refused(desks.istanbul.see(ret))).toBe('not-found')
    expect(await refused(desks.registry.see(ret))).toBe('not-found')
    const clear = JSON.stringify(await desks.centre.events(ret))
    for (const word of ['spontaneous', 'referral', 'Exemplescu'])
      expect([word, clear.includes(word)]).toEqual([word, false])
  })

  test('a partner of a kind that registers nobody is refused, and nothing is written', async () => {
    const before = (await running.stored.rows('heads')).length
    expect(await refused(registerAt(desks.registry, 'referral'))).toBe('not-yours')
    expect(await refused(registerAt(desks['la-strada'], 'spontaneous'))).toBe('bad-input')
    expect(await refused(registerAt(desks.iom, 'referral'))).toBe('bad-input')
    expect((await running.stored.rows('heads')).length).toBe(before)
  })

  test('a mission files no way in, and nobody else without one', async () => {
    const { case: request, ...rest } = filingWith()
    const file = (desk: Desk, body: object) => refused(desk.file({ persons: [{ ...rest, case: body }] }))
    expect(await file(desks.istanbul, { ...request, wayIn: 'referral' })).toBe('bad-input')
    expect(await file(desks.centre, request)).toBe('bad-input')
  })

  test('sent again with the same key it is the same return; more persons are added by who filed', async () => {
    const { persons } = {
      persons: [{ case: { ...filingWith().case, wayIn: 'referral' }, identity: filingWith().identity }],
    }
    const recipients =
      persons[0]?.case.agreement.recipients.filter(({ recipient }) => recipient !== 'figures') ?? []
    const agreement = { ...filingWith().case.agreement, recipients }
    const body = { persons: persons.map((person) => ({ ...person, case: { ...person.case, agreement } })) }
    const idempotencyKey = randomUUID()
    const first = await desks['la-strada'].file(body, { idempotencyKey })
    expect(await desks['la-strada'].file(body, { idempotencyKey })).toEqual(first)
    await running.settled()
    const more = await desks['la-strada'].file({ ...body, request: first.request })
    expect(more.request).toBe(first.request)
    expect(await refused(desks.hotline.file({ ...body, request: first.request }))).toBe('not-found')
  })
})

describe('an alert', () => {
  test.each<[Name, string, string]>([
    ['hotline', 'TR', 'mission:Y6SB'],
    ['iom', 'LB', 'mission:Y6SB'],
    ['la-strada', 'ES', 'mission:6HKJ'],
    // A post that answers for the country itself has it.
    ['istanbul', 'TR', 'mission:1XGE'],
    ['istanbul', 'ES', 'mission:6HKJ'],
    ['hotline', 'NP', 'consular'],
  ])('of %s about %s goes to %s', async (name, country, post) => {
    const raised = await desks[name].alert(alarmIn(country))
    expect(raised.post).toBe(post)
    await running.settled()
    expect(await desks.consular.see(raised.ret)).toMatchObject({ phase: 'alert', responsible: post })
  })

  test('follows the register of posts: to one that took a country on, and to none that is closed', async () => {
    const change = (post: string, body: object) =>
      desks.consular.call(
        'POST',
        `/v1/consular/posts/${post}`,
        { covers: [], staff: [], duty: [], open: true, ...body },
        { ifMatch: 0 },
      )
    await change('mission:7NN6', { covers: ['NP'] })
    await change('mission:CPV8', { open: false, staff: [randomUUID()] })
    expect((await desks.hotline.alert(alarmIn('NP'))).post).toBe('mission:7NN6')
    expect((await desks.hotline.alert(alarmIn('GR'))).post).toBe('consular')
  })

  test('is raised by no party of another kind, and by no partner that is none for it', async () => {
    expect(await refused(desks.registry.alert(alarmIn('TR')))).toBe('not-yours')
    const path = '/v1/centre/alerts'
    expect(
      (await running.ask({ method: 'POST', path, token: await running.stack.signIn('centre') })).status,
    ).toBe(404)
  })

  test('is refused with a number to call back that is none, unless a reason stands beside it', async () => {
    const wrong = { ...alarm.contacts, phone: '+3736900000' }
    const raise = (contacts: object) => desks.hotline.alert({ ...alarmIn('TR'), contacts })
    expect(await refused(raise(wrong))).toBe('check-failed')
    const overrides = [{ field: 'contacts.phone', reason: 'as-reported' }]
    const { ret } = await raise({ ...wrong, overrides })
    expect((await desks.hotline.open(ret, ['contacts'])).sections).toMatchObject([
      { content: { phone: '+3736900000', overrides } },
    ])
  })

  test('is sent again with the same key, and answered with the same', async () => {
    const idempotencyKey = randomUUID()
    const first = await desks.hotline.alert(alarmIn('TR'), { idempotencyKey })
    expect(await desks.hotline.alert(alarmIn('TR'), { idempotencyKey })).toEqual(first)
    expect(await refused(desks.hotline.alert(alarmIn('ES'), { idempotencyKey }))).toBe('key-reused')
  })

  test('says nothing of place or callback in clear: on no row, in no queue’s table and in no log', async () => {
    const secret = { place: 'Telltaleville', way: 'Ask for the telltale baker.', phone: '+447700900987' }
    const body = {
      case: { ...alarm.case, country: 'TR', place: secret.place },
      contacts: { ...alarm.contacts, safeWay: secret.way, phone: secret.phone },
    }
    const { ret } = await desks.hotline.alert(body)
    await running.settled()
    const read = await desks.ankara.open(ret, ['contacts', 'case'])
    expect(JSON.stringify(read)).toContain(secret.way)
    const tables = ['trail', 'worklists', 'deliveries', 'pending', 'due', 'claims', 'heads'] as const
    const stored = await Promise.all(tables.map((name) => running.stored.rows(name)))
    const text = stored
      .flat()
      .flatMap((row) => Object.values(row))
      .map((value) => (value.B ? Buffer.from(value.B).toString() : JSON.stringify(value)))
      .join('\n')
    for (const word of Object.values(secret)) {
      expect([word, text.includes(word)]).toEqual([word, false])
      expect([word, running.logs().includes(word)]).toEqual([word, false])
    }
  })

  test('is another post’s 404, and the consular department opens nothing of it', async () => {
    const { ret } = await desks.hotline.alert(alarmIn('ES'))
    await running.settled()
    for (const name of ['ankara', 'iom', 'la-strada'] as const) {
      expect([name, await refused(desks[name].see(ret))]).toEqual([name, 'not-found'])
      expect([name, await refused(desks[name].open(ret, ['contacts']))]).toEqual([name, 'not-found'])
    }
    const wraps = (await running.stored.rows('keys', ret)).map(({ wrap }) =>
      wrap?.S?.split('#').slice(0, 2).join('#'),
    )
    expect(wraps.filter((wrap) => wrap?.startsWith('consular#'))).toEqual(['consular#log'])
    expect(await refused(desks.ankara.file({ persons: [filingWith()], alert: ret }))).toBe('not-found')
  })

  test('becomes the request that is filed from it, once, and its trail is valid', async () => {
    const { ret } = await desks.hotline.alert(alarmIn('ES', 'danger-today'))
    await running.settled()
    const body = { persons: [filingWith(), filingWith()], alert: ret }
    const idempotencyKey = randomUUID()
    const filed = await desks.madrid.file(body, { idempotencyKey })
    expect(await desks.madrid.file(body, { idempotencyKey })).toEqual(filed)
    await running.settled()
    const alert = await desks.hotline.see(ret)
    expect(alert).toMatchObject({ phase: 'became-request', request: filed.request, calls: [] })
    for (const item of filed.returns)
      expect(await desks.madrid.see(item.ret)).toMatchObject({ alert: ret, request: filed.request })
    // The manifest is of returns.
    const { returns } = await desks.madrid.manifest(filed.request)
    expect(returns.map((row) => row.ret).sort()).toEqual(filed.returns.map((row) => row.ret).sort())
    expect(await refused(desks.madrid.file({ persons: [filingWith()], alert: ret }))).toBe('wrong-phase')
    const document = await desks.madrid.export(ret)
    expect(verifyExport(document)).toMatchObject({ kind: 'valid', events: 2, tags: 2 })
    // Who only raised it is not on what became of it.
    expect(await refused(desks.hotline.see(filed.returns[0]?.ret ?? ''))).toBe('not-found')
  })

  test('is not filed from by who raised it, nor from a return', async () => {
    const raised = await desks.istanbul.alert(alarmIn('ES'))
    await running.settled()
    expect(await refused(desks.istanbul.file({ persons: [filingWith()], alert: raised.ret }))).toBe(
      'not-yours',
    )
    const { returns } = await desks.istanbul.file({ persons: [filingWith()] })
    expect(await refused(desks.istanbul.file({ persons: [filingWith()], alert: returns[0]?.ret }))).toBe(
      'not-found',
    )
  })

  test('that nobody acknowledges is told to the consular department, once', async () => {
    const { ret } = await desks.hotline.alert(alarmIn('TR'))
    await running.settled()
    clock.be(1)
    await running.stack.tick('watch')
    await running.settled()
    await running.stack.tick('watch')
    clock.be(0)
    await running.settled()
    const { events } = await desks.consular.events(ret)
    expect(events.map(({ type }) => type)).toEqual(['alerted', 'overdue'])
    expect(events.at(-1)).toMatchObject({ for: 'consular', data: { item: 'alert', party: 'mission:Y6SB' } })
    expect((await desks.consular.see(ret)).overdue).toHaveLength(1)
    await desks.ankara.command(ret, 'acknowledge-alert')
    await running.settled()
    expect((await desks.consular.see(ret)).overdue).toEqual([])
  })

  test('is closed once, and takes no command of a return', async () => {
    const { ret } = await desks.hotline.alert(alarmIn('TR'))
    await running.settled()
    const end = { case: { reason: 'no-danger', on: '2026-11-22' } }
    expect(
      await refused(desks.ankara.command(ret, 'cancel', { case: { reason: 'other', on: '2026-11-22' } })),
    ).toBe('wrong-phase')
    expect(await refused(desks.ankara.command(ret, 'plan-travel', {}))).toBe('bad-input')
    expect((await desks.ankara.see(ret)).commands).not.toContain('cancel')
    await desks.ankara.command(ret, 'close-alert', end)
    expect(await refused(desks.ankara.command(ret, 'close-alert', end))).toBe('wrong-phase')
    expect(await refused(desks.ankara.file({ persons: [filingWith()], alert: ret }))).toBe('wrong-phase')
  })
})
