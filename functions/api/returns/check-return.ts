import type { Checked } from '../../../schemas/api/check.ts'
import { isRefusal, refusal } from '../../../schemas/api/problems.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { mayRead } from '../../../schemas/values/classes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import { fold } from '../../domain/evolve.ts'
import { type Delivery, readDeliveries } from '../../exchange/delivery.ts'
import { readAccessRows } from '../../trail/access.ts'
import { accessFlaw, walkAccess } from '../../trail/access-record.ts'
import { referenceOf } from '../../trail/ids.ts'
import { readHead, readRawEvents } from '../../trail/read.ts'
import { type RawEvent, verifyEvents } from '../../trail/verify.ts'
import { readWraps } from '../../vault/stored.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { openLogKey } from './read-return.ts'

type Broken = NonNullable<Checked['broken']>

/** Attempts to read a return that others are writing to. */
const maxAttempts = 4

/** What a check reads of a return, as it stands in the tables. */
interface Stored {
  events: RawEvent[]
  head: { version: number; hash: string } | undefined
  deliveries: Delivery[]
}

/**
 * `GET …/{ret}/check`: reads every byte of the return's events and access records and judges them again: form, chain, times,
 * the head, and the log tags where the caller holds the log key. It does not read sealed sections: opening one judges it.
 * Throws not-found for a caller that has nothing to do with the return; where the events cannot be read, for a caller
 * that was never sent one.
 */
export async function checkReturn({ session, ret }: ReturnRequest): Promise<HttpAnswer> {
  const [stored, accesses] = await Promise.all([
    readSteady(session, ret),
    readAccessRows(session.db, tableName('access'), ret),
  ])
  const walked = verifyEvents(ret, stored.events, undefined)
  if (!mayCheck(session, stored, walked.kind === 'valid' ? walked.events : [])) throw refusal('not-found')

  const at = new Date().toISOString()
  const tagged = walked.kind === 'valid' ? await checkTags(session, ret, stored.events, walked.events) : 0
  const access = accessFlaw(walkAccess(ret, accesses))
  const broken =
    brokenEvents(walked) ??
    brokenHead(stored, walked.kind === 'valid' ? walked.lastHash : '') ??
    (typeof tagged === 'number' ? undefined : tagged) ??
    (access && { of: 'access', ...access })
  const answer: Checked = {
    ret,
    reference: referenceOf(ret),
    at,
    unchanged: broken === undefined,
    events: stored.events.length,
    tags: typeof tagged === 'number' ? tagged : 0,
    access: accesses.length,
    ...(walked.kind === 'valid' ? { lastHash: walked.lastHash } : {}),
    ...(broken ? { broken } : {}),
  }
  return json(200, answer)
}

/** Events, head and deliveries of one moment: while others write, they are read again until they agree. */
async function readSteady({ db }: Session, ret: string): Promise<Stored> {
  for (let attempt = 1; ; attempt++) {
    const [events, head, deliveries] = await Promise.all([
      readRawEvents(db, tableName('trail'), ret),
      readHead(db, tableName('heads'), ret),
      readDeliveries(db, tableName('deliveries'), ret),
    ])
    const stored = { events, head, deliveries }
    const agree = (head?.version ?? 0) === events.length && delivered(stored) <= events.length
    if (agree || attempt === maxAttempts) return stored
  }
}

/** How many events there were when the last of them was delivered. */
const delivered = ({ deliveries }: Stored) => Math.max(0, ...deliveries.map(({ seen }) => seen + 1))

/** Whether the caller is, or was, on the return. Where events cannot be read, its deliveries say so. */
function mayCheck({ by }: Session, stored: Stored, events: readonly StoredEvent[]): boolean {
  const state = fold(events)
  if (state) return membershipOf(state, by.party) !== 'none'
  if (by.party === 'oversight') return stored.events.length > 0 || stored.head !== undefined
  return stored.deliveries.some(({ party }) => party === by.party)
}

/** How many tags were checked; none where the caller holds no log key. */
async function checkTags(
  session: Session,
  ret: string,
  stored: readonly RawEvent[],
  events: readonly StoredEvent[],
): Promise<number | Broken> {
  const { party } = session.by
  const state = fold(events)
  if (!state || !mayRead(kindOf(party), 'log')) return 0
  try {
    const wraps = await readWraps(session.db, tableName('keys'), ret, `${party}#log#`)
    const key = await openLogKey(session, { state, wraps })
    if (!key) return 0
    const walked = verifyEvents(ret, stored, key)
    return brokenEvents(walked) ?? stored.length
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'section-unreadable') throw error
    return { of: 'events', flaw: 'wrong-log-key', n: 0 }
  }
}

function brokenEvents(walked: ReturnType<typeof verifyEvents>): Broken | undefined {
  if (walked.kind === 'valid') return undefined
  return { of: 'events', flaw: walked.flaw, ...(walked.seq === undefined ? {} : { n: walked.seq }) }
}

/** What events alone do not show: an ending cut off, a last event changed, an event written beside the head. */
function brokenHead(stored: Stored, lastHash: string): Broken | undefined {
  const { head, events } = stored
  const count = events.length
  if (!head) return { of: 'head', flaw: 'no-head' }
  if (head.version > count || delivered(stored) > count) return { of: 'head', flaw: 'cut-off', n: count }
  if (head.version < count) return { of: 'head', flaw: 'beside-head', n: head.version }
  return head.hash === lastHash ? undefined : { of: 'head', flaw: 'last-differs', n: count - 1 }
}
