import type { CommandName } from '../commands/commands.ts'
import type { TaskName } from './tasks.ts'

const onTheWay = [
  'depart',
  'did-not-come',
  'contact-lost',
  'in-hospital',
  'report-way',
  'end-otherwise',
] as const
const handingOver = ['arrive', 'hand-over', 'confirm-handover', 'record-choice'] as const
const withHer = [...onTheWay, ...handingOver] as const

/** What whoever has a task may do on the return, besides what everyone with a task may. */
const rights: Record<TaskName, readonly CommandName[]> = {
  'confirm-citizenship': [],
  'assess-family': [],
  'place-child': handingOver,
  'monitor-child': [],
  accompany: withHer,
  'police-transport': withHer,
  'support-at-home': [],
  'plan-support': [],
  investigate: [],
  prosecute: [],
  'follow-up': [],
  arrange: [
    'acknowledge',
    'accept',
    'send-back',
    'plan-travel',
    'confirm-travel',
    'change-travel',
    'clear-to-leave',
    ...withHer,
  ],
  'help-in-transit': onTheWay,
  'cover-for-post': ['confirm-identity', 'issue-document', 'check-exit', ...onTheWay],
  'second-country': ['check-exit'],
  'take-over': ['accept-case'],
}

/** What whoever has a task may do besides asking, answering, noting and reporting. */
export function rightsOf(task: TaskName): readonly CommandName[] {
  return rights[task]
}

const withAnyTask: readonly CommandName[] = ['ask', 'answer', 'note', 'report-task', 'decline-task']

/** Whether somebody who is on a return for a task alone may give a command. */
export function mayWithTask(task: TaskName, command: CommandName): boolean {
  return withAnyTask.includes(command) || rights[task].includes(command)
}
