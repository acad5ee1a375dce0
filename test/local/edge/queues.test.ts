import { ExecuteTransactionCommand } from '@aws-sdk/client-dynamodb'
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { awsCall } from '../../../infra/local/aws/call.ts'
import { outcome, type RunningEdge, startRunningEdge } from '../parts/running-edge.ts'

let parts: RunningEdge
beforeAll(async () => {
  parts = await startRunningEdge()
})
afterAll(() => parts.stop())

describe('queues', () => {
  const QueueUrl = 'http://anywhere.test/000000000000/IomQueue.fifo'
  const message = { QueueUrl, MessageBody: 'sealed', MessageGroupId: 'K7QX1' }

  test('only roles with the permission send to a queue and receive from it', async () => {
    const relay = parts.as('RelayRole').sqs
    const inbox = parts.as('InboxRole').sqs
    await relay.send(new SendMessageCommand(message))
    expect(await outcome(inbox.send(new SendMessageCommand(message)))).toBe('AccessDenied')
    expect(await outcome(relay.send(new ReceiveMessageCommand({ QueueUrl })))).toBe('AccessDenied')
    expect(await outcome(inbox.send(new PurgeQueueCommand({ QueueUrl })))).toBe('AccessDenied')
    expect(await outcome(inbox.send(new ListQueuesCommand()))).toBe('AccessDenied')
    const { Messages = [] } = await inbox.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(Messages.map(({ Body }) => Body)).toEqual(['sealed'])
    await inbox.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }))
  })

  test('a batch requires the permission of the single action, and errors have the codes of SQS', async () => {
    const Entries = [{ Id: '1', MessageBody: 'x', MessageGroupId: 'g' }]
    const relay = parts.as('RelayRole').sqs
    const dead = QueueUrl.replace('IomQueue', 'IomDeadQueue')
    expect(await outcome(relay.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toBe('done')
    expect(await outcome(relay.send(new SendMessageBatchCommand({ QueueUrl: dead, Entries })))).toBe(
      'AccessDenied',
    )
    expect(
      await outcome(relay.send(new SendMessageBatchCommand({ QueueUrl: `${QueueUrl}/more`, Entries }))),
    ).toBe('AccessDenied')
  })

  test('the URL of a queue leads to the edge, so that clients that follow the URL pass through it', async () => {
    const credentials = parts.edge.credentialsFor('InboxRole')
    const { sqs } = parts.clientsOf(credentials)
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'IomQueue.fifo' }))
    expect(found.QueueUrl).toBe(`${parts.edge.url}/000000000000/IomQueue.fifo`)
    // Without an endpoint the client follows the URL. Its warning is expected here.
    const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
    const byUrl = new SQSClient({ region: 'eu-central-1', credentials, maxAttempts: 1, logger: quiet })
    expect(await outcome(byUrl.send(new ReceiveMessageCommand({ QueueUrl: found.QueueUrl })))).toBe('done')
    byUrl.destroy()
  })
})

describe('the stream of the trail', () => {
  const call = (roleId: string, operation: string, body: object) => {
    const { accessKeyId } = parts.edge.credentialsFor(roleId)
    const answer = awsCall(
      { url: parts.edge.url, accessKeyId },
      `DynamoDBStreams_20120810.${operation}`,
      body,
    )
    return answer as Promise<Record<string, unknown> & { ShardIterator: string; Records: unknown[] }>
  }
  const code = (answer: Promise<unknown>) =>
    answer.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const forged = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64')

  test('only the relay reads the stream of the trail', async () => {
    const Statement = `INSERT INTO "acasa-trail" VALUE {'ret': ?, 'seq': ?}`
    const event = { Statement, Parameters: [{ S: 'K7QX1' }, { N: '0' }] }
    const { dynamodb } = await parts.mission('K7QX')
    await dynamodb.send(new ExecuteTransactionCommand({ TransactStatements: [event] }))
    const { Streams } = await call('RelayRole', 'ListStreams', { TableName: 'acasa-trail' })
    const [{ StreamArn }] = Streams as [{ StreamArn: string }]
    const described = await call('RelayRole', 'DescribeStream', { StreamArn })
    const { Shards } = described.StreamDescription as { Shards: [{ ShardId: string }] }
    const from = { StreamArn, ShardId: Shards[0].ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    const { ShardIterator } = await call('RelayRole', 'GetShardIterator', from)
    const { Records } = await call('RelayRole', 'GetRecords', { ShardIterator })
    expect(Records).toHaveLength(1)
    expect(await code(call('IomRole', 'GetRecords', { ShardIterator }))).toBe('AccessDeniedException')
    expect(await code(call('IomRole', 'DescribeStream', { StreamArn }))).toBe('AccessDeniedException')
  })

  test.each([
    ['of another table', forged({ table_name: 'HeadsTable', shard_id: 's', position: 0 })],
    ['of no table', forged({ table_name: 'other', shard_id: 's', position: 0 })],
    ['with another field', forged({ table_name: 'acasa-trail', shard_id: 's', position: 0, more: 1 })],
    [
      'with two readings',
      Buffer.from(
        '{"table_name":"HeadsTable","table_name":"acasa-trail","shard_id":"s","position":0}',
      ).toString('base64'),
    ],
    ['that is malformed', 'iterator'],
  ])('the edge refuses an iterator %s', async (_, ShardIterator) => {
    expect(await code(call('RelayRole', 'GetRecords', { ShardIterator }))).toBe('AccessDeniedException')
  })
})
