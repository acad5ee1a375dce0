import * as z from 'zod/mini'
import type { AwsClient } from '../aws/call.ts'
import type { FunctionSpec, LocalFunctions } from '../lambda/functions.ts'

/** The properties of an event source mapping that are emulated here. */
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

/** What a poller gets from the stack. It calls AWS through the edge in the function's own role, as Lambda does. */
export interface SourceContext {
  mapping: Mapping
  client: AwsClient
  functions: LocalFunctions
  region: string
  /** The URL of a queue, by its ARN. */
  queueUrl: (arn: string) => string
  /** The directory of the streams' checkpoints. */
  directory: string
  /** Aborts when the stack stops: a poller finishes its batch and ends. */
  signal: AbortSignal
  /** Called when polling itself fails. */
  onError: (message: string) => void
}

const reportShape = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
})

/**
 * The identifiers of the records that failed. An empty or missing report is a success; a report with an unknown
 * identifier fails the whole batch (Lambda developer guide, "Reporting batch item failures").
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
