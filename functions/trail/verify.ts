import { createHash } from 'node:crypto'
import { type Exported, exportAnswer } from '../../schemas/api/answers.ts'
import type { EventFlaw } from '../../schemas/api/check.ts'
import { type EventOf, type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { parseCanonical } from './canonical.ts'
import { eventHash, genesis, logKeyId, logTag } from './chain.ts'

type ExportedSection = Exported['sections'][number]

/** What can be wrong with an export. */
export type Flaw = EventFlaw | 'not-an-export' | 'section-differs' | 'section-unnamed'

/** `seq` is the first event concerned, where there is one; `tags` counts those checked, 0 without the log key. */
export type Verdict =
  | { kind: 'valid'; events: number; checked: number; absent: number; tags: number; lastHash: string }
  | { kind: 'invalid'; flaw: Flaw; seq?: number }

/**
 * Whether an export holds together, judged by nothing but itself: canonical bytes and schema, chain, times,
 * log tags where the log key is there, and each section that is present. An ending cut off, or a last event
 * changed, does not show in one file: compare `lastHash` with another party's.
 */
export function verifyExport(document: unknown): Verdict {
  const parsed = exportAnswer.safeParse(document)
  if (!parsed.success) return { kind: 'invalid', flaw: 'not-an-export' }
  const { ret, events: rows, sections, logKey } = parsed.data
  const key = logKey === undefined ? undefined : Buffer.from(logKey, 'base64')

  const walked = verifyEvents(ret, rows.map(inOneForm), key)
  if (walked.kind === 'invalid') return walked
  const { events, lastHash } = walked
  const counts = countSections(events, sections)
  if ('flaw' in counts) return { kind: 'invalid', ...counts }
  return { kind: 'valid', events: events.length, ...counts, tags: key ? events.length : 0, lastHash }
}

/** An event before it is judged: its bytes, none where they are in no form that we write, and its tag. */
export interface RawEvent {
  /** Its number among the events, where it is stored under one. */
  place?: number
  bytes: Uint8Array | undefined
  /** Base 64. */
  tag: string
}

/** Several base 64 texts decode to the same bytes; one is canonical. */
function inOneForm({ bytes: text, tag }: Exported['events'][number]): RawEvent {
  const bytes = Buffer.from(text, 'base64')
  return { bytes: bytes.toString('base64') === text ? bytes : undefined, tag }
}

/**
 * Whether events hold together, judged by nothing but themselves: canonical bytes and schema, chain, times, and log tags
 * where the log key is there. `seq` is the first event concerned.
 */
export function verifyEvents(
  ret: string,
  rows: readonly RawEvent[],
  logKey: Uint8Array | undefined,
):
  | { kind: 'valid'; events: StoredEvent[]; lastHash: string }
  | { kind: 'invalid'; flaw: EventFlaw; seq?: number } {
  const events: StoredEvent[] = []
  let lastHash = genesis
  for (const [seq, { place = seq, bytes, tag }] of rows.entries()) {
    if (place !== seq) return { kind: 'invalid', flaw: 'gap', seq }
    if (!bytes) return { kind: 'invalid', flaw: 'not-canonical', seq }
    const event = readEvent(bytes)
    if (typeof event === 'string') return { kind: 'invalid', flaw: event, seq }
    const flaw =
      linkFlaw(event, ret, seq, lastHash) ?? timeFlaw(event, events.at(-1)) ?? tagFlaw(event, tag, logKey)
    if (flaw) return { kind: 'invalid', flaw, seq }
    events.push(event)
    lastHash = eventHash(bytes)
  }
  if (events.length === 0) return { kind: 'invalid', flaw: 'no-events' }
  return { kind: 'valid', events, lastHash }
}

function readEvent(stored: Uint8Array): StoredEvent | 'not-canonical' | 'not-an-event' {
  let value: unknown
  try {
    value = parseCanonical(stored)
  } catch {
    return 'not-canonical'
  }
  const event = storedEvent.safeParse(value)
  return event.success ? event.data : 'not-an-event'
}

function linkFlaw(event: StoredEvent, ret: string, seq: number, prev: string): EventFlaw | undefined {
  if (event.ret !== ret) return 'other-return'
  if (event.seq !== seq) return 'gap'
  if (event.prev !== prev) return 'broken-link'
  return begins(event) === (seq === 0) ? undefined : 'not-an-event'
}

/** Whether a trail begins with an event: a return's, or an alert's. */
function begins(event: StoredEvent): event is EventOf<'filed' | 'alerted'> {
  return event.type === 'filed' || event.type === 'alerted'
}

/** Instants are all of one form, so their order is that of their text. */
function timeFlaw(event: StoredEvent, before: StoredEvent | undefined): EventFlaw | undefined {
  return before && event.at < before.at ? 'time-runs-back' : undefined
}

function tagFlaw(event: StoredEvent, tag: string, logKey: Uint8Array | undefined): EventFlaw | undefined {
  if (!logKey) return undefined
  if (begins(event) && event.data.log.kid !== logKeyId(logKey)) return 'wrong-log-key'
  return Buffer.from(logTag(logKey, event.seq)).toString('base64') === tag ? undefined : 'wrong-tag'
}

/** Every section in the file must be the one that an event names; one that an event names may be gone. */
function countSections(
  events: readonly StoredEvent[],
  sections: readonly ExportedSection[],
): { checked: number; absent: number } | { flaw: Flaw; seq?: number } {
  const present = new Map(sections.map((section) => [section.sec, section]))
  if (present.size !== sections.length) return { flaw: 'section-twice' }
  const named = new Set<string>()
  let absent = 0
  for (const event of events) {
    for (const entry of event.sections) {
      if (named.has(entry.sec)) return { flaw: 'section-twice', seq: event.seq }
      named.add(entry.sec)
      const section = present.get(entry.sec)
      if (!section) absent += 1
      else if (!isSection(entry, section)) return { flaw: 'section-differs', seq: event.seq }
    }
  }
  const checked = named.size - absent
  return checked === present.size ? { checked, absent } : { flaw: 'section-unnamed' }
}

function isSection(entry: StoredEvent['sections'][number], section: ExportedSection): boolean {
  const { cls, jwe } = section
  return (
    entry.cls === cls &&
    entry.len === Buffer.byteLength(jwe) &&
    entry.sha256 === createHash('sha256').update(jwe).digest('hex')
  )
}
