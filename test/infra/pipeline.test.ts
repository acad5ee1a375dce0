import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import deployment from '../../cdk.json' with { type: 'json' }
import { functionNames } from '../../infra/function-table.ts'
import { addressedKinds } from '../../schemas/values/parties.ts'
import { ofType, type Resources, resourcesOf, statementsIn, synthesizedAnew } from './synthesized.ts'

const [first] = deployment.context.centres

let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

const title = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

test.each(addressedKinds)(
  '%s: a queue in order for each return, and a place for what three attempts failed',
  (kind) => {
    expect(resources[`${title(kind)}Queue`]?.Properties).toMatchObject({
      FifoQueue: true,
      FifoThroughputLimit: 'perMessageGroupId',
      DeduplicationScope: 'messageGroup',
      KmsMasterKeyId: '<StorageKey.Arn>',
      MaximumMessageSize: 1_048_576,
      MessageRetentionPeriod: 4 * 86_400,
      RedrivePolicy: { deadLetterTargetArn: `<${title(kind)}DeadQueue.Arn>`, maxReceiveCount: 3 },
    })
    expect(resources[`${title(kind)}DeadQueue`]?.Properties).toMatchObject({
      FifoQueue: true,
      KmsMasterKeyId: '<StorageKey.Arn>',
      MessageRetentionPeriod: 14 * 86_400,
    })
    expect(resources[`${title(kind)}QueueSource`]?.Properties).toEqual({
      FunctionName: '<InboxFunction>',
      EventSourceArn: `<${title(kind)}Queue.Arn>`,
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
  },
)

test('a queue hides a message for six times as long as its function may take', () => {
  const timeout = z.number().parse(resources.InboxFunction?.Properties.Timeout)
  for (const kind of addressedKinds)
    expect(resources[`${title(kind)}Queue`]?.Properties.VisibilityTimeout).toBe(6 * timeout)
})

test('every queue refuses a connection that is not encrypted', () => {
  const queues = ofType(resources, 'AWS::SQS::Queue').map(([id]) => `<${id}.Arn>`)
  const refusing = ofType(resources, 'AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) =>
    statementsIn(Properties.PolicyDocument).flatMap(({ Effect, Condition, Resource }) =>
      Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false' ? (Resource ?? []) : [],
    ),
  )
  expect(refusing.sort()).toEqual(queues.sort())
})

test('one bad record does not stop the relay', () => {
  expect(resources.RelayStreamSource?.Properties).toEqual({
    FunctionName: '<RelayFunction>',
    EventSourceArn: '<TrailTable.StreamArn>',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: '<RelayFailuresQueue.Arn>' } },
  })
})

test('watch looks every minute', () => {
  expect(resources.WatchClock?.Properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [{ Arn: '<WatchFunction.Arn>' }],
  })
})

test('what was filed and looked for is compared every minute', () => {
  expect(resources.MatchingClock?.Properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [{ Arn: '<MatchingFunction.Arn>' }],
  })
})

test('figures are made once a day', () => {
  expect(resources.FiguresClock?.Properties).toMatchObject({
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
    Targets: [{ Arn: '<FiguresFunction.Arn>' }],
  })
})

test('the smallest counts that are told, and what a centre has settled, are configuration', async () => {
  const changed = await resourcesOf({
    figures: { internal: 7, outside: 20 },
    centres: [{ ...first, config: { cotsCount: false, stayDays: 45 } }],
  })
  const variables = (id: string) => JSON.stringify(changed[id]?.Properties.Environment)
  expect(variables('FiguresFunction')).toContain(JSON.stringify('{"internal":7,"outside":20}').slice(1, -1))
  expect(variables('CentreFunction')).toContain(
    JSON.stringify(`{"centre:${first?.code}":{"cotsCount":false,"stayDays":45}}`).slice(1, -1),
  )
  // Outside no more is told than within, and one alone is never told.
  for (const figures of [
    { internal: 11, outside: 5 },
    { internal: 1, outside: 11 },
  ])
    await expect(synthesizedAnew({ figures })).rejects.toThrow(/figures/)
})

test('functions run on Node 24 and ARM, traced by nobody, each with a log of its own under the storage key', () => {
  const functions = ofType(resources, 'AWS::Lambda::Function')
  expect(functions).toHaveLength(functionNames.length)
  for (const [id, { Properties }] of functions) {
    const name = id.replace('Function', '')
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Role: `<${name}Role.Arn>`,
      LoggingConfig: { LogGroup: `<${name}Log>` },
    })
    expect(Properties.TracingConfig).toBeUndefined()
    expect(resources[`${name}Log`]?.Properties).toMatchObject({
      KmsKeyId: '<StorageKey.Arn>',
      RetentionInDays: 90,
    })
  }
})

test('people are called by a topic under the storage key, over encrypted connections alone', () => {
  expect(resources.CallTopic?.Properties).toMatchObject({ KmsMasterKeyId: '<StorageKey.Arn>' })
  const refusing = ofType(resources, 'AWS::SNS::TopicPolicy').flatMap(([, { Properties }]) =>
    statementsIn(Properties.PolicyDocument).flatMap(({ Effect, Condition, Resource }) =>
      Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false' ? (Resource ?? []) : [],
    ),
  )
  expect(refusing.sort()).toEqual(['<AlarmTopic>', '<CallTopic>'])
  // Whoever answers for a rota subscribes its phones; none stands in the template.
  expect(ofType(resources, 'AWS::SNS::Subscription')).toEqual([])
})

test('an operator is told of dead letters, a slow relay, failing functions and an unusual rate of erasure', () => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm')
  for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toEqual(['<AlarmTopic>'])
  const names = alarms.map(([id]) => id.replace('Alarm', ''))
  expect(names).toEqual(expect.arrayContaining(addressedKinds.map((kind) => `${title(kind)}Dead`)))
  expect(names).toEqual(
    expect.arrayContaining([
      'RelayFailures',
      'RelayBehind',
      'InboxErrors',
      'InboxThrottles',
      'WatchErrors',
      'CallsUnanswered',
    ]),
  )
  expect(resources.AlarmTopic?.Properties.KmsMasterKeyId).toBe('<StorageKey.Arn>')
  // Powertools puts the service on every metric: an alarm that does not name it watches nothing.
  expect(resources.WrapsDestroyedAlarm?.Properties).toMatchObject({
    Namespace: 'Acasa',
    MetricName: 'WrapsDestroyed',
    Dimensions: [{ Name: 'service', Value: 'acasa' }],
  })
  expect(resources.CallsUnansweredAlarm?.Properties).toMatchObject({
    Namespace: 'Acasa',
    MetricName: 'CallsUnanswered',
    Dimensions: [{ Name: 'service', Value: 'acasa' }],
    Threshold: 1,
  })
  expect(resources.MissionFunction?.Properties.Environment).toMatchObject({
    Variables: { POWERTOOLS_SERVICE_NAME: 'acasa' },
  })
})
