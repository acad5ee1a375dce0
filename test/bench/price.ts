import * as z from 'zod/mini'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import type { PendingCall } from '../../infra/local/edge/edge.ts'
import type { FunctionSpec } from '../../infra/local/lambda/functions.ts'

/** USD, eu-central-1, on demand, as read in 2026 at second hand; AWS's own price list decides. */
const prices = {
  writeUnit: 0.7625 / 1e6,
  readUnit: 0.1525 / 1e6,
  kmsCall: 0.03 / 1e4,
  sqsCall: 0.5 / 1e6,
  invocation: 0.2 / 1e6,
  gigabyteSecond: 0.0000133334,
  httpRequest: 1.2 / 1e6,
}

/** A consistent read of one return's rows in a table is 4 to 20 kB, and 4 kB are a unit. */
const readUnits = 3
/** Rounds of some 10 ms to AWS's services, and now and then the start of a container. */
const secondsBilled = 0.2

const statements = z.object({ TransactStatements: z.array(z.unknown()) })
const items = z.object({ TransactItems: z.array(z.unknown()) })

/** Counts what the writes that pass the edge would be billed as. */
export interface WriteMeter {
  before(call: PendingCall): undefined
  units(): number
}

export function writeMeter(): WriteMeter {
  let units = 0
  return {
    before({ operation, body }) {
      units += unitsOf(operation, body)
      return undefined
    },
    units: () => units,
  }
}

/**
 * What a write is billed as, by its operation: a unit is 1 kB of an item, and two in a transaction. The text of a call
 * stands for the items in it.
 */
const writes: Readonly<Record<string, (body: unknown) => number>> = {
  ExecuteTransaction: (body) => twice(statements.parse(body).TransactStatements),
  TransactWriteItems: (body) => twice(items.parse(body).TransactItems),
  PutItem: kilobytes,
  UpdateItem: kilobytes,
  DeleteItem: () => 1,
}
const reads = ['GetItem', 'BatchGetItem', 'Query']

function unitsOf(operation: string, body: unknown): number {
  return writes[operation]?.(body) ?? 0
}

function twice(parts: readonly unknown[]): number {
  return parts.reduce<number>((sum, part) => sum + 2 * kilobytes(part), 0)
}

function kilobytes(body: unknown): number {
  return Math.ceil(JSON.stringify(body).length / 1024)
}

/**
 * What AWS would bill for some calls and the HTTP requests that led to them; fixed costs are not in it. Throws for an
 * operation whose price is not known here.
 */
export function estimateUsd(
  calls: readonly RecordedCall[],
  counted: { requests: number; writeUnits: number; functions: ReadonlyMap<string, FunctionSpec> },
): number {
  const of = (service: RecordedCall['service']) => calls.filter((call) => call.service === service)
  const unknown = of('dynamodb').find(({ operation }) => !(operation in writes) && !reads.includes(operation))
  if (unknown) throw new Error(`What ${unknown.operation} costs is not known here.`)
  const readCalls = of('dynamodb').filter(({ operation }) => reads.includes(operation)).length
  return (
    prices.writeUnit * counted.writeUnits +
    prices.readUnit * readUnits * readCalls +
    prices.kmsCall * of('kms').length +
    prices.sqsCall * of('sqs').length +
    prices.httpRequest * counted.requests +
    priceOfRuns(calls, counted.functions)
  )
}

/** Every invocation makes a call, and what it calls carries its trace. */
function priceOfRuns(calls: readonly RecordedCall[], functions: ReadonlyMap<string, FunctionSpec>): number {
  const runs = new Map(calls.flatMap((call) => (call.trace ? [[call.trace, call.function] as const] : [])))
  return [...runs.values()].reduce((sum, id) => {
    const gigabytes = (functions.get(id)?.memoryMb ?? 0) / 1024
    return sum + prices.invocation + prices.gigabyteSecond * secondsBilled * gigabytes
  }, 0)
}
