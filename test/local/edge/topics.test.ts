import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListTopicsCommand, PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Edge, startEdge } from '../../../infra/local/edge/edge.ts'
import { openOutbox } from '../../../infra/local/emulators/outbox.ts'
import { readTemplate } from '../../../infra/local/template/template.ts'
import { endpoints, outcome } from '../parts/running-edge.ts'

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const trust = policy({
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
})
const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } }
const topic = { Type: 'AWS::SNS::Topic', Properties: {} }
const ofTopic = (...statements: object[]) => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { PolicyDocument: policy(...statements), Topics: [{ Ref: 'CallTopic' }] },
})
const publish = { Action: 'sns:Publish', Effect: 'Allow', Resource: { Ref: 'CallTopic' } }
const encrypted = {
  ...publish,
  Effect: 'Deny',
  Principal: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}

const template = (topicPolicy = ofTopic(encrypted)) =>
  readTemplate(
    {
      Resources: {
        CallTopic: topic,
        OtherTopic: topic,
        CallTopicPolicy: topicPolicy,
        WatchRole: role,
        IomRole: role,
        WatchPolicy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'Watch',
            PolicyDocument: policy({ ...publish, Sid: 'Call' }),
            Roles: [{ Ref: 'WatchRole' }],
          },
        },
      },
    },
    endpoints,
  )

const directory = mkdtempSync(join(tmpdir(), 'acasa-topics-'))
afterAll(() => rmSync(directory, { recursive: true }))
const started: Edge[] = []
afterAll(() => Promise.all(started.map((edge) => edge.stop())))

async function edgeOn(read = template()): Promise<Edge> {
  const nowhere = 'http://127.0.0.1:9'
  const edge = await startEdge({ template: read, dataDir: directory, dynamodbUrl: nowhere, sqsUrl: nowhere })
  started.push(edge)
  return edge
}
const snsOf = (edge: Edge, roleId: string) =>
  new SNSClient({
    region: 'eu-central-1',
    endpoint: edge.url,
    maxAttempts: 1,
    credentials: edge.credentialsFor(roleId),
  })

const TopicArn = 'arn:aws:sns:eu-central-1:000000000000:CallTopic'
const call: PublishCommandInput = {
  TopicArn,
  Message: 'Acasă & <look>',
  MessageAttributes: { party: { DataType: 'String', StringValue: 'mission:1XGE' } },
}

describe('topics', () => {
  let edge: Edge
  let sns: SNSClient
  beforeAll(async () => {
    edge = await edgeOn()
    sns = snsOf(edge, 'WatchRole')
  })
  afterAll(() => sns.destroy())

  test('a role with the permission publishes to a topic, and the outbox contains the message', async () => {
    const { MessageId } = await sns.send(new PublishCommand(call))
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/)
    expect(edge.outbox()).toEqual([
      {
        at: expect.any(String),
        topic: TopicArn,
        attributes: { party: 'mission:1XGE' },
        message: 'Acasă & <look>',
      },
    ])
  })

  test.each<[string, string, PublishCommandInput, string]>([
    ['a publish of another role', 'IomRole', call, 'AuthorizationErrorException'],
    [
      'a publish to an unknown topic',
      'WatchRole',
      { ...call, TopicArn: `${TopicArn}2` },
      'AuthorizationErrorException',
    ],
    [
      'a publish without the permission',
      'WatchRole',
      { ...call, TopicArn: TopicArn.replace('Call', 'Other') },
      'AuthorizationErrorException',
    ],
    [
      'a message to a phone',
      'WatchRole',
      { Message: 'x', PhoneNumber: '+37369000000' },
      'AuthorizationErrorException',
    ],
    [
      'a message with a subject, which is not known here',
      'WatchRole',
      { ...call, Subject: 'x' },
      'AuthorizationErrorException',
    ],
    ['an empty message', 'WatchRole', { ...call, Message: '' }, 'InvalidParameterException'],
    [
      'an attribute without a value',
      'WatchRole',
      { ...call, MessageAttributes: { party: { DataType: 'String' } } },
      'InvalidParameterValueException',
    ],
  ])('the edge refuses %s', async (_, roleId, input, code) => {
    const client = snsOf(edge, roleId)
    const before = edge.outbox().length
    expect(await outcome(client.send(new PublishCommand(input)))).toBe(code)
    expect(edge.outbox()).toHaveLength(before)
    client.destroy()
  })

  test('the edge knows no other operation of SNS', async () => {
    expect(await outcome(sns.send(new ListTopicsCommand()))).toBe('AuthorizationErrorException')
  })

  test('the edge counts the calls of SNS and records the used permission', () => {
    expect(edge.counts().sns).toBeGreaterThan(0)
    expect([...edge.exercised()]).toContain('WatchRole|Watch#Call|sns:Publish')
    expect([...edge.granted()]).toContain('WatchRole|Watch#Call|sns:Publish')
  })

  test('the outbox keeps its messages over a restart', async () => {
    expect((await edgeOn()).outbox()).toEqual(edge.outbox())
    expect(openOutbox(join(directory, 'outbox.jsonl')).letters()).toEqual(edge.outbox())
  })
})

test('the policy of a topic can deny a call', async () => {
  const edge = await edgeOn(
    template(ofTopic({ ...encrypted, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
  )
  const sns = snsOf(edge, 'WatchRole')
  expect(await outcome(sns.send(new PublishCommand(call)))).toBe('AuthorizationErrorException')
  sns.destroy()
})
