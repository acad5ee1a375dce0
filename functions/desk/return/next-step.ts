import { commandsDoing, type WorkItemName } from '../../../schemas/procedure/work-items.ts'
import {
  type Actor,
  type GivenCommand,
  type Group,
  groups,
  isGiven,
  type Offered,
  offeredTo,
  offers,
} from './offers.ts'
import type { ReturnView } from './return-head.tsx'

/** Something that the own party owes on a return: by which commands it is done, and by when. */
export interface OwnStep {
  what: WorkItemName
  day?: string
  commands: readonly GivenCommand[]
}

/** Commands that stand beside what does an item: other answers to it. */
const beside: Readonly<Partial<Record<WorkItemName, readonly GivenCommand[]>>> = {
  accept: ['send-back'],
  decide: ['hold'],
  depart: ['did-not-come'],
}

/** Of these any command ends the item: none of them is the main one. */
const choices: readonly WorkItemName[] = [
  'decide',
  'receive',
  'task',
  'answer-send-back',
  'answer-refusal',
  'find-receiver',
  'check-document',
]

/** The last word before the journey is the arranger's; no day is set for it, and no item stands for it. */
const unlisted: readonly GivenCommand[] = ['clear-to-leave']

/** All that the own party owes on a return now and can do, the next first. A request is begun from an alert by a form of its own. */
export function ownSteps(me: Actor, seen: ReturnView, { now }: Offered = offeredTo(me, seen)): OwnStep[] {
  const found: OwnStep[] = []
  const add = (what: WorkItemName, able: readonly GivenCommand[], day?: string) => {
    const commands = able.filter((command) => now.includes(command))
    const isNew = !found.some((step) => step.commands.some((command) => commands.includes(command)))
    if (commands.length > 0 && isNew) found.push({ what, commands, ...(day ? { day } : {}) })
  }
  for (const { what, party, day } of seen.items)
    if (party === me.party && what !== 'resolve-alert')
      add(what, [...commandsDoing(what).filter(isGiven), ...(beside[what] ?? [])], day)
  add('depart', unlisted)
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
