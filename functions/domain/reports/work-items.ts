import type { WorkFlag, WorkItem } from '../../../schemas/api/work.ts'
import { startsFrom } from '../../../schemas/commands/commands.ts'
import {
  beforeLeaving,
  isOpen,
  openAlert,
  overPhases,
  type ReturnPhase,
} from '../../../schemas/procedure/phases.ts'
import type { StepName } from '../../../schemas/procedure/procedure.ts'
import {
  alertItems,
  commandsDoing,
  type WorkItemName,
  workItemNames,
} from '../../../schemas/procedure/work-items.ts'
import { kindOf, type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { alertPasser } from '../access/alert-participants.ts'
import { pendingShares } from '../access/grants.ts'
import { isHelper } from '../access/participants.ts'
import { addressed, membershipOf } from '../access/readers.ts'
import { mayGive } from '../access/rights.ts'
import { chisinau, dayIn } from '../calendar/days.ts'
import { openLink } from '../matching/links.ts'
import { openCalls } from '../schedule/call-lines.ts'
import { askerOf, dueOf, undatedSteps } from '../schedule/due.ts'
import { type Delivered, overdueFor, stillOn } from '../schedule/escalation.ts'
import { stayDaysOf } from '../schedule/stay.ts'
import type { State } from '../state.ts'

const iom = partyId.parse('iom')

/** The day of an instant in Chișinău. */
const dayOn = (at: string) => dayIn(Date.parse(at), chisinau)

/** Whether a party can do an item in the return's present phase. */
export function canDo(state: State, party: PartyId, what: WorkItemName): boolean {
  return commandsDoing(what).some((name) => mayGive(state, party, name) && startsFrom(name, state.phase))
}

/** The parties on the return that do the steps of a kind of party: a party that only helps or accompanies does none. */
function partiesOfKind(state: State, kind: string): PartyId[] {
  return addressed(state).filter(
    (party) =>
      kindOf(party) === kind &&
      state.basis.get(party) !== 'accompanying' &&
      (party === state.arranger || !isHelper(state, party)),
  )
}

/** The steps that have begun and are not done, each with its day where it has one. */
function steps(state: State): WorkItem[] {
  const undated = undatedSteps(state).map((step) => ({ ...step, day: undefined }))
  return [...dueOf(state), ...undated].flatMap(({ step, owner, day }) => {
    const parties = step === 'ask-person' ? [askerOf(state)] : partiesOfKind(state, owner)
    return parties.map((party) => ({ what: step, party, ...(day ? { day } : {}) }))
  })
}

/** The step that leads a return out of each phase, for a phase in which no step has begun. */
const stepOutOf: Readonly<Record<ReturnPhase, StepName | undefined>> = {
  filed: 'acknowledge',
  acknowledged: 'accept',
  'sent-back': 'acknowledge',
  accepted: 'plan-travel',
  planned: 'confirm-travel',
  confirmed: 'depart',
  travelling: 'arrive',
  arrived: 'receive',
  received: 'close',
  cancelled: 'close',
  closed: undefined,
}

/**
 * What moves a return on when no step has begun: the step out of its phase, of whoever can do it; the centre and IOM come
 * first. Where nobody can, the responsible party has to find somebody.
 */
function stepOut(state: State): WorkItem[] {
  const { phase, since, responsible, arranger } = state
  if (!isOpen(phase)) return []
  const what = stepOutOf[phase as ReturnPhase]
  if (!what) return []
  const ends = what === 'receive' || what === 'close'
  const on = addressed(state)
  const centres = on.filter((party) => kindOf(party) === 'centre')
  const first = ends ? [...centres, iom, responsible] : [arranger, responsible, ...on]
  const party = [...first, ...on].find((each) => on.includes(each) && canDo(state, each, what))
  return [party ? { what, party, since } : { what: 'find-receiver', party: responsible, since }]
}

/**
 * What an answer asks for: a request sent back and the ministry's no are the responsible party's to answer, and a hold is the
 * ministry's to end, whether its step has begun or not.
 */
function answers(state: State): WorkItem[] {
  const { phase, ruling, since, responsible: party } = state
  const holds = ruling === 'on-hold' && beforeLeaving.includes(phase) && !state.due.has('decide')
  return [
    ...(holds ? partiesOfKind(state, 'ministry') : [])
      .filter((ministry) => canDo(state, ministry, 'decide'))
      .map((ministry) => ({ what: 'decide' as const, party: ministry, since })),
    ...(phase === 'sent-back' ? [{ what: 'answer-send-back' as const, party, since }] : []),
    ...(ruling === 'refused' && beforeLeaving.includes(phase)
      ? [{ what: 'answer-refusal' as const, party, since }]
      : []),
  ]
}

/** An open alert: who names a post, passes it on, acknowledges it, or brings it to an end. */
function alertWork(state: State): WorkItem[] {
  const { phase, since, responsible, moveTo } = state
  if (!openAlert.some((open) => open === phase)) return []
  if (moveTo) return [{ what: 'pass-alert', party: alertPasser(state), since: moveTo.at }]
  const day = dayOn(since)
  if (kindOf(responsible) === 'consular') return [{ what: 'name-post', party: responsible, since, day }]
  const what = phase === 'alert' ? 'acknowledge-alert' : 'resolve-alert'
  return [{ what, party: responsible, since, day }]
}

/** What parties asked each other: questions, tasks, sections to share, the offer of a case, a second word. */
function asked(state: State): WorkItem[] {
  const { questions, moveTo, phase, responsible, tasks, evacuation, documentCheck } = state
  const link = openLink(state)
  const isOffered = tasks.some(({ task, to }) => task === 'take-over' && to === moveTo?.to)
  return [
    ...questions.map(({ seq, for: party, at: since }) => ({
      what: 'answer-question' as const,
      party,
      since,
      seq,
    })),
    ...(link ? [{ what: 'answer-link' as const, party: responsible, since: link.at }] : []),
    ...pendingShares(state).map(({ party, since }) => ({ what: 'share' as const, party, since })),
    ...(moveTo && isOpen(phase) && !isOffered
      ? [{ what: 'offer-case' as const, party: responsible, since: moveTo.at }]
      : []),
    ...(evacuation?.confirmed === false && !overPhases.includes(phase)
      ? [{ what: 'confirm-evacuation' as const, party: stillOn(state, evacuation.by), since: evacuation.at }]
      : []),
    ...(documentCheck && state.documentIssued && beforeLeaving.includes(phase)
      ? [
          {
            what: 'check-document' as const,
            party: stillOn(state, documentCheck.party),
            day: documentCheck.day,
          },
        ]
      : []),
  ]
}

const taskItems = ({ tasks }: State): WorkItem[] =>
  tasks.map(({ to: party, at: since, until: day, seq, task }) => ({
    what: 'task',
    party,
    since,
    ...(day ? { day } : {}),
    seq,
    task,
  }))

/** A removed recipient owes an answer about the data it held, whatever has become of the return. */
const answersToWithdrawal = (state: State): WorkItem[] =>
  [...state.withdrawals].flatMap(([party, { at, answer }]) =>
    answer || membershipOf(state, party) === 'on'
      ? []
      : [{ what: 'answer-withdrawal', party, since: at } as const],
  )

/**
 * All that is open on a return or an alert, whoever owes it: several at once where several are open. Once it is closed, only
 * tasks and answers to a withdrawal; while it is cancelled, no step but its closing.
 */
export function openWork(state: State): WorkItem[] {
  const { phase } = state
  const left = [...taskItems(state), ...answersToWithdrawal(state)]
  if (phase !== 'cancelled' && overPhases.includes(phase)) return sorted([...stayItemsOf(state), ...left])
  const moving = [...steps(state), ...answers(state), ...alertWork(state)]
  const on = addressed(state)
  const open = [
    ...openCalls(state).map(({ party, since, seq }) => ({ what: 'answer-call' as const, party, since, seq })),
    ...moving,
    ...(moving.some(({ what }) => what !== 'ask-person') ? [] : stepOut(state)),
    ...asked(state),
    ...stayItemsOf(state),
  ].filter(({ party }) => on.includes(party))
  return sorted([...open, ...left])
}

const stayItemsOf = (state: State): WorkItem[] =>
  stayDaysOf(state).map(({ item, party, day, seq }) => ({ what: item, party, day, seq }))

/**
 * What a party sees of what is open: its own first. A helper, and a party that was removed, sees its own alone; the step that
 * a party noted for itself is nobody else's. What is overdue elsewhere and that party was notified of stands there too.
 */
export function workItemsFor(state: State, party: PartyId, delivered: readonly Delivered[] = []): WorkItem[] {
  const ownOnly = isHelper(state, party) || membershipOf(state, party) !== 'on'
  const open = openWork(state)
  const own = open.filter((item) => item.party === party)
  const noted = overPhases.includes(state.phase) ? undefined : state.nextSteps.get(party)
  return [
    ...sorted([
      ...own,
      ...(noted ? [{ what: 'noted' as const, party, day: noted }] : []),
      ...fromOverdue(state, party, own, delivered),
    ]),
    ...(ownOnly ? [] : open.filter((item) => item.party !== party)),
  ]
}

/** What is overdue and in no other item: a place whose hold ran out, and what a party was notified of about others. */
function fromOverdue(
  state: State,
  party: PartyId,
  own: readonly WorkItem[],
  delivered: readonly Delivered[],
): WorkItem[] {
  const overdue = overdueFor(state, party, delivered)
  const [place] = overdue.filter((late) => late.item === 'place' && late.party === party)
  const [elsewhere] = overdue
    .filter((late) => late.party !== party)
    .toSorted((a, b) => a.since.localeCompare(b.since))
  return [
    ...(place && !own.some(({ what }) => what === 'hold-place')
      ? [{ what: 'hold-place' as const, party, day: place.since }]
      : []),
    ...(elsewhere ? [{ what: 'overdue-elsewhere' as const, party, day: elsewhere.since }] : []),
  ]
}

/** The parties that a return waits for, each once, in the order of what is open; since when, where that is known. */
export function waitsFor(state: State): { party: PartyId; since?: string }[] {
  const open = openWork(state)
  return open
    .filter(({ party }, place) => open.findIndex((item) => item.party === party) === place)
    .map(({ party, since }) => ({ party, ...(since ? { since } : {}) }))
}

/** What a row says of a person or a journey before anything is opened. */
export function flagsOf({ alerts, ruling, phase }: State): WorkFlag[] {
  const ruled = beforeLeaving.includes(phase) && (ruling === 'refused' || ruling === 'on-hold')
  // Of a return that is over nobody has to know at once.
  return overPhases.includes(phase) ? [] : [...alerts, ...(ruled ? [ruling] : [])]
}

const isAlertItem = (what: WorkItemName) => (alertItems as readonly WorkItemName[]).includes(what)
const urgencyOfItem = (what: WorkItemName) => (what === 'answer-call' ? 0 : isAlertItem(what) ? 1 : 2)
const answering: readonly WorkItemName[] = ['answer-question', 'answer-send-back', 'answer-refusal']
/** The day by which an item is sorted: an answer to another party counts as of the day since which it is owed. */
const sortDay = ({ what, day, since }: WorkItem) =>
  day ?? (answering.includes(what) && since ? dayOn(since) : '9999-12-31')

function sorted(items: readonly WorkItem[]): WorkItem[] {
  return items.toSorted(
    (a, b) =>
      urgencyOfItem(a.what) - urgencyOfItem(b.what) ||
      sortDay(a).localeCompare(sortDay(b)) ||
      (a.since ?? '').localeCompare(b.since ?? '') ||
      workItemNames.indexOf(a.what) - workItemNames.indexOf(b.what),
  )
}
