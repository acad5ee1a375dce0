import { Duration } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets'
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { variable } from '../schemas/deployment/settings.ts'
import { tables as shapes, type TableName } from '../schemas/deployment/tables.ts'
import { addressedKinds, type HolderKind } from '../schemas/values/parties.ts'
import type { Deployment } from './context.ts'
import type { FunctionNeeds, Functions } from './functions.ts'
import { pinned, titled } from './logical-id.ts'
import type { Queues } from './queues.ts'
import { allow, type Conditions, insideOperation, withKeys } from './statements.ts'
import type { Tables } from './tables.ts'

interface Parts {
  tables: Tables
  queues: Queues
  keys: Record<HolderKind, Key>
  calls: Topic
}

/**
 * The variables and permissions of relay, inbox, watch, matching and figures. None of them uses the key of a party or
 * makes a tag. `watch` opens its own wraps of log keys, with which it writes events of its own; `figures` opens its own
 * wraps of class `case`. Relay and inbox have no access to the table of wraps.
 */
export function pipelineNeeds(
  { tables, queues, keys, calls }: Parts,
  { rota, figures }: Deployment,
): Record<'relay' | 'inbox' | 'watch' | 'matching' | 'figures', FunctionNeeds> {
  const on = (table: TableName, ...actions: string[]) => ({ table, actions })
  const statementsOf = (accesses: ReturnType<typeof on>[], ...conditions: Conditions[]): PolicyStatement[] =>
    accesses.map(({ table, actions }) =>
      allow(
        `${titled(table)}${actions.join('')}`,
        actions.map((action) => `dynamodb:${action}`),
        [tables[table].tableArn],
        ...conditions,
      ),
    )
  const namesOf = (...names: TableName[]) =>
    Object.fromEntries(names.map((name) => [variable.table(name), tables[name].tableName]))
  const queueUrls = Object.fromEntries(
    addressedKinds.map((kind) => [variable.queue(kind), queues.to[kind].queueUrl]),
  )
  const rotaSetting = { [variable.rota]: JSON.stringify(rota) }
  const queueArns = addressedKinds.map((kind) => queues.to[kind].queueArn)
  const send = allow('Send', ['sqs:SendMessage'], queueArns)
  const completeDeliveries = statementsOf([on('pending', 'DeleteItem')])
  const sending = [
    on('trail', 'Query'),
    on('heads', 'GetItem'),
    on('deliveries', 'Query'),
    on('sealed', 'BatchGetItem'),
  ]
  return {
    relay: {
      environment: { ...namesOf('trail', 'heads', 'deliveries', 'sealed'), ...queueUrls },
      statements: [
        allow(
          'Stream',
          ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((a) => `dynamodb:${a}`),
          [streamOf(tables)],
        ),
        ...statementsOf(sending),
        send,
        allow('ReportFailures', ['sqs:SendMessage'], [queues.relayFailures.queueArn]),
      ],
    },
    inbox: {
      environment: {
        ...namesOf('trail', 'worklists', 'work', 'deliveries', 'pending', 'due', 'places'),
        ...rotaSetting,
      },
      statements: [
        allow('Receive', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArns),
        ...statementsOf([on('trail', 'Query'), on('deliveries', 'Query')]),
        allow(
          'Record',
          ['dynamodb:PutItem'],
          [
            tables.worklists.tableArn,
            tables.work.tableArn,
            tables.deliveries.tableArn,
            tables.places.tableArn,
          ],
          insideOperation('TransactWriteItems'),
        ),
        ...statementsOf(
          [on('due', 'UpdateItem'), on('places', 'DeleteItem'), on('work', 'DeleteItem')],
          insideOperation('TransactWriteItems'),
        ),
        ...completeDeliveries,
      ],
    },
    watch: {
      environment: {
        ...namesOf('pending', 'due', 'trail', 'heads', 'deliveries', 'sealed', 'keys', 'claims', 'tags'),
        ...queueUrls,
        ...rotaSetting,
        [variable.callTopic]: calls.topicArn,
        [variable.key('watch')]: keys.watch.keyArn,
      },
      statements: [
        ...statementsOf([
          on('pending', 'Query'),
          ...sending,
          on('keys', 'GetItem'),
          on('tags', 'Query'),
          on('due', 'UpdateItem'),
        ]),
        allow('DueQuery', ['dynamodb:Query'], [`${tables.due.tableArn}/index/${shapes.due.localIndex.name}`]),
        // Its own events, each in one transaction, as the function of a party writes events.
        ...statementsOf(
          [
            on('trail', 'PartiQLInsert'),
            on('heads', 'PartiQLUpdate'),
            on('pending', 'PartiQLInsert'),
            // What expires: locked sections with their wraps and tags, and the wraps of missions.
            on('sealed', 'PartiQLDelete'),
            on('keys', 'PartiQLDelete'),
            on('tags', 'PartiQLDelete'),
          ],
          insideOperation('ExecuteTransaction'),
        ),
        ...statementsOf(
          [on('claims', 'PartiQLInsert')],
          withKeys('watch'),
          insideOperation('ExecuteTransaction'),
        ),
        ...completeDeliveries,
        send,
        allow('Call', ['sns:Publish'], [calls.topicArn]),
      ],
    },
    matching: {
      environment: namesOf('unmatched', 'tags', 'trail', 'matches', 'links'),
      statements: [
        ...statementsOf([
          on('unmatched', 'Scan', 'DeleteItem'),
          on('tags', 'Query'),
          on('trail', 'Query'),
          on('matches', 'Query'),
          on('links', 'Query'),
        ]),
        ...statementsOf(
          [
            on('tags', 'PartiQLInsert', 'PartiQLDelete'),
            on('matches', 'PartiQLInsert'),
            on('links', 'PartiQLInsert', 'PartiQLDelete'),
          ],
          insideOperation('ExecuteTransaction'),
        ),
      ],
    },
    figures: {
      environment: {
        ...namesOf('heads', 'trail', 'sealed', 'keys', 'figures'),
        [variable.key('figures')]: keys.figures.keyArn,
        [variable.thresholds]: JSON.stringify(figures),
      },
      statements: statementsOf([
        // Only the heads list all returns.
        on('heads', 'Scan'),
        on('trail', 'Query'),
        on('sealed', 'Query'),
        on('keys', 'Query'),
        on('figures', 'PutItem'),
      ]),
    },
  }
}

const minute = Duration.minutes(1)
const quarter = Duration.minutes(15)
const clocks = [
  {
    name: 'watch',
    id: 'clock',
    description: 'Looks for what nobody finished.',
    every: minute,
    within: minute,
  },
  {
    name: 'matching',
    id: 'matching-clock',
    description: 'Compares what was filed and looked for.',
    every: minute,
    within: minute,
  },
  {
    name: 'figures',
    id: 'figures-clock',
    description: 'Counts returns.',
    every: Duration.days(1),
    within: quarter,
  },
] as const

/** Connects the functions to their event sources: the trail's stream, the queues and the clocks. */
export function connectPipeline(
  parent: Construct,
  functions: Functions,
  tables: Tables,
  queues: Queues,
): void {
  const scope = new Construct(parent, 'Pipeline')
  const stream = new EventSourceMapping(scope, 'stream', {
    target: functions.of.relay,
    eventSourceArn: streamOf(tables),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    parallelizationFactor: 1,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // Without these limits one bad record blocks its shard for a day. `watch` sends what the relay gives up.
    retryAttempts: 10,
    maxRecordAge: Duration.hours(1),
    // `relay` has its permission above; to bind the queue would add another one.
    onFailure: { bind: () => ({ destination: queues.relayFailures.queueArn }) },
  })
  pinned(stream, 'RelayStreamSource').node.addDependency(functions.policies.relay)
  for (const kind of addressedKinds) {
    const source = new EventSourceMapping(scope, `${kind}-queue`, {
      target: functions.of.inbox,
      eventSourceArn: queues.to[kind].queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    })
    pinned(source, `${titled(kind)}QueueSource`).node.addDependency(functions.policies.inbox)
  }
  for (const { name, id, description, every, within } of clocks) {
    // A failed tick is not repeated: the next tick does its work.
    const withoutRetry = { retryAttempts: 0, maxEventAge: within }
    functions.of[name].configureAsyncInvoke(withoutRetry)
    const clock = new Rule(scope, id, {
      description,
      schedule: Schedule.rate(every),
      targets: [new Target(functions.of[name], withoutRetry)],
    })
    pinned(clock, `${titled(name)}Clock`)
  }
}

function streamOf(tables: Tables): string {
  const { tableStreamArn } = tables.trail
  if (!tableStreamArn) throw new Error('The trail has no stream.')
  return tableStreamArn
}
