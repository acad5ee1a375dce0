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
import { allow, type Conditions, inside, withKeys } from './statements.ts'
import type { Tables } from './tables.ts'

interface Parts {
  tables: Tables
  queues: Queues
  keys: Record<HolderKind, Key>
  calls: Topic
}

/**
 * What relay, inbox, watch, matching and figures need. None of them uses the key of a party, nor makes a tag. `watch` opens its own wraps of log
 * keys, by which it writes events of its own, and `figures` its own of class `case`; relay and inbox do not touch the
 * table of wraps.
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
  const terms = { [variable.rota]: JSON.stringify(rota) }
  const queueArns = addressedKinds.map((kind) => queues.to[kind].queueArn)
  const send = allow('Send', ['sqs:SendMessage'], queueArns)
  const settling = statementsOf([on('pending', 'DeleteItem')])
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
      environment: { ...namesOf('trail', 'worklists', 'deliveries', 'pending', 'due', 'places'), ...terms },
      statements: [
        allow('Receive', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArns),
        ...statementsOf([on('trail', 'Query'), on('deliveries', 'Query')]),
        allow(
          'Record',
          ['dynamodb:PutItem'],
          [tables.worklists.tableArn, tables.deliveries.tableArn, tables.places.tableArn],
          inside('TransactWriteItems'),
        ),
        ...statementsOf([on('due', 'UpdateItem'), on('places', 'DeleteItem')], inside('TransactWriteItems')),
        ...settling,
      ],
    },
    watch: {
      environment: {
        ...namesOf('pending', 'due', 'trail', 'heads', 'deliveries', 'sealed', 'keys', 'claims', 'tags'),
        ...queueUrls,
        ...terms,
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
        // Its own events, in one transaction each, as a party's function writes those of its party.
        ...statementsOf(
          [
            on('trail', 'PartiQLInsert'),
            on('heads', 'PartiQLUpdate'),
            on('pending', 'PartiQLInsert'),
            // What ends by itself: locked sections and what was made of them, and the wraps of missions.
            on('sealed', 'PartiQLDelete'),
            on('keys', 'PartiQLDelete'),
            on('tags', 'PartiQLDelete'),
          ],
          inside('ExecuteTransaction'),
        ),
        ...statementsOf([on('claims', 'PartiQLInsert')], withKeys('watch'), inside('ExecuteTransaction')),
        ...settling,
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
        ]),
        ...statementsOf(
          [
            on('tags', 'PartiQLInsert', 'PartiQLDelete'),
            on('matches', 'PartiQLInsert'),
            on('links', 'PartiQLInsert'),
          ],
          inside('ExecuteTransaction'),
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
        // The heads alone list all returns.
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
  { name: 'watch', id: 'clock', tells: 'Looks for what nobody finished.', every: minute, within: minute },
  {
    name: 'matching',
    id: 'matching-clock',
    tells: 'Compares what was filed and looked for.',
    every: minute,
    within: minute,
  },
  {
    name: 'figures',
    id: 'figures-clock',
    tells: 'Counts returns.',
    every: Duration.days(1),
    within: quarter,
  },
] as const

/** What starts relay, inbox, watch, matching and figures: the trail's stream, the queues, clocks. */
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
    // Without these one bad record blocks its shard for a day. What is given up here, `watch` sends.
    retryAttempts: 10,
    maxRecordAge: Duration.hours(1),
    // The role is given its rights by name, not by what binding the queue would add.
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
  for (const { name, id, tells, every, within } of clocks) {
    // A tick that failed is not repeated: the next one does its work.
    const once = { retryAttempts: 0, maxEventAge: within }
    functions.of[name].configureAsyncInvoke(once)
    const clock = new Rule(scope, id, {
      description: tells,
      schedule: Schedule.rate(every),
      targets: [new Target(functions.of[name], once)],
    })
    pinned(clock, `${titled(name)}Clock`)
  }
}

function streamOf(tables: Tables): string {
  const { tableStreamArn } = tables.trail
  if (!tableStreamArn) throw new Error('The trail has no stream.')
  return tableStreamArn
}
