import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { ProblemCode } from '../../schemas/api/problems.ts'
import { bodyLimit } from '../../schemas/api/routes.ts'
import { forgedToken, tokenLike, unsignedToken } from '../parts/access-tokens.ts'
import { centre } from '../parts/bodies.ts'
import type { Desk } from '../parts/desk.ts'
import { askInVain, problemOf } from '../parts/refused.ts'
import { fileOne, type RawRequest, type RunningStack } from '../parts/running-stack.ts'
import { test } from '../parts/shared-stack.ts'
import { telltale, telltaleFiling } from '../parts/telltale.ts'
import { happened } from '../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
let ret = ''
let own = ''
const tokens = new Map<string, string>()
test.beforeAll(async ({ shared }) => {
  running = shared
  mission = await running.desk('istanbul')
  ret = await fileOne(mission)
  own = await running.stack.signIn('istanbul')
  tokens.set('iom', await running.stack.signIn('iom'))
  await running.settled()
})

const fresh = () => ({ 'content-type': 'application/json', 'idempotency-key': randomUUID() })
const commandPath = (name: string) => `/v1/mission/returns/${ret}/commands/${name}`
const requestsPath = '/v1/mission/requests'

const refused = (asked: RawRequest) => askInVain(running, { token: own, ...asked })

const filing = JSON.stringify({ persons: [telltaleFiling] })
const missing = JSON.stringify({ case: { happened: happened(), reason: 'no-word', kanar: 1 } })
const inFiling = (from: string, to: string) => {
  if (!filing.includes(from)) throw new Error('The filing has no such text.')
  return filing.replace(from, to)
}

describe('a body', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, ProblemCode, string[]?]>([
    ['that is nothing', '', 'bad-json'],
    ['that is cut off', filing.slice(0, -1), 'bad-json'],
    ['that is followed by another', `${filing}{}`, 'bad-json'],
    ['that is no UTF-8', Buffer.concat([Buffer.from(filing), Buffer.of(0xff)]), 'bad-json'],
    ['with a key twice', inFiling('{"persons"', '{"persons":[],"persons"'), 'bad-json'],
    ['with a key twice, deep inside', inFiling('"family":', '"family":"Kanar","family":'), 'bad-json'],
    [
      'with a key twice in other letters',
      inFiling('"family":', '"\\u0066amily":"Kanar","family":'),
      'bad-json',
    ],
    ['with half a surrogate pair', inFiling('"Kanarescu"', '"Kanar\\ud83d"'), 'bad-json'],
    ['with half a surrogate pair in a key', inFiling('"family":', '"\\udc00":1,"family":'), 'bad-json'],
    ['nested beyond reason', `${'['.repeat(60)}"kanar"${']'.repeat(60)}`, 'bad-json'],
    [
      'with an IDNP that fails its check',
      inFiling('2009999999991', '2009999999990'),
      'check-failed',
      ['persons.0.identity.idnp'],
    ],
    ['that is a list', '["kanar"]', 'bad-input', ['body']],
    ['that is a text', '"kanar"', 'bad-input', ['body']],
    ['of no person', '{"persons":[]}', 'bad-input', ['persons']],
    ['with a key we do not know', inFiling('{"persons"', '{"kanar":1,"persons"'), 'bad-input', ['body']],
    [
      'with one deep inside',
      inFiling('"family":', '"kanar":1,"family":'),
      'bad-input',
      ['persons.0.identity.name'],
    ],
    [
      'with a key of the language',
      inFiling('"family":', '"__proto__":{"kanar":1},"family":'),
      'bad-input',
      ['persons.0.identity.name'],
    ],
    [
      'with another type',
      inFiling('"place":"Kanarograd"', '"place":["Kanar"]'),
      'bad-input',
      ['persons.0.case.place'],
    ],
    [
      'with another number',
      inFiling('"childrenAlong":0', '"childrenAlong":1e3'),
      'bad-input',
      ['persons.0.case.childrenAlong'],
    ],
    [
      'with a day that never was',
      inFiling('"1971-03-04"', '"1971-02-30"'),
      'bad-input',
      ['persons.0.identity.birth.on'],
    ],
    [
      'with a field too long',
      inFiling('Kanar remarks.', 'Kanar'.repeat(801)),
      'bad-input',
      ['persons.0.contacts.remarks'],
    ],
    ['with a word of no list', inFiling('"female"', '"kanar"'), 'bad-input', ['persons.0.case.sex']],
    [
      'that contradicts itself',
      inFiling('"ageBand":"50-64"', '"ageBand":"0-5"'),
      'bad-input',
      ['persons.0.case.ageBand', 'persons.0.identity.birth'],
    ],
    [
      'for a centre that is not there',
      inFiling(centre, 'centre:KANA'),
      'bad-input',
      ['persons.0.case.agreement.recipients'],
    ],
    [
      'for a party of no kind',
      inFiling(centre, 'kanar'),
      'bad-input',
      ['persons.0.case.agreement.recipients.1.recipient'],
    ],
    ['one byte larger than a request may be', filing.padEnd(bodyLimit.request + 1), 'body-too-large'],
    ['larger in bytes than in letters', `"${'ș'.repeat(bodyLimit.request / 2)}"`, 'body-too-large'],
  ])('%s files nothing', async (_, body, code, fields) => {
    const answer = await refused({ method: 'POST', path: requestsPath, headers: fresh(), body })
    expect(problemOf(answer, code).fields).toEqual(fields)
  })

  test.each<[string, string, ProblemCode, string[]?]>([
    ['that is no JSON', '{', 'bad-json'],
    ['with a key we do not know', missing, 'bad-input', ['case']],
    ['without what it seals', '{}', 'bad-input', ['case']],
    ['one byte larger than a command may be', '{}'.padEnd(bodyLimit.other + 1), 'body-too-large'],
  ])('%s commands nothing', async (_, body, code, fields) => {
    const answer = await refused({
      method: 'POST',
      path: commandPath('did-not-come'),
      headers: fresh(),
      body,
    })
    expect(problemOf(answer, code).fields).toEqual(fields)
  })

  test.each<[string, string, ProblemCode, string[]?]>([
    ['that is no JSON', '{', 'bad-json'],
    ['for no class', '{"classes":[],"reason":"review"}', 'bad-input', ['classes']],
    ['for a class twice', '{"classes":["case","case"],"reason":"review"}', 'bad-input', ['classes']],
    ['for a class of no list', '{"classes":["kanar"],"reason":"review"}', 'bad-input', ['classes.0']],
    ['for a reason of no list', '{"classes":["case"],"reason":"kanar"}', 'bad-input', ['reason']],
    [
      'for a class that its party never reads',
      '{"classes":["case","care"],"reason":"review"}',
      'not-readable',
      ['care'],
    ],
  ])('%s opens nothing', async (_, body, code, fields) => {
    const path = `/v1/mission/returns/${ret}/open`
    const answer = await refused({ method: 'POST', path, headers: fresh(), body })
    expect(problemOf(answer, code).fields).toEqual(fields)
  })

  test('of exactly the size that a path takes is taken', async () => {
    const filed = {
      method: 'POST',
      path: requestsPath,
      headers: fresh(),
      body: filing.padEnd(bodyLimit.request),
    } as const
    expect((await running.ask({ ...filed, token: own })).status).toBe(201)
    const asked = {
      path: commandPath('cancel'),
      headers: fresh(),
      body: '{'.padEnd(bodyLimit.other - 1).concat('}'),
    }
    const answer = await running.ask({ ...asked, method: 'POST', token: own })
    expect(problemOf(answer, 'bad-input').fields).toEqual(['case'])
    await running.settled()
    expect(running.logs()).not.toMatch(telltale)
  })
})

describe('a header', () => {
  const key = randomUUID()
  test.each<[string, Record<string, string>, ProblemCode, string[]?]>([
    ['no content type', { 'idempotency-key': key }, 'not-json'],
    ['a content type of its own', { 'content-type': 'text/plain', 'idempotency-key': key }, 'not-json'],
    [
      'one that only begins like JSON',
      { 'content-type': 'application/jsonp', 'idempotency-key': key },
      'not-json',
    ],
    ['no Idempotency-Key', { 'content-type': 'application/json' }, 'bad-header', ['Idempotency-Key']],
    ['one that is too short', { ...fresh(), 'idempotency-key': 'kanar' }, 'bad-header', ['Idempotency-Key']],
    [
      'one that is too long',
      { ...fresh(), 'idempotency-key': 'kanar'.repeat(13) },
      'bad-header',
      ['Idempotency-Key'],
    ],
    [
      'one with a space',
      { ...fresh(), 'idempotency-key': 'kanar and some more' },
      'bad-header',
      ['Idempotency-Key'],
    ],
    ['If-Match without quotes', { ...fresh(), 'if-match': '1' }, 'bad-header', ['If-Match']],
    ['If-Match for anything', { ...fresh(), 'if-match': '*' }, 'bad-header', ['If-Match']],
    ['If-Match that is weak', { ...fresh(), 'if-match': 'W/"1"' }, 'bad-header', ['If-Match']],
    ['If-Match of two', { ...fresh(), 'if-match': '"1", "2"' }, 'bad-header', ['If-Match']],
    ['If-Match that is no version', { ...fresh(), 'if-match': '"kanar"' }, 'bad-header', ['If-Match']],
    [
      'If-Match of a number with a zero before it',
      { ...fresh(), 'if-match': '"01"' },
      'bad-header',
      ['If-Match'],
    ],
  ])('%s commands nothing', async (_, headers, code, fields) => {
    const body = Buffer.from(JSON.stringify({ case: { reason: 'other', on: '2026-12-01' } }))
    const answer = await refused({ method: 'POST', path: commandPath('cancel'), headers, body })
    expect(problemOf(answer, code).fields).toEqual(fields)
  })

  const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
  test.each([
    ['of no JSON', 'kanar'],
    ['of another form', cursor({ at: 'kanar' })],
    ['with more in it', cursor({ step: 2, at: '9999-12-31', ret: 'K'.repeat(30), party: 'iom' })],
    ['with no return in it', cursor({ step: 2, at: '9999-12-31', ret: 'kanar' })],
    ['of a list that there is not', cursor({ step: 99, at: '9999-12-31', ret: `K7QX0${'0'.repeat(25)}` })],
    ['that is longer than any', cursor({ step: 2, at: 'kanar'.repeat(20), ret: 'K'.repeat(30) })],
  ])('a cursor %s lists nothing', async (_, value) => {
    problemOf(await refused({ path: `/v1/mission/returns?cursor=${value}` }), 'bad-cursor')
  })
})

describe('a token', () => {
  const past = Math.floor(Date.now() / 1000) - 60
  const like = (claims: Record<string, unknown>) => () => tokenLike(running.dataDir, own, claims)
  const everyPath = () => [
    { path: '/v1/mission/returns' },
    { path: `/v1/mission/returns/${ret}` },
    { path: `/v1/mission/returns/${ret}/export` },
    { method: 'POST', path: requestsPath, headers: fresh(), body: filing } as const,
  ]

  test.each<[string, () => string | Promise<string>, number, string]>([
    ['that is not there', () => '', 401, 'Unauthorized'],
    ['that is none', () => 'kanar', 401, 'Unauthorized'],
    ['that has expired', like({ exp: past, iat: past - 600 }), 401, 'Unauthorized'],
    ['from the future', like({ nbf: past + 3600 }), 401, 'Unauthorized'],
    ['that never expires', like({ exp: undefined }), 401, 'Unauthorized'],
    ['of another issuer', like({ iss: 'https://kanar.example' }), 401, 'Unauthorized'],
    ['for another client', like({ client_id: 'kanar' }), 401, 'Unauthorized'],
    ['signed by somebody else', () => forgedToken(running.dataDir, own), 401, 'Unauthorized'],
    ['signed by nobody', () => unsignedToken(own), 401, 'Unauthorized'],
    ['of another kind of party', () => tokens.get('iom') ?? '', 403, 'Forbidden'],
    ['without a scope', like({ scope: 'openid' }), 403, 'Forbidden'],
  ])('%s opens no path', async (_, make, status, message) => {
    const token = await make()
    for (const asked of everyPath()) {
      const answer = await refused({ ...asked, token })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { message }])
    }
  })

  test.each<[string, Record<string, unknown>, ProblemCode]>([
    ['that names no party', { party: undefined }, 'unauthorized'],
    ['that names a party of no kind', { party: 'kanar:1XGE' }, 'unauthorized'],
    ['that names no role', { role: undefined }, 'unauthorized'],
    ['that names a role of no list', { role: 'kanar' }, 'unauthorized'],
    ['whose user could be a name', { sub: 'Kanar Escu' }, 'unauthorized'],
    ['whose scope and party are of two kinds', { party: 'iom' }, 'wrong-party'],
  ])('%s is refused by the function itself', async (_, claims, code) => {
    const token = await tokenLike(running.dataDir, own, claims)
    for (const asked of everyPath()) problemOf(await refused({ ...asked, token }), code)
  })
})

test('an address that is no route is answered by the gateway, and a method that a path does not take', async () => {
  for (const asked of [
    { path: '/v1/kanar/returns' },
    { path: `/v1/oversight/returns/${ret}/commands/close`, method: 'POST', body: '{}' },
    { path: `/v1/mission/returns/${ret}/commands/approve`, method: 'POST', body: '{}' },
    { path: requestsPath },
  ] as const)
    expect((await refused(asked)).status).toBe(404)
})
