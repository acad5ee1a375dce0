import { beforeAll, expect, test } from 'vitest'
import { auditIndexes } from '../../schemas/audit.ts'
import {
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

/** Whether a statement is about a table, or an index of it. */
const isOn = ({ Resource = [] }: Statement, table: string) =>
  Resource.some((one) => one.split('/index/')[0] === `<${table}.Arn>`)

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
const tablesOf = (role: string) =>
  Object.fromEntries(
    ofType(resources, 'AWS::DynamoDB::GlobalTable').flatMap(([table]) => {
      const found = onTable(role, table)
      return found.length > 0 ? [[table.replace('Table', ''), found.join(' ')]] : []
    }),
  )

const commanding = {
  Trail: 'Query PartiQLInsert!',
  Heads: 'PartiQLUpdate! GetItem',
  Claims: 'GetItem PartiQLInsert!',
  Sealed: 'Query BatchGetItem PartiQLInsert! PartiQLDelete!',
  Keys: 'Query BatchGetItem PartiQLInsert! PartiQLDelete!',
  Pending: 'PartiQLInsert!',
  Worklists: 'Query',
  Deliveries: 'Query',
  Access: 'Query PartiQLInsert! Query',
  Roster: 'Query',
}
/** Who reads no label has no page of them, and strikes nothing. */
const unlabelled = { Sealed: 'Query PartiQLInsert!', Keys: 'Query PartiQLInsert! PartiQLDelete!' }
const searching = {
  Worklists: 'Query GetItem',
  Tags: 'Query',
  Unmatched: 'PartiQLInsert!',
  Limits: 'UpdateItem',
  Links: 'Query',
}
const deciding = { Links: 'Query PartiQLDelete! PartiQLInsert!', Matches: 'Query PartiQLInsert!' }
const looking = {
  Trail: 'Query',
  Heads: 'GetItem',
  Worklists: 'Query',
  Deliveries: 'Query',
  Access: 'Query PartiQLInsert! Query',
  Roster: 'Query',
}
const sending = { Trail: 'Query', Heads: 'GetItem', Deliveries: 'Query', Sealed: 'BatchGetItem' }

test.each<[string, Record<string, string>]>([
  [
    'MissionSessionRole',
    {
      ...commanding,
      ...searching,
      Heads: 'PartiQLInsert! PartiQLUpdate! GetItem',
      Tags: 'Query PartiQLDelete! PartiQLInsert!',
      Posts: 'Query',
      Drafts: 'DeleteItem GetItem PutItem Query PartiQLInsert! PartiQLUpdate!',
    },
  ],
  ['IomRole', { ...commanding, ...searching, ...deciding }],
  [
    'CentreSessionRole',
    {
      ...commanding,
      ...searching,
      Rooms: 'Query PartiQLInsert!',
      Places: 'Query PartiQLDelete! PartiQLInsert! PartiQLUpdate!',
    },
  ],
  ['MinistryRole', { ...commanding, ...unlabelled, Figures: 'GetItem' }],
  ['PartnerSessionRole', { ...commanding, ...unlabelled }],
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
      Links: 'PartiQLInsert!',
    },
  ],
  ['FiguresRole', { Heads: 'Scan', Trail: 'Query', Sealed: 'Query', Keys: 'Query', Figures: 'PutItem' }],
  [
    'InboxRole',
    {
      Trail: 'Query',
      Worklists: 'PutItem!',
      Deliveries: 'Query PutItem!',
      Pending: 'DeleteItem',
      Due: 'UpdateItem!',
      Places: 'PutItem! DeleteItem!',
    },
  ],
])('%s reaches these tables in these ways, and no others', (role, expected) => {
  expect(tablesOf(role)).toEqual(expected)
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

const keysAre = (...patterns: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})
const boundsOf = (role: string, table: string) =>
  (roles.get(role) ?? [])
    .filter((statement) => isOn(statement, table))
    .map(({ Condition = {} }) => {
      const { StringEquals: _, ...bound } = Condition
      return bound
    })

test.each(['TrailTable', 'HeadsTable', 'SealedTable', 'KeysTable', 'DeliveriesTable', 'LinksTable'])(
  'a mission touches only the returns of its tag `filer` in %s',
  (table) => {
    const bounds = boundsOf('MissionSessionRole', table)
    expect(bounds.length).toBeGreaterThan(0)
    for (const bound of bounds) expect(bound).toEqual(keysAre(`\${aws:PrincipalTag/filer}*`))
  },
)

test('a mission touches the access records of those returns, and of what its own people were refused', () => {
  const own = keysAre(`\${aws:PrincipalTag/filer}*`, `refused#mission:\${aws:PrincipalTag/code}#*`)
  const byReturn = keysAre(`\${aws:PrincipalTag/filer}*`)
  expect(boundsOf('MissionSessionRole', 'AccessTable')).toEqual([own, own, byReturn])
})

test('oversight alone reads the access records of all returns, and by the indexes alone', () => {
  const indexes = [...roles].flatMap(([role, statements]) =>
    statements
      .filter((statement) => isOn(statement, 'AccessTable'))
      .flatMap(({ Resource = [] }) => Resource.map((one) => `${role} ${one.split('/index/')[1]}`))
      .filter((one) => /by-(?!return)/.test(one)),
  )
  expect(indexes.sort()).toEqual(auditIndexes.map((name) => `OversightRole ${name}`).sort())
})

test.each([
  ['MissionSessionRole', 'ClaimsTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'WorklistsTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'PostsTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'DraftsTable', `mission:\${aws:PrincipalTag/code}`],
  ['CentreSessionRole', 'ClaimsTable', `centre:\${aws:PrincipalTag/code}`],
  ['CentreSessionRole', 'WorklistsTable', `centre:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'WorklistsTable', `partner:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'RosterTable', `mission:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'RosterTable', `partner:\${aws:PrincipalTag/code}`],
  ['IomRole', 'RosterTable', 'iom'],
  ['OversightRole', 'RosterTable', 'oversight'],
  ['IomRole', 'ClaimsTable', 'iom'],
  ['IomRole', 'WorklistsTable', 'iom'],
  ['WatchRole', 'ClaimsTable', 'watch'],
  ['MinistryRole', 'WorklistsTable', 'ministry'],
  ['ConsularRole', 'WorklistsTable', 'consular'],
  ['OversightRole', 'WorklistsTable', 'consular'],
])('%s touches only its own rows of %s', (role, table, pattern) => {
  const bounds = boundsOf(role, table)
  expect(bounds.length).toBeGreaterThan(0)
  for (const bound of bounds) expect(bound).toEqual(keysAre(pattern))
})

const ownCode = `mission:\${aws:PrincipalTag/code}`
const filed = `\${aws:PrincipalTag/filer}*`

test('a mission looks at what is recorded of its returns and of its own searches', () => {
  for (const bound of boundsOf('MissionSessionRole', 'AccessTable'))
    expect(bound).toEqual(keysAre(filed, `search#${ownCode}`))
})

test('a mission finds by its own rows and its returns’ lists of tags; what all are compared by it writes and cannot read', () => {
  const bounds = (roles.get('MissionSessionRole') ?? [])
    .filter((statement) => isOn(statement, 'TagsTable'))
    .map(({ Action, Condition = {} }) => [Action, Condition['ForAllValues:StringLike']])
  expect(bounds).toEqual([
    [['dynamodb:Query'], { 'dynamodb:LeadingKeys': [`${ownCode}#*`, filed] }],
    [
      ['dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert'],
      { 'dynamodb:LeadingKeys': ['all#*', `mission:\${aws:PrincipalTag/filer}#*`, filed] },
    ],
  ])
})

test.each(['IomRole', 'CentreSessionRole'])(
  '%s reads what all are compared by, and no list of a return',
  (role) => {
    expect(boundsOf(role, 'TagsTable')).toEqual([keysAre('all#*')])
  },
)

test('to break the glass takes a second factor, and a permission that nobody has yet', () => {
  const [trust] = statementsIn(resources.BreakGlassRole?.Properties.AssumeRolePolicyDocument)
  expect(trust?.Condition?.Bool).toEqual({ 'aws:MultiFactorAuthPresent': 'true' })
  expect(roles.has('BreakGlassRole')).toBe(false)
})
