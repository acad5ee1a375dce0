import { type CommandName, commandNames, commands, type EventType } from '../commands/commands.ts'
import { stayItems } from '../events/stay-items.ts'
import { procedures, type StepName, stepNames } from './procedure.ts'

/**
 * What a party can owe on a return or an alert, besides the steps of the procedure: each with the commands that do it. What
 * a party was only notified of, because somebody else is late, asks for no command.
 */
const otherItems = {
  'answer-call': ['answer-call'],
  'acknowledge-alert': ['acknowledge-alert'],
  /** An alert that was seen: it becomes a request, or it is closed. */
  'resolve-alert': ['become-request', 'close-alert'],
  'pass-alert': ['pass-alert'],
  /** An alert that no post covers, or a post that cannot be reached: the consular department names one. */
  'name-post': ['move-case'],
  'confirm-evacuation': ['confirm-evacuation'],
  'answer-question': ['answer'],
  'ask-person': ['agree', 'withdraw', 'ask-anew'],
  share: ['share'],
  task: ['report-task', 'decline-task', 'accept-case'],
  'offer-case': ['hand-over-case'],
  'check-document': ['amend', 'issue-document'],
  /** A request that was sent back: it is put right, given to another arranger, or cancelled. */
  'answer-send-back': ['amend', 'choose-arranger', 'cancel'],
  /** The ministry said no: the return is cancelled, or the ministry rules anew. */
  'answer-refusal': ['cancel', 'amend', 'ask'],
  /** The person has another return: this one ends as a duplicate, or goes on. */
  'answer-link': ['cancel', 'keep-return'],
  /** Nobody on the return can do the next step: the responsible party finds somebody, or ends it. */
  'find-receiver': ['agree', 'give-task', 'hand-over-case', 'cancel', 'end-otherwise'],
  'answer-withdrawal': ['answer-withdrawal'],
  noted: ['note'],
  stay: ['plan-stay', 'leave-centre'],
  service: ['offer-services', 'amend'],
  'follow-up': ['follow-up'],
  'coming-back': ['admit', 'leave-centre', 'close'],
  'overdue-elsewhere': [],
} as const satisfies Record<string, readonly CommandName[]>

type OtherItem = keyof typeof otherItems
export type WorkItemName = StepName | OtherItem

/** What a party can owe that is no step of the procedure. */
export const otherItemNames = Object.keys(otherItems) as OtherItem[]

/** Everything that a party can owe. The order is the one of pages, where two have no day. */
export const workItemNames: readonly WorkItemName[] = [...otherItemNames, ...stepNames]

/** Items that are days of a stay. */
export const isStayDay = (name: WorkItemName) => (stayItems as readonly string[]).includes(name)

/** Items that an alert has, and no return. */
export const alertItems = [
  'acknowledge-alert',
  'resolve-alert',
  'pass-alert',
  'name-post',
] as const satisfies readonly OtherItem[]

const isOther = (name: WorkItemName): name is OtherItem => Object.hasOwn(otherItems, name)

/** The commands that do an item. A step is done by the commands of the events that finish it. */
export function commandsDoing(name: WorkItemName): readonly CommandName[] {
  return isOther(name) ? otherItems[name] : commandsOfStep(name)
}

function commandsOfStep(name: StepName): CommandName[] {
  const finishing = new Set<EventType>(
    procedures.flatMap(({ steps }) => Object.values(steps).flatMap((ofCategory) => ofCategory[name].done)),
  )
  return commandNames.filter((command) => finishing.has(commands[command].event))
}
