import { describe, expect, test } from 'vitest'
import { type PolicyKind, readPolicy } from '../../../infra/local/iam/policy.ts'

type Loose = Record<string, unknown>
const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/trail'
const allow: Loose = { Effect: 'Allow', Action: '*', Resource: '*' }
const variable = (name: string) => `\${${name}}`
const read = (place: PolicyKind, statement: Loose) =>
  readPolicy('p', { Version: '2012-10-17', Statement: [statement] }, place)

describe('an invalid policy', () => {
  const conditions: [string, Loose, RegExp][] = [
    ['an operator that does not exist', { StringEqual: { 'aws:PrincipalArn': 'x' } }, /StringEqual /],
    ['an operator that is not emulated', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, /IpAddress/],
    ['an operator of the prototype', { constructor: { 'aws:PrincipalArn': 'x' } }, /constructor/],
    [
      'an unknown quantifier',
      { 'ForSomeValues:StringEquals': { 'dynamodb:LeadingKeys': 'x' } },
      /ForSomeValues/,
    ],
    ['a mistyped key', { StringEquals: { 'dynamodb:LeadingKey': 'x' } }, /dynamodb:LeadingKey /],
    [
      'a key of several values without a quantifier',
      { StringEquals: { 'dynamodb:LeadingKeys': 'x' } },
      /ForAllValues/,
    ],
    ['NullIfExists', { NullIfExists: { 'dynamodb:LeadingKeys': 'false' } }, /NullIfExists/],
    ['a Null that is neither true nor false', { Null: { 'dynamodb:LeadingKeys': 'no' } }, /Null/],
    ['a malformed number', { NumericEquals: { 'aws:MultiFactorAuthAge': 'x' } }, /Numeric/],
    ['no value at all', { StringEquals: { 'aws:PrincipalArn': [] } }, /StringEquals/],
  ]
  test.each(conditions)('a condition with %s is an error', (_, Condition, message) => {
    expect(() => read('role', { ...allow, Condition })).toThrow(message)
  })

  const principal = { Principal: { AWS: '*' } }
  const { Resource: _all, ...anywhere } = allow
  const elements: [string, PolicyKind, Loose][] = [
    ['an unknown element', 'role', { ...allow, Conditions: {} }],
    ['NotPrincipal', 'resource', { ...allow, NotPrincipal: { AWS: '*' } }],
    ['a principal on a role', 'role', { ...allow, ...principal }],
    ['no principal on a resource', 'resource', allow],
    ['a principal of another kind', 'resource', { ...allow, Principal: { Federated: 'x' } }],
    [
      'a session as principal',
      'resource',
      { ...allow, Principal: { AWS: 'arn:aws:sts::000000000000:assumed-role/a/b' } },
    ],
    ['a role by a pattern', 'resource', { ...allow, Principal: { AWS: 'arn:aws:iam::000000000000:role/*' } }],
    ['no resource', 'role', anywhere],
    ['a resource in a trust', 'trust', { ...allow, ...principal }],
    ['Action and NotAction', 'role', { ...allow, NotAction: 'x' }],
    ['a resource that is no ARN', 'role', { ...allow, Resource: 'trail' }],
    ['a variable in an action', 'role', { ...allow, Action: variable('aws:PrincipalTag/code') }],
    ['a mistyped variable in a resource', 'role', { ...allow, Resource: `${table}${variable('aws:Tag')}` }],
    ['an unknown effect', 'role', { ...allow, Effect: 'Maybe' }],
  ]
  test.each(elements)('a statement with %s is an error', (_, place, statement) => {
    expect(() => read(place, statement)).toThrow(/^(p#0: |The policy p )/)
  })

  test('a policy of an older version, whose variables are plain text, is an error', () => {
    expect(() => readPolicy('p', { Version: '2008-10-17', Statement: [allow] }, 'role')).toThrow(/Version/)
  })
})
