import type * as z from 'zod/mini'
import type { returnAnswer } from '../../../schemas/api/answers.ts'
import { seesLinks } from '../../../schemas/api/matches.ts'
import { openable } from '../../../schemas/api/routes.ts'
import { procedureOf } from '../../../schemas/procedure/procedure.ts'
import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { shownLabel } from '../../domain/access/label.ts'
import { isHelper } from '../../domain/access/participants.ts'
import { addressed, classesRead, membershipOf } from '../../domain/access/readers.ts'
import { mayGive } from '../../domain/access/rights.ts'
import { arrangersOf } from '../../domain/commands/responsibility.ts'
import { assignedTo } from '../../domain/directory/roster.ts'
import { commandsFor, type RowDetails, worklistRowOf } from '../../domain/reports/worklist-row.ts'
import { dueFor } from '../../domain/schedule/due.ts'
import type { Folded } from '../../domain/state.ts'
import { readDeliveries } from '../../exchange/delivery.ts'
import { referenceOf } from '../../trail/ids.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'
import { linkedWith } from '../matching/matches.ts'
import { openFacts, type ReadScope, readReturn } from './read-return.ts'

/** `GET …/{ret}`: what is in clear, and the label. */
export async function viewReturn({ session, ret }: ReturnRequest): Promise<HttpAnswer> {
  const { party } = session.by
  const kind = kindOf(party)
  // Oversight and the consular department hold no wraps but those of log keys.
  const scope: ReadScope =
    openable(kind).length > 0 ? { classes: ['label'], wraps: 'label' } : { wraps: 'none' }
  const [reading, delivered, linked, roster] = await Promise.all([
    readReturn(session, ret, scope, true),
    readDeliveries(session.db, tableName('deliveries'), ret),
    seesLinks(kind) ? linkedWith(session, ret) : undefined,
    session.roster,
  ])
  const { state, trail, events } = reading
  const label = shownLabel(await openFacts(session, reading, ['label']))
  const { assignee, ...clear } = viewOf(state, party, {
    version: trail.version,
    hash: trail.lastHash,
    at: events.at(-1)?.at ?? '',
    reference: referenceOf(ret),
    delivered,
  })
  const answer: z.infer<typeof returnAnswer> = {
    ...clear,
    ...assignedTo(roster, assignee, new Date().toISOString()),
    ...(label ? { label } : {}),
    ...(linked && membershipOf(state, party) === 'on' ? { linked } : {}),
  }
  return json(200, answer, trail.version)
}

/** What a party sees of a return that is in clear. */
export function viewOf(state: Folded, party: PartyId, details: RowDetails) {
  return {
    ...worklistRowOf(state, party, details),
    ...participationIn(state, party),
    ...progressIn(state),
    due: dueFor(state, party),
    commands: commandsFor(state, party),
    links: isHelper(state, party) ? [] : state.links.map(linkIn),
  }
}

/** Of the other return of the person, this one says that it is there and which of the two may be void. */
const linkIn = ({ seq, link, toEnd, at, kept }: Folded['links'][number]) => ({
  ...{ seq, link, toEnd, since: at },
  ...(kept ? { kept } : {}),
})

/** How far a return has come, as everyone on it sees it. */
function progressIn(state: Folded) {
  const { identityConfirmed, documentIssued, riskAssessed, ruling, funded, alert, outcome, evacuation } =
    state
  return {
    ...{ identityConfirmed, documentIssued, riskAssessed, funded },
    procedure: { version: state.procedure, placeholder: procedureOf(state.procedure).placeholder },
    placeHeld: state.placeHeld !== undefined,
    ...(ruling ? { ruling } : {}),
    ...(evacuation ? { evacuation: { user: evacuation.user, confirmed: evacuation.confirmed } } : {}),
    ...(alert ? { alert } : {}),
    ...(outcome ? { outcome } : {}),
  }
}

/** Who does what on a return, as a party sees it. A party that is there for its tasks alone sees those. */
function participationIn(state: Folded, party: PartyId) {
  const { responsible, arranger, basis, withdrawals, tasks, questions, handovers, moveTo, locked } = state
  const ownOnly = isHelper(state, party)
  const until = [...locked.values()].sort()[0]
  // Whoever may confirm a hand-over has to see that there is one.
  const mayConfirm = mayGive(state, party, 'confirm-handover')
  return {
    responsible,
    arranger,
    arrangers: ownOnly ? [] : arrangersOf(state),
    recipients: Object.fromEntries([...basis].filter(([holder]) => !ownOnly || holder === party)),
    ...(ownOnly || membershipOf(state, party) !== 'on'
      ? {}
      : { reads: readsIn(state), ...(state.lacking.size > 0 ? { lacking: [...state.lacking.keys()] } : {}) }),
    withdrawals: [...withdrawals].flatMap(([removed, { at, answer }]) =>
      ownOnly && removed !== party ? [] : [{ party: removed, at, ...(answer ? { answer } : {}) }],
    ),
    tasks: tasks
      .filter(({ to }) => !ownOnly || to === party)
      .map(({ seq, task, to, by, until: end }) => ({ seq, task, to, by, ...(end ? { until: end } : {}) })),
    questions: questions
      .filter(({ by, for: addressee }) => !ownOnly || by === party || addressee === party)
      .map(({ seq, by, for: addressee }) => ({ seq, by, for: addressee })),
    handovers: handovers
      .filter(
        ({ by, confirmedBy }) =>
          !ownOnly || by === party || confirmedBy === party || (!confirmedBy && mayConfirm),
      )
      .map((handover) => ({ ...handover })),
    ...(moveTo ? { moveTo: moveTo.to } : {}),
    ...(until ? { locked: { sections: locked.size, until } } : {}),
  }
}

/** Which classes every party on a return reads; what is between two parties is left out. */
function readsIn(state: Folded) {
  const holders: readonly HolderId[] = [
    ...addressed(state),
    ...(state.basis.has('figures') ? (['figures'] as const) : []),
  ]
  return Object.fromEntries(holders.map((holder) => [holder, [...classesRead(state, holder)]]))
}
