import { randomUUID } from 'node:crypto'
import { addressed, filingParticipants } from '../../functions/domain/access/readers.ts'
import { fold } from '../../functions/domain/evolve.ts'
import { appendStatements, runTransaction } from '../../functions/trail/append.ts'
import { canonicalBytes } from '../../functions/trail/canonical.ts'
import { eventHash, genesis } from '../../functions/trail/chain.ts'
import { bodyMac, claimHash } from '../../functions/trail/claim.ts'
import { newReturnId, newSectionId } from '../../functions/trail/ids.ts'
import { newDataKey, seal, sectionDigest } from '../../functions/vault/section.ts'
import { insertSection, sectionRowId } from '../../functions/vault/stored.ts'
import { type EventOf, type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { procedureOn } from '../../schemas/procedure/procedure.ts'
import type { BasisCode } from '../../schemas/values/basis.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import { type HolderId, type PartyId, partyId } from '../../schemas/values/parties.ts'
import type { TestDynamodb } from './dynamodb.ts'

export const filer = partyId.parse('mission:K7QX')
export const consular = partyId.parse('consular')
export const iom = partyId.parse('iom')
export const centre = partyId.parse('centre:C0MT')
export const ministry = partyId.parse('ministry')

const procedure = procedureOn('2026-11-21').version

/** A return in the making: its events as they would be stored, and the sections that they name. */
export interface MadeReturn {
  ret: string
  logKey: Uint8Array
  rows: { event: StoredEvent; bytes: Uint8Array }[]
  sections: { sec: string; cls: SectionClass; seq: number; jwe: string }[]
}

type Body = { [T in StoredEvent['type']]: Pick<EventOf<T>, 'type' | 'data'> }[StoredEvent['type']]

/** What an event has besides its type and data; whom it is for follows from the grounds, as in the domain. */
export interface About {
  by?: PartyId
  for?: PartyId
  /** Classes that the event brings a section of. */
  seals?: readonly SectionClass[]
  /** The time of the event; now, if none is given. */
  at?: Date
  /** Characters that each section holds. */
  length?: number
}

/** What a filing says besides. */
export interface Filing extends About {
  urgency?: number
  due?: EventOf<'filed'>['data']['due']
}

/** A return that is filed, with a basis for some recipients; for IOM and the Centre if none are named. */
export async function fileReturn(
  grounds: Partial<Record<HolderId, BasisCode>> = { [iom]: 'consent', [centre]: 'consent' },
  { urgency = 1, due = [], ...about }: Filing = {},
): Promise<MadeReturn> {
  const { key, kid } = newDataKey()
  const made: MadeReturn = { ret: newReturnId('K7QX'), logKey: key, rows: [], sections: [] }
  const data = {
    request: newReturnId('K7QX').slice(4),
    urgency,
    basis: grounds,
    log: { sec: newSectionId(), kid },
    procedure,
    due,
  }
  await addEvent(made, { type: 'filed', data }, { seals: ['label', 'case', 'identity', 'care'], ...about })
  return made
}

/** The next event of a return, sealed, chained and in its one form; not written anywhere. */
export async function addEvent(made: MadeReturn, body: Body, about: About = {}): Promise<StoredEvent> {
  const { by = filer, seals = [], at = new Date(), length = 20 } = about
  const seq = made.rows.length
  const sealed = await Promise.all(
    seals.map(async (cls) => {
      const place = { ret: made.ret, sec: newSectionId(), cls }
      const { key, kid } = newDataKey()
      return { ...place, kid, jwe: await seal({ says: 'x'.repeat(length) }, { key, kid, ...place }) }
    }),
  )
  const last = made.rows.at(-1)
  const participants = fold(made.rows.map(({ event }) => event))
  const event = storedEvent.parse({
    v: 1,
    ret: made.ret,
    seq,
    prev: last ? eventHash(last.bytes) : genesis,
    at: at.toISOString(),
    by: { party: by, role: 'officer', user: 'officer-1' },
    ...(about.for ? { for: about.for } : {}),
    to: addressed(participants ?? filingParticipants(by, groundsOf(body))),
    idem: claimHash(['officer-1', body.type, made.ret, String(seq)]),
    sections: sealed.map(({ sec, cls, kid, jwe }) => ({ sec, cls, kid, ...sectionDigest(jwe) })),
    ...body,
  })
  made.rows.push({ event, bytes: canonicalBytes(event) })
  made.sections.push(...sealed.map(({ sec, cls, jwe }) => ({ sec, cls, seq, jwe })))
  return event
}

/** Appends the events of a return from `from` on, each in a transaction of its own with its sections. */
export async function writeEvents(dynamodb: TestDynamodb, made: MadeReturn, from = 0): Promise<void> {
  const db = dynamodb.client()
  for (const [seq, { event }] of [...made.rows.entries()].slice(from)) {
    const sections = made.sections.filter((section) => section.seq === seq)
    const vault = sections.map((section) =>
      insertSection(dynamodb.names.sealed, { ...section, ret: made.ret, section: sectionRowId(section) }),
    )
    const phase = fold(made.rows.slice(0, seq + 1).map((row) => row.event))?.phase ?? 'filed'
    const append = { event, logKey: made.logKey, phase, mac: bodyMac('a key', Buffer.from('{}')), vault }
    const outcome = await runTransaction(db, appendStatements(dynamodb.names, append), randomUUID())
    if (outcome.kind !== 'appended') throw new Error(`Event ${seq} was ${outcome.kind}.`)
  }
}

function groundsOf(body: Body): ReadonlyMap<HolderId, BasisCode> {
  const grounds = body.type === 'filed' ? body.data.basis : {}
  return new Map(Object.entries(grounds) as [HolderId, BasisCode][])
}
