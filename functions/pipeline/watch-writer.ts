import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { SNSClient } from '@aws-sdk/client-sns'
import { refusal } from '../../schemas/api/problems.ts'
import type { Rota } from '../../schemas/deployment/rota.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import type { TableName } from '../../schemas/deployment/tables.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { fold } from '../domain/evolve.ts'
import { type CallOut, callsAgain, nameOf } from '../domain/schedule/call-lines.ts'
import { nextLook, noticesAt } from '../domain/schedule/escalation.ts'
import type { WatchNotice } from '../domain/schedule/watch-notice.ts'
import type { Folded } from '../domain/state.ts'
import { execute, type Statement } from '../dynamodb/execute.ts'
import { log } from '../log.ts'
import { appendStatements, runTransaction, type TrailTables } from '../trail/append.ts'
import { canonicalBytes } from '../trail/canonical.ts'
import { eventHash } from '../trail/chain.ts'
import { bodyMac, claimHash } from '../trail/claim.ts'
import { readWrap } from '../vault/stored.ts'
import { unwrap, wrapId } from '../vault/wraps.ts'
import { callOut } from './call-out.ts'
import { erasures, tagErasures } from './erasure.ts'
import { rotaFromSettings } from './rota.ts'
import type { Progress } from './send-undelivered.ts'

/** Deletions in one transaction beside the event's own statements. */
const erasuresAtOnce = 80

/** What `watch` writes and calls with. */
export interface WatchWriter {
  db: DynamoDBClient
  kms: KMSClient
  sns: SNSClient
  rota: Rota
  topic: string
  /** The key that its own wraps of log keys are under. */
  keyArn: string
  tables: TrailTables & { keys: string; sealed: string; tags: string }
}

/** The pen that the environment names. Throws, naming the variable, where one is missing. */
export function watchWriterFromSettings(db: DynamoDBClient): WatchWriter {
  const nameOfTable = (table: TableName) => setting(variable.table(table))
  return {
    db,
    kms: new KMSClient({}),
    sns: new SNSClient({}),
    rota: rotaFromSettings(),
    topic: setting(variable.callTopic),
    keyArn: setting(variable.key('watch')),
    tables: {
      trail: nameOfTable('trail'),
      heads: nameOfTable('heads'),
      claims: nameOfTable('claims'),
      pending: nameOfTable('pending'),
      keys: nameOfTable('keys'),
      sealed: nameOfTable('sealed'),
      tags: nameOfTable('tags'),
    },
  }
}

/** What came of a look: how many events were written, and when to look next (epoch ms). */
export interface Evaluation {
  written: number
  next: number | undefined
}

/**
 * Calls and writes what is due on a return at `now` (epoch ms). Whoever is called is called before that is written: a
 * crash in between calls twice and loses nothing. Nothing is answered where somebody else wrote in between: the rest is
 * the next look's. Throws trail-broken, and section-unreadable where the log key cannot be opened.
 */
export async function evaluate(
  pen: WatchWriter,
  { rows, deliveries }: Progress,
  { now, looked }: { now: number; looked: number },
): Promise<Evaluation | undefined> {
  const events = rows.map(({ event }) => event)
  const state = folded(events)
  const again = callsAgain(state, looked, now, pen.rota)
  for (const one of again) await callOut(pen, state.ret, one)
  if (again.length > 0) await measureUnanswered(again)
  const notices = noticesAt(state, now, pen.rota, { events, delivered: deliveries })
  if (notices.length === 0) return { written: 0, next: nextLook(state, now, pen.rota) }

  const logKey = await openLogKey(pen, state)
  let lastHash = rows.at(-1)?.hash ?? ''
  for (const notice of notices) {
    if (notice.type === 'called') await callOut(pen, state.ret, callOutOf(notice, pen.rota))
    const event = eventOf(notice, events, lastHash, now)
    const before = folded(events)
    const gone = [
      ...(await tagErasures(pen, before, events, notice.destroys)),
      ...erasures(pen.tables, before, notice.destroys),
    ]
    if (!(await append(pen, event, logKey, [...events, event], gone))) return undefined
    events.push(event)
    lastHash = eventHash(canonicalBytes(event))
  }
  return { written: notices.length, next: nextLook(folded(events), now, pen.rota) }
}

function folded(events: readonly StoredEvent[]): Folded {
  const state = fold(events)
  if (!state) throw refusal('trail-broken')
  return state
}

function callOutOf({ data }: Extract<WatchNotice, { type: 'called' }>, rota: Rota): CallOut {
  const { call: seq, party } = data
  return { seq, party, line: nameOf(rota, party, data.line) ?? '' }
}

async function openLogKey(
  { db, kms, keyArn, tables }: WatchWriter,
  { ret, log: { sec } }: Folded,
): Promise<Uint8Array> {
  const place = { ret, sec, cls: 'log', party: 'watch' } as const
  const row = await readWrap(db, tables.keys, { ret, wrap: wrapId(place) })
  if (!row) throw refusal('section-unreadable')
  return unwrap(kms, keyArn, row, place)
}

/** The notice as the next event. Its claim follows from what it says, so that it can be written once only. */
function eventOf(
  { type, to, for: told, data }: WatchNotice,
  events: readonly StoredEvent[],
  prev: string,
  now: number,
): StoredEvent {
  const last = events.at(-1)
  const at = new Date(now).toISOString()
  const ret = last?.ret ?? ''
  return storedEvent.parse({
    v: 1,
    ret,
    seq: events.length,
    prev,
    type,
    // Two machines' clocks differ; the trail's times never run back.
    at: last && last.at > at ? last.at : at,
    by: { party: 'watch', role: 'system', user: 'watch' },
    ...(told ? { for: told } : {}),
    to,
    idem: claimHash(['watch', ret, type, Buffer.from(canonicalBytes(data)).toString()]),
    data,
    sections: [],
  })
}

/** Whether the event was written; not where it was before, or somebody else was first. */
async function append(
  { db, tables }: WatchWriter,
  event: StoredEvent,
  logKey: Uint8Array,
  after: readonly StoredEvent[],
  gone: readonly Statement[],
): Promise<boolean> {
  // More than one transaction holds goes before it, in batches: a crash in between is made good by the next look.
  const early = gone.slice(0, Math.max(0, gone.length - erasuresAtOnce))
  for (let from = 0; from < early.length; from += erasuresAtOnce)
    await execute(db, early.slice(from, from + erasuresAtOnce), randomUUID())
  const statements = appendStatements(tables, {
    event,
    logKey,
    phase: folded(after).phase,
    mac: bodyMac(event.idem, canonicalBytes(event.data)),
    vault: gone.slice(early.length),
  })
  const { kind } = await runTransaction(db, statements, randomUUID())
  if (kind !== 'appended') return false
  const { ret, type } = event
  log('watch-event-written', {
    ret,
    type,
    ...(type === 'overdue' ? { item: event.data.item, level: event.data.level } : {}),
  })
  return true
}

/** An alarm tells an operator of calls that nobody answers. Loaded when it is first needed. */
async function measureUnanswered(again: readonly CallOut[]): Promise<void> {
  const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics')
  const metrics = new Metrics({ namespace: 'Acasa' })
  metrics.addMetric('CallsUnanswered', MetricUnit.Count, again.length)
  metrics.publishStoredMetrics()
}
