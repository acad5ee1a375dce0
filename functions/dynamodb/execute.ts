import {
  type AttributeValue,
  type CancellationReason,
  type DynamoDBClient,
  ExecuteTransactionCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { refusal } from '../../schemas/api/problems.ts'
import { backOff } from './backoff.ts'
import type { Statement } from './statements.ts'

/** Below DynamoDB's own bounds (400 kB, 4 MB), so that reading a return stays cheap; bytes. */
const maxItem = 96 * 1024
const maxTransaction = 1024 * 1024
export const maxStatements = 100

/** Attempts at a transaction that others are in the way of; with the pauses between them, about a second. */
const maxAttempts = 6

/** Reasons for which the same statements may succeed a moment later. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])

/** Errors that the SDK has itself tried again, with the same bytes and token, before it gave up. */
const givenUp = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'TransactionInProgressException',
])

/**
 * Runs statements as one transaction, all or none. Answers `undefined` when it is written, else the code
 * that DynamoDB gave for each statement (`None`, `DuplicateItem`, …). `token` (1 to 36 characters) makes a
 * repetition harmless: the same bytes go out with the same token. Throws `too-large` before anything is sent,
 * `busy` when attempts are used up.
 */
export async function execute(
  db: DynamoDBClient,
  statements: readonly Statement[],
  token: string,
): Promise<string[] | undefined> {
  if (!fits(statements)) throw refusal('too-large')
  const command = new ExecuteTransactionCommand({
    TransactStatements: [...statements],
    ClientRequestToken: token,
  })
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const codes = await outcome(db, command)
    // What failed for good beside a passing reason will say so again once that has passed.
    if (!codes?.some((code) => passing.has(code))) return codes
    await backOff(attempt)
  }
  throw refusal('busy')
}

async function outcome(
  db: DynamoDBClient,
  command: ExecuteTransactionCommand,
): Promise<string[] | undefined> {
  try {
    await db.send(command)
    return undefined
  } catch (error) {
    if (error instanceof TransactionCanceledException) return codesOf(error.CancellationReasons ?? [])
    if (error instanceof Error && givenUp.has(error.name)) throw refusal('busy', {}, error)
    throw error
  }
}

function codesOf(reasons: readonly CancellationReason[]): string[] {
  return reasons.map((reason) => reason.Code ?? 'None')
}

function fits(statements: readonly Statement[]): boolean {
  const sizes = statements.map(
    (statement) =>
      Buffer.byteLength(statement.Statement) +
      statement.Parameters.reduce((sum, value) => sum + sizeOf(value), 0),
  )
  return (
    sizes.length <= maxStatements &&
    sizes.every((size) => size <= maxItem) &&
    sizes.reduce((sum, size) => sum + size, 0) <= maxTransaction
  )
}

/** Bytes of a value, never fewer than DynamoDB counts; the statement's text stands for the attribute names. */
function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  if (value.B !== undefined) return value.B.byteLength
  if (value.N !== undefined) return value.N.length + 1
  if (value.L !== undefined) return value.L.reduce((sum, entry) => sum + 1 + sizeOf(entry), 3)
  if (value.M !== undefined) {
    return Object.entries(value.M).reduce(
      (sum, [name, member]) => sum + 1 + Buffer.byteLength(name) + sizeOf(member),
      3,
    )
  }
  return 1
}
