import { beforeAll, expect, test } from 'vitest'
import {
  isOn,
  ofType,
  permissions,
  type Resources,
  resourcesOf,
  type Statement,
  statementsIn,
} from './synthesized.ts'

let resources: Resources
let roles: Map<string, Statement[]>
beforeAll(async () => {
  resources = await resourcesOf()
  roles = permissions(resources)
})

/** A role's statements on a table, as `action`, with a `!` for one that only a transaction may hold. */
function onTable(role: string, table: string): string[] {
  const statements = (roles.get(role) ?? []).filter((statement) => isOn(statement, table))
  return statements.flatMap(({ Action, Condition }) =>
    Action.map(
      (action) =>
        action.replace('dynamodb:', '') +
        (Condition?.StringEquals?.['dynamodb:EnclosingOperation'] ? '!' : ''),
    ),
  )
}
/** Each way once: two tables that are reached alike share a statement. */
const waysIn = (found: readonly string[]) => [...new Set(found)].sort().join(' ')
const tablesOf = (role: string) =>
  Object.fromEntries(
    ofType(resources, 'AWS::DynamoDB::GlobalTable').flatMap(([table]) => {
      const found = onTable(role, table)
      return found.length > 0 ? [[table.replace('Table', ''), waysIn(found)]] : []
    }),
  )

const commanding = {
  Trail: 'Query PartiQLInsert!',
  Heads: 'PartiQLUpdate! GetItem',
  Claims: 'GetItem PartiQLInsert!',
  Sealed: 'Query BatchGetItem PartiQLInsert! PartiQLDelete!',
  Keys: 'Query BatchGetItem PartiQLInsert! PartiQLDelete!',
  Pending: 'PartiQLInsert!',
  Worklists: 'Query BatchGetItem',
  Work: 'Query',
  Deliveries: 'Query',
  Access: 'Query PartiQLInsert! Query',
  Roster: 'Query',
}
/** Who reads no label has no page of them. */
const unlabelled = { Keys: 'Query PartiQLInsert! PartiQLDelete!' }
/** Who files begins trails and writes drafts, and who raises alerts looks for the post. */
const filing = {
  Heads: 'PartiQLInsert! PartiQLUpdate! GetItem',
  Drafts: 'DeleteItem GetItem PutItem Query PartiQLInsert! PartiQLUpdate!',
  Tags: 'Query PartiQLDelete! PartiQLInsert!',
  Unmatched: 'PartiQLInsert!',
}
const alerting = { Posts: 'Query' }
const searching = {
  Worklists: 'Query GetItem BatchGetItem',
  Limits: 'UpdateItem',
  Links: 'Query',
}
const deciding = { Links: 'Query PartiQLDelete! PartiQLInsert!', Matches: 'Query PartiQLInsert!' }
const looking = {
  Trail: 'Query',
  Heads: 'GetItem',
  Worklists: 'Query BatchGetItem',
  Work: 'Query',
  Deliveries: 'Query',
  Access: 'Query PartiQLInsert! Query',
  Roster: 'Query',
}
const sending = { Trail: 'Query', Heads: 'GetItem', Deliveries: 'Query', Sealed: 'BatchGetItem' }

test.each<[string, Record<string, string>]>([
  ['MissionSessionRole', { ...commanding, ...searching, ...filing, ...alerting }],
  ['IomRole', { ...commanding, ...searching, ...deciding, ...filing, ...alerting }],
  [
    'CentreSessionRole',
    {
      ...commanding,
      ...filing,
      ...searching,
      Rooms: 'Query PartiQLInsert!',
      Places: 'Query PartiQLDelete! PartiQLInsert! PartiQLUpdate!',
    },
  ],
  // It strikes nothing either.
  ['MinistryRole', { ...commanding, ...unlabelled, Sealed: 'Query PartiQLInsert!', Figures: 'GetItem' }],
  [
    'PartnerSessionRole',
    { ...commanding, ...unlabelled, ...filing, ...alerting, Sealed: 'Query PartiQLInsert! PartiQLDelete!' },
  ],
  [
    'ConsularRole',
    {
      ...looking,
      Trail: 'Query PartiQLInsert!',
      Heads: 'PartiQLUpdate! GetItem',
      Claims: 'GetItem PartiQLInsert!',
      Keys: 'Query',
      Pending: 'PartiQLInsert!',
      Posts: 'Query PartiQLInsert!',
      Figures: 'GetItem',
      ...deciding,
    },
  ],
  ['OversightRole', { ...looking, Access: `${looking.Access} Query`, Posts: 'Query', Figures: 'GetItem' }],
  ['PeopleRole', { Roster: 'Query PartiQLInsert!', People: 'Query PartiQLInsert! PartiQLDelete!' }],
  ['MissionRole', {}],
  ['CentreRole', {}],
  ['PartnerRole', {}],
  ['ContractRole', {}],
  ['AccessTokenRole', {}],
  ['BreakGlassRole', {}],
  ['RelayRole', sending],
  [
    'WatchRole',
    {
      ...sending,
      Trail: 'Query PartiQLInsert!',
      Heads: 'GetItem PartiQLUpdate!',
      Sealed: 'BatchGetItem PartiQLDelete!',
      Claims: 'PartiQLInsert!',
      Keys: 'GetItem PartiQLDelete!',
      Pending: 'Query PartiQLInsert! DeleteItem',
      Due: 'UpdateItem Query',
      Tags: 'Query PartiQLDelete!',
    },
  ],
  [
    'MatchingRole',
    {
      Unmatched: 'DeleteItem Scan',
      Tags: 'Query PartiQLDelete! PartiQLInsert!',
      Trail: 'Query',
      Matches: 'Query PartiQLInsert!',
      // A decided match that is asked again moves to another list.
      Links: 'Query PartiQLDelete! PartiQLInsert!',
    },
  ],
  ['FiguresRole', { Heads: 'Scan', Trail: 'Query', Sealed: 'Query', Keys: 'Query', Figures: 'PutItem' }],
  [
    'InboxRole',
    {
      Trail: 'Query',
      Worklists: 'PutItem!',
      Work: 'PutItem! DeleteItem!',
      Deliveries: 'Query PutItem!',
      Pending: 'DeleteItem',
      Due: 'UpdateItem!',
      Places: 'PutItem! DeleteItem!',
    },
  ],
])('%s reaches these tables in these ways, and no others', (role, expected) => {
  const sorted = Object.entries(expected).map(([table, ways]) => [table, waysIn(ways.split(' '))])
  expect(tablesOf(role)).toEqual(Object.fromEntries(sorted))
})

test('no role changes or removes an event, in any way', () => {
  for (const [role] of roles)
    expect(
      onTable(role, 'TrailTable').filter((action) => !['Query', 'PartiQLInsert!'].includes(action)),
    ).toEqual([])
})

test('only watch publishes, and only to the topic by which people are called', () => {
  const publishing = [...roles].flatMap(([role, statements]) =>
    statements
      .filter(({ Action }) => Action.some((action) => action.startsWith('sns:')))
      .map(({ Action, Resource }) => [role, Action, Resource]),
  )
  expect(publishing).toEqual([['WatchRole', ['sns:Publish'], ['<CallTopic>']]])
})

test('only the function of people touches accounts, in one pool, and it can neither read nor list them', () => {
  const touching = [...roles].flatMap(([role, statements]) =>
    statements
      .filter(({ Action }) => Action.some((action) => action.startsWith('cognito')))
      .map(({ Action, Resource }) => [role, Action, Resource]),
  )
  const actions = [
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
  expect(touching).toEqual([['PeopleRole', actions, ['<UserPool.Arn>']]])
})

test('every permission names its actions and its resources', () => {
  const all = [...roles.values()].flat()
  expect(all.length).toBeGreaterThan(80)
  for (const { Effect, Action, Resource } of all) {
    expect(Effect).toBe('Allow')
    expect(Action.join()).not.toContain('*')
    expect(Resource?.join() || '*').not.toContain('*')
  }
})

test('no role has a managed policy, a policy of its own inside, or more text than IAM takes', () => {
  for (const [, { Properties }] of ofType(resources, 'AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined()
    expect(Properties.Policies).toBeUndefined()
  }
  // 10,240 characters a role, after references have become ARNs of up to some 90 characters.
  for (const statements of roles.values()) {
    const arns = JSON.stringify(statements).replace(/<[^>]+>/g, 'x'.repeat(90))
    expect(arns.length).toBeLessThan(10_240)
  }
})

test.each(['Mission', 'Centre', 'Partner'])(
  '%s: the function itself may log and take its session role, nothing else',
  (kind) => {
    const own = (roles.get(`${kind}Role`) ?? []).map(({ Action, Resource }) => [Action, Resource])
    expect(own).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], [`<${kind}Log.Arn>`]],
      [['sts:AssumeRole', 'sts:TagSession'], [`<${kind}SessionRole.Arn>`]],
    ])
  },
)

test.each(['Mission', 'Centre', 'Partner'])(
  '%s: a session has exactly two tags, and neither is empty',
  (kind) => {
    const trust = statementsIn(resources[`${kind}SessionRole`]?.Properties.AssumeRolePolicyDocument)
    expect(trust).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: [`<${kind}Role.Arn>`] },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['code', 'filer'] },
          Null: { 'aws:RequestTag/code': 'false', 'aws:RequestTag/filer': 'false' },
          StringLike: { 'aws:RequestTag/code': '????', 'aws:RequestTag/filer': '????' },
        },
      },
    ])
  },
)

test('to break the glass takes a second factor, and a permission that nobody has yet', () => {
  const [trust] = statementsIn(resources.BreakGlassRole?.Properties.AssumeRolePolicyDocument)
  expect(trust?.Condition?.Bool).toEqual({ 'aws:MultiFactorAuthPresent': 'true' })
  expect(roles.has('BreakGlassRole')).toBe(false)
})
