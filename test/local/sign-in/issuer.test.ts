import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Accounts, openAccounts } from '../../../infra/local/emulators/user-pool.ts'
import { type Front, openFront } from '../../../infra/local/gateway/front.ts'
import { type LocalFunctions, openFunctions } from '../../../infra/local/lambda/functions.ts'
import { openIssuer } from '../../../infra/local/sign-in/issuer.ts'
import {
  appClients,
  customScopes,
  type IssuerSecrets,
  issuerSecrets,
} from '../../../infra/local/sign-in/issuer-clients.ts'
import {
  authorizationUrl,
  codeFor,
  exchangeCode,
  machineToken,
  newVerifier,
  userToken,
} from '../../../infra/local/sign-in/sign-in.ts'
import { cognitoClaims } from '../../../infra/local/sign-in/token-claims.ts'
import { bundledFunction, invokePermission, templateWith } from '../parts/made-up-resources.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const directory = temporaryDirectory()

const trigger = `export const handler = async (event) => {
  if (event.request.groupConfiguration.groupsToOverride.includes('broken')) throw new Error('as asked')
  const accessTokenGeneration = {
    claimsToAddOrOverride: { party: 'iom', list: ['a'], seen: event, sub: 'another', client_id: 'another' },
    claimsToSuppress: ['cognito:groups', 'iss'],
    scopesToAdd: ['acasa/iom'],
    scopesToSuppress: ['acasa/mission'],
  }
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } }
}`

const users = [
  {
    name: 'officer',
    title: 'an officer',
    fullName: '',
    party: 'iom',
    sub: '11111111-1111-4111-8111-111111111111',
    groups: ['iom'],
  },
  {
    name: 'broken',
    title: 'nobody',
    fullName: '',
    party: '',
    sub: '22222222-2222-4222-8222-222222222222',
    groups: ['broken'],
  },
]

let front: Front
let functions: LocalFunctions
let secrets: IssuerSecrets
let accounts: Accounts
let issuer: string

function resources(more: Record<string, unknown> = {}): Record<string, unknown> {
  const client = (properties: Record<string, unknown>) => ({
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: { AccessTokenValidity: 10, TokenValidityUnits: { AccessToken: 'minutes' }, ...properties },
  })
  return {
    Trigger: { Type: 'AWS::Lambda::Function', Properties: {} },
    TriggerPermission: invokePermission('Trigger', 'cognito-idp.amazonaws.com'),
    Pool: {
      Type: 'AWS::Cognito::UserPool',
      Properties: {
        LambdaConfig: {
          PreTokenGenerationConfig: {
            LambdaArn: { 'Fn::GetAtt': ['Trigger', 'Arn'] },
            LambdaVersion: 'V3_0',
          },
        },
      },
    },
    Server: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { Identifier: 'acasa', Scopes: [{ ScopeName: 'iom' }, { ScopeName: 'mission' }] },
    },
    Desk: client({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://desk.test/callback'],
    }),
    Machine: client({
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['acasa/mission'],
      GenerateSecret: true,
    }),
    ...more,
  }
}

beforeAll(async () => {
  front = await openFront(0)
  issuer = `${front.url}/sign-in`
  const template = templateWith(resources(), front.url)
  functions = openFunctions({ specs: [bundledFunction(directory, 'Trigger', trigger)], logs: directory })
  const clients = appClients(template)
  accounts = openAccounts(join(directory, 'accounts.json'), users)
  secrets = await issuerSecrets(join(directory, 'issuer.json'), clients)
  const { handle } = openIssuer({
    issuer,
    clients,
    scopes: customScopes(template),
    accounts,
    secrets,
    accessClaims: cognitoClaims(template, functions),
  })
  const nowhere = () => {}
  front.open({ home: nowhere, signIn: handle, api: nowhere })
})
afterAll(async () => {
  await front.stop()
  await functions.stop()
})

const now = () => Math.floor(Date.now() / 1000)
const added = { party: 'iom', list: ['a'], seen: expect.anything() }
const common = { iss: '', token_use: 'access', version: 2, jti: expect.any(String), ...added }

describe("a user's access token", () => {
  test("a user's access token has the claims of Cognito and of the trigger, and no others", async () => {
    const token = await userToken(issuer, 'Desk', 'officer')
    const claims = decodeJwt(token)
    expect(claims).toEqual({
      ...common,
      iss: issuer,
      sub: users[0]?.sub,
      client_id: 'Desk',
      username: 'officer',
      scope: 'openid acasa/iom',
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: Number(claims.iat) + 600,
    })
    expect(Number(claims.auth_time)).toBeLessThanOrEqual(now())
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: expect.any(String) })
  })

  test("a user's access token is signed by the key of the discovery document", async () => {
    const discovery: unknown = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` })
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))
    await expect(
      jwtVerify(await userToken(issuer, 'Desk', 'officer'), keys, { issuer }),
    ).resolves.toBeTruthy()
  })

  test("a user's access token is made from Cognito's trigger event, version 3", async () => {
    expect(decodeJwt(await userToken(issuer, 'Desk', 'officer')).seen).toEqual({
      version: '3',
      triggerSource: 'TokenGeneration_HostedAuth',
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_Pool',
      userName: 'officer',
      callerContext: { awsSdkVersion: expect.any(String), clientId: 'Desk' },
      request: {
        userAttributes: { sub: users[0]?.sub, 'cognito:user_status': 'CONFIRMED' },
        groupConfiguration: { groupsToOverride: ['iom'], iamRolesToOverride: [], preferredRole: null },
        scopes: ['openid'],
      },
      response: { claimsAndScopeOverrideDetails: null },
    })
  })

  test.each([
    ['a user that is not seeded', 'nobody', /400/],
    ['a trigger that fails', 'broken', /PreTokenGeneration failed/],
  ])('the issuer gives no token for %s', async (_what, name, message) => {
    await expect(userToken(issuer, 'Desk', name)).rejects.toThrow(message)
  })

  test('the issuer gives no token for another verifier than that of the code', async () => {
    const flow = { issuer, clientId: 'Desk', verifier: newVerifier() }
    await expect(
      exchangeCode({ ...flow, verifier: newVerifier() }, await codeFor(flow, 'officer')),
    ).rejects.toThrow(/invalid_grant/)
  })

  test.each([
    ['without PKCE', { code_challenge: '' }, 'invalid_request'],
    ['with another scope', { scope: 'openid acasa/iom' }, 'invalid_scope'],
    ['to an unregistered address', { redirect_uri: 'https://elsewhere.test/' }, 'invalid_redirect_uri'],
    ['for an unknown client', { client_id: 'Other' }, 'invalid_client'],
  ])('the issuer refuses a sign-in %s', async (_what, change, error) => {
    const url = new URL(authorizationUrl({ issuer, clientId: 'Desk', verifier: newVerifier() }))
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
    const response = await fetch(url, { redirect: 'manual' })
    const content = response.headers.get('location') ?? (await response.text())
    expect(content).toContain(error)
    expect(content).not.toContain('/interaction/')
  })
})

describe("a machine's access token", () => {
  const secret = () => secrets.clientSecrets.Machine ?? ''

  test("a machine's access token has Cognito's claims for client credentials, changed by the same trigger", async () => {
    const claims = decodeJwt(await machineToken(issuer, 'Machine', secret()))
    expect(claims).toEqual({
      ...common,
      iss: issuer,
      sub: 'Machine',
      client_id: 'Machine',
      scope: 'acasa/iom',
      auth_time: claims.iat,
      iat: expect.any(Number),
      exp: Number(claims.iat) + 600,
    })
    expect(claims.seen).toMatchObject({
      triggerSource: 'TokenGeneration_ClientCredentials',
      userName: 'Machine',
      request: { userAttributes: {}, scopes: ['acasa/mission'] },
    })
  })

  test.each([
    ['a wrong secret', 'Machine', 'x'.repeat(43)],
    ["a person's client", 'Desk', 'x'],
  ])('the issuer gives no machine token for %s', async (_what, client, wrong) => {
    await expect(machineToken(issuer, client, wrong)).rejects.toThrow(/40[01]/)
  })
})

test.each([
  ['at the start of a sign-in, without a cookie', '/sign-in'],
  ['of a failed sign-in', '/sign-in/authorize?client_id=Other'],
  ['at the end of a sign-in', '/sign-in/callback'],
])('the page %s says TRIAL', async (_what, path) => {
  const response = await fetch(`${front.url}${path}`)
  expect(response.headers.get('acasa-stage')).toBe('TRIAL')
  expect(await response.text()).toContain('<p class="trial">TRIAL')
})

test('the sign-in page shows each seeded user and asks for no password', async () => {
  const started = await fetch(authorizationUrl({ issuer, clientId: 'Desk', verifier: newVerifier() }), {
    redirect: 'manual',
  })
  const cookies = started.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
  const page = await fetch(new URL(started.headers.get('location') ?? '', issuer), {
    headers: { cookie: cookies },
  })
  const html = await page.text()
  for (const { name } of users) expect(html).toContain(`value="${name}"`)
  expect(html).toContain('<p class="trial">TRIAL')
  expect(html).not.toContain('<input')
})

test('a person who opens the sign-in page again chooses a user again', async () => {
  const response = await fetch(issuer, { redirect: 'manual' })
  expect(response.headers.getSetCookie()).toContain('_session=; Max-Age=0; Path=/')
})

test('the issuer keeps its keys and secrets over a restart', async () => {
  const template = templateWith(resources())
  expect(await issuerSecrets(join(directory, 'issuer.json'), appClients(template))).toEqual(secrets)
})

test('the issuer does not open when the user pool may not invoke its trigger', () => {
  const elsewhere = invokePermission('Trigger', 'apigateway.amazonaws.com')
  expect(() => cognitoClaims(templateWith(resources({ TriggerPermission: elsewhere })), functions)).toThrow(
    /no permission/,
  )
})
