import { describe, expect, it } from 'vitest'
import { type PolicyPlace, readPolicy } from '../../../infra/local/iam/policy.ts'

type Loose = Record<string, unknown>
const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/trail'
const allow: Loose = { Effect: 'Allow', Action: '*', Resource: '*' }
const variable = (name: string) => `\${${name}}`
const read = (place: PolicyPlace, statement: Loose) =>
  readPolicy('p', { Version: '2012-10-17', Statement: [statement] }, place)

describe('what a policy may not say here stops its reading', () => {
  const conditions: [string, Loose, RegExp][] = [
    ['an operator that does not exist', { StringEqual: { 'aws:PrincipalArn': 'x' } }, /StringEqual /],
    ['an operator that is not built', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, /IpAddress/],
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
    ['a number that is none', { NumericEquals: { 'aws:MultiFactorAuthAge': 'x' } }, /Numeric/],
    ['no value at all', { StringEquals: { 'aws:PrincipalArn': [] } }, /StringEquals/],
  ]
  it.each(conditions)('%s', (_, Condition, message) => {
    expect(() => read('role', { ...allow, Condition })).toThrow(message)
  })

  const principal = { Principal: { AWS: '*' } }
  const { Resource: _all, ...anywhere } = allow
  const elements: [string, PolicyPlace, Loose][] = [
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
  it.each(elements)('%s', (_, place, statement) => {
    expect(() => read(place, statement)).toThrow(/^(p#0: |The policy p )/)
  })

  it('an older version, whose variables are plain text', () => {
    expect(() => readPolicy('p', { Version: '2008-10-17', Statement: [allow] }, 'role')).toThrow(/Version/)
  })
})
