import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { ProblemCode } from '../../schemas/api/problems.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import { centre, consent, filingWith, iom, istanbul, ministry, refused } from '../parts/bodies.ts'
import { askInVain, problemOf } from '../parts/refused.ts'
import { fileOne, type RawResponse, type RunningStack } from '../parts/running-stack.ts'
import { test } from '../parts/shared-stack.ts'
import { telltaleFiling } from '../parts/telltale.ts'
import { bodies, withdrawalOf } from '../parts/todays-bodies.ts'

type Name = 'whole' | 'forIomAlone' | 'leftByCentre' | 'ofRome' | 'closed'

let running: RunningStack
const rets = new Map<Name | 'unknown' | 'unknownOwn', string>()
const tokens = new Map<string, string>()
const ret = (name: Name | 'unknown' | 'unknownOwn') => rets.get(name) ?? ''

test.beforeAll(async ({ shared }) => {
  running = shared
  const [mission, rome] = await Promise.all([running.desk('istanbul'), running.desk('rome')])
  const onlyIom = filingWith([
    [iom, consent],
    [centre, refused],
    [ministry, refused],
  ])
  rets.set('whole', await fileOne(mission))
  rets.set('forIomAlone', await fileOne(mission, onlyIom))
  rets.set('leftByCentre', await fileOne(mission))
  rets.set('ofRome', await fileOne(rome, onlyIom))
  rets.set('closed', await fileOne(mission))
  rets.set('unknown', `${ret('ofRome').slice(0, -8)}00000000`)
  rets.set('unknownOwn', `${ret('whole').slice(0, -8)}00000000`)
  await mission.command(ret('leftByCentre'), 'withdraw', withdrawalOf(centre))
  const iomDesk = await running.desk('iom')
  await iomDesk.command(ret('closed'), 'cancel', bodies.cancel)
  await iomDesk.command(ret('closed'), 'close')
  for (const { name } of running.stack.users) tokens.set(name, await running.stack.signIn(name))
  await running.settled()
})

interface Operation {
  user: string
  ret: string
  body?: unknown
  headers?: Record<string, string>
}

const kinds: Record<string, string> = { istanbul: 'mission', rome: 'mission' }
const asked = ({ user, ret: id, body, headers }: Operation, rest: string) => ({
  token: tokens.get(user) ?? '',
  path: `/v1/${kinds[user] ?? user}/returns/${id}${rest}`,
  ...(body === undefined
    ? {}
    : {
        method: 'POST' as const,
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
        body: JSON.stringify(body),
      }),
})
const command = (operation: Operation, name: CommandName) =>
  askInVain(running, asked({ body: bodies[name], ...operation }, `/commands/${name}`))
const open = (operation: Operation, classes: readonly SectionClass[]) =>
  askInVain(running, asked({ ...operation, body: { classes, reason: 'review' } }, '/open'))
const see = (operation: Operation, rest = '') => askInVain(running, asked(operation, rest))

/** What five ways of asking for a return answer, when none of them may write. */
async function answersTo(operation: Operation, name: CommandName): Promise<RawResponse[]> {
  return [
    await see(operation),
    await see(operation, '/events'),
    await see(operation, '/export'),
    await open(operation, ['case']),
    await command(operation, name),
  ]
}

describe('a command', () => {
  const text = { text: 'Kanar.' }
  test.each<[string, CommandName, () => Operation, ProblemCode, Record<string, unknown>?]>([
    [
      'from a phase that it does not start from',
      'plan-travel',
      () => ({ user: 'iom', ret: ret('whole') }),
      'wrong-phase',
    ],
    ['on a return that is closed', 'ask', () => ({ user: 'iom', ret: ret('closed') }), 'wrong-phase'],
    [
      'a fact on a return that is closed',
      'arrive',
      () => ({ user: 'iom', ret: ret('closed') }),
      'wrong-phase',
    ],
    [
      'a release of no place',
      'release-place',
      () => ({ user: 'centre', ret: ret('whole') }),
      'nothing-to-do',
    ],
    [
      'a second withdrawal',
      'withdraw',
      () => ({ user: 'istanbul', ret: ret('leftByCentre'), body: withdrawalOf(centre) }),
      'nothing-to-do',
    ],
    [
      'a withdrawal from who has no ground',
      'withdraw',
      () => ({ user: 'istanbul', ret: ret('forIomAlone'), body: withdrawalOf(centre) }),
      'unknown-target',
      { fields: ['case.recipient'] },
    ],
    [
      'a withdrawal from who filed',
      'withdraw',
      () => ({ user: 'iom', ret: ret('whole'), body: withdrawalOf(istanbul) }),
      'unknown-target',
      { fields: ['case.recipient'] },
    ],
    [
      'a question to oneself',
      'ask',
      () => ({ user: 'iom', ret: ret('whole'), body: { for: iom, talk: text } }),
      'unknown-target',
      { fields: ['for'] },
    ],
    [
      'a question to who is not told',
      'ask',
      () => ({ user: 'iom', ret: ret('forIomAlone'), body: { for: centre, talk: text } }),
      'unknown-target',
      { fields: ['for'] },
    ],
    [
      'an answer to no question',
      'answer',
      () => ({ user: 'iom', ret: ret('whole'), body: { question: 0, talk: text } }),
      'unknown-target',
      { fields: ['question'] },
    ],
    [
      'a correction of what is no fact',
      'correct',
      () => ({ user: 'istanbul', ret: ret('whole'), body: { corrects: 0 } }),
      'unknown-target',
      { fields: ['corrects'] },
    ],
    [
      'a strike at what is not there',
      'strike',
      () => ({ user: 'istanbul', ret: ret('whole') }),
      'unknown-target',
      { fields: ['strikes'] },
    ],
    [
      'an amendment of what is not there',
      'amend',
      () => ({
        user: 'istanbul',
        ret: ret('whole'),
        body: { ...bodies.amend, supersedes: '0000000000000001' },
      }),
      'unknown-target',
      { fields: ['supersedes'] },
    ],
    [
      'by a version behind which the same was done',
      'cancel',
      () => ({ user: 'iom', ret: ret('closed'), headers: { 'if-match': '"1"' } }),
      'version-stale',
      { version: 3 },
    ],
    [
      'by a version behind which the return moved on',
      'acknowledge',
      () => ({ user: 'iom', ret: ret('closed'), headers: { 'if-match': '"1"' } }),
      'version-stale',
      { version: 3 },
    ],
    [
      'by a version that is not there yet',
      'ask',
      () => ({ user: 'iom', ret: ret('whole'), headers: { 'if-match': '"7"' } }),
      'version-stale',
      { version: 1 },
    ],
  ])('%s is refused and writes nothing', async (_, name, operation, code, detail = {}) => {
    const result = problemOf(await command(operation(), name), code)
    expect({ ...detail, ...result }).toEqual({ ...result, ...detail })
  })

  test.each<[CommandName, string, { gate: string; owner: string; reason: string }[]]>([
    [
      'issue-document',
      'istanbul',
      [{ gate: 'identity-confirmed', owner: 'mission', reason: 'The identity is not confirmed.' }],
    ],
  ])('%s before its gate is open tells which gate, whose, and why in words', async (name, user, gates) => {
    expect(problemOf(await command({ user, ret: ret('whole') }, name), 'gate-closed').gates).toEqual(gates)
  })

  test('behind several closed gates tells all of them, in words that name no one', async () => {
    const [mission, iomDesk] = await Promise.all([running.desk('istanbul'), running.desk('iom')])
    const planned = await fileOne(mission, telltaleFiling)
    await iomDesk.command(planned, 'acknowledge')
    await iomDesk.command(planned, 'accept')
    await iomDesk.command(planned, 'plan-travel', bodies['plan-travel'])
    await running.settled()
    const result = problemOf(await command({ user: 'iom', ret: planned }, 'confirm-travel'), 'gate-closed')
    expect(result.gates?.map(({ gate, owner }) => `${owner}: ${gate}`)).toEqual([
      'mission: identity-confirmed',
      'mission: document-valid',
      'iom: risk-assessed',
      'ministry: decided',
      'ministry: funded',
      'centre: place-held',
    ])
    for (const { reason } of result.gates ?? []) expect(reason).toMatch(/^[A-Z].+\.$/)
  })

  test('under a key that was used for another body', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const operation = { user: 'iom', ret: ret('whole'), headers }
    const first = await running.ask(
      asked({ ...operation, body: { for: istanbul, talk: text } }, '/commands/ask'),
    )
    expect(first.status).toBe(200)
    await running.settled()
    problemOf(
      await command({ ...operation, body: { for: istanbul, talk: { text: 'Kanar?' } } }, 'ask'),
      'key-reused',
    )
    // A version that is stale by now does not hide that the key is taken.
    const again = {
      ...operation,
      headers: { ...headers, 'if-match': '"1"' },
      body: { for: istanbul, talk: text },
    }
    expect(await askInVain(running, asked(again, '/commands/ask'))).toMatchObject({
      status: 200,
      text: first.text,
    })
  })
})

describe('a return', () => {
  test('of another mission answers like one that is not there, byte for byte', async () => {
    const foreign = await answersTo({ user: 'istanbul', ret: ret('ofRome') }, 'ask')
    const unknown = await answersTo({ user: 'istanbul', ret: ret('unknown') }, 'ask')
    const unknownOwn = await answersTo({ user: 'istanbul', ret: ret('unknownOwn') }, 'ask')
    const noId = await answersTo({ user: 'istanbul', ret: 'kanar' }, 'ask')
    for (const answer of foreign) problemOf(answer, 'not-found')
    const whole = (answers: readonly RawResponse[]) =>
      answers.map(({ status, text, headers }) => [
        status,
        text,
        [...headers].filter(([name]) => name !== 'date'),
      ])
    for (const others of [unknown, unknownOwn, noId]) expect(whole(others)).toEqual(whole(foreign))
  })

  test.each(['centre', 'ministry'])(
    'that %s has no ground for answers it like one that is not there',
    async (user) => {
      const foreign = await answersTo({ user, ret: ret('forIomAlone') }, 'ask')
      const unknown = await answersTo({ user, ret: ret('unknown') }, 'ask')
      for (const answer of foreign) problemOf(answer, 'not-found')
      expect(unknown.map(({ text }) => text)).toEqual(foreign.map(({ text }) => text))
    },
  )

  test('that a party has left is opened and commanded by it no more', async () => {
    const operation = { user: 'centre', ret: ret('leftByCentre') }
    problemOf(await open(operation, ['case']), 'basis-ended')
    for (const name of ['ask', 'arrive', 'hold-place', 'withdraw'] as const)
      problemOf(await command(operation, name), 'basis-ended')
  })

  test.each<[string, SectionClass[]]>([
    ['istanbul', ['protection', 'care']],
    ['centre', ['decision']],
    ['ministry', ['label', 'identity', 'contacts', 'protection', 'care']],
  ])('does not open to %s the classes that its kind never reads', async (user, classes) => {
    const operation = { user, ret: ret('whole') }
    expect(problemOf(await open(operation, classes), 'not-readable').fields).toEqual(classes)
    expect(problemOf(await open(operation, ['case', ...classes]), 'not-readable').fields).toEqual(classes)
  })
})
