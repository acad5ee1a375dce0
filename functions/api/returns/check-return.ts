import { type Checked, type CheckedRange, rangeQuery } from '../../../schemas/api/check.ts'
import { isRefusal, refusal } from '../../../schemas/api/problems.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import { mayRead } from '../../../schemas/values/classes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { membershipOf } from '../../domain/access/readers.ts'
import { fold } from '../../domain/evolve.ts'
import { type Delivery, readDeliveries } from '../../exchange/delivery.ts'
import { readKeptAccess, readKeptRange, walkAccess } from '../../trail/access.ts'
import { referenceOf } from '../../trail/ids.ts'
import { readHead, readKept } from '../../trail/read.ts'
import { type KeptEvent, verifyEvents } from '../../trail/verify.ts'
import { readWraps } from '../../vault/stored.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'
import { openLogKey } from './read-return.ts'

type Broken = NonNullable<Checked['broken']>

/** How often a return that is just being written to is read again. */
const maxAttempts = 4
/** Records in a range that is checked at once: less than what one query reads (1 MB). */
const mostRecords = 500

/** What a check looks at, as it is kept. */
interface Kept {
  events: KeptEvent[]
  head: { version: number; hash: string } | undefined
  deliveries: Delivery[]
}

/**
 * `GET …/{ret}/check`: every byte of the return's events and access records is read and judged anew: form, chain, times,
 * the head, the log tags where the caller holds the log key. Of sealed sections nothing is looked at: opening one does
 * that. Throws not-found for who has nothing to do with the return; where its events cannot be read, that is who was
 * never sent one.
 */
export async function checkReturn(session: Session, ret: string): Promise<HttpAnswer> {
  const [kept, looks] = await Promise.all([
    readSteady(session, ret),
    readKeptAccess(session.db, table('access'), ret),
  ])
  const walked = verifyEvents(ret, kept.events, undefined)
  if (!knows(session, kept, walked.kind === 'valid' ? walked.events : [])) throw refusal('not-found')

  const at = new Date().toISOString()
  const tagged = walked.kind === 'valid' ? await checkTags(session, ret, kept.events, walked.events) : 0
  const records = walkAccess(ret, looks)
  const broken =
    brokenEvents(walked) ??
    brokenHead(kept, walked.kind === 'valid' ? walked.lastHash : '') ??
    (typeof tagged === 'number' ? undefined : tagged) ??
    brokenAccess(records)
  const answer: Checked = {
    ret,
    reference: referenceOf(ret),
    at,
    unchanged: broken === undefined,
    events: kept.events.length,
    tags: typeof tagged === 'number' ? tagged : 0,
    access: looks.length,
    ...(walked.kind === 'valid' ? { lastHash: walked.lastHash } : {}),
    ...(broken ? { broken } : {}),
  }
  return json(200, answer)
}

/** Events, head and deliveries of one moment: while others write, they are read again until they agree. */
async function readSteady({ db }: Session, ret: string): Promise<Kept> {
  for (let attempt = 1; ; attempt++) {
    const [events, head, deliveries] = await Promise.all([
      readKept(db, table('trail'), ret),
      readHead(db, table('heads'), ret),
      readDeliveries(db, table('deliveries'), ret),
    ])
    const kept = { events, head, deliveries }
    const agree = (head?.version ?? 0) === events.length && delivered(kept) <= events.length
    if (agree || attempt === maxAttempts) return kept
  }
}

/** How many events there were when the last of them was delivered. */
const delivered = ({ deliveries }: Kept) => Math.max(0, ...deliveries.map(({ seen }) => seen + 1))

/** Whether the caller is, or was, on the return. Of events that cannot be read nothing follows but that it was sent some. */
function knows({ by }: Session, kept: Kept, events: readonly StoredEvent[]): boolean {
  const state = fold(events)
  if (state) return membershipOf(state, by.party) !== 'none'
  if (by.party === 'oversight') return kept.events.length > 0 || kept.head !== undefined
  return kept.deliveries.some(({ party }) => party === by.party)
}

/** How many tags were checked; none where the caller holds no log key. */
async function checkTags(
  session: Session,
  ret: string,
  kept: readonly KeptEvent[],
  events: readonly StoredEvent[],
): Promise<number | Broken> {
  const { party } = session.by
  const state = fold(events)
  if (!state || !mayRead(kindOf(party), 'log')) return 0
  try {
    const wraps = await readWraps(session.db, table('keys'), ret, `${party}#log#`)
    const key = await openLogKey(session, { state, wraps })
    if (!key) return 0
    const walked = verifyEvents(ret, kept, key)
    return brokenEvents(walked) ?? kept.length
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'section-unreadable') throw error
    return { of: 'events', flaw: 'wrong-log-key', n: 0 }
  }
}

function brokenEvents(walked: ReturnType<typeof verifyEvents>): Broken | undefined {
  if (walked.kind === 'valid') return undefined
  return { of: 'events', flaw: walked.flaw, ...(walked.seq === undefined ? {} : { n: walked.seq }) }
}

/** What only shows beside the events: an ending cut off, a last event changed, one written past everybody. */
function brokenHead(kept: Kept, lastHash: string): Broken | undefined {
  const { head, events } = kept
  const count = events.length
  if (!head) return { of: 'head', flaw: 'no-head' }
  if (head.version > count || delivered(kept) > count) return { of: 'head', flaw: 'cut-off', n: count }
  if (head.version < count) return { of: 'head', flaw: 'beside-head', n: head.version }
  return head.hash === lastHash ? undefined : { of: 'head', flaw: 'last-differs', n: count - 1 }
}

function brokenAccess(walked: ReturnType<typeof walkAccess>) {
  if ('flaw' in walked) return { of: 'access' as const, ...walked }
  const astray = walked.find(({ indexed }) => !indexed)
  return astray && { of: 'access' as const, flaw: 'index-differs' as const, n: astray.record.n }
}

/**
 * `GET /v1/oversight/audit/check?subject=&from=`: whether a range of the records of a subject is unchanged: a return's,
 * what a user was refused, what a party searched. Throws bad-input, and not-found where there is no such record.
 */
export async function checkRange(session: Session, asked: unknown): Promise<HttpAnswer> {
  const query = rangeQuery.safeParse(asked)
  if (!query.success) throw refusal('bad-input', { fields: ['subject', 'from'] })
  const { subject } = query.data
  const from = Number(query.data.from ?? '0')
  const items = await readKeptRange(session.db, table('access'), subject, { from, limit: mostRecords })
  const first = Math.max(0, from - 1)
  const to = first + items.length - 1
  if (to < from) throw refusal('not-found')
  const broken = brokenAccess(walkAccess(subject, items, first))
  const answer: CheckedRange = {
    subject,
    at: new Date().toISOString(),
    unchanged: broken === undefined,
    from,
    to,
    ...(broken ? { broken: { flaw: broken.flaw, n: broken.n } } : {}),
    ...(to - from + 1 === mostRecords ? { next: to + 1 } : {}),
  }
  return json(200, answer)
}
