import * as z from 'zod/mini'
import type { WatchEvent } from '../events/watch-events.ts'
import { beforeLeaving, isOpen, openAnywhere, type Phase } from '../procedure/phases.ts'
import { partyId } from '../values/parties.ts'
import { day, personId, sectionId } from '../values/texts.ts'
import { alertCommands } from './alert.ts'
import { arranging, type CommandShape } from './command-shape.ts'
import { factCommands } from './facts.ts'
import { groundCommands } from './grounds.ts'
import { responsibilityCommands } from './responsibility.ts'
import { stayCommands } from './stay.ts'
import { travelCommands } from './travel.ts'
import { wayCommands } from './way.ts'

const open = 'open'
const underway = ['accepted', 'planned', 'confirmed', 'travelling'] as const
const talking = ['mission', 'iom', 'centre', 'ministry', 'partner'] as const
const seqOf = z.int().check(z.minimum(0))

/**
 * Every command, once: routes, OpenAPI, tests and pages derive from this table.
 * `file` has no return yet: it starts one for each person of a request. Whom others than a mission file for is home.
 */
export const commands = {
  file: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: [],
    to: 'filed',
    seals: {
      case: 'request',
      identity: 'person',
      contacts: 'family',
      safety: 'safety',
      protection: 'identification',
      care: 'needs',
    },
    derives: { label: 'label' },
    event: 'filed',
  },
  acknowledge: {
    owners: arranging,
    arranges: true,
    from: ['filed', 'sent-back'],
    to: 'acknowledged',
    maySeal: { talk: 'reason' },
    event: 'acknowledged',
  },
  accept: {
    owners: arranging,
    arranges: true,
    from: ['acknowledged'],
    to: 'accepted',
    needs: ['case'],
    maySeal: { talk: 'reason' },
    event: 'accepted',
  },
  'send-back': {
    owners: arranging,
    arranges: true,
    from: ['filed', 'acknowledged', 'accepted'],
    to: 'sent-back',
    seals: { talk: 'reason' },
    event: 'sent-back',
  },
  ask: {
    owners: talking,
    from: openAnywhere,
    seals: { talk: 'question' },
    clear: { for: partyId },
    event: 'asked',
  },
  answer: {
    owners: talking,
    from: openAnywhere,
    seals: { talk: 'answer' },
    clear: { question: seqOf },
    event: 'answered',
  },
  'confirm-identity': {
    owners: ['mission'],
    from: open,
    needs: ['identity'],
    seals: { identity: 'check' },
    event: 'identity-confirmed',
  },
  'issue-document': {
    owners: ['mission'],
    from: open,
    needs: ['identity'],
    seals: { identity: 'document' },
    event: 'document-issued',
  },
  'assess-risk': {
    owners: ['iom', 'centre'],
    from: underway,
    needs: ['protection'],
    seals: { protection: 'risk', decision: 'assessment' },
    event: 'risk-assessed',
  },
  approve: {
    owners: ['ministry'],
    from: open,
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'approved',
  },
  /** Plans that were made are undone and a held place is free; everyone on the return is told. */
  refuse: {
    owners: ['ministry'],
    from: beforeLeaving,
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'refused',
  },
  hold: {
    owners: ['ministry'],
    from: beforeLeaving,
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'put-on-hold',
  },
  fund: { owners: ['ministry', 'iom'], from: open, seals: { decision: 'funding' }, event: 'funded' },
  /**
   * Takes beds of a room where the centre keeps rooms, in place of those that the return had; `until` is the day on
   * which the hold runs out if nobody has come.
   */
  'hold-place': {
    owners: ['centre'],
    from: open,
    needs: ['case'],
    maySeal: { case: 'place' },
    clear: { until: day },
    event: 'place-held',
  },
  /** The officer who does it keeps the return for the own party. */
  take: { owners: talking, from: openAnywhere, event: 'taken' },
  /** Hands it to a colleague, by the id that sign-in gave them. */
  assign: { owners: talking, from: openAnywhere, clear: { user: personId }, event: 'assigned' },
  /** For the own party alone; the day of the next step shows on its worklist. */
  note: {
    owners: talking,
    from: openAnywhere,
    seals: { note: 'note' },
    clear: { next: z.optional(day) },
    event: 'noted',
  },
  'release-place': { owners: ['centre'], from: open, event: 'place-released' },
  amend: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: open,
    clear: { supersedes: z.optional(sectionId) },
    event: 'amended',
  },
  correct: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: open,
    clear: { corrects: seqOf },
    event: 'corrected',
  },
  strike: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: open,
    destroys: true,
    clear: {
      strikes: z.array(sectionId).check(
        z.minLength(1),
        z.maxLength(8),
        z.refine((all) => new Set(all).size === all.length),
      ),
    },
    event: 'struck',
  },
  cancel: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    destroys: true,
    from: open,
    to: 'cancelled',
    seals: { case: 'cancellation' },
    event: 'cancelled',
  },
  close: {
    owners: ['centre', 'iom', 'mission', 'partner'],
    from: ['received', 'cancelled'],
    to: 'closed',
    event: 'closed',
  },
  /** Back to the last phase that was neither cancelled nor closed. */
  reopen: {
    owners: ['centre', 'iom', 'mission', 'partner'],
    from: ['cancelled', 'closed'],
    event: 'reopened',
  },
  /** Whoever was called out has seen it: nobody calls this party again for that event. */
  'answer-call': {
    owners: ['mission', 'consular', 'iom', 'centre'],
    from: openAnywhere,
    clear: { call: seqOf },
    event: 'call-answered',
  },
  ...travelCommands,
  ...factCommands,
  ...wayCommands,
  ...groundCommands,
  ...responsibilityCommands,
  ...stayCommands,
  ...alertCommands,
} as const satisfies Record<string, CommandShape>

export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]
/** Types of events that commands become. */
export type CommandEvent = (typeof commands)[CommandName]['event']
export type EventType = CommandEvent | WatchEvent

/** The row of a command, with every column of the table. */
export function commandShape(command: CommandName): CommandShape {
  return commands[command]
}

/** Whether a command starts from a phase. */
export function startsFrom(command: CommandName, phase: Phase): boolean {
  const { from } = commandShape(command)
  return from === 'open' ? isOpen(phase) : from.includes(phase)
}

/** The command that an event of a type came from. */
export const commandOf = Object.fromEntries(
  commandNames.map((name) => [commands[name].event, name]),
) as Record<CommandEvent, CommandName>

/** The row of the command that an event of any type came from; none for what `watch` writes by itself. */
export function shapeBehind(type: EventType): CommandShape | undefined {
  const behind: Partial<Record<EventType, CommandName>> = commandOf
  const name = behind[type]
  return name && commandShape(name)
}

/** Whether a command begins a trail: a return's, or an alert's. */
export function begins(name: CommandName): boolean {
  return name === 'file' || name === 'alert'
}

/** Whether a command is among those that a kind of party has. */
export function isOwner(kind: string, name: CommandName): boolean {
  return (commands[name].owners as readonly string[]).includes(kind)
}

/** The commands that a kind of party gives on a return or an alert that is there. */
export function commandsOf(kind: string): CommandName[] {
  return commandNames.filter((name) => !begins(name) && !commandShape(name).withFiling && isOwner(kind, name))
}
