import type { Phase } from '../../../schemas/procedure/phases.ts'
import {
  type Actor,
  type GivenCommand,
  type Group,
  groups,
  type Offered,
  offeredTo,
  offers,
} from './offers.ts'
import type { ReturnView } from './return-head.tsx'

/** Something that the own party owes on a return: by which commands it is done, and by when. */
export interface OwnStep {
  /** A step of the procedure, or another thing that is open. */
  what: string
  day?: string
  commands: readonly GivenCommand[]
}

/** The commands that end what a party can owe: steps of the procedure, days of a stay, and what somebody has asked. */
const endedBy: Readonly<Record<string, readonly GivenCommand[]>> = {
  'answer-withdrawal': ['answer-withdrawal'],
  'answer-call': ['answer-call'],
  'confirm-evacuation': ['confirm-evacuation'],
  alert: ['acknowledge-alert'],
  'answer-question': ['answer'],
  'offer-case': ['accept-case'],
  task: ['report-task', 'decline-task'],
  share: ['share'],
  'ask-person': ['agree'],
  acknowledge: ['acknowledge'],
  accept: ['accept', 'send-back'],
  'confirm-identity': ['confirm-identity'],
  'issue-document': ['issue-document'],
  'assess-risk': ['assess-risk'],
  decide: ['approve', 'refuse', 'hold'],
  fund: ['fund'],
  'plan-travel': ['plan-travel'],
  'hold-place': ['hold-place'],
  'confirm-travel': ['confirm-travel'],
  'clear-to-leave': ['clear-to-leave'],
  depart: ['depart', 'did-not-come'],
  arrive: ['arrive'],
  receive: ['admit', 'refer-home'],
  close: ['close'],
  stay: ['plan-stay', 'leave-centre'],
  service: ['offer-services'],
  'follow-up': ['follow-up'],
  'coming-back': ['admit'],
  noted: ['note'],
  mend: ['amend', 'choose-arranger'],
}

/** What the one for whom a phase waits does there, where no day is set for it. */
const ofPhase: Readonly<Partial<Record<Phase, readonly string[]>>> = {
  filed: ['acknowledge'],
  acknowledged: ['accept'],
  'sent-back': ['mend'],
  accepted: ['plan-travel'],
  planned: ['confirm-travel'],
  confirmed: ['clear-to-leave', 'depart'],
  travelling: ['arrive'],
  arrived: ['receive'],
  received: ['close'],
  cancelled: ['close'],
}

/** Of these any one answers the step: none of them is the main one. */
const choices: readonly string[] = ['decide', 'receive', 'task', 'mend']

/** All that the own party owes on a return now and can do, the next first. */
export function ownSteps(me: Actor, seen: ReturnView, { now }: Offered = offeredTo(me, seen)): OwnStep[] {
  const waitsForMe = seen.waitingFor.some(({ party }) => party === me.party)
  const asked = [
    'answer-withdrawal',
    'answer-call',
    'confirm-evacuation',
    'alert',
    'answer-question',
    'offer-case',
    ...(seen.tasks.some(({ to, task }) => to === me.party && task !== 'take-over') ? ['task'] : []),
  ]
  const steps: { what: string; day?: string }[] = [
    ...asked.map((what) => ({ what })),
    ...seen.due.filter(({ owner }) => owner === me.kind).map(({ step, day }) => ({ what: step, day })),
    { what: 'share' },
    // No day is set for the arranger's last word, and the return waits for nobody else's.
    { what: 'clear-to-leave' },
    ...(waitsForMe ? (ofPhase[seen.phase] ?? []).map((what) => ({ what })) : []),
  ]
  const found: OwnStep[] = []
  for (const { what, day } of steps) {
    const commands = (endedBy[what] ?? []).filter((command) => now.includes(command))
    const isNew = !found.some((step) => step.commands.some((command) => commands.includes(command)))
    if (commands.length > 0 && isNew) found.push({ what, commands, ...(day ? { day } : {}) })
  }
  return found
}

/** The page of a return as its actions: one main step, what else is open, and the rest by group. */
export interface Actions {
  main?: OwnStep
  /** Commands beside the main button: other ways to end the main step, and other steps that are open. */
  also: readonly GivenCommand[]
  groups: readonly (readonly [Group, readonly GivenCommand[]])[]
  rarely: readonly GivenCommand[]
}

/** So many links stand beside the main button; the rest is folded. */
const mostBeside = 7

/** What a person can do on a return, in the order in which the page shows it. */
export function actionsOn(me: Actor, seen: ReturnView): Actions {
  const offered = offeredTo(me, seen)
  const [main, ...others] = ownSteps(me, seen, offered)
  const onButton = main && !isChoice(main) ? main.commands.slice(0, 1) : (main?.commands ?? [])
  const also = [...(main?.commands ?? []), ...others.flatMap(({ commands }) => commands)]
    .filter((command) => !onButton.includes(command))
    .slice(0, mostBeside)
  const rest = offered.now.filter((command) => !onButton.includes(command) && !also.includes(command))
  return {
    ...(main ? { main } : {}),
    also,
    groups: groups
      .map((group) => [group, rest.filter((command) => offers[command].group === group)] as const)
      .filter(([, commands]) => commands.length > 0),
    rarely: offered.rarely,
  }
}

/** Whether a step is a choice between several commands, which stand on a page of their own. */
export const isChoice = ({ what, commands }: OwnStep) => choices.includes(what) && commands.length > 1
