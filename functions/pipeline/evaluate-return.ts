import { refusal } from '../../schemas/api/problems.ts'
import type { Rota } from '../../schemas/deployment/rota.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type CallOut, callsAgain, lineName } from '../domain/schedule/call-lines.ts'
import { nextLook, noticesAt } from '../domain/schedule/escalation.ts'
import type { WatchNotice } from '../domain/schedule/watch-notice.ts'
import type { Folded } from '../domain/state.ts'
import { log } from '../log.ts'
import { appendEvent, nextEvent, stateAfter } from '../trail/append-event.ts'
import { canonicalBytes } from '../trail/canonical.ts'
import { eventHash } from '../trail/chain.ts'
import { bodyMac, claimHash } from '../trail/claim.ts'
import { readWrap } from '../vault/stored.ts'
import { unwrap, wrapId } from '../vault/wraps.ts'
import { callOut } from './call-out.ts'
import { erasures, tagErasures } from './erasure.ts'
import type { Progress } from './send-undelivered.ts'
import type { WatchWriter } from './watch-writer.ts'

/** The outcome of an evaluation: how many events were written, and when to evaluate the return next (epoch ms). */
export interface Evaluation {
  written: number
  next: number | undefined
}

/**
 * Calls and writes what is due on a return at `now` (epoch ms). People are called before the call is written: a crash in
 * between calls them twice and loses nothing. Undefined where somebody else wrote in between: the next run does the rest.
 * Throws trail-broken, and section-unreadable where the log key cannot be opened.
 */
export async function evaluateReturn(
  writer: WatchWriter,
  { rows, deliveries }: Progress,
  { now, evaluated }: { now: number; evaluated: number },
): Promise<Evaluation | undefined> {
  const events = rows.map(({ event }) => event)
  const state = stateAfter(events)
  const unanswered = callsAgain(state, evaluated, now, writer.rota)
  for (const call of unanswered) await callOut(writer, state.ret, call)
  if (unanswered.length > 0) await measureUnanswered(unanswered)
  const notices = noticesAt(state, now, writer.rota, { events, delivered: deliveries })
  if (notices.length === 0) return { written: 0, next: nextLook(state, now, writer.rota) }

  const logKey = await openLogKey(writer, state)
  let lastHash = rows.at(-1)?.hash ?? ''
  for (const notice of notices) {
    if (notice.type === 'called') await callOut(writer, state.ret, callOutOf(notice, writer.rota))
    const event = eventOf(notice, { ret: state.ret, events, lastHash }, now)
    if (!(await append(writer, event, notice, { logKey, before: events }))) return undefined
    events.push(event)
    lastHash = eventHash(canonicalBytes(event))
  }
  return { written: notices.length, next: nextLook(stateAfter(events), now, writer.rota) }
}

function callOutOf({ data }: Extract<WatchNotice, { type: 'called' }>, rota: Rota): CallOut {
  const { call: seq, party } = data
  return { seq, party, line: lineName(rota, party, data.line) ?? '' }
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
  { type, to, for: addressee, data }: WatchNotice,
  end: Parameters<typeof nextEvent>[0],
  now: number,
): StoredEvent {
  return nextEvent(end, new Date(now).toISOString(), {
    type,
    by: { party: 'watch', role: 'system', user: 'watch' },
    for: addressee,
    to,
    idem: claimHash(['watch', end.ret, type, Buffer.from(canonicalBytes(data)).toString()]),
    data,
    sections: [],
  })
}

/** Whether the event was written; not where it was before, or somebody else was first. */
async function append(
  writer: WatchWriter,
  event: StoredEvent,
  { destroys }: WatchNotice,
  { logKey, before }: { logKey: Uint8Array; before: readonly StoredEvent[] },
): Promise<boolean> {
  const { db, tables } = writer
  const state = stateAfter(before)
  const appended = await appendEvent(db, tables, event, stateAfter([...before, event]), {
    mac: bodyMac(event.idem, canonicalBytes(event.data)),
    logKey,
    rows: [],
    removals: [...(await tagErasures(writer, state, before, destroys)), ...erasures(tables, state, destroys)],
  })
  if (appended.kind !== 'appended') return false
  const { ret, type } = event
  log('watch-event-written', {
    ret,
    type,
    ...(type === 'overdue' ? { item: event.data.item, level: event.data.level } : {}),
  })
  return true
}

/** An alarm tells an operator of calls that nobody answers. Loaded when it is first needed. */
async function measureUnanswered(unanswered: readonly CallOut[]): Promise<void> {
  const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics')
  const metrics = new Metrics({ namespace: 'Acasa' })
  metrics.addMetric('CallsUnanswered', MetricUnit.Count, unanswered.length)
  metrics.publishStoredMetrics()
}
