import type * as z from 'zod/mini'
import type { Exported, opened, seen, timeline, withdrawalPreview } from '../../../schemas/api/answers.ts'
import { seesLinks } from '../../../schemas/api/matches.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { exportFor, opening } from '../../../schemas/api/requests.ts'
import { openable } from '../../../schemas/api/routes.ts'
import type { Author } from '../../../schemas/events/events.ts'
import { procedureOf } from '../../../schemas/procedure/procedure.ts'
import { type HolderId, holderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { guardianSuspected } from '../../domain/access/legal-basis.ts'
import { latest } from '../../domain/access/opened-sections.ts'
import { isHelper } from '../../domain/access/participants.ts'
import { addressed, classesRead, membershipOf } from '../../domain/access/readers.ts'
import { mayGive } from '../../domain/access/rights.ts'
import { arrangersOf } from '../../domain/commands/responsibility.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import { previewWithdrawal } from '../../domain/reports/withdrawal-preview.ts'
import { commandsFor, rowOf } from '../../domain/reports/worklist-row.ts'
import { dueFor } from '../../domain/schedule/due.ts'
import type { Folded } from '../../domain/state.ts'
import { readDeliveries } from '../../exchange/delivery.ts'
import { type AccessRecord, appendAccess, readAccess } from '../../trail/access.ts'
import { readRefusals } from '../../trail/audit.ts'
import { referenceOf } from '../../trail/ids.ts'
import { sectionRowId } from '../../vault/stored.ts'
import { bodyOf, type HttpAnswer, type HttpEvent, json } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'
import { linkedWith } from '../matching/matches.ts'
import { openFacts, openLogKey, type Reading, readReturn, type Wanted } from './read-return.ts'

/** Whether a party holds wraps at all; oversight and the consular department hold none but log keys. */
const opensSections = ({ by }: Session) => openable(kindOf(by.party)).length > 0

/** `GET …/{ret}`: what is in clear, and the label. */
export async function viewReturn(session: Session, ret: string): Promise<HttpAnswer> {
  const wanted: Wanted = opensSections(session) ? { classes: ['label'], wraps: 'label' } : { wraps: 'none' }
  const [reading, delivered, linked, roster] = await Promise.all([
    readReturn(session, ret, wanted, true),
    readDeliveries(session.db, table('deliveries'), ret),
    seesLinks(kindOf(session.by.party)) ? linkedWith(session, ret) : undefined,
    session.roster,
  ])
  const { state, trail } = reading
  const label = latest(await openFacts(session, reading, ['label']), 'label', 'label')
  const { assignee, ...row } = rowOf(state, session.by.party, {
    version: trail.version,
    hash: trail.lastHash,
    at: lastTime(reading),
    reference: referenceOf(ret),
    delivered,
  })
  const answer: z.infer<typeof seen> = {
    ...row,
    ...assignedTo(roster, assignee, new Date().toISOString()),
    ...partsIn(state, session.by.party),
    identityConfirmed: state.identityConfirmed,
    documentIssued: state.documentIssued,
    riskAssessed: state.riskAssessed,
    procedure: { version: state.procedure, placeholder: procedureOf(state.procedure).placeholder },
    due: dueFor(state, session.by.party),
    ...(state.ruling ? { ruling: state.ruling } : {}),
    funded: state.funded,
    placeHeld: state.placeHeld !== undefined,
    ...(state.alert ? { alert: state.alert } : {}),
    ...(state.outcome ? { outcome: state.outcome } : {}),
    commands: commandsFor(state, session.by.party),
    ...(label ? { label } : {}),
    ...(linked && membershipOf(state, session.by.party) === 'on' ? { linked } : {}),
  }
  return json(200, answer, trail.version)
}

/** Who does what on a return, as a party sees it: who is there for its tasks alone sees those. */
function partsIn(state: Folded, party: PartyId) {
  const { responsible, arranger, basis, withdrawals, tasks, questions, handovers, moveTo, locked } = state
  const own = isHelper(state, party)
  const until = [...locked.values()].sort()[0]
  return {
    responsible,
    arranger,
    arrangers: own ? [] : arrangersOf(state),
    recipients: Object.fromEntries([...basis].filter(([holder]) => !own || holder === party)),
    ...(own || membershipOf(state, party) !== 'on' ? {} : { reads: readsIn(state) }),
    withdrawals: [...withdrawals].flatMap(([left, { at, answer }]) =>
      own && left !== party ? [] : [{ party: left, at, ...(answer ? { answer } : {}) }],
    ),
    tasks: tasks
      .filter(({ to }) => !own || to === party)
      .map(({ seq, task, to, by, until: end }) => ({ seq, task, to, by, ...(end ? { until: end } : {}) })),
    questions: questions
      .filter(({ by, for: asked }) => !own || by === party || asked === party)
      .map(({ seq, by, for: asked }) => ({ seq, by, for: asked })),
    handovers: handovers
      .filter(({ by, confirmedBy }) => !own || by === party || confirmedBy === party)
      .map((handover) => ({ ...handover })),
    ...(moveTo ? { moveTo: moveTo.to } : {}),
    ...(until ? { locked: { sections: locked.size, until } } : {}),
  }
}

/** What everyone on a return reads of it; what is between two is theirs. */
function readsIn(state: Folded) {
  const holders: readonly HolderId[] = [
    ...addressed(state),
    ...(state.basis.has('figures') ? (['figures'] as const) : []),
  ]
  return Object.fromEntries(holders.map((holder) => [holder, [...classesRead(state, holder)]]))
}

/** `GET …/{ret}/withdrawal-preview?recipient=`: what a withdrawal from a recipient would stop, for who is about to give it. */
export async function getWithdrawalPreview(
  session: Session,
  ret: string,
  recipient: string | undefined,
): Promise<HttpAnswer> {
  const holder = holderId.safeParse(recipient)
  if (!holder.success) throw refusal('bad-input', { fields: ['recipient'] })
  const reading = await readReturn(session, ret, { classes: ['case'] })
  // Who does not withdraw for her has no business in what others do.
  if (!mayGive(reading.state, session.by.party, 'withdraw')) throw refusal('not-yours')
  const answer: z.infer<typeof withdrawalPreview> = previewWithdrawal(
    reading.state,
    await openFacts(session, reading, ['case']),
    holder.data,
  )
  return json(200, answer, reading.trail.version)
}

/**
 * `POST …/{ret}/open`: the sections of some classes, for a reason. The access record is written before the
 * sections leave. Throws not-readable where the party's kind may never read a class.
 */
export async function openSections(session: Session, event: HttpEvent, ret: string): Promise<HttpAnswer> {
  const { classes, reason } = bodyOf(event, opening).content
  const shut = classes.filter((cls) => !openable(kindOf(session.by.party)).includes(cls))
  if (shut.length > 0) throw refusal('not-readable', { fields: shut })
  const reading = await readReturn(session, ret, { classes, wraps: 'own' })
  const sections = reading.state.sections.filter(({ cls }) => classes.includes(cls)).map(({ sec }) => sec)
  const [facts] = await Promise.all([
    openFacts(session, reading, classes),
    recordAccess(session, ret, { kind: 'open', classes, reason, sections }),
  ])
  const answer: z.infer<typeof opened> = {
    version: reading.trail.version,
    sections: facts.opened.map(({ section: { sec, cls, slot, seq, by }, content }) => ({
      sec,
      cls,
      slot,
      seq,
      by,
      content,
    })),
  }
  return json(200, answer, reading.trail.version)
}

/**
 * `GET …/{ret}/events`: the timeline, with deliveries, who looked and why, and who was refused. Who was left out sees
 * who looked until then; who is there for its tasks alone sees what it did itself.
 */
export async function readTimeline(session: Session, ret: string): Promise<HttpAnswer> {
  const [reading, deliveries, looks, refusals] = await Promise.all([
    readReturn(session, ret, { wraps: 'none' }, true),
    readDeliveries(session.db, table('deliveries'), ret),
    readAccess(session.db, table('access'), ret),
    readRefusals(session.db, table('access'), ret),
  ])
  const rows = visible(session, reading)
  const { party } = session.by
  const own = isGuest(party, reading)
  const left = membershipOf(reading.state, party) === 'on' ? undefined : rows.at(-1)?.event.at
  const told = ({ by, at }: { by: Author; at: string }) =>
    by.party === party || (!own && (left === undefined || at <= left))
  const answer: z.infer<typeof timeline> = {
    version: reading.trail.version,
    events: rows.map(({ hash, event: { seq, type, at, by, for: asked, to, prev, data, sections } }) => ({
      ...{ seq, type, at, by, to, hash, prev, data, sections },
      ...(asked ? { for: asked } : {}),
    })),
    deliveries: deliveries.filter((delivery) => !own || delivery.party === party),
    access: looks
      .filter(told)
      .map(({ n, at, by, kind, classes, reason }) => ({ n, at, by, kind, classes, reason })),
    refusals: refusals.filter(told).map(({ at, by, operation, problem, classes, reason }) => ({
      ...{ at, by, operation, problem, classes },
      ...(reason ? { reason } : {}),
    })),
  }
  return json(200, answer, reading.trail.version)
}

/**
 * `GET …/{ret}/export`: the trail as a file for `npm run verify`, with the ciphertexts that the caller can open.
 * `forWhom`: the caller's own party, or the person or her guardian, whom it is handed to. Throws guardian-suspected,
 * not-readable where the caller cannot know whether it is, and not-yours for who is there for a task alone: a chain
 * with gaps proves nothing.
 */
export async function exportTrail(
  session: Session,
  ret: string,
  forWhom: string | undefined,
): Promise<HttpAnswer> {
  const reader = exportFor.safeParse(forWhom ?? 'party')
  if (!reader.success) throw refusal('bad-input', { fields: ['for'] })
  const classes = openable(kindOf(session.by.party))
  const reading = await readReturn(
    session,
    ret,
    { classes, wraps: session.by.party === 'oversight' ? 'none' : 'own' },
    true,
  )
  if (isGuest(session.by.party, reading)) throw refusal('not-yours')
  if (reader.data === 'guardian') await unsuspected(session, reading)
  const rows = visible(session, reading)
  const held = new Set(reading.wraps.map(({ wrap }) => wrap.slice(session.by.party.length + 1)))
  const sections = rows
    .flatMap(({ event }) => event.sections)
    .flatMap(({ sec, cls }) => {
      const id = sectionRowId({ cls, sec })
      const row = held.has(id) ? reading.sealed.find(({ section }) => section === id) : undefined
      return row ? [{ sec, cls, jwe: row.jwe }] : []
    })
  const [logKey] = await Promise.all([
    openLogKey(session, reading),
    recordAccess(session, ret, {
      kind: 'export',
      classes: [],
      reason: exportReason[reader.data],
      sections: sections.map(({ sec }) => sec),
    }),
  ])
  const answer: Exported = {
    format: 'acasa/export/v1',
    ret,
    by: session.by.party,
    at: new Date().toISOString(),
    events: rows.map(({ bytes, tag }) => ({ bytes: base64(bytes), tag: base64(tag) })),
    sections,
    ...(logKey ? { logKey: base64(logKey) } : {}),
  }
  return json(200, answer, reading.trail.version)
}

/** What the access record says of an export. */
const exportReason = { party: 'export', person: 'for-the-person', guardian: 'for-the-guardian' } as const

async function unsuspected(session: Session, reading: Reading): Promise<void> {
  const facts = await openFacts(session, reading, ['safety'])
  if (facts.unseen.length > 0 || !openable(kindOf(session.by.party)).includes('safety'))
    throw refusal('not-readable', { fields: ['safety'] })
  if (guardianSuspected(facts)) throw refusal('guardian-suspected')
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const lastTime = ({ events }: Reading) => events.at(-1)?.at ?? ''

/**
 * The events a party may know of: all of them; for a recipient that was left out, up to the one that told it so; for
 * who is there for its tasks alone, those that were for it.
 */
function visible({ by }: Session, { state, trail }: Reading) {
  if (isGuest(by.party, { state, trail }))
    return trail.rows.filter(({ event }) => event.to.includes(by.party))
  if (membershipOf(state, by.party) === 'on') return trail.rows
  const last = trail.rows.findLastIndex(({ event }) => event.to.includes(by.party))
  return trail.rows.slice(0, last + 1)
}

/** Whether a party has only ever been on a return for its tasks. */
function isGuest(party: PartyId, { state, trail }: Pick<Reading, 'state' | 'trail'>): boolean {
  const answeredForIt = trail.rows.some(
    ({ event }) => ['filed', 'case-accepted', 'alerted'].includes(event.type) && event.by.party === party,
  )
  return isHelper(state, party) && !answeredForIt
}

/** Writes that the caller looks, before anything leaves. */
export function recordAccess(
  { db, by }: Session,
  ret: string,
  what: Pick<AccessRecord, 'kind' | 'classes' | 'reason' | 'sections'>,
): Promise<AccessRecord> {
  return appendAccess(db, table('access'), { subject: ret, at: new Date().toISOString(), by, ...what })
}
