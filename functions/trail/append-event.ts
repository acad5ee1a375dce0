import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import type { Folded } from '../domain/state.ts'
import { execute, maxStatements } from '../dynamodb/execute.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { type Appended, appendStatements, runTransaction, type TrailTables } from './append.ts'

/** The events of a return as they were read: their order, and what the next one follows. */
export interface TrailEnd {
  ret: string
  events: readonly StoredEvent[]
  /** The hash of the last of them; `genesis` where there is none. */
  lastHash: string
}

/** What the writer of an event gives it; number, link and time follow from the events before. */
export interface NewEvent {
  type: string
  by: StoredEvent['by']
  for?: StoredEvent['for']
  to: readonly string[]
  /** The claim's hash. */
  idem: string
  data: object
  sections: StoredEvent['sections']
}

/** The next event of a return. Throws where it is not of its closed schema. */
export function nextEvent({ ret, events, lastHash }: TrailEnd, at: string, content: NewEvent): StoredEvent {
  const last = events.at(-1)
  const { for: addressee, ...rest } = content
  return storedEvent.parse({
    v: 1,
    ret,
    seq: events.length,
    prev: lastHash,
    // Two servers' clocks differ; the trail's times never run back.
    at: last && last.at > at ? last.at : at,
    ...rest,
    ...(addressee ? { for: addressee } : {}),
  })
}

/** What is written with an event, beside the rows of the trail itself. */
export interface AppendedWith {
  /** `bodyMac` of the request. */
  mac: string
  logKey: Uint8Array
  /** Rows that come with the event. */
  rows: readonly Statement[]
  /** Rows that hold only if nobody else was first. */
  races?: readonly Statement[]
  /** Deletions of what is destroyed with the event. */
  removals?: readonly Statement[]
}

/**
 * Appends an event in one transaction, with all that is written and deleted with it; `state` is the return after it.
 * Deletions that do not fit into the transaction go before it, in batches: after a crash in between, the event is
 * missing and the removal is repeated. Throws `too-large` and `busy` as `execute` does.
 */
export async function appendEvent(
  db: DynamoDBClient,
  tables: TrailTables,
  event: StoredEvent,
  state: Folded,
  { mac, logKey, rows, races = [], removals = [] }: AppendedWith,
): Promise<Appended> {
  const statements = appendStatements(tables, { event, logKey, phase: state.phase, mac, races, vault: rows })
  const early = removals.slice(0, Math.max(0, removals.length + statements.length - maxStatements))
  for (let from = 0; from < early.length; from += maxStatements)
    await execute(db, early.slice(from, from + maxStatements), randomUUID())
  return runTransaction(db, [...statements, ...removals.slice(early.length)], randomUUID(), races.length)
}
