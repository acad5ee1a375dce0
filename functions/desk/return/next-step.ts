import type { CommandName } from '../../../schemas/commands/commands.ts'
import { commandsDoing, type WorkItemName } from '../../../schemas/procedure/work-items.ts'
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
  what: WorkItemName | typeof lastWord
  day?: string
  commands: readonly GivenCommand[]
}

/** No item of the list: no day is set for the arranger's last word, and the return waits for nobody else's. */
const lastWord = 'clear-to-leave'

/** Other answers to an item than the commands that end it. */
const beside: Readonly<Partial<Record<WorkItemName, readonly CommandName[]>>> = {
  accept: ['send-back'],
  decide: ['hold'],
  depart: ['did-not-come'],
}

const commandsFor = (what: OwnStep['what']): readonly CommandName[] =>
  what === lastWord ? [lastWord] : [...commandsDoing(what), ...(beside[what] ?? [])]

/** Of these any one answers the step: none of them is the main one. */
const choices: readonly OwnStep['what'][] = [
  'decide',
  'receive',
  'task',
  'answer-send-back',
  'answer-refusal',
  'answer-link',
  'find-receiver',
  'check-document',
]

/** All that the own party owes on a return now and can do, the next first. From an alert a form of its own begins a request. */
export function ownSteps(me: Actor, seen: ReturnView, { now }: Offered = offeredTo(me, seen)): OwnStep[] {
  const steps: { what: OwnStep['what']; day?: string | undefined }[] = [
    ...seen.items.filter(({ what, party }) => party === me.party && what !== 'resolve-alert'),
    { what: lastWord },
  ]
  const found: OwnStep[] = []
  for (const { what, day } of steps) {
    const commands = commandsFor(what).flatMap((command) => now.filter((given) => given === command))
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
