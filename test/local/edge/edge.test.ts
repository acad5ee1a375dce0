import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteTransactionCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { awsCall } from '../../../infra/local/aws/call.ts'
import { type EdgeOptions, startEdge } from '../../../infra/local/edge/edge.ts'
import { readTemplate } from '../../../infra/local/template/template.ts'
import { endpoints, outcome, type RunningEdge, startRunningEdge } from '../parts/running-edge.ts'
import { smallTemplate } from '../parts/small-template.ts'

let parts: RunningEdge
let before: EdgeOptions['intercept']
beforeAll(async () => {
  parts = await startRunningEdge({ intercept: (call) => before?.(call) })
})
beforeEach(() => {
  before = undefined
})
afterAll(() => parts.stop())

const ret = { S: 'K7QXRETURN' }
const trail = new QueryCommand({
  TableName: 'acasa-trail',
  KeyConditionExpression: 'ret = :ret',
  ExpressionAttributeValues: { ':ret': ret },
  ConsistentRead: true,
})
let seq = 0
const append = () =>
  new ExecuteTransactionCommand({
    TransactStatements: [
      {
        Statement: `INSERT INTO "acasa-trail" VALUE {'ret': ?, 'seq': ?}`,
        Parameters: [ret, { N: String(seq++) }],
      },
    ],
  })

describe('a request that the edge cannot read', () => {
  const { dynamodb, sts } = {
    dynamodb: () => parts.as('MissionRole').dynamodb,
    sts: () => parts.as('MissionRole').sts,
  }

  test('the edge refuses an operation without permission, an unknown operation and another region', async () => {
    expect(await outcome(dynamodb().send(new DescribeTableCommand({ TableName: 'HeadsTable' })))).toBe(
      'AccessDeniedException',
    )
    expect(await outcome(sts().send(new GetSessionTokenCommand()))).toBe('AccessDenied')
    const { config } = parts.as('IomRole').dynamodb
    const elsewhere = new DynamoDBClient({
      region: 'us-east-1',
      endpoint: parts.edge.url,
      credentials: config.credentials,
      maxAttempts: 1,
    })
    expect(await outcome(elsewhere.send(trail))).toBe('AccessDeniedException')
    elsewhere.destroy()
  })

  const scope = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIAX/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
  test.each<[string, Record<string, string>, number]>([
    ['no signature', { 'x-amz-target': 'DynamoDB_20120810.Scan' }, 403],
    ['a service that is not there', { authorization: scope('s3') }, 403],
    [
      'the target of another service',
      { authorization: scope('kms'), 'x-amz-target': 'DynamoDB_20120810.Scan' },
      403,
    ],
    [
      'an unknown access key',
      { authorization: scope('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.Scan' },
      400,
    ],
  ])('the edge refuses a request with %s', async (_, headers, status) => {
    const answer = await fetch(parts.edge.url, { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(status)
  })

  test.each(['constructor', '__proto__', 'toString'])(
    'the edge refuses the operation %s',
    async (operation) => {
      const { accessKeyId } = parts.edge.credentialsFor('IomRole')
      for (const api of ['DynamoDB_20120810', 'DynamoDBStreams_20120810', 'AmazonSQS'] as const) {
        await expect(
          awsCall({ url: parts.edge.url, accessKeyId }, `${api}.${operation}`, {}),
        ).rejects.toMatchObject({
          code: expect.stringMatching(/^AccessDenied/),
        })
      }
    },
  )

  test('the database receives the body that the edge has read: a key that comes twice has one meaning', async () => {
    const { accessKeyId } = parts.edge.credentialsFor('IomRole')
    const twice = `{"TableName":"HeadsTable","TableName":"acasa-trail","KeyConditionExpression":"ret = :r","ExpressionAttributeValues":{":r":{"S":"x"}}}`
    const headers = {
      authorization: scope('dynamodb').replace('AKIAX', accessKeyId),
      'x-amz-target': 'DynamoDB_20120810.Query',
      'x-amz-date': '20260101T000000Z',
      'content-type': 'application/x-amz-json-1.0',
    }
    const answer = await fetch(parts.edge.url, { method: 'POST', headers, body: twice })
    expect(answer.status).toBe(200)
  })
})

describe('the records of the edge', () => {
  test('the edge counts the calls of each service with their callers, refused calls included', async () => {
    const earlier = parts.edge.counts()
    const mission = await parts.mission('K7QX')
    await mission.dynamodb.send(append())
    await outcome(mission.dynamodb.send(new DescribeTableCommand({ TableName: 'HeadsTable' })))
    const now = parts.edge.counts()
    expect([now.dynamodb - earlier.dynamodb, now.sts - earlier.sts, now.kms - earlier.kms]).toEqual([2, 1, 0])
    expect(parts.edge.calls().slice(-3)).toMatchObject([
      {
        service: 'sts',
        operation: 'AssumeRole',
        role: 'MissionRole',
        function: 'MissionFunction',
        status: 200,
      },
      {
        service: 'dynamodb',
        operation: 'ExecuteTransaction',
        role: 'MissionSessionRole',
        function: 'MissionFunction',
        status: 200,
      },
      { operation: 'DescribeTable', role: 'MissionSessionRole', status: 400 },
    ])
  })

  test('the edge does not count calls whose number depends on time alone', async () => {
    const { sqs } = parts.as('InboxRole')
    const QueueUrl = `${parts.edge.url}/000000000000/IomQueue.fifo`
    for (let more = true; more; )
      more = (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages !== undefined
    const earlier = parts.edge.counts().sqs
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(parts.edge.counts().sqs).toBe(earlier)
  })

  test('the edge records which of the granted permissions were used', async () => {
    await (await parts.mission('K7QX')).dynamodb.send(append())
    const used = 'MissionSessionRole|MissionSessionRoleDefaultPolicy#TrailInsert|dynamodb:PartiQLInsert'
    const unused = 'MissionSessionRole|MissionSessionRoleDefaultPolicy#KeysDelete|dynamodb:PartiQLDelete'
    expect(parts.edge.exercised()).toContain(used)
    expect(parts.edge.exercised()).not.toContain(unused)
    for (const triple of [used, unused, 'IomRole|key:MissionKey#IomSeals|kms:Encrypt'])
      expect(parts.edge.granted()).toContain(triple)
    for (const triple of parts.edge.exercised()) expect(parts.edge.granted()).toContain(triple)
  })

  test('the edge decides about an action that a service performs for a role', () => {
    expect(parts.edge.allows('RelayRole', 'sqs:SendMessage', parts.template.arnOf('IomQueue'))).toBe(true)
    expect(parts.edge.allows('RelayRole', 'sqs:SendMessage', parts.template.arnOf('IomDeadQueue'))).toBe(
      false,
    )
  })
})

describe('an intercepted call', () => {
  test('a test responds in place of the database', async () => {
    const { dynamodb } = await parts.mission('K7QX')
    const conflict = {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    }
    before = ({ operation }) =>
      operation === 'ExecuteTransaction' ? { status: 400, body: conflict } : undefined
    await expect(dynamodb.send(append())).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    })
  })

  test('a test drops the response of a performed call', async () => {
    const { dynamodb } = await parts.mission('K7QX')
    const { Count: earlier = 0 } = await dynamodb.send(trail)
    before = ({ operation }) => (operation === 'ExecuteTransaction' ? 'lose' : undefined)
    expect(await outcome(dynamodb.send(append()))).not.toBe('done')
    expect((await dynamodb.send(trail)).Count).toBe(earlier + 1)
  })

  test('a refused call is not intercepted', async () => {
    before = () => ({ status: 200, body: {} })
    const refused = parts.as('MissionRole').dynamodb.send(trail)
    expect(await outcome(refused)).toBe('AccessDeniedException')
  })
})

test('a database that does not respond is an error that the SDK retries', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'acasa-edge-'))
  const nowhere = { dynamodbUrl: 'http://127.0.0.1:9', sqsUrl: 'http://127.0.0.1:9' }
  const edge = await startEdge({ template: parts.template, dataDir, ...nowhere })
  const credentials = edge.credentialsFor('IomRole')
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    endpoint: edge.url,
    credentials,
    maxAttempts: 1,
  })
  await expect(client.send(trail)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
  client.destroy()
  await edge.stop()
  await rm(dataDir, { recursive: true })
})

describe('a template that the edge cannot read', () => {
  const start = (resources: object) =>
    startEdge({
      template: readTemplate({ Resources: { ...smallTemplate().Resources, ...resources } }, endpoints),
      dynamodbUrl: 'http://127.0.0.1:9',
      sqsUrl: 'http://127.0.0.1:9',
      dataDir: '/nonexistent',
    })
  const statement = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
  const policy = (over: object) => ({
    PolicyDocument: { Version: '2012-10-17', Statement: [{ ...statement, ...over }] },
    PolicyName: 'Odd',
    Roles: [{ Ref: 'IomRole' }],
  })

  test.each<[string, object, RegExp]>([
    [
      'an unknown condition operator',
      {
        Odd: {
          Type: 'AWS::IAM::Policy',
          Properties: policy({ Condition: { StringSame: { 'aws:PrincipalArn': 'x' } } }),
        },
      },
      /Odd#0: .*StringSame/,
    ],
    [
      'an unknown condition key',
      {
        Odd: {
          Type: 'AWS::IAM::Policy',
          Properties: policy({ Condition: { StringEquals: { 'aws:PrincipalAm': 'x' } } }),
        },
      },
      /Odd#0: .*aws:PrincipalAm/,
    ],
    ['an unknown kind of policy', { Odd: { Type: 'AWS::IAM::RolePolicy', Properties: policy({}) } }, /Odd/],
    [
      'a permissions boundary',
      {
        IomRole: {
          Type: 'AWS::IAM::Role',
          Properties: { ...smallTemplate().Resources.IomRole.Properties, PermissionsBoundary: 'x' },
        },
      },
      /IomRole/,
    ],
    [
      'an unknown managed policy',
      {
        IomRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            ...smallTemplate().Resources.IomRole.Properties,
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          },
        },
      },
      /AdministratorAccess/,
    ],
  ])('the edge does not start on %s', async (_, resources, message) => {
    await expect(start(resources)).rejects.toThrow(message)
  })

  test('the edge gives no credentials for a role that does not trust Lambda', () => {
    expect(() => parts.edge.credentialsFor('BreakGlassRole')).toThrow(/BreakGlassRole/)
    expect(() => parts.edge.credentialsFor('MissionSessionRole')).toThrow(/MissionSessionRole/)
  })
})
