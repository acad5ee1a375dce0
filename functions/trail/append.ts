import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type TableName, tables } from '../../schemas/deployment/tables.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { execute } from '../dynamodb/execute.ts'
import { insertStatement, replaceStatement, type Statement } from '../dynamodb/statements.ts'
import { canonicalBytes } from './canonical.ts'
import { eventHash, logTag } from './chain.ts'
import { claimStatement } from './claim.ts'
import { pendingStatement } from './pending.ts'

/** Physical names of the tables that an append writes itself. */
export type TrailTables = Readonly<
  Record<Extract<TableName, 'trail' | 'heads' | 'claims' | 'pending'>, string>
>

/** One event to append: what is in its bytes, and what is stored beside them. */
export interface Append {
  event: StoredEvent
  /** The return's log key, 32 bytes. */
  logKey: Uint8Array
  /** The phase of the return after the event. */
  phase: string
  /** `bodyMac` of the request; the rest of the claim is in the event. */
  mac: string
  /** Statements of other tables that are written with the event: sections and wraps that come and go. */
  vault: readonly Statement[]
  /** Statements that hold only if nobody else was first, as the head does. */
  races?: readonly Statement[]
}

/** What became of an append: written; this request was answered before; somebody else was first. */
export type Appended = { kind: 'appended' } | { kind: 'claimed' } | { kind: 'lost' }

/** Where the statements stand whose failure has a meaning; every other failure is a fault of ours. */
const place = { claim: 0, head: 1, event: 2 } as const

/**
 * The statements of one append, in the order that `runTransaction` reads their outcome in: claim, head, event, races,
 * those of other tables, pending. Throws where the event is not of its closed schema, or `not-canonical`.
 */
export function appendStatements(names: TrailTables, append: Append): Statement[] {
  const event = storedEvent.parse(append.event)
  const { ret, seq, at } = event
  const bytes = canonicalBytes(event)
  const claim = { party: event.by.party, claim: event.idem, mac: append.mac, ret, seq }
  return [
    claimStatement(names.claims, claim, at),
    headStatement(names.heads, ret, seq, eventHash(bytes), append.phase),
    insertStatement(names.trail, {
      [tables.trail.hash]: ret,
      [tables.trail.range]: seq,
      event: bytes,
      tag: logTag(append.logKey, seq),
    }),
    ...(append.races ?? []),
    ...append.vault,
    pendingStatement(names.pending, ret, at, seq),
  ]
}

/**
 * Writes what `appendStatements` made, in one transaction. `token` (at most 36 characters) is drawn once for these bytes;
 * a lost race needs new bytes and a new token. `races`: how many statements of that kind there are. Throws `too-large`
 * and `busy` as `execute` does.
 */
export async function runTransaction(
  db: DynamoDBClient,
  statements: readonly Statement[],
  token: string,
  races = 0,
): Promise<Appended> {
  const codes = await execute(db, statements, token)
  if (!codes) return { kind: 'appended' }
  // DynamoDB names every statement that failed, the local one only the first: the claim is looked at first.
  if (codes[place.claim] === 'DuplicateItem') return { kind: 'claimed' }
  if (codes.slice(place.head, place.event + 1 + races).some(isTaken)) return { kind: 'lost' }
  throw new Error(`The transaction was cancelled: ${codes.join(', ')}.`)
}

function isTaken(code: string | undefined): boolean {
  return code === 'ConditionalCheckFailed' || code === 'DuplicateItem'
}

/** `version` counts the events: after event `seq` it is seq + 1. */
function headStatement(table: string, ret: string, seq: number, hash: string, phase: string): Statement {
  const head = { version: seq + 1, hash, phase }
  const key = { [tables.heads.hash]: ret }
  return seq === 0
    ? insertStatement(table, { ...key, head })
    : replaceStatement(table, key, ['head', head], seq)
}
