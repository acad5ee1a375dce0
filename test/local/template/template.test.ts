import { describe, expect, test } from 'vitest'
import { readTemplate } from '../../../infra/local/template/template.ts'

const endpoints = {
  sqsUrl: 'http://127.0.0.1:1',
  issuer: 'http://issuer.test',
  apiUrl: 'http://api.test',
  deskUrl: 'http://desk.test',
}

const resources = {
  Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [] } },
  NamedTable: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'acasa-trail' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Join': ['-', ['acasa', 'role']] } } },
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'acasa' } },
  Topic: { Type: 'AWS::SNS::Topic' },
  SignInDomain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: 'acasa-000000000000' } },
}
const pagesOfSignIn = '.auth.eu-central-1.amazoncognito.com/logout'

function resolved(value: unknown): unknown {
  const Probe = { Type: 'AWS::Lambda::Function', Properties: { value } }
  return readTemplate({ Resources: { ...resources, Probe } }, endpoints).byId('Probe').properties.value
}

describe('intrinsic functions', () => {
  const sub = (text: string) => text.replaceAll('<', '${').replaceAll('>', '}')
  test.each([
    [{ Ref: 'Table' }, 'Table'],
    [{ Ref: 'NamedTable' }, 'acasa-trail'],
    [{ Ref: 'Queue' }, 'http://127.0.0.1:1/000000000000/Queue.fifo'],
    [{ Ref: 'Topic' }, 'arn:aws:sns:eu-central-1:000000000000:Topic'],
    [{ Ref: 'AWS::Region' }, 'eu-central-1'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-central-1:000000000000:Queue.fifo'],
    [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'Queue.fifo'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::000000000000:role/acasa-role'],
    [{ 'Fn::GetAtt': 'Key.Arn' }, 'arn:aws:kms:eu-central-1:000000000000:key/Key'],
    [
      { 'Fn::GetAtt': ['NamedTable', 'StreamArn'] },
      'arn:aws:dynamodb:eu-central-1:000000000000:table/acasa-trail/stream/local',
    ],
    [
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Table', 'Arn'] }, '/index/x']] },
      'arn:aws:dynamodb:eu-central-1:000000000000:table/Table/index/x',
    ],
    [
      { 'Fn::Sub': sub('arn:<AWS::Partition>:<Table>:<Role.Arn>:<!Literal>') },
      sub('arn:aws:Table:arn:aws:iam::000000000000:role/acasa-role:<Literal>'),
    ],
    [{ 'Fn::Sub': [sub('<own>/<Table>'), { own: { Ref: 'NamedTable' } }] }, 'acasa-trail/Table'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    [
      [1, { Ref: 'AWS::NoValue' }, true],
      [1, true],
    ],
    [{ 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, 'http://issuer.test'],
  ])('an intrinsic function is resolved as by CloudFormation: %j', (value, expected) => {
    expect(resolved(value)).toEqual(expected)
  })

  test('variables of a policy stay as they are', () => {
    const text = sub('mission:<aws:PrincipalTag/code>')
    expect(resolved({ Condition: { StringEquals: { 'kms:EncryptionContext:party': text } } })).toEqual({
      Condition: { StringEquals: { 'kms:EncryptionContext:party': text } },
    })
  })
})

test('an address of the cloud that a construct spells by hand becomes the local address', () => {
  const issuer = {
    'Fn::Join': ['', ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }]],
  }
  const api = {
    'Fn::Join': [
      '',
      ['https://', { Ref: 'Api' }, '.execute-api.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/'],
    ],
  }
  expect(resolved(issuer)).toBe('http://issuer.test')
  expect(resolved(api)).toBe('http://api.test/')
  const signOut = { 'Fn::Join': ['', ['https://acasa-', { Ref: 'AWS::AccountId' }, pagesOfSignIn]] }
  expect(resolved(signOut)).toBe('http://issuer.test/logout')
})

test('the origin to which sign-in sends people back becomes that of the local pages', () => {
  const callback = 'https://acasa.example/desk/callback'
  const Desk = { Type: 'AWS::Cognito::UserPoolClient', Properties: { CallbackURLs: [callback] } }
  const Origin = { Type: 'AWS::Lambda::Function', Properties: { value: 'https://acasa.example' } }
  const Other = { Type: 'AWS::Lambda::Function', Properties: { value: 'https://acasa.example.org/desk' } }
  const template = readTemplate({ Resources: { Desk, Origin, Other } }, endpoints)
  expect(template.byId('Desk').properties.CallbackURLs).toEqual(['http://desk.test/desk/callback'])
  expect(template.byId('Origin').properties.value).toBe('http://desk.test')
  expect(template.byId('Other').properties.value).toBe('https://acasa.example.org/desk')
})

describe('unknown elements', () => {
  test.each([
    [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue/],
    [{ 'Fn::If': ['c', 1, 2] }, /Fn::If/],
    [{ Ref: 'Nothing' }, /Nothing/],
    [{ 'Fn::GetAtt': ['Table', 'Colour'] }, /Colour/],
    [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, /Nothing/],
    [{ Ref: 'Table', beside: 1 }, /Ref/],
    [{ 'Fn::Join': ['', [{ deep: true }]] }, /Fn::Join/],
  ])('an unknown element is an error that names it: %j', (value, message) => {
    expect(() => resolved(value)).toThrow(message)
  })

  test('a resource under a condition is an error', () => {
    const Table = { ...resources.Table, Condition: 'IsProduction' }
    expect(() => readTemplate({ Resources: { Table } }, endpoints)).toThrow(/Condition/)
  })
})

test('a template gives names, ARNs and outputs', () => {
  const template = readTemplate(
    { Resources: resources, Outputs: { Queue: { Value: { Ref: 'Queue' }, Export: { Name: 'x' } } } },
    endpoints,
  )
  expect(template.nameOf('Queue')).toBe('Queue.fifo')
  expect(template.refOf('Queue')).toBe('http://127.0.0.1:1/000000000000/Queue.fifo')
  expect(template.arnOf('NamedTable')).toBe('arn:aws:dynamodb:eu-central-1:000000000000:table/acasa-trail')
  expect(template.outputs).toEqual({ Queue: 'http://127.0.0.1:1/000000000000/Queue.fifo' })
  expect(template.ofType('AWS::DynamoDB::GlobalTable').map(({ logicalId }) => logicalId)).toEqual([
    'Table',
    'NamedTable',
  ])
  expect(() => template.byId('Nothing')).toThrow(/Nothing/)
  expect(() => template.arnOf('Probe')).toThrow(/Probe/)
})
