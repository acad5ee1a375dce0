import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { LocalFunctions } from '../lambda/functions.ts'
import { mayInvoke } from '../lambda/invoke-permission.ts'
import type { Template } from '../template/template.ts'

export interface Schedules {
  descriptions: readonly string[]
  /**
   * Runs a scheduled function now, by its name or the end of its name. Throws when no clock starts it, or when it
   * fails.
   */
  tick(functionName: string): Promise<void>
  stop(): void
}

const ruleShape = z.object({
  ScheduleExpression: z.string(),
  State: z.literal('ENABLED'),
  Targets: z.tuple([z.object({ Arn: z.string() })]),
})
const secondsIn = { minute: 60, hour: 3600, day: 86_400 } as const

/**
 * Starts the template's clocks, EventBridge rules at a rate. Throws at any other rule, and at one without permission
 * to invoke.
 */
export function startSchedules(options: {
  template: Template
  functions: LocalFunctions
  /** Whether the clocks run. `tick` works in any case. */
  running: boolean
}): Schedules {
  const { template, functions, running } = options
  if (template.ofType('AWS::Scheduler::Schedule').length > 0) {
    throw new Error('EventBridge Scheduler is not emulated on this machine.')
  }
  const clocks = template.ofType('AWS::Events::Rule').map(({ logicalId, properties }) => {
    const rule = ruleShape.parse(properties)
    const ruleArn = template.arnOf(logicalId)
    const spec = functions.specs.find(({ arn }) => arn === rule.Targets[0].Arn)
    if (!spec) throw new Error(`${logicalId} starts no function of the template.`)
    if (!mayInvoke(template, spec, 'events.amazonaws.com', ruleArn)) {
      throw new Error(`${logicalId} has no permission to invoke ${spec.name}.`)
    }
    const run = () => functions.invoke(spec.name, scheduledEvent(template, ruleArn))
    const timer = running ? setInterval(run, rateMs(rule.ScheduleExpression)) : undefined
    return { name: spec.name, description: `${rule.ScheduleExpression} → ${spec.name}`, run, timer }
  })
  return {
    descriptions: clocks.map(({ description }) => description),
    async tick(functionName) {
      const clock = clocks.find(({ name }) => name === functionName || name.endsWith(`-${functionName}`))
      if (!clock) throw new Error(`No clock starts ${functionName}.`)
      const outcome = await clock.run()
      if (outcome.kind === 'failed') throw new Error(`${clock.name} failed: ${outcome.message}`)
    },
    stop() {
      for (const { timer } of clocks) clearInterval(timer)
    },
  }
}

function rateMs(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day')
    throw new Error(`${expression} is not emulated here.`)
  return Number(count) * secondsIn[unit] * 1000
}

function scheduledEvent({ region, account }: Template, ruleArn: string) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: new Date().toISOString(),
    region,
    resources: [ruleArn],
    detail: {},
  }
}
