import { beforeAll, expect, test } from 'vitest'
import deployment from '../../cdk.json' with { type: 'json' }
import { partyKindNames } from '../../schemas/values/parties.ts'
import { ofType, type Resources, resourcesOf, synthesizedAnew } from './synthesized.ts'

const { missions, centres, partners, hotline } = deployment.context
let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

const groupsIn = (found: Resources) =>
  ofType(found, 'AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName)

test('every party has a group of its name, and each role one', () => {
  expect(groupsIn(resources).sort()).toEqual(
    [
      ...missions.map(({ code }) => `mission:${code}`),
      ...centres.map(({ code }) => `centre:${code}`),
      ...partners.map(({ code }) => `partner:${code}`),
      'consular',
      'iom',
      'ministry',
      'oversight',
      'role:officer',
      'role:administrator',
      'role:duty-officer',
    ].sort(),
  )
})

test('there are 44 missions, five of them unconfirmed, and no code says anything', () => {
  expect(missions).toHaveLength(44)
  expect(missions.filter((mission) => 'unconfirmed' in mission).map(({ id }) => id)).toEqual([
    'MD-IE-DUBLIN',
    'MD-FR-PARIS',
    'MD-NL-THE-HAGUE',
    'MD-BY-MINSK',
    'MD-UA-ODESA',
  ])
  const codes = [...missions, ...centres, ...partners].map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  // In no order: neither that of the list nor its reverse.
  expect(codes).not.toEqual([...codes].sort())
  expect(codes).not.toEqual([...codes].sort().reverse())
})

test('adding a mission is adding its group, and telling of it who names posts; nothing else changes', async () => {
  const city = { code: 'ZZ99', id: 'MD-NO-OSLO', kind: 'embassy', city: 'Oslo', country: 'NO' }
  const { GroupMissionZZ99, ...rest } = await resourcesOf({ missions: [city, ...missions] })
  expect(GroupMissionZZ99?.Properties).toEqual({ GroupName: 'mission:ZZ99', UserPoolId: '<UserPool>' })
  const actual = ['ZZ99 NO,', 'mission:ZZ99,', JSON.stringify('"mission:ZZ99":"Oslo",').slice(1, -1)]
  const withoutCity = actual.reduce((text, part) => text.replaceAll(part, ''), JSON.stringify(rest))
  expect(JSON.parse(withoutCity)).toEqual(resources)
})

test('a post that has a week of its own tells it to every function that reckons days', async () => {
  const calendar = { week: [7, 1, 2, 3, 4], closed: ['2026-12-02'] }
  const [first, ...others] = missions
  const changed = await resourcesOf({ missions: [{ ...first, calendar }, ...others] })
  for (const id of ['MissionFunction', 'IomFunction', 'CentreFunction', 'MinistryFunction']) {
    const text = JSON.stringify(changed[id]?.Properties.Environment)
    expect(text).toContain(JSON.stringify(JSON.stringify({ [first?.code ?? '']: calendar })))
  }
})

test('the pages know the numbers of the hotline and of the duty officers, and not whether somebody has called them', () => {
  const { inside, abroad, duty } = hotline
  const numbers = { inside, abroad, duty: { iom: duty.iom, centre: duty.centre } }
  expect(resources.DeskFunction).toMatchObject({
    Properties: { Environment: { Variables: { HOTLINE: JSON.stringify(numbers) } } },
  })
})

test.each([
  [
    'a week without a day',
    { missions: [{ ...missions[0], calendar: { week: [], closed: [] } }] },
    /missions/,
  ],
  ['a code that two share', { missions: [missions[0], missions[0]] }, /two parties have the code/],
  ['a code with a letter that can be misread', { centres: [{ ...centres[0], code: 'C0IL' }] }, /centres/],
  ['an unknown field', { missions: [{ ...missions[0], phone: '1' }] }, /missions/],
  [
    'a hotline that cannot be dialled',
    { hotline: { inside: 'help', abroad: '+373 22 23 33 09' } },
    /hotline/,
  ],
  ['a hotline for one country alone', { hotline: { inside: '0 800 77777' } }, /hotline/],
  ['a machine for a kind with many parties', { machines: [{ name: 'x', party: 'mission' }] }, /machines/],
])('%s is refused by name', async (_, context, message) => {
  await expect(synthesizedAnew(context)).rejects.toThrow(message)
})

test('nobody signs up, everyone has a second factor, and none of it is a message to a phone', () => {
  expect(resources.UserPool).toMatchObject({
    Properties: {
      UserPoolTier: 'ESSENTIALS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      WebAuthnUserVerification: 'required',
      DeletionProtection: 'ACTIVE',
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaArn: '<AccessTokenFunction.Arn>', LambdaVersion: 'V3_0' },
      },
    },
    DeletionPolicy: 'Retain',
  })
  expect(resources.UserPool?.Properties.SmsConfiguration).toBeUndefined()
})

test('a scope for each kind of party, and nobody can ask for one', () => {
  expect(resources.ResourceServer?.Properties).toMatchObject({
    Identifier: 'acasa',
    Scopes: partyKindNames.map((ScopeName) => ({ ScopeName })),
  })
  expect(resources.DeskClient?.Properties.AllowedOAuthScopes).toEqual(['openid'])
})

test('tokens live ten minutes and can be revoked; the desk uses the code flow alone', () => {
  const clients = ofType(resources, 'AWS::Cognito::UserPoolClient')
  expect(clients.map(([id]) => id)).toEqual(['DeskClient', 'IomSystemClient'])
  for (const [, { Properties }] of clients)
    expect(Properties).toMatchObject({
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes' },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    })
  expect(resources.DeskClient?.Properties).toMatchObject({
    AllowedOAuthFlows: ['code'],
    GenerateSecret: false,
  })
  expect(resources.IomSystemClient?.Properties).toMatchObject({
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['<ResourceServer>/iom'],
    GenerateSecret: true,
  })
})
