import { beforeAll, expect, test } from 'vitest'
import deployment from '../../cdk.json' with { type: 'json' }
import { auditIndexes } from '../../schemas/api/audit.ts'
import { isOn, permissions, resourcesOf, type Statement } from './synthesized.ts'

let roles: Map<string, Statement[]>
beforeAll(async () => {
  roles = permissions(await resourcesOf())
})

const ownCode = `mission:\${aws:PrincipalTag/code}`
const filed = `\${aws:PrincipalTag/filer}*`

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
    for (const bound of bounds) expect(bound).toEqual(keysAre(filed))
  },
)

test('a mission touches the access records of those returns, of its own searches, and of what its own people were refused', () => {
  const own = keysAre(filed, `search#${ownCode}`, `refused#${ownCode}#*`)
  const bounds = boundsOf('MissionSessionRole', 'AccessTable')
  expect(bounds).toHaveLength(3)
  expect(bounds).toEqual(expect.arrayContaining([own, own, keysAre(filed)]))
})

test('oversight alone reads the access records of all returns, and by the indexes alone', () => {
  const indexes = [...roles].flatMap(([role, statements]) =>
    statements
      .filter((statement) => isOn(statement, 'AccessTable'))
      .flatMap(({ Resource = [] }) => Resource.map((item) => `${role} ${item.split('/index/')[1]}`))
      .filter((item) => /by-(?!return)/.test(item)),
  )
  expect(indexes.sort()).toEqual(auditIndexes.map((name) => `OversightRole ${name}`).sort())
})

test.each([
  ['MissionSessionRole', 'ClaimsTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'WorklistsTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'WorkTable', `mission:\${aws:PrincipalTag/code}`],
  ['MissionSessionRole', 'RosterTable', `mission:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'RosterTable', `partner:\${aws:PrincipalTag/code}`],
  ['IomRole', 'RosterTable', 'iom'],
  ['OversightRole', 'RosterTable', 'oversight'],
  ['MissionSessionRole', 'DraftsTable', `mission:\${aws:PrincipalTag/code}`],
  ['CentreSessionRole', 'DraftsTable', `centre:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'DraftsTable', `partner:\${aws:PrincipalTag/code}`],
  ['IomRole', 'DraftsTable', 'iom'],
  ['CentreSessionRole', 'ClaimsTable', `centre:\${aws:PrincipalTag/code}`],
  ['CentreSessionRole', 'WorklistsTable', `centre:\${aws:PrincipalTag/code}`],
  ['CentreSessionRole', 'WorkTable', `centre:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'WorklistsTable', `partner:\${aws:PrincipalTag/code}`],
  ['PartnerSessionRole', 'WorkTable', `partner:\${aws:PrincipalTag/code}`],
  ['IomRole', 'ClaimsTable', 'iom'],
  ['IomRole', 'WorklistsTable', 'iom'],
  ['IomRole', 'WorkTable', 'iom'],
  ['WatchRole', 'ClaimsTable', 'watch'],
  ['MinistryRole', 'WorklistsTable', 'ministry'],
  ['MinistryRole', 'WorkTable', 'ministry'],
  ['ConsularRole', 'WorklistsTable', 'consular'],
  ['ConsularRole', 'WorkTable', 'consular'],
  ['OversightRole', 'WorklistsTable', 'consular'],
  ['OversightRole', 'WorkTable', 'consular'],
])('%s touches only its own rows of %s', (role, table, pattern) => {
  const bounds = boundsOf(role, table)
  expect(bounds.length).toBeGreaterThan(0)
  // The persons of a long draft lie in parts beside it.
  const own = table === 'DraftsTable' ? [pattern, `${pattern}#parts`] : [pattern]
  for (const bound of bounds) expect(own.map((key) => keysAre(key))).toContainEqual(bound)
})

test('a mission finds by its own rows and its returns’ lists of tags; what all are compared by it writes and cannot read', () => {
  const bounds = (roles.get('MissionSessionRole') ?? [])
    .filter((statement) => isOn(statement, 'TagsTable'))
    .map(({ Action, Condition = {} }) => [Action.join(), Condition['ForAllValues:StringLike']])
  const written = { 'dynamodb:LeadingKeys': ['all#*', `mission:\${aws:PrincipalTag/filer}#*`, filed] }
  expect(Object.fromEntries(bounds)).toEqual({
    'dynamodb:Query': { 'dynamodb:LeadingKeys': [`${ownCode}#*`, filed] },
    'dynamodb:PartiQLDelete': written,
    'dynamodb:PartiQLInsert': written,
  })
})

test.each([
  // Ids of returns are thirty characters long, and no other key of tags is.
  ['CentreSessionRole', ['all#*', '?'.repeat(30)], ['all#*', '?'.repeat(30)]],
  ['PartnerSessionRole', [`\${aws:PrincipalTag/code}*`], ['all#*', `\${aws:PrincipalTag/code}*`]],
])(
  '%s writes what all are compared by, reads it where it searches, and keeps the lists of returns',
  (role, read, kept) => {
    const bounds = (roles.get(role) ?? [])
      .filter((statement) => isOn(statement, 'TagsTable'))
      .map(({ Action, Condition = {} }) => [Action.join(), Condition['ForAllValues:StringLike']])
    const written = { 'dynamodb:LeadingKeys': kept }
    expect(Object.fromEntries(bounds)).toEqual({
      'dynamodb:Query': { 'dynamodb:LeadingKeys': read },
      'dynamodb:PartiQLDelete': written,
      'dynamodb:PartiQLInsert': written,
    })
  },
)

test('IOM keeps the lists of what it filed itself', () => {
  const lists = boundsOf('IomRole', 'TagsTable').flatMap((bound) =>
    Object.values(bound['ForAllValues:StringLike'] ?? {}).flat(),
  )
  expect([...new Set(lists)].sort()).toEqual([`${deployment.context.iom.code}*`, 'all#*'])
})

test.each([
  ['MissionSessionRole', [`mission:\${aws:PrincipalTag/code}`, 'routing']],
  ['IomRole', ['routing']],
  ['PartnerSessionRole', ['routing']],
])('%s reads of the posts only how they answer for countries, and a post its own row', (role, patterns) => {
  expect(boundsOf(role, 'PostsTable')).toEqual([keysAre(...patterns)])
})

test.each([
  ['CentreSessionRole', `\${aws:PrincipalTag/code}*`],
  ['PartnerSessionRole', `\${aws:PrincipalTag/code}*`],
  ['IomRole', 'D6KX*'],
])('%s begins a trail in nobody else’s name', (role, pattern) => {
  const beginning = (roles.get(role) ?? []).filter(
    (statement) =>
      isOn(statement, 'HeadsTable') && JSON.stringify(statement.Action).includes('PartiQLInsert'),
  )
  expect(beginning).toHaveLength(1)
  expect(beginning[0]?.Condition).toMatchObject(keysAre(pattern))
})
