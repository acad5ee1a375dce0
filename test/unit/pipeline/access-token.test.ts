import { expect, test } from 'vitest'
import { accessTokenFor, handler } from '../../../functions/pipeline/access-token.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'

const selfService = 'aws.cognito.signin.user.admin'
const user = (groups: string[], scopes = ['openid']) => accessTokenFor({ machine: false, groups, scopes })
const system = (scopes: string[]) => accessTokenFor({ machine: true, groups: [], scopes })

test.each([
  [['mission:K7QX', 'role:officer'], { party: 'mission:K7QX', role: 'officer' }, ['acasa/mission']],
  [['role:administrator', 'centre:C0MT'], { party: 'centre:C0MT', role: 'administrator' }, ['acasa/centre']],
  [['iom', 'role:officer'], { party: 'iom', role: 'officer' }, ['acasa/iom']],
  [['partner:VQ1Z', 'role:officer'], { party: 'partner:VQ1Z', role: 'officer' }, ['acasa/partner']],
  [['oversight'], { party: 'oversight' }, ['acasa/oversight']],
  [['ministry', 'role:officer', 'role:administrator'], { party: 'ministry' }, ['acasa/ministry']],
])('%j: the groups become claims and one scope', (groups, claims, scopes) => {
  const token = user(groups)
  expect(token.claimsToAddOrOverride).toEqual(claims)
  expect(token.scopesToAdd).toEqual(scopes)
})

test.each([
  ['in no group', []],
  ['with a role and no party', ['role:officer']],
  ['in two parties of a kind', ['mission:K7QX', 'mission:M3PT', 'role:officer']],
  ['in parties of two kinds', ['iom', 'ministry', 'role:officer']],
  ['in a party and in one of a kind without accounts here', ['iom', 'hotline:ABCD', 'role:officer']],
  ['in a group that names no party', ['mission:k7qx', 'role:officer']],
  ['in a kind of many without a code', ['mission', 'role:officer']],
])('a user %s gets no claim, and no scope, whatever was asked for', (_, groups) => {
  const asked = partyKindNames.map((kind) => `acasa/${kind}`)
  const token = user(groups, ['openid', ...asked])
  expect(token.claimsToAddOrOverride).toEqual({})
  expect(token.scopesToAdd).toEqual([])
  expect(token.scopesToSuppress).toEqual([selfService, ...asked])
})

test('a scope of another kind is taken away, and so is the one that changes users', () => {
  const token = user(['iom', 'role:officer'], ['openid', 'acasa/mission', 'acasa/iom', selfService])
  expect(token.scopesToSuppress).toEqual([selfService, 'acasa/mission'])
})

test("a machine is its client's party, from the scope that the client was granted", () => {
  expect(system(['acasa/iom'])).toEqual({
    claimsToAddOrOverride: { party: 'iom', role: 'system' },
    scopesToAdd: ['acasa/iom'],
    scopesToSuppress: [selfService],
  })
})

test.each([
  ['two kinds', ['acasa/iom', 'acasa/ministry']],
  ['a kind of many, whose code no scope tells', ['acasa/mission']],
  ['no kind', ['acasa/constructor']],
  ['nothing', []],
])('a machine with the scope of %s gets none', (_, scopes) => {
  const token = system(scopes)
  expect(token.claimsToAddOrOverride).toEqual({})
  expect(token.scopesToAdd).toEqual([])
  expect(token.scopesToSuppress).toEqual([selfService, ...scopes])
})

test('a machine gains nothing from groups', () => {
  const token = accessTokenFor({ machine: true, groups: ['ministry', 'role:officer'], scopes: ['acasa/iom'] })
  expect(token.claimsToAddOrOverride).toEqual({ party: 'iom', role: 'system' })
})

const event = {
  version: '3',
  triggerSource: 'TokenGeneration_HostedAuth',
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_x',
  userName: 'istanbul',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'desk' },
  request: {
    userAttributes: { sub: '00000000-0000-4000-8000-000000000000' },
    groupConfiguration: {
      groupsToOverride: ['mission:K7QX', 'role:officer'],
      iamRolesToOverride: [],
      preferredRole: null,
    },
    scopes: ['openid'],
  },
  response: { claimsAndScopeOverrideDetails: null },
}

test('the event goes back as it came, with what the token gains', async () => {
  const { response, ...rest } = await handler(event)
  const { response: _, ...sent } = event
  expect(rest).toEqual(sent)
  expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration).toEqual({
    claimsToAddOrOverride: { party: 'mission:K7QX', role: 'officer' },
    scopesToAdd: ['acasa/mission'],
    scopesToSuppress: [selfService],
  })
})

test('a user without groups, as Cognito sends one, gets nothing', async () => {
  const groupless = { ...event, request: { ...event.request, groupConfiguration: {}, scopes: undefined } }
  const { response } = await handler(groupless)
  expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration.scopesToAdd).toEqual([])
})

test('an event that cannot be read makes no token', async () => {
  await expect(handler({ triggerSource: 1 })).rejects.toThrow()
  await expect(handler({ ...event, request: undefined })).rejects.toThrow()
})
