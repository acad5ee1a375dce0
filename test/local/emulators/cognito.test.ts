import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Edge, startEdge } from '../../../infra/local/edge/edge.ts'
import { type Accounts, openAccounts } from '../../../infra/local/emulators/user-pool.ts'
import { readTemplate } from '../../../infra/local/template/template.ts'
import { endpoints, outcome } from '../parts/running-edge.ts'

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: policy({
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
    }),
  },
}
const PasswordPolicy = {
  MinimumLength: 14,
  ...{ RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true },
}
const template = readTemplate(
  {
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { Policies: { PasswordPolicy } } },
      Iom: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'iom' } },
      Officer: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'role:officer' } },
      PeopleRole: role,
      IomRole: role,
      PeoplePolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'People',
          PolicyDocument: policy({
            Sid: 'Accounts',
            Effect: 'Allow',
            Action: [
              'cognito-idp:AdminAddUserToGroup',
              'cognito-idp:AdminCreateUser',
              'cognito-idp:AdminDeleteSoftwareToken',
              'cognito-idp:AdminDisableUser',
              'cognito-idp:AdminEnableUser',
              'cognito-idp:AdminRemoveUserFromGroup',
              'cognito-idp:AdminSetUserPassword',
              'cognito-idp:AdminUserGlobalSignOut',
            ],
            Resource: { 'Fn::GetAtt': ['Pool', 'Arn'] },
          }),
          Roles: [{ Ref: 'PeopleRole' }],
        },
      },
    },
  },
  endpoints,
)
const seed = {
  name: 'officer',
  title: 'an officer',
  fullName: 'Ana Exemplescu',
  party: 'iom',
  sub: '11111111-1111-4111-8111-111111111111',
  groups: ['iom', 'role:officer'],
}

const directory = mkdtempSync(join(tmpdir(), 'acasa-pool-'))
const file = join(directory, 'accounts.json')
let accounts: Accounts
let edge: Edge
let people: CognitoIdentityProviderClient
beforeAll(async () => {
  accounts = openAccounts(file, [seed])
  const nowhere = 'http://127.0.0.1:9'
  edge = await startEdge({ template, accounts, dataDir: directory, dynamodbUrl: nowhere, sqsUrl: nowhere })
  people = clientOf('PeopleRole')
})
afterAll(async () => {
  people.destroy()
  await edge.stop()
  rmSync(directory, { recursive: true })
})

const clientOf = (roleId: string) =>
  new CognitoIdentityProviderClient({
    region: 'eu-central-1',
    endpoint: edge.url,
    maxAttempts: 1,
    credentials: edge.credentialsFor(roleId),
  })

const UserPoolId = 'eu-central-1_Pool'
const userOf = (Username: string) => ({ UserPoolId, Username })
const validPassword = 'Probă-de-parolă-1'
const creation = (Username: string, TemporaryPassword = validPassword) =>
  new AdminCreateUserCommand({ ...userOf(Username), TemporaryPassword, MessageAction: 'SUPPRESS' })

describe('an account', () => {
  test('a new account has an id, no group, no second factor and a password that must change', async () => {
    const { User } = await people.send(creation('Doina'))
    expect(User).toMatchObject({ Username: 'Doina', Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' })
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? ''
    expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    expect(accounts.find(sub)).toMatchObject({ name: 'Doina', groups: [], party: '', hasSecondFactor: false })
    expect(accounts.find('dOINA')?.sub).toBe(sub)
  })

  test('an account is changed by its id or by its name', async () => {
    const { sub } = accounts.find('doina') ?? { sub: '' }
    await people.send(new AdminAddUserToGroupCommand({ ...userOf(sub), GroupName: 'iom' }))
    await people.send(new AdminAddUserToGroupCommand({ ...userOf('doina'), GroupName: 'role:officer' }))
    expect(accounts.find(sub)).toMatchObject({ party: 'iom', groups: ['iom', 'role:officer'] })
    await people.send(new AdminRemoveUserFromGroupCommand({ ...userOf(sub), GroupName: 'role:officer' }))
    await people.send(new AdminRemoveUserFromGroupCommand({ ...userOf(sub), GroupName: 'role:officer' }))
    expect(accounts.find(sub)?.groups).toEqual(['iom'])
    await people.send(new AdminDisableUserCommand(userOf(sub)))
    expect(accounts.find(sub)?.enabled).toBe(false)
    await people.send(new AdminEnableUserCommand(userOf(sub)))
    expect(accounts.find(sub)?.enabled).toBe(true)
  })

  test('an account loses its second factor, its password and its sessions', async () => {
    await people.send(new AdminDeleteSoftwareTokenCommand(userOf('officer')))
    expect(accounts.find('officer')?.hasSecondFactor).toBe(false)
    const again = people.send(new AdminDeleteSoftwareTokenCommand(userOf('officer')))
    expect(await outcome(again)).toBe('InvalidParameterException')
    await people.send(
      new AdminSetUserPasswordCommand({ ...userOf('officer'), Password: validPassword, Permanent: false }),
    )
    expect(accounts.find('officer')?.status).toBe('FORCE_CHANGE_PASSWORD')
    const before = Date.now()
    await people.send(new AdminUserGlobalSignOutCommand(userOf('officer')))
    expect(accounts.find('officer')?.signedOutAt).toBeGreaterThanOrEqual(before)
  })

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'an account with a name that is taken',
      () => people.send(creation('OFFICER')),
      'UsernameExistsException',
    ],
    [
      'an account with a short password',
      () => people.send(creation('x', 'Aa1-')),
      'InvalidPasswordException',
    ],
    [
      'an account with a password of one kind of character',
      () => people.send(creation('x', 'a'.repeat(20))),
      'InvalidPasswordException',
    ],
    [
      'a change of an unknown account',
      () => people.send(new AdminDisableUserCommand(userOf('nobody'))),
      'UserNotFoundException',
    ],
    [
      'an unknown group',
      () => people.send(new AdminAddUserToGroupCommand({ ...userOf('officer'), GroupName: 'x' })),
      'ResourceNotFoundException',
    ],
    [
      'another pool',
      () => people.send(new AdminDisableUserCommand({ ...userOf('officer'), UserPoolId: 'eu-central-1_X' })),
      'AccessDeniedException',
    ],
    [
      'an account with a message to its user',
      () => people.send(new AdminCreateUserCommand({ ...userOf('x'), TemporaryPassword: validPassword })),
      'AccessDeniedException',
    ],
    [
      'to read an account',
      () => people.send(new AdminGetUserCommand(userOf('officer'))),
      'AccessDeniedException',
    ],
    [
      'to delete an account without the permission',
      () => people.send(new AdminDeleteUserCommand(userOf('officer'))),
      'AccessDeniedException',
    ],
  ])('Cognito refuses %s', async (_, act, name) => {
    const before = JSON.stringify(accounts.all())
    expect(await outcome(act())).toBe(name)
    expect(JSON.stringify(accounts.all())).toBe(before)
  })

  test('another function cannot change an account', async () => {
    const other = clientOf('IomRole')
    expect(await outcome(other.send(new AdminDisableUserCommand(userOf('officer'))))).toBe(
      'AccessDeniedException',
    )
    other.destroy()
    expect(accounts.find('officer')?.enabled).toBe(true)
  })

  test('accounts survive a restart, and a removed account does not come back with the seeded users', () => {
    expect(openAccounts(file, [seed]).all()).toEqual(accounts.all())
    const again = openAccounts(file, [seed])
    again.remove(seed.sub)
    expect(openAccounts(file, [seed]).find('officer')).toBeUndefined()
  })

  test('the pool stores no password', () => {
    expect(JSON.stringify(accounts.all())).not.toContain(validPassword)
    expect(edge.counts()['cognito-idp']).toBeGreaterThan(0)
    expect([...edge.exercised()]).toContain('PeopleRole|People#Accounts|cognito-idp:AdminCreateUser')
  })
})
