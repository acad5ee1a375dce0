import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListTopicsCommand, PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

  it('are published to by those who may, and what is published is in the outbox as it was sent', async () => {
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

  it.each<[string, string, PublishCommandInput, string]>([
    ['nobody else', 'IomRole', call, 'AuthorizationErrorException'],
    ['no other topic', 'WatchRole', { ...call, TopicArn: `${TopicArn}2` }, 'AuthorizationErrorException'],
    [
      'no topic without the right',
      'WatchRole',
      { ...call, TopicArn: TopicArn.replace('Call', 'Other') },
      'AuthorizationErrorException',
    ],
    ['no phone', 'WatchRole', { Message: 'x', PhoneNumber: '+37369000000' }, 'AuthorizationErrorException'],
    [
      'nothing with a subject, which is not known here',
      'WatchRole',
      { ...call, Subject: 'x' },
      'AuthorizationErrorException',
    ],
    ['no empty message', 'WatchRole', { ...call, Message: '' }, 'InvalidParameterException'],
    [
      'no attribute without a value',
      'WatchRole',
      { ...call, MessageAttributes: { party: { DataType: 'String' } } },
      'InvalidParameterValueException',
    ],
  ])('are published to by %s', async (_, roleId, input, code) => {
    const client = snsOf(edge, roleId)
    const before = edge.outbox().length
    expect(await outcome(client.send(new PublishCommand(input)))).toBe(code)
    expect(edge.outbox()).toHaveLength(before)
    client.destroy()
  })

  it('are asked for nothing else', async () => {
    expect(await outcome(sns.send(new ListTopicsCommand()))).toBe('AuthorizationErrorException')
  })

  it('are counted among the calls, and the right is marked as used', () => {
    expect(edge.counts().sns).toBeGreaterThan(0)
    expect([...edge.exercised()]).toContain('WatchRole|Watch#Call|sns:Publish')
    expect([...edge.granted()]).toContain('WatchRole|Watch#Call|sns:Publish')
  })

  it('keep what was published over a restart', async () => {
    expect((await edgeOn()).outbox()).toEqual(edge.outbox())
    expect(openOutbox(join(directory, 'outbox.jsonl')).letters()).toEqual(edge.outbox())
  })
})

it("a topic's own policy can forbid", async () => {
  const edge = await edgeOn(
    template(ofTopic({ ...encrypted, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
  )
  const sns = snsOf(edge, 'WatchRole')
  expect(await outcome(sns.send(new PublishCommand(call)))).toBe('AuthorizationErrorException')
  sns.destroy()
})
