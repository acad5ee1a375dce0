import { fold } from '../../domain/evolve.ts'
import type { Decision } from '../../domain/plan.ts'
import type { Folded } from '../../domain/state.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import type { Appended } from '../../trail/append.ts'
import { appendEvent, nextEvent, stateAfter, type TrailEnd } from '../../trail/append-event.ts'
import { seal, sectionDigest } from '../../vault/section.ts'
import { insertSection, insertWrap, sectionRowId } from '../../vault/stored.ts'
import type { Wrap } from '../../vault/wraps.ts'
import { bookingStatements } from '../centre/bed-booking.ts'
import { type Session, tableName } from '../http/session.ts'
import { type Tagging, tagStatements } from '../matching/tagging.ts'
import { type Prepared, preparedFor } from './prepare-sections.ts'
import { measureRemovals } from './removals.ts'

/** All that becomes one transaction. */
export interface EventWrite {
  /** The return as it was read; without events at filing. */
  end: TrailEnd
  at: string
  /** The claim's hash, and the body's MAC beside it. */
  idem: string
  mac: string
  decision: Decision
  /** What was prepared for at least the decision's seals and their readers. */
  prepared: readonly Prepared[]
  logKey: Uint8Array
  /** Wraps beside those of the event's sections: of the log key, and those that the event grants. */
  wraps?: readonly Wrap[]
  /** Deletions of what is destroyed with the event. */
  removals?: readonly Statement[]
  /** How the tags of the return change, where they do. */
  tagging?: Tagging | undefined
  /** The version of the centre's occupancy that a bed was checked against. */
  occupancy?: number | undefined
  /** Other statements that hold only if nobody else was first. */
  races?: readonly Statement[]
}

/** Seals the sections of a decision, makes its event, and appends it. `state` is the return after it. */
export async function writeEvent(
  session: Session,
  write: EventWrite,
): Promise<{ appended: Appended; state: Folded }> {
  const { end, decision, logKey, mac, removals = [] } = write
  const { ret, events } = end
  const prepared = preparedFor(decision.seals, write.prepared)
  const sections = await Promise.all(
    prepared.map(async ({ sec, cls, key, kid }) => {
      const jwe = await seal(decision.contents.get(cls), { key, kid, ret, sec, cls })
      return { jwe, entry: { sec, cls, kid, ...sectionDigest(jwe) } }
    }),
  )
  const event = nextEvent(end, write.at, {
    type: decision.type,
    by: session.by,
    for: decision.for,
    to: decision.to,
    idem: write.idem,
    data: decision.data,
    sections: sections.map(({ entry }) => entry),
  })
  const state = stateAfter([...events, event])
  const booking = bookingStatements(
    session.by.party,
    event,
    { before: fold(events), after: state },
    write.occupancy,
  )
  const wraps = [...prepared.flatMap((section) => section.wraps), ...(write.wraps ?? [])]
  const appended = await appendEvent(session.db, trailTables(), event, state, {
    mac,
    logKey,
    races: [...booking.races, ...(write.races ?? [])],
    rows: [
      ...booking.rows,
      ...sections.map(({ jwe, entry }) =>
        insertSection(tableName('sealed'), { ret, section: sectionRowId(entry), jwe }),
      ),
      ...wraps.map((wrap) => insertWrap(tableName('keys'), { ret, ...wrap })),
      ...tagStatements(session, event, write.tagging),
    ],
    removals,
  })
  if (appended.kind === 'appended' && removals.length > 0) await measureRemovals(removals.length)
  return { appended, state }
}

const trailTables = () => ({
  trail: tableName('trail'),
  heads: tableName('heads'),
  claims: tableName('claims'),
  pending: tableName('pending'),
})
