import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { awsCall } from '../../../infra/local/aws/call.ts'
import { type Edge, startEdge } from '../../../infra/local/edge/edge.ts'
import { type DynamoDb, startDynamoDb } from '../../../infra/local/emulators/dynamodb.ts'
import { type Sqs, startSqs } from '../../../infra/local/emulators/sqs.ts'
import { type LocalFunctions, openFunctions } from '../../../infra/local/lambda/functions.ts'
import { readTemplate } from '../../../infra/local/template/template.ts'
import { type Sources, startSources } from '../../../infra/local/triggers/sources.ts'
import { bundledFunction } from '../parts/made-up-resources.ts'
import { smallTemplate } from '../parts/small-template.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const directory = temporaryDirectory()
const journal = join(directory, 'journal')
const deployment = 'deployment'

/**
 * A function that writes a line for every batch. A batch with a record named `poison…` always fails; with `flaky…` it
 * fails the first time; of a batch with `partial…` only that record fails, the first time.
 */
const recordingFunction = `import { appendFileSync } from 'node:fs'
const failed = new Set()
export const handler = async ({ Records }) => {
  const names = Records.map((record) => record.dynamodb?.Keys.ret.S ?? record.body)
  appendFileSync(process.env.JOURNAL, JSON.stringify(names) + '\\n')
  const once = (name) => !failed.has(name) && failed.add(name)
  const failing = names.filter((name) => name.startsWith('partial') && once(name))
  if (names.some((name) => name.startsWith('flaky') && once(name))) throw new Error('once')
  if (names.some((name) => name.startsWith('poison'))) throw new Error('always')
  return {
    batchItemFailures: Records.flatMap((record, index) =>
      failing.includes(names[index]) ? [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? record.messageId }] : []),
  }
}`

let dynamodb: DynamoDb
let queues: Sqs
let edge: Edge
let functions: LocalFunctions
let sources: Sources | undefined
const small = smallTemplate()
const mappingOf = (functionName: string, source: unknown, more: Record<string, unknown>) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    FunctionName: { Ref: functionName },
    EventSourceArn: source,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...more,
  },
})
const failuresArn = { 'Fn::GetAtt': ['FailuresQueue', 'Arn'] }
const synthesized = {
  Resources: {
    ...small.Resources,
    FailuresQueue: { Type: 'AWS::SQS::Queue', Properties: {} },
    RelayReports: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'RelayReports',
        Roles: [{ Ref: 'RelayRole' }],
        PolicyDocument: {
          Statement: [{ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: failuresArn }],
          Version: '2012-10-17',
        },
      },
    },
    StreamSource: mappingOf(
      'RelayFunction',
      { 'Fn::GetAtt': ['TrailTable', 'StreamArn'] },
      {
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 100,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: failuresArn } },
      },
    ),
    QueueSource: mappingOf('InboxFunction', { 'Fn::GetAtt': ['IomQueue', 'Arn'] }, { BatchSize: 10 }),
  },
}

const endpoints = {
  sqsUrl: 'http://edge.invalid',
  issuer: 'http://issuer.invalid',
  apiUrl: 'http://api.invalid',
  deskUrl: 'http://desk.invalid',
}

beforeAll(async () => {
  const template = readTemplate(synthesized, endpoints)
  dynamodb = await startDynamoDb({ directory: join(directory, 'dynamodb'), template })
  queues = await startSqs({ directory: join(directory, 'queues'), template, visibilitySeconds: 1 })
  edge = await startEdge({
    template,
    dynamodbUrl: dynamodb.url,
    sqsUrl: queues.url,
    dataDir: join(directory, 'edge'),
  })
  const specs = ['RelayFunction', 'InboxFunction'].map((name) =>
    bundledFunction(directory, name, recordingFunction, { environment: { JOURNAL: journal } }),
  )
  functions = openFunctions({ specs, logs: directory })
})
afterAll(async () => {
  await functions.stop()
  await edge.stop()
  await queues.stop()
  await dynamodb.stop()
})
afterEach(stopSources)

async function stopSources(): Promise<void> {
  await sources?.stop()
  sources = undefined
}

function poll(): void {
  writeFileSync(journal, '')
  const template = readTemplate(synthesized, { ...endpoints, sqsUrl: edge.url })
  const roleOf = (name: string) => name.replace('Function', 'Role')
  const onError = (message: string) => {
    throw new Error(message)
  }
  sources = startSources({
    template,
    edge,
    functions,
    roleOf,
    directory: join(directory, 'streams'),
    onError,
  })
}

function batches(): string[][] {
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

async function until<T>(look: () => T | Promise<T>, found: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look()
    if (found(seen)) return seen
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const handled = (name: string) => (seen: string[][]) => seen.flat().includes(name)

async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await awsCall({ url: dynamodb.url, accessKeyId: deployment }, 'DynamoDB_20120810.PutItem', {
      TableName: 'acasa-trail',
      Item: { ret: { S: name }, seq: { N: '0' } },
    })
  }
}

const queueUrl = (name: string) => `${queues.url}/000000000000/${name}`
async function send(group: string, body: string): Promise<void> {
  await awsCall({ url: queues.url, accessKeyId: deployment }, 'AmazonSQS.SendMessage', {
    QueueUrl: queueUrl('IomQueue.fifo'),
    MessageGroupId: group,
    MessageDeduplicationId: body,
    MessageBody: body,
  })
}
async function bodiesIn(name: string): Promise<string[]> {
  const answer = await awsCall({ url: queues.url, accessKeyId: deployment }, 'AmazonSQS.ReceiveMessage', {
    QueueUrl: queueUrl(name),
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 0,
  })
  const messages: unknown = Object.values(Object(answer))[0] ?? []
  return Array.isArray(messages) ? messages.map(({ Body }) => String(Body)) : []
}

describe('a stream', () => {
  test('a stream is read from its beginning, and after a restart from its checkpoint', async () => {
    await put('a', 'b')
    poll()
    expect((await until(batches, handled('b'))).flat()).toEqual(['a', 'b'])
    await stopSources()
    await put('c')
    poll()
    expect((await until(batches, handled('c'))).flat()).toEqual(['c'])
  })

  test('a failed batch is delivered again in order', async () => {
    await put('d', 'flaky-e', 'f')
    poll()
    const seen = await until(batches, handled('f'))
    await until(batches, (now) => now.flat().filter((name) => name === 'f').length === 2)
    expect(seen[0]).toEqual(['d', 'flaky-e', 'f'])
    // The batch was bisected, and each half is in order.
    expect(batches().slice(1)).toEqual([['d', 'flaky-e'], ['f']])
  })

  test('a batch is delivered again from the first record that was reported', async () => {
    await put('g', 'partial-h', 'i')
    poll()
    await until(batches, (now) => now.length === 2)
    expect(batches()).toEqual([
      ['g', 'partial-h', 'i'],
      ['partial-h', 'i'],
    ])
  })

  test('a record that always fails is reported to the destination, and the stream goes on', async () => {
    await put('j', 'poison-k', 'l')
    poll()
    await until(batches, (now) => now.some((batch) => batch.join() === 'l'))
    const [report = ''] = await until(
      () => bodiesIn('FailuresQueue'),
      (bodies) => bodies.length > 0,
    )
    expect(JSON.parse(report)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining('acasa-trail') },
    })
    expect(report).not.toContain('poison-k')
    expect(batches().filter((batch) => batch.join() === 'poison-k')).toHaveLength(3)
    await stopSources()
    await put('m')
    poll()
    expect((await until(batches, handled('m'))).flat()).toEqual(['m'])
  })
})

describe('a queue', () => {
  test('a queue deletes handled messages and delivers reported messages again', async () => {
    await send('one', 'n')
    await send('two', 'partial-o')
    poll()
    await until(batches, (now) => now.flat().filter((name) => name === 'partial-o').length === 2)
    await until(
      () => bodiesIn('IomQueue.fifo'),
      (left) => left.length === 0,
    )
    expect(
      batches()
        .flat()
        .filter((name) => name === 'n'),
    ).toHaveLength(1)
  })

  test('a message that always fails goes to the dead-letter queue, while other groups go on', async () => {
    await send('one', 'poison-p')
    poll()
    await until(batches, handled('poison-p'))
    await send('two', 'q')
    await until(batches, handled('q'))
    await until(
      () => bodiesIn('IomDeadQueue.fifo'),
      (dead) => dead.includes('poison-p'),
    )
    expect(
      batches()
        .flat()
        .filter((name) => name === 'poison-p'),
    ).toHaveLength(3)
  })
})

test('sources do not start on a source that is not emulated', () => {
  const unknown = mappingOf('InboxFunction', 'arn:aws:kinesis:eu-central-1:000000000000:stream/x', {})
  const template = readTemplate({ Resources: { ...small.Resources, Source: unknown } }, endpoints)
  const roleOf = () => 'InboxRole'
  const start = () => startSources({ template, edge, functions, roleOf, directory, onError: () => {} })
  expect(start).toThrow(/is not a source that is emulated here/)
})
