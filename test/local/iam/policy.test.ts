import { describe, expect, test } from 'vitest'
import {
  allowances,
  evaluatePolicies,
  type PolicyKind,
  type PolicyRequest,
  readPolicy,
} from '../../../infra/local/iam/policy.ts'

const account = '000000000000'
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`
const table = `arn:aws:dynamodb:eu-central-1:${account}:table/trail`
const keyArn = `arn:aws:kms:eu-central-1:${account}:key/k`
const variable = (name: string) => `\${${name}}`
const filer = `${variable('aws:PrincipalTag/filer')}*`

type Loose = Record<string, unknown>
const allow: Loose = { Effect: 'Allow', Action: '*', Resource: '*' }
const deny: Loose = { ...allow, Effect: 'Deny' }
const document = (...statements: Loose[]) => ({ Version: '2012-10-17', Statement: statements })
const read = (place: PolicyKind, ...statements: Loose[]) => readPolicy('p', document(...statements), place)

function request(over: Partial<PolicyRequest> = {}): PolicyRequest {
  return {
    principal: { roleArn: arn('Mission'), tags: { code: 'K7QX', filer: 'K7QX' } },
    action: 'dynamodb:Query',
    resource: table,
    context: {},
    ...over,
  }
}
/** Whether a role with these statements is allowed the request. */
const may = (statements: Loose[], over: Partial<PolicyRequest> = {}) =>
  evaluatePolicies(request(over), { identity: [read('role', ...statements)], account }).allowed

describe('a condition', () => {
  const keys = (...values: string[]) => ({ 'dynamodb:LeadingKeys': values })
  const leading = { 'ForAllValues:StringLike': keys(filer), Null: { 'dynamodb:LeadingKeys': 'false' } }
  const cls = (value: string) => ({ 'kms:EncryptionContext:cls': value })
  const names = (...values: string[]) => ({ 'kms:EncryptionContextKeys': values })
  const exact = {
    'ForAllValues:StringEquals': names('ret', 'cls'),
    Null: { 'kms:EncryptionContext:cls': 'false' },
  }

  test.each<[string, Loose, PolicyRequest['context'], boolean]>([
    ['ForAllValues holds for every value', leading, keys('K7QX1', 'K7QX2'), true],
    ['ForAllValues fails for one', leading, keys('K7QX1', 'ZZZZ2'), false],
    ['Null refuses an absent key', leading, {}, false],
    ['Null refuses an empty list', leading, keys(), false],
    [
      'ForAllValues alone lets an absent key pass, as in IAM',
      { 'ForAllValues:StringLike': keys(filer) },
      {},
      true,
    ],
    ['ForAnyValue needs one', { 'ForAnyValue:StringEquals': names('ret') }, names('cls', 'ret'), true],
    ['ForAnyValue fails without any', { 'ForAnyValue:StringEquals': names('ret') }, {}, false],
    [
      'ForAnyValue of a negation fails without any',
      { 'ForAnyValue:StringNotEquals': names('ret') },
      {},
      false,
    ],
    [
      'StringEquals takes one of several',
      { StringEquals: { 'kms:EncryptionContext:cls': ['label', 'case'] } },
      cls('case'),
      true,
    ],
    ['StringEquals heeds case', { StringEquals: cls('case') }, cls('Case'), false],
    ['StringEquals knows no wildcard', { StringEquals: cls('ca*') }, cls('case'), false],
    ['StringEquals fails for an absent key', { StringEquals: cls('case') }, {}, false],
    ['StringEqualsIfExists does not', { StringEqualsIfExists: cls('case') }, {}, true],
    ['StringEqualsIfExists compares what exists', { StringEqualsIfExists: cls('case') }, cls('care'), false],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: cls('CASE') }, cls('case'), true],
    ['StringNotEquals holds for an absent key', { StringNotEquals: cls('case') }, {}, true],
    [
      'StringNotEquals fails for one of several',
      { StringNotEquals: { 'kms:EncryptionContext:cls': ['a', 'case'] } },
      cls('case'),
      false,
    ],
    ['StringLike with ?', { StringLike: cls('????') }, cls('case'), true],
    ['StringLike with ? counts', { StringLike: cls('????') }, cls('cases'), false],
    ['StringNotLike', { StringNotLike: cls('ca*') }, cls('case'), false],
    ['all of several operators', { StringLike: cls('*'), StringEquals: cls('label') }, cls('case'), false],
    ['no key beside the known ones', exact, { ...names('ret', 'cls', 'extra'), ...cls('case') }, false],
    ['nor one of them missing', exact, names('ret'), false],
    ['the exact context', exact, { ...names('ret', 'cls'), ...cls('case') }, true],
    ['key names without case', { StringEquals: { 'KMS:encryptioncontext:CLS': 'case' } }, cls('case'), true],
    ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    ['a Bool that is one', { Bool: { 'aws:SecureTransport': true } }, {}, true],
    ['ArnEquals with a wildcard in one part', { ArnEquals: { 'aws:PrincipalArn': arn('Mis*') } }, {}, true],
    [
      'ArnLike does not reach over parts',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:role/Mission' } },
      {},
      false,
    ],
    ['ArnNotEquals', { ArnNotEquals: { 'aws:PrincipalArn': arn('Mission') } }, {}, false],
    [
      'NumericLessThan',
      { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
      { 'aws:MultiFactorAuthAge': '60' },
      true,
    ],
    [
      'NumericLessThan of no number',
      { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
      { 'aws:MultiFactorAuthAge': 'x' },
      false,
    ],
    [
      'a tag in a pattern',
      { StringEquals: { 'kms:EncryptionContext:party': `mission:${variable('aws:PrincipalTag/code')}` } },
      { 'kms:EncryptionContext:party': 'mission:K7QX' },
      true,
    ],
    [
      'a default of a variable',
      { StringEquals: cls(variable("aws:PrincipalTag/absent, 'case'")) },
      cls('case'),
      true,
    ],
    ['a literal star', { StringLike: cls(variable('*')) }, cls('case'), false],
  ])('a condition is evaluated as by IAM: %s', (_, Condition, context, allowed) => {
    expect(may([{ ...allow, Condition }], { context })).toBe(allowed)
  })

  test('a wildcard in a tag is a literal character', () => {
    const principal = { roleArn: arn('Mission'), tags: { filer: '*' } }
    expect(may([{ ...allow, Condition: leading }], { principal, context: keys('ZZZZ1') })).toBe(false)
  })

  test('a condition with an unresolved variable allows nothing, even when it is negated', () => {
    const principal = { roleArn: arn('Mission'), tags: {} }
    const unlike = { 'ForAllValues:StringNotLike': keys(filer) }
    const over = { principal, context: keys('ZZZZ1') }
    expect(may([{ ...allow, Condition: leading }], over)).toBe(false)
    expect(may([{ ...allow, Condition: unlike }], over)).toBe(false)
    expect(may([{ ...allow, Resource: `${table}${filer}` }], over)).toBe(false)
    expect(may([allow, { ...deny, Condition: unlike }], over)).toBe(false)
  })

  test('two condition keys that differ in case only are an error', () => {
    const context = { 'kms:EncryptionContext:cls': 'case', 'kms:EncryptionContext:CLS': 'care' }
    expect(() => may([allow], { context })).toThrow(/case/)
  })
})

describe('actions and resources', () => {
  test.each<[string, Loose, boolean]>([
    ['a wildcard', { Action: 'dynamodb:Qu*' }, true],
    ['without case', { Action: 'DynamoDB:query' }, true],
    ['of another service', { Action: 'sqs:*' }, false],
    ['a list', { Action: ['dynamodb:Scan', 'dynamodb:Query'] }, true],
    ['NotAction', { Action: undefined, NotAction: 'dynamodb:Query' }, false],
    ['NotAction of others', { Action: undefined, NotAction: 'kms:*' }, true],
    ['the table', { Resource: table }, true],
    ['only an index of it', { Resource: `${table}/index/*` }, false],
    ['another table', { Resource: `${table}2` }, false],
    ['a pattern of tables', { Resource: `${table.slice(0, -2)}*` }, true],
    ['another region', { Resource: table.replace('eu-central-1', 'us-east-1') }, false],
    ['NotResource', { Resource: undefined, NotResource: table }, false],
  ])('a statement matches actions and resources as in IAM: %s', (_, change, allowed) => {
    const statement = Object.fromEntries(
      Object.entries({ ...allow, ...change }).filter(([, value]) => value !== undefined),
    )
    expect(may([statement])).toBe(allowed)
  })
})

describe('the policies of role and resource', () => {
  const by = (
    roleStatements: Loose[],
    resourceStatements: Loose[] | undefined,
    over: Partial<PolicyRequest> = {},
  ) =>
    evaluatePolicies(request(over), {
      identity: [read('role', ...roleStatements)],
      ...(resourceStatements && { resource: read('resource', ...resourceStatements) }),
      account,
    }).allowed
  const onKey = { action: 'kms:Decrypt', resource: keyArn }
  const own = { Principal: { AWS: arn('Mission') } }
  const root = { Principal: { AWS: `arn:aws:iam::${account}:root` } }
  const everyone = { Principal: '*' }
  const other = { Principal: { AWS: arn('Other') } }

  test.each<[string, Loose[], Loose[] | undefined, Partial<PolicyRequest>, boolean]>([
    ['nobody allows', [], undefined, {}, false],
    ['a deny wins over an allow', [allow, deny], undefined, {}, false],
    ['a table may allow by itself', [], [{ ...allow, ...own }], {}, true],
    ['but not another role', [], [{ ...allow, ...other }], {}, false],
    ['nor through the account alone', [], [{ ...allow, ...root }], {}, false],
    ["a table's deny for all wins", [allow], [{ ...deny, ...everyone }], {}, false],
    ["a table's deny for the account wins", [allow], [{ ...deny, ...root }], {}, false],
    ["a table's deny for another does not", [allow], [{ ...deny, ...other }], {}, true],
    [
      'the break-glass role is spared',
      [allow],
      [{ ...deny, ...everyone, Condition: { ArnNotEquals: { 'aws:PrincipalArn': arn('Mission') } } }],
      {},
      true,
    ],
    ['a key must allow: the role alone is nothing', [allow], undefined, onKey, false],
    ['a key may leave it to the account', [allow], [{ ...allow, ...root }], onKey, true],
    ['and then the role must allow too', [], [{ ...allow, ...root }], onKey, false],
    ['a key may allow a role by itself', [], [{ ...allow, ...own }], onKey, true],
    [
      'a key that leaves other actions to the account',
      [allow],
      [{ ...allow, ...root, Action: 'kms:DescribeKey' }],
      onKey,
      false,
    ],
    [
      'a service, where it is named',
      [],
      [{ ...allow, Principal: { Service: 'logs.amazonaws.com' } }],
      { ...onKey, principal: { service: 'logs.amazonaws.com' } },
      true,
    ],
    [
      'a service, where the account is named',
      [],
      [{ ...allow, ...root }],
      { ...onKey, principal: { service: 'logs.amazonaws.com' } },
      false,
    ],
  ])('policies are combined as by IAM: %s', (_, role, resource, over, allowed) => {
    expect(by(role, resource, over)).toBe(allowed)
  })

  test('a decision names the statement that decided', () => {
    const identity = [
      read('role', { ...allow, Action: 'kms:*' }, { ...allow, Sid: 'Read', Action: 'dynamodb:Q*' }),
    ]
    expect(evaluatePolicies(request(), { identity, account })).toEqual({
      allowed: true,
      statement: 'p#Read',
      action: 'dynamodb:Q*',
    })
    expect(evaluatePolicies(request(onKey), { identity, account })).toEqual({ allowed: false })
    const refusing = { identity: [...identity, read('role', deny)], account }
    expect(evaluatePolicies(request(), refusing)).toEqual({ allowed: false, statement: 'p#0', action: '*' })
  })
})

test('the allowances of a policy leave out statements that only another service can use', () => {
  const via = { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } }
  const policy = read(
    'resource',
    { ...allow, Sid: 'Own', Principal: { AWS: arn('Mission') }, Action: ['kms:Decrypt', 'kms:Encrypt'] },
    { ...allow, Sid: 'Via', Principal: { AWS: arn('Mission') }, Condition: via },
    { ...allow, Sid: 'Other', Principal: { AWS: arn('Other') } },
    { ...deny, Sid: 'Never', Principal: '*' },
  )
  expect(allowances(policy, arn('Mission'))).toEqual([
    { statement: 'p#Own', action: 'kms:Decrypt' },
    { statement: 'p#Own', action: 'kms:Encrypt' },
  ])
})
