import { setTimeout as pause } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { trustedMs } from '../../../functions/api/http/trust.ts'
import { appClients } from '../../../infra/local/sign-in/issuer-clients.ts'
import { codeFor, newVerifier } from '../../../infra/local/sign-in/sign-in.ts'
import { problems } from '../../../schemas/api/problems.ts'
import { type Desk, deskOf, lineOf, refusalOf } from '../../parts/desk.ts'
import { type Keeping, keepingAt } from '../../parts/people.ts'
import { fileOne, type OwnStack, startRunning, until } from '../../parts/running-stack.ts'
import { bodies } from '../../parts/todays-bodies.ts'

let running: OwnStack
let iom: Desk
let istanbul: Keeping
let ofIom: Keeping
// A stack of its own, whose functions look at the roster anew after a second.
beforeAll(async () => {
  running = await startRunning({
    replace: { 'functions/api/http/trust.ts': 'test/parts/replacements/short-trust.ts' },
  })
  iom = await running.desk('iom')
  istanbul = keepingAt(await running.desk('istanbul-administrator'))
  ofIom = keepingAt(await running.desk('iom-administrator'))
})
afterAll(() => running.stop())

/** A desk of somebody who signs in now. */
async function signedIn(signIn: string, party: string): Promise<Desk> {
  return deskOf(running.stack.url, await running.stack.signIn(signIn), { name: signIn, party })
}

const clientId = () => appClients(running.stack.template).find(({ flow }) => flow === 'code')?.clientId ?? ''
const tokenAnswer = z.object({ error: z.optional(z.string()), refresh_token: z.optional(z.string()) })

async function askForToken(fields: Record<string, string>) {
  const body = new URLSearchParams({ client_id: clientId(), ...fields })
  const answer = await fetch(`${running.stack.issuer}/token`, { method: 'POST', body })
  return tokenAnswer.parse(await answer.json())
}

async function refreshTokenOf(signIn: string): Promise<string> {
  const { issuer } = running.stack
  const flow = { issuer, clientId: clientId(), verifier: newVerifier() }
  const code = await codeFor(flow, signIn)
  const { refresh_token: token } = await askForToken({
    ...{ grant_type: 'authorization_code', redirect_uri: `${issuer}/callback` },
    ...{ code, code_verifier: flow.verifier },
  })
  return token ?? ''
}

const renewed = async (token: string) =>
  (await askForToken({ grant_type: 'refresh_token', refresh_token: token })).error ?? 'renewed'

const person = (signIn: string, role = 'officer') => ({ name: 'Doina Exemplescu', signIn, role })

describe('who is invited', () => {
  test('signs in and acts, with a password that is told once and to nobody else', async () => {
    const { account, people } = await ofIom.onList('invite', person('doina.e'))
    expect(account?.password).toMatch(/^.{18}$/)
    expect(people.at(-1)).toMatchObject({
      user: account?.user,
      name: 'Doina Exemplescu',
      signIn: 'doina.e',
      role: 'officer',
      enabled: true,
    })
    const desk = await signedIn('doina.e', 'iom')
    expect(decodeJwt(await running.stack.signIn('doina.e')).sub).toBe(account?.user)
    await desk.list()
    const result = JSON.stringify([await ofIom.list(), running.stored.contents()]) + running.logs()
    expect(result).not.toContain(account?.password)
  })

  test('takes a sign-in name that nobody has, in any party', async () => {
    expect(await refusalOf(istanbul.onList('invite', person('iom')))).toMatchObject({ code: 'sign-in-taken' })
  })

  test.each<[string, object, string[]]>([
    ['an address', { ...person('d@example.org') }, ['signIn']],
    ['a sentence for a name', { ...person('xyz'), name: 'x <y>' }, ['name']],
    ['the role of software', { ...person('xyz'), role: 'system' }, ['role']],
    ['a party', { ...person('xyz'), party: 'iom' }, ['body']],
  ])('with %s is refused, and no account is made', async (_, body, fields) => {
    const refused = await refusalOf(ofIom.onList('invite', body))
    expect(refused).toMatchObject({ code: 'bad-input', problem: { fields } })
    await expect(running.stack.signIn('xyz')).rejects.toThrow()
  })

  test('twice on one version is one account', async () => {
    const { version } = await ofIom.list()
    const twice = await Promise.allSettled([
      ofIom.onList('invite', person('twice-a'), version),
      ofIom.onList('invite', person('twice-b'), version),
    ])
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await ofIom.list()).version).toBe(version + 1)
  })
})

describe('who is disabled', () => {
  test('is out at once: with a token that is still good by its time, and at the sign-in', async () => {
    await ofIom.onList('invite', person('leaving'))
    const desk = await signedIn('leaving', 'iom')
    await desk.list()
    const { user } = await ofIom.personBy('leaving')
    await ofIom.on(user, 'disable', { reason: 'left' })
    // A container that has just let somebody in goes by that for half a minute, and no longer; here for a second.
    expect(trustedMs).toBeLessThanOrEqual(30_000)
    await until('A disabled user is let in.', async () => {
      const tried = await refusalOf(desk.list()).catch(() => undefined)
      return tried?.code === 'signed-out'
    })
    expect(problems['signed-out'].status).toBe(401)
    await expect(running.stack.signIn('leaving')).rejects.toThrow(/400/)
  })

  test.each([
    ['disable', { reason: 'left' }],
    ['reset-factor', { reason: 'stolen' }],
  ])('renews no token after %s', async (action, body) => {
    const name = `renewing-${action}`
    await ofIom.onList('invite', person(name))
    const { user } = await ofIom.personBy(name)
    const token = await refreshTokenOf(name)
    expect(await renewed(token)).toBe('renewed')
    await ofIom.on(user, action, body)
    expect(await renewed(token)).toBe('invalid_grant')
  })

  test('writes nothing, sees nothing and is told nothing else, whatever is asked', async () => {
    const mission = await running.desk('istanbul')
    const ret = await fileOne(mission)
    await running.settled()
    await istanbul.onList('invite', person('gone'))
    const desk = await signedIn('gone', mission.party)
    await istanbul.on((await istanbul.personBy('gone')).user, 'disable', { reason: 'suspicion' })
    const before = running.stored.contents()
    const acts: (() => Promise<unknown>)[] = [
      () => fileOne(desk),
      () => desk.list(),
      () => desk.see(ret),
      () => desk.open(ret, ['identity']),
      () => desk.export(ret),
      () => desk.command(ret, 'note', bodies.note),
      () => desk.see('1XGE00000000000000000000000000'),
      () => desk.call('GET', '/v1/mission/people'),
      () => desk.call('GET', '/v1/mission/post'),
    ]
    for (const act of acts) expect(await refusalOf(act())).toMatchObject({ status: 401, code: 'signed-out' })
    expect(running.stored.contents()).toEqual(before)
  })

  test('cannot undo it in the meantime', async () => {
    await ofIom.onList('invite', person('second-admin', 'administrator'))
    const second = await signedIn('second-admin', 'iom')
    const keeping = keepingAt(second)
    const { version } = await keeping.list()
    const { user } = await ofIom.personBy('second-admin')
    await ofIom.on(user, 'disable', { reason: 'suspicion' })
    expect(await refusalOf(keeping.on(user, 'enable', {}, version + 1))).toMatchObject({ code: 'signed-out' })
  })

  test('leaves what was taken to the party, and stays named in the past', async () => {
    await ofIom.onList('invite', person('taker'))
    const taker = await signedIn('taker', 'iom')
    const { user } = await ofIom.personBy('taker')
    const ret = await fileOne(await running.desk('istanbul'))
    await taker.command(ret, 'take')
    await running.settled()
    const row = () => lineOf(iom, ret)
    expect(await row()).toMatchObject({ assignee: user })
    await ofIom.on(user, 'disable', { reason: 'left' })
    await until('The return is still kept.', async () => (await row())?.assignee === undefined)
    expect(await iom.see(ret)).not.toHaveProperty('assignee')
    const { events } = await iom.events(ret)
    expect(events.find(({ type }) => type === 'taken')?.by.user).toBe(user)
    expect(await ofIom.personBy('taker')).toMatchObject({ name: 'Doina Exemplescu', enabled: false })
  })

  test('comes back by being enabled, and by a new sign-in', async () => {
    await ofIom.onList('invite', person('back'))
    const old = await signedIn('back', 'iom')
    const { user } = await ofIom.personBy('back')
    await ofIom.on(user, 'disable', { reason: 'long-absence' })
    await ofIom.on(user, 'enable')
    expect(await refusalOf(old.list())).toMatchObject({ code: 'signed-out' })
    // A token says its time in seconds: one of the very second in which sign-ins ended would not do.
    await pause(1100)
    await (await signedIn('back', 'iom')).list()
  })
})
