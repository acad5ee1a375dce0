import * as z from 'zod/mini'
import type { Edge } from './edge.ts'
import type { FunctionSpec, Functions } from './functions.ts'
import { pollQueue } from './queue-source.ts'
import { pollStream } from './stream-source.ts'
import type { Template } from './template.ts'

const mappingShape = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(z.number(), 10),
  Enabled: z.optional(z.literal(true)),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  FilterCriteria: z.optional(z.undefined()),
  StartingPosition: z.optional(z.literal('TRIM_HORIZON')),
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  MaximumRetryAttempts: z._default(z.number(), -1),
  MaximumRecordAgeInSeconds: z._default(z.number(), -1),
  DestinationConfig: z.optional(z.object({ OnFailure: z.object({ Destination: z.string() }) })),
})
export type Mapping = z.infer<typeof mappingShape> & { spec: FunctionSpec }

/** What an event source needs of the stack. It calls AWS through the edge, in the function's own role, as Lambda does. */
export interface SourceContext {
  mapping: Mapping
  caller: { url: string; accessKeyId: string }
  functions: Functions
  region: string
  /** Where a queue is addressed, by its ARN. */
  queueUrl: (arn: string) => string
  /** Where a stream's checkpoints are kept. */
  directory: string
  /** Aborted when the stack stops: pollers finish what they hold and end. */
  signal: AbortSignal
  /** Told about what goes wrong in polling itself. */
  trouble: (message: string) => void
}

export interface Sources {
  descriptions: readonly string[]
  stop(): Promise<void>
}

/** Starts the template's event source mappings. Throws at a mapping that is not known here, naming its source. */
export function startSources(options: {
  template: Template
  edge: Edge
  functions: Functions
  /** The logical id of a function's role, by the function's name. */
  roleOf: (functionName: string) => string
  directory: string
  trouble: (message: string) => void
}): Sources {
  const { template, edge, functions, roleOf, directory, trouble } = options
  const stopping = new AbortController()
  const queueUrls = new Map(
    template
      .ofType('AWS::SQS::Queue')
      .map(({ logicalId }) => [template.arnOf(logicalId), template.refOf(logicalId)]),
  )
  const queueUrl = (arn: string) => {
    const url = queueUrls.get(arn)
    if (!url) throw new Error(`${arn} is no queue of the template.`)
    return url
  }

  const running = template.ofType('AWS::Lambda::EventSourceMapping').map((resource) => {
    const read = mappingShape.parse(resource.properties)
    const spec = functions.specs.find(({ name, arn }) => [name, arn].includes(read.FunctionName))
    if (!spec) throw new Error(`${resource.logicalId} starts no function of the template.`)
    const context: SourceContext = {
      mapping: { ...read, spec },
      caller: { url: edge.url, accessKeyId: edge.credentialsFor(roleOf(spec.name)).accessKeyId },
      functions,
      region: template.region,
      queueUrl,
      directory,
      signal: stopping.signal,
      trouble,
    }
    const poll = pollerFor(read.EventSourceArn)
    return { description: `${read.EventSourceArn} → ${spec.name}`, ended: poll(context) }
  })
  return {
    descriptions: running.map(({ description }) => description),
    async stop() {
      stopping.abort()
      await Promise.all(running.map(({ ended }) => ended))
    },
  }
}

function pollerFor(arn: string): (context: SourceContext) => Promise<void> {
  if (arn.includes(':sqs:')) return pollQueue
  if (arn.includes(':dynamodb:') && arn.includes('/stream/')) return pollStream
  throw new Error(`${arn} is no source that is known here.`)
}

const reportShape = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
})

/**
 * Which records of a batch failed, by identifier. An empty or missing report is a success; one that names something
 * else fails the whole batch (Lambda developer guide, "Reporting batch item failures").
 */
export function failuresIn(
  payload: unknown,
  mapping: Mapping,
  identifiers: readonly string[],
): ReadonlySet<string> {
  if (mapping.FunctionResponseTypes.length === 0 || payload === null) return new Set()
  if (typeof payload === 'object' && !('batchItemFailures' in payload)) return new Set()
  const report = reportShape.safeParse(payload)
  const failed = report.success
    ? report.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
    : undefined
  const known = new Set(identifiers)
  return failed?.every((id) => known.has(id)) ? new Set(failed) : known
}
