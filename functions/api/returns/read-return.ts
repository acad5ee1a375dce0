import { refusal } from '../../../schemas/api/problems.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { DataClass, SectionClass } from '../../../schemas/values/classes.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import type { Facts } from '../../domain/access/opened-sections.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import { fold } from '../../domain/evolve.ts'
import type { CurrentSection, Folded } from '../../domain/state.ts'
import { readTrail, type Trail } from '../../trail/read.ts'
import { open } from '../../vault/section.ts'
import { readSections, readWraps, type SectionRow, sectionRowId, type WrapRow } from '../../vault/stored.ts'
import { unwrap, wrapId } from '../../vault/wraps.ts'
import { keyArn, type Session, tableName } from '../http/session.ts'

/** A return as one party read it, in one round: its trail, and what the party needs to open sections. */
export interface Reading {
  trail: Trail
  events: readonly StoredEvent[]
  state: Folded
  wraps: readonly WrapRow[]
  sealed: readonly SectionRow[]
}

/** What to read beside the trail. `wraps`: those of the caller, of one class of the caller's, or of every holder. */
export interface ReadScope {
  classes?: readonly SectionClass[]
  wraps?: DataClass | 'own' | 'all' | 'none'
}

/**
 * Reads a return for the caller. Throws not-found where the party has nothing to do with it,
 * basis-ended where it no longer has; `orEnded` lets the latter pass.
 */
export async function readReturn(
  session: Session,
  ret: string,
  { classes = [], wraps = 'own' }: ReadScope,
  orEnded = false,
): Promise<Reading> {
  const [trail, wrapRows, ...sections] = await Promise.all([
    readTrail(session.db, tableName('trail'), ret),
    wraps === 'none' ? [] : readWraps(session.db, tableName('keys'), ret, prefixOf(session, wraps)),
    ...classes.map((cls) => readSections(session.db, tableName('sealed'), ret, cls)),
  ])
  const events = trail.rows.map(({ event }) => event)
  const state = fold(events)
  const membership = state ? membershipOf(state, session.by.party) : 'none'
  if (!state || membership === 'none') throw refusal('not-found')
  if (membership === 'ended' && !orEnded) throw refusal('basis-ended')
  return { trail, events, state, wraps: wrapRows, sealed: sections.flat() }
}

function prefixOf({ by }: Session, wraps: Exclude<ReadScope['wraps'], 'none' | undefined>) {
  if (wraps === 'all') return undefined
  return wraps === 'own' ? `${by.party}#` : `${by.party}#${wraps}#`
}

/** Opens the current sections of some classes with the caller's own wraps; a class that cannot be opened is `unseen`. */
export async function openFacts(
  session: Session,
  reading: Reading,
  classes: readonly SectionClass[],
): Promise<Facts> {
  const current = reading.state.sections.filter(({ cls }) => classes.includes(cls))
  const results = await Promise.all(
    current.map(async (section) => ({ section, found: await openSection(session, reading, section) })),
  )
  return {
    opened: results.flatMap(({ section, found }) => (found ? [{ section, ...found }] : [])),
    unseen: [...new Set(results.flatMap(({ section, found }) => (found ? [] : [section.cls])))],
  }
}

/** Opens some sections, current or not; those that the caller cannot open are left out. */
export async function openEach(
  session: Session,
  reading: Reading,
  sections: readonly CurrentSection[],
): Promise<Facts['opened']> {
  const opened = await Promise.all(
    sections.map(async (section) => ({ section, found: await openSection(session, reading, section) })),
  )
  return opened.flatMap(({ section, found }) => (found ? [{ section, ...found }] : []))
}

/** Opens one section; nothing where the caller has no wrap of it. Throws section-unreadable. */
async function openSection(
  session: Session,
  { trail, wraps, sealed }: Reading,
  { sec, cls, seq }: CurrentSection,
): Promise<{ content: unknown } | undefined> {
  const place = { ret: trail.ret, sec, cls }
  const wrap = wraps.find((row) => row.wrap === wrapId({ ...place, party: session.by.party }))
  const row = sealed.find(({ section }) => section === sectionRowId(place))
  const entry = trail.rows[seq]?.event.sections.find((section) => section.sec === sec)
  if (!wrap || !row || !entry) return undefined
  const key = await unwrapOwn(session, wrap, place)
  return { content: await open(row.jwe, key, { ...place, kid: entry.kid }) }
}

function unwrapOwn(session: Session, wrap: WrapRow, place: { ret: string; sec: string; cls: DataClass }) {
  const party: HolderId = session.by.party
  return unwrap(session.kms, keyArn(party), wrap, { ...place, party })
}

/** The return's log key, which every party on it holds; nothing where its wrap was not read or is gone. */
export async function openLogKey(
  session: Session,
  { state, wraps }: Pick<Reading, 'state' | 'wraps'>,
): Promise<Uint8Array | undefined> {
  const place = { ret: state.ret, sec: state.log.sec, cls: 'log' } as const
  const wrap = wraps.find((row) => row.wrap === wrapId({ ...place, party: session.by.party }))
  return wrap && unwrapOwn(session, wrap, place)
}
