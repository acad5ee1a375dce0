import type { UserPool } from 'aws-cdk-lib/aws-cognito'
import { Policy, type Role } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { variable } from '../schemas/deployment/settings.ts'
import { partyOf } from '../schemas/values/parties.ts'
import type { Deployment } from './context.ts'
import type { FunctionNeeds } from './functions.ts'
import { pinned } from './logical-id.ts'
import { allow, insideOperation } from './statements.ts'
import type { Tables } from './tables.ts'

/** What the people function does with accounts, and no other function may. It neither reads nor lists accounts. */
const accountActions = [
  'AdminAddUserToGroup',
  'AdminCreateUser',
  'AdminDeleteSoftwareToken',
  'AdminDeleteUser',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminRemoveUserFromGroup',
  'AdminSetUserPassword',
  'AdminUserGlobalSignOut',
].map((action) => `cognito-idp:${action}`)

/** The people function writes rosters and names. It has no access to returns. */
export function peopleNeeds(
  { roster, people }: Pick<Tables, 'roster' | 'people'>,
  { missions }: Pick<Deployment, 'missions'>,
): FunctionNeeds {
  return {
    environment: {
      [variable.table('roster')]: roster.tableName,
      [variable.table('people')]: people.tableName,
      [variable.missions]: missions.map(({ code }) => partyOf('mission', code)).join(','),
    },
    statements: [
      allow('Reading', ['dynamodb:Query'], [roster.tableArn, people.tableArn]),
      allow(
        'Writing',
        ['dynamodb:PartiQLInsert'],
        [roster.tableArn, people.tableArn],
        insideOperation('ExecuteTransaction'),
      ),
      allow(
        'Forgetting',
        ['dynamodb:PartiQLDelete'],
        [people.tableArn],
        insideOperation('ExecuteTransaction'),
      ),
    ],
  }
}

/** Gives the people function the user pool, which must exist first. */
export function connectPeople(parent: Construct, fn: LambdaFunction, role: Role, pool: UserPool): void {
  fn.addEnvironment(variable.userPool, pool.userPoolId)
  const policy = new Policy(parent, 'people-pool', {
    roles: [role],
    statements: [allow('Accounts', accountActions, [pool.userPoolArn])],
  })
  pinned(policy, 'PeoplePoolPolicy')
}
