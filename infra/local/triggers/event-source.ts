import * as z from 'zod/mini'
import type { FunctionSpec, Functions } from '../lambda/functions.ts'

/** An event source mapping, as far as it is emulated. */
export const mappingShape = z.object({
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
