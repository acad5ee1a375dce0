import { type CommandName, commandShape, type LaterCommandName } from '../../../schemas/commands/commands.ts'
import { beforeLeaving, openAlert, type Phase } from '../../../schemas/procedure/phases.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import type { SignedIn } from '../context.ts'
import type { ReturnView } from './return-head.tsx'

/** Who looks at a return: what the party and the person's role may do. */
export type Actor = Pick<SignedIn, 'user' | 'party' | 'kind' | 'role'>

/** The groups of commands on the page of a return, in the order in which they come up. */
export const groups = ['next', 'travel', 'happened', 'stay', 'person', 'work', 'urgent', 'right'] as const
export type Group = (typeof groups)[number]

/** A command that somebody gives on a return: others go with a filing, or with the decision on a match. */
export type GivenCommand = Exclude<LaterCommandName, 'become-request' | 'link' | 'unlink'>

/** When the page of a return offers a command, besides what the API says of the party and the phase. */
export interface Offer {
  group: Group
  /** The phases in which it fits. Without them it fits wherever the API takes it. */
  in?: readonly Phase[]
  /** Whether it fits this person and this party. What does not fit stands on a page of its own: a fact can be reported late. */
  fits?: (seen: ReturnView, me: Actor) => boolean
  /** Whether there is what it points at. Without that the API would refuse, and no page offers it. */
  needs?: (seen: ReturnView, me: Actor) => boolean
  /** It asks for nothing: the button of the next step gives it at once. */
  atOnce?: true
}

const before: readonly Phase[] = beforeLeaving
const leaving: readonly Phase[] = ['planned', 'confirmed', 'travelling']
const untilArrival: readonly Phase[] = [...before, 'travelling']
const untilReceived: readonly Phase[] = [...untilArrival, 'arrived']
const atTheCentre: readonly Phase[] = ['arrived', 'received']
const openReturn: readonly Phase[] = [...untilReceived, 'received']

/** Age bands of adults. Of anybody else the rules for children may hold. */
const adults: readonly string[] = ['18-24', '25-34', '35-49', '50-64', '65+']
const mayBeChild = ({ label }: ReturnView) => !label || !adults.includes(label.ageBand)

/** Somebody who was home before anything was filed: no mission answers for her, and no journey comes before the Centre. */
const isHome = ({ responsible }: ReturnView) => kindOf(responsible) !== 'mission'

const isToMe = (line: { for: string }, me: Actor) => line.for === me.party
const myTasks = ({ tasks }: ReturnView, me: Actor) => tasks.filter(({ to }) => to === me.party)

/** Who arrives without a plan stands at somebody's door; before a plan nobody else can say that she has come. */
const canArrive: Offer['fits'] = (seen, me) =>
  me.kind === 'centre' || isHome(seen) || leaving.includes(seen.phase)

/** Whether the person has another return, and nobody has said yet which of the two ends. */
export const hasLinkToAnswer = ({ links }: ReturnView) =>
  links.some(({ toEnd, kept }) => !kept && (toEnd === 'this' || toEnd === 'either'))

/** When each command is offered. A command without a row does not compile. */
export const offers: Readonly<Record<GivenCommand, Offer>> = {
  'acknowledge-alert': { group: 'next', atOnce: true },
  'pass-alert': { group: 'work' },
  'close-alert': { group: 'right' },
  acknowledge: { group: 'next', atOnce: true },
  accept: { group: 'next', atOnce: true },
  'send-back': { group: 'next' },
  'confirm-identity': { group: 'next', in: before, fits: ({ identityConfirmed }) => !identityConfirmed },
  'issue-document': { group: 'next', in: before },
  'assess-risk': { group: 'next', in: ['accepted', 'planned', 'confirmed'] },
  'assess-child': { group: 'next', in: untilArrival, fits: mayBeChild },
  'check-exit': { group: 'travel', in: before },
  approve: { group: 'next', in: before, fits: ({ ruling }) => ruling !== 'approved' },
  refuse: { group: 'next', fits: ({ ruling }) => ruling !== 'refused' },
  hold: { group: 'next', fits: ({ ruling }) => ruling !== 'on-hold' },
  fund: { group: 'next', in: before, fits: ({ funded }) => !funded },
  'plan-travel': { group: 'travel' },
  'change-travel': { group: 'travel' },
  'confirm-travel': { group: 'travel' },
  'clear-to-leave': { group: 'travel', atOnce: true, fits: ({ cleared }) => !cleared },
  attest: { group: 'travel' },
  'hold-place': { group: 'next', in: openReturn },
  'release-place': { group: 'stay', in: openReturn, needs: ({ placeHeld }) => placeHeld },
  depart: { group: 'happened', in: leaving },
  'did-not-come': { group: 'happened', in: leaving },
  'contact-lost': { group: 'happened', in: untilArrival },
  'in-hospital': { group: 'happened', in: untilArrival },
  'report-way': { group: 'happened', in: ['confirmed', 'travelling'] },
  arrive: { group: 'happened', in: untilArrival, fits: canArrive },
  'hand-over': { group: 'happened', in: ['travelling', 'arrived'] },
  'confirm-handover': {
    group: 'happened',
    needs: ({ handovers }, me) => handovers.some(({ by, confirmedBy }) => by !== me.party && !confirmedBy),
  },
  'record-choice': { group: 'person', in: untilReceived },
  'refer-home': {
    group: 'happened',
    in: untilReceived,
    fits: (seen) => isHome(seen) || ['travelling', 'arrived'].includes(seen.phase),
  },
  admit: {
    group: 'happened',
    in: openReturn,
    fits: (seen) => isHome(seen) || ['travelling', ...atTheCentre].includes(seen.phase),
  },
  'leave-centre': { group: 'stay', in: ['received'] },
  'end-otherwise': { group: 'happened', in: untilReceived },
  'offer-services': { group: 'stay' },
  'plan-stay': { group: 'stay' },
  'follow-up': { group: 'stay', in: ['received', 'closed'] },
  'record-wish': { group: 'person', in: untilArrival },
  agree: { group: 'person' },
  share: { group: 'person', needs: ({ lacking = [] }) => lacking.length > 0 },
  'ask-anew': { group: 'person' },
  withdraw: { group: 'person' },
  'answer-withdrawal': { group: 'next' },
  take: { group: 'work', fits: ({ assignee }, me) => assignee !== me.user },
  assign: { group: 'work' },
  note: { group: 'work' },
  ask: { group: 'work' },
  answer: { group: 'work', needs: ({ questions }, me) => questions.some((line) => isToMe(line, me)) },
  'answer-call': {
    group: 'next',
    needs: ({ calls }, me) => calls.some(({ party }) => party === me.party),
  },
  'give-task': { group: 'work' },
  'report-task': { group: 'work', needs: (seen, me) => myTasks(seen, me).length > 0 },
  'decline-task': { group: 'work', needs: (seen, me) => myTasks(seen, me).length > 0 },
  'end-task': {
    group: 'work',
    needs: ({ tasks, responsible }, me) =>
      tasks.some(({ by }) => by === me.party || responsible === me.party),
  },
  'hand-over-case': { group: 'work' },
  'accept-case': {
    group: 'next',
    needs: (seen, me) => myTasks(seen, me).some(({ task }) => task === 'take-over'),
  },
  'move-case': { group: 'work' },
  'choose-arranger': { group: 'work', in: before },
  override: { group: 'urgent' },
  evacuate: { group: 'urgent', fits: ({ evacuation }) => !evacuation || evacuation.confirmed },
  'confirm-evacuation': {
    group: 'urgent',
    // Two people, or it is no second opinion.
    needs: ({ evacuation }, me) =>
      evacuation !== undefined && !evacuation.confirmed && evacuation.user !== me.user,
  },
  amend: { group: 'right' },
  correct: { group: 'right' },
  strike: { group: 'right' },
  cancel: { group: 'right', in: openReturn, needs: ({ phase }) => phase !== 'cancelled' },
  close: { group: 'right' },
  reopen: { group: 'right' },
  'keep-return': { group: 'right', needs: (seen) => hasLinkToAnswer(seen) },
}

/** What a person can do on a return: what fits now, and what is rare there but accepted. */
export interface Offered {
  now: readonly GivenCommand[]
  rarely: readonly GivenCommand[]
}

/** What a person can do on a return, by the API's list for the party, the role, and the table above. */
export function offeredTo(me: Actor, seen: ReturnView): Offered {
  const able = seen.commands.filter(isGiven).filter((name) => {
    const { roles } = commandShape(name)
    return (!roles || roles.includes(me.role)) && (offers[name].needs?.(seen, me) ?? true)
  })
  const fitsNow = (name: GivenCommand) => {
    const { in: phases, fits } = offers[name]
    return (!phases || phases.includes(seen.phase)) && (fits?.(seen, me) ?? true)
  }
  return { now: able.filter(fitsNow), rarely: able.filter((name) => !fitsNow(name)) }
}

/** Whether a command is one that somebody gives on a return that is there. */
export const isGiven = (name: CommandName): name is GivenCommand => Object.hasOwn(offers, name)

/** The phases of an alert in which somebody still has to do something. */
export const isAlertOpen = ({ phase }: Pick<ReturnView, 'phase'>) =>
  openAlert.some((alertPhase) => alertPhase === phase)
