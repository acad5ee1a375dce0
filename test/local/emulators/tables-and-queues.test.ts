import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { awsCall } from '../../../infra/local/aws/call.ts'
import { startDynamoDb } from '../../../infra/local/emulators/dynamodb.ts'
import { startSqs } from '../../../infra/local/emulators/sqs.ts'
import { templateWith } from '../parts/made-up-resources.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const accessKeyId = 'deployment'
let running: { stop(): Promise<void> } | undefined
afterEach(stop)

async function stop(): Promise<void> {
  await running?.stop()
  running = undefined
}

describe('tables', () => {
  const directory = join(temporaryDirectory(), 'dynamodb')
  const table = (hash: string, more: Record<string, unknown> = {}) => ({
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: hash, AttributeType: 'S' }],
      ...more,
    },
  })
  const start = async (resources: Record<string, unknown>) => {
    const started = await startDynamoDb({ directory, template: templateWith(resources) })
    running = started
    return { url: started.url, accessKeyId }
  }

  test('tables keep their items over a restart, beside new tables', async () => {
    const first = await start({ Heads: table('ret') })
    await awsCall(first, 'DynamoDB_20120810.PutItem', { TableName: 'Heads', Item: { ret: { S: 'R1' } } })
    await stop()
    const second = await start({ Heads: table('ret'), Trail: table('ret') })
    const { length } = JSON.stringify(await awsCall(second, 'DynamoDB_20120810.Scan', { TableName: 'Heads' }))
    expect(length).toBeGreaterThan('{"Items":[]}'.length)
    expect(await awsCall(second, 'DynamoDB_20120810.ListTables', {})).toEqual({
      TableNames: ['Heads', 'Trail'],
    })
  })

  test('a table with other keys than the template stops the start, and the error says what to do', async () => {
    await start({ Heads: table('ret') })
    await stop()
    await expect(start({ Heads: table('party') })).rejects.toThrow(/Table Heads .* --fresh/)
  })

  test('a table with an unknown index stops the start', async () => {
    await expect(start({ Other: table('ret', { GlobalSecondaryIndexes: [{}] }) })).rejects.toThrow()
  })
})

describe('queues', () => {
  const directory = join(temporaryDirectory(), 'queues')
  const start = async (properties: Record<string, unknown>) => {
    const template = templateWith({
      Box: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ...properties } },
    })
    const started = await startSqs({ directory, template })
    running = started
    const caller = { url: started.url, accessKeyId }
    const queue = { QueueUrl: `${started.url}/000000000000/Box.fifo` }
    return (operation: string, body: object) =>
      awsCall(caller, `AmazonSQS.${operation}`, { ...queue, ...body })
  }

  test('a restart updates the attributes of a queue and makes messages in flight visible again', async () => {
    const first = await start({ VisibilityTimeout: 60 })
    await first('SendMessage', { MessageBody: 'one', MessageGroupId: 'R1', MessageDeduplicationId: 'one' })
    expect(await first('ReceiveMessage', {})).toMatchObject({ Messages: [{ Body: 'one' }] })
    expect(await first('ReceiveMessage', {})).not.toHaveProperty('Messages')
    await stop()
    const second = await start({ VisibilityTimeout: 30 })
    expect(await second('GetQueueAttributes', { AttributeNames: ['VisibilityTimeout'] })).toEqual({
      Attributes: { VisibilityTimeout: '30' },
    })
    const again = () => second('ReceiveMessage', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    const seen = { Messages: [{ Body: 'one', Attributes: { ApproximateReceiveCount: '2' } }] }
    await expect.poll(again, { timeout: 20_000 }).toMatchObject(seen)
  })
})
