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

interface AlarmSpec {
  id: string
  description: string
  metric: IMetric
  /** The alarm goes off from this value on. */
  threshold: number
}

/** More wraps destroyed in an hour than withdrawals explain. An erasure cannot be undone. */
const wrapsDestroyedInAnHour = 500

/** The alarms, which notify operators on a topic. The deployment subscribes its operators to the topic. */
export function createAlarms(parent: Construct, functions: Functions, queues: Queues, storage: Key): Topic {
  const scope = new Construct(parent, 'Alarms')
  const topic = pinned(
    new Topic(scope, 'topic', { displayName: 'Acasa alarms', masterKey: storage, enforceSSL: true }),
    'AlarmTopic',
  )
  const notifyOperators = new SnsAction(topic)
  for (const { id, description, metric, threshold } of alarmSpecs(functions, queues)) {
    const alarm = new Alarm(scope, id, {
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    pinned(alarm, `${id}Alarm`).addAlarmAction(notifyOperators)
  }
  return topic
}

/** The namespace and the dimension of the functions' metrics. */
const ownMetrics = { namespace: 'Acasa', dimensionsMap: { service: powertools.POWERTOOLS_SERVICE_NAME } }

function alarmSpecs(functions: Functions, queues: Queues): AlarmSpec[] {
  const period = Duration.minutes(5)
  const depth = { period, statistic: Stats.MAXIMUM }
  return [
    ...Object.entries(queues.dead).map(([kind, queue]) => ({
      id: `${titled(kind)}Dead`,
      description: `A message to ${kind} could not be delivered three times.`,
      metric: queue.metricApproximateNumberOfMessagesVisible(depth),
      threshold: 1,
    })),
    {
      id: 'RelayFailures',
      description: 'The relay gave up records of the trail; watch sends what they were about.',
      metric: queues.relayFailures.metricApproximateNumberOfMessagesVisible(depth),
      threshold: 1,
    },
    {
      id: 'RelayBehind',
      description: 'The relay is minutes behind the trail.',
      metric: functions.of.relay.metric('IteratorAge', depth),
      threshold: Duration.minutes(5).toMilliseconds(),
    },
    {
      id: 'WrapsDestroyed',
      description: 'Far more wrapped keys were destroyed in an hour than withdrawals explain.',
      metric: new Metric({
        ...ownMetrics,
        metricName: 'WrapsDestroyed',
        period: Duration.hours(1),
        statistic: Stats.SUM,
      }),
      threshold: wrapsDestroyedInAnHour,
    },
    {
      id: 'CallsUnanswered',
      description: 'Somebody was called by every line of the rota, and nobody has answered.',
      metric: new Metric({ ...ownMetrics, metricName: 'CallsUnanswered', period, statistic: Stats.SUM }),
      threshold: 1,
    },
    ...functionNames.flatMap((name) => [
      {
        id: `${titled(name)}Errors`,
        description: `The function ${name} failed.`,
        metric: functions.of[name].metricErrors({ period }),
        threshold: 1,
      },
      {
        id: `${titled(name)}Throttles`,
        description: `The function ${name} was refused by Lambda: too many at once.`,
        metric: functions.of[name].metricThrottles({ period }),
        threshold: 1,
      },
    ]),
  ]
}
