import { Duration } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { functionNames } from './function-table.ts'
import { type Functions, powertools } from './functions.ts'
import { pinned, titled } from './logical-id.ts'
import type { Queues } from './queues.ts'

interface Watched {
  id: string
  tells: string
  metric: IMetric
  /** Alarms from this value on. */
  from: number
}

/** Wraps destroyed in an hour beyond what withdrawals explain: erasure is for ever. */
const wrapsDestroyedInAnHour = 500

/** What an operator is told of, by a topic to which the deployment subscribes its people. */
export function createAlarms(parent: Construct, functions: Functions, queues: Queues, storage: Key): Topic {
  const scope = new Construct(parent, 'Alarms')
  const topic = pinned(
    new Topic(scope, 'topic', { displayName: 'Acasa alarms', masterKey: storage, enforceSSL: true }),
    'AlarmTopic',
  )
  const told = new SnsAction(topic)
  for (const { id, tells, metric, from } of watched(functions, queues)) {
    const alarm = new Alarm(scope, id, {
      alarmDescription: tells,
      metric,
      threshold: from,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    pinned(alarm, `${id}Alarm`).addAlarmAction(told)
  }
  return topic
}

/** Where the functions put their metrics. */
const ours = { namespace: 'Acasa', dimensionsMap: { service: powertools.POWERTOOLS_SERVICE_NAME } }

function watched(functions: Functions, queues: Queues): Watched[] {
  const period = Duration.minutes(5)
  const depth = { period, statistic: Stats.MAXIMUM }
  return [
    ...Object.entries(queues.dead).map(([kind, queue]) => ({
      id: `${titled(kind)}Dead`,
      tells: `A message to ${kind} could not be delivered three times.`,
      metric: queue.metricApproximateNumberOfMessagesVisible(depth),
      from: 1,
    })),
    {
      id: 'RelayFailures',
      tells: 'The relay gave up records of the trail; watch sends what they were about.',
      metric: queues.relayFailures.metricApproximateNumberOfMessagesVisible(depth),
      from: 1,
    },
    {
      id: 'RelayBehind',
      tells: 'The relay is minutes behind the trail.',
      metric: functions.of.relay.metric('IteratorAge', depth),
      from: Duration.minutes(5).toMilliseconds(),
    },
    {
      id: 'WrapsDestroyed',
      tells: 'Far more wrapped keys were destroyed in an hour than withdrawals explain.',
      metric: new Metric({
        ...ours,
        metricName: 'WrapsDestroyed',
        period: Duration.hours(1),
        statistic: Stats.SUM,
      }),
      from: wrapsDestroyedInAnHour,
    },
    {
      id: 'CallsUnanswered',
      tells: 'Somebody was called by every line of the rota, and nobody has answered.',
      metric: new Metric({ ...ours, metricName: 'CallsUnanswered', period, statistic: Stats.SUM }),
      from: 1,
    },
    ...functionNames.flatMap((name) => [
      {
        id: `${titled(name)}Errors`,
        tells: `The function ${name} failed.`,
        metric: functions.of[name].metricErrors({ period }),
        from: 1,
      },
      {
        id: `${titled(name)}Throttles`,
        tells: `The function ${name} was refused by Lambda: too many at once.`,
        metric: functions.of[name].metricThrottles({ period }),
        from: 1,
      },
    ]),
  ]
}
