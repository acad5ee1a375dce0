import { randomUUID } from 'node:crypto'
import { refusal } from '../../../schemas/api/problems.ts'
import { type StoredEvent, storedEvent } from '../../../schemas/events/events.ts'
import { fold } from '../../domain/evolve.ts'
import type { Decision, Plan, Seal } from '../../domain/plan.ts'
import type { Folded } from '../../domain/state.ts'
import { execute, type Statement } from '../../dynamodb/execute.ts'
import { type Appended, appendStatements, runTransaction } from '../../trail/append.ts'
import { newSectionId } from '../../trail/ids.ts'
import { type DataKey, newDataKey, seal, sectionDigest } from '../../vault/section.ts'
import {
  deleteSection,
  deleteWrap,
  insertSection,
  insertWrap,
  sectionRowId,
  type WrapRow,
} from '../../vault/stored.ts'
import { type Wrap, wrapFor, wrapId } from '../../vault/wraps.ts'
import { placeStatements } from '../centre/book-bed.ts'
import { keyArn, type Session, table } from '../http/session.ts'
import { type Tagging, tagStatements } from '../matching/tagging.ts'

/** Keys in one transaction beside the event's own statements; what is more goes before it, in batches. */
const removalBatch = 60

/**
 * A section that may be written: its key is drawn and wrapped while the facts are still being opened. Whether it is,
 * and for which of these readers, the decision says.
 */
export interface Prepared extends Seal, DataKey {
  sec: string
  wraps: readonly Wrap[]
}

/** Draws a data key for each section of an outline and wraps it for the section's readers, all at once. */
export function prepare({ kms }: Session, ret: string, seals: readonly Seal[]): Promise<Prepared[]> {
  return Promise.all(
    seals.map(async (seal) => {
      const place = { ret, sec: newSectionId(), cls: seal.cls }
      const { key, kid } = newDataKey()
      return {
        ...seal,
        sec: place.sec,
        key,
        kid,
        wraps: await wrapFor(kms, keyArn, seal.readers, { ...place, key }),
      }
    }),
  )
}

/** All that becomes one transaction. */
export interface EventWrite {
  ret: string
  seq: number
  prev: string
  at: string
  /** The claim's hash, and the body's MAC beside it. */
  idem: string
  mac: string
  decision: Decision
  /** What was prepared for at least the decision's seals and their readers. */
  prepared: readonly Prepared[]
  logKey: Uint8Array
  /** Wraps that come with the event besides those of its sections: of the log key, and what is granted by it. */
  wraps?: readonly Wrap[]
  /** What was there before; none at filing. */
  events: readonly StoredEvent[]
  /** Statements of what is destroyed with the event. */
  removals?: readonly Statement[]
  /** By what the return is found from now on, where that changes. */
  tagging?: Tagging | undefined
  /** The version of the centre's book that a place was decided on. */
  book?: number | undefined
  /** What is written with it and holds only if nobody else was first. */
  beside?: readonly Statement[]
}

/**
 * The sections that a decision seals, with the wraps of its readers alone: who is dropped by the decision was
 * wrapped for in vain. Throws `internal` where it asks for what was not prepared.
 */
export function preparedFor(seals: readonly Seal[], prepared: readonly Prepared[]): Prepared[] {
  return seals.map((seal) => {
    const found = prepared.find(({ cls }) => cls === seal.cls)
    const wraps = seal.readers.map((party) =>
      found?.wraps.find(({ wrap }) => wrap === wrapId({ party, cls: seal.cls, sec: found.sec })),
    )
    const all = wraps.filter((wrap) => wrap !== undefined)
    if (!found || all.length < wraps.length) throw refusal('internal')
    return { ...found, ...seal, wraps: all }
  })
}

/** Seals, builds the event, and appends it. `state` is the return as it stands then. */
export async function appendEvent(
  session: Session,
  todo: EventWrite,
): Promise<{ appended: Appended; state: Folded | undefined }> {
  const { ret, seq, prev, at, idem, decision, removals = [], beside = [] } = todo
  const prepared = preparedFor(decision.seals, todo.prepared)
  const sections = await Promise.all(
    prepared.map(async ({ sec, cls, key, kid }) => {
      const jwe = await seal(decision.contents.get(cls), { key, kid, ret, sec, cls })
      return { jwe, entry: { sec, cls, kid, ...sectionDigest(jwe) } }
    }),
  )
  const event = storedEvent.parse({
    v: 1,
    ret,
    seq,
    prev,
    type: decision.type,
    at,
    by: session.by,
    ...(decision.for ? { for: decision.for } : {}),
    to: decision.to,
    idem,
    data: decision.data,
    sections: sections.map(({ entry }) => entry),
  })
  const state = fold([...todo.events, event])
  const wraps = [...prepared.flatMap((one) => one.wraps), ...(todo.wraps ?? [])]
  const early = removals.slice(0, Math.max(0, removals.length - removalBatch))
  for (let from = 0; from < early.length; from += removalBatch)
    await execute(session.db, early.slice(from, from + removalBatch), randomUUID())
  const places = placeStatements(session.by.party, { ...todo, sections, state })
  const races = [...places.races, ...beside]
  const statements = appendStatements(
    { trail: table('trail'), heads: table('heads'), claims: table('claims'), pending: table('pending') },
    {
      event,
      logKey: todo.logKey,
      phase: state?.phase ?? 'filed',
      mac: todo.mac,
      races,
      vault: [
        ...places.rows,
        ...sections.map(({ jwe, entry }) =>
          insertSection(table('sealed'), { ret, section: sectionRowId(entry), jwe }),
        ),
        ...wraps.map((wrap) => insertWrap(table('keys'), { ret, ...wrap })),
        ...removals.slice(early.length),
        ...tagStatements(session, todo, sections),
      ],
    },
  )
  const appended = await runTransaction(session.db, statements, randomUUID(), races.length)
  if (appended.kind === 'appended' && removals.length > 0) await measureRemovals(removals.length)
  return { appended, state }
}

/** An unusual rate of these raises an alarm. Loaded when it is first needed: every start would pay for it. */
async function measureRemovals(count: number): Promise<void> {
  const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics')
  const metrics = new Metrics({ namespace: 'Acasa' })
  metrics.addMetric('WrapsDestroyed', MetricUnit.Count, count)
  metrics.publishStoredMetrics()
}

/**
 * The deletions that an outline asks for, from the wraps of every holder: those of holders by class, or the
 * ciphertexts of sections and all their wraps.
 */
export function removalsOf(
  ret: string,
  destroys: Plan['destroys'],
  state: Folded,
  wraps: readonly WrapRow[],
): Statement[] {
  if (!destroys) return []
  if ('wraps' in destroys) {
    const ends = destroys.wraps.flatMap(({ holder, classes }) => classes.map((cls) => `${holder}#${cls}#`))
    return wraps
      .filter(({ wrap }) => ends.some((end) => wrap.startsWith(end)))
      .map((row) => deleteWrap(table('keys'), row))
  }
  const struck = state.written.filter(({ sec }) => destroys.sections.includes(sec))
  return [
    ...wraps
      .filter(({ wrap }) => struck.some(({ cls, sec }) => wrap.endsWith(`#${cls}#${sec}`)))
      .map((row) => deleteWrap(table('keys'), row)),
    ...struck.map((place) => deleteSection(table('sealed'), { ret, section: sectionRowId(place) })),
  ]
}
