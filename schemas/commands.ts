import * as z from 'zod/mini'
import type { CommandShape } from './command-shape.ts'
import { groundCommands } from './commands/grounds.ts'
import { responsibilityCommands } from './commands/responsibility.ts'
import { addressedKinds, partyId } from './parties.ts'
import { beforeLeaving, type Phase } from './phases.ts'
import { day, personId, sectionId } from './texts.ts'
import type { WatchEvent } from './watch-events.ts'

const open = 'open'
/** Who can be chosen to arrange the journey; IOM unless somebody is. */
const arranging = ['iom', 'mission', 'ministry', 'partner'] as const
const underway = ['accepted', 'planned', 'confirmed', 'travelling'] as const
const talking = ['mission', 'iom', 'centre', 'ministry', 'partner'] as const
/** What the gates before leaving ask for; who arranges opens those of them that it may. */
const leavingClasses = ['identity', 'case', 'travel', 'care', 'protection', 'safety'] as const
const seqOf = z.int().check(z.minimum(0))

/**
 * Every command, once: routes, OpenAPI, tests and pages derive from this table.
 * `file` has no return yet: it starts one for each person of a request.
 */
export const commands = {
  file: {
    owners: ['mission'],
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
  ask: { owners: talking, from: open, seals: { talk: 'question' }, clear: { for: partyId }, event: 'asked' },
  answer: {
    owners: talking,
    from: open,
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
  'plan-travel': {
    owners: arranging,
    arranges: true,
    from: ['accepted'],
    to: 'planned',
    seals: { travel: 'itinerary' },
    derives: { case: 'journey' },
    event: 'travel-planned',
  },
  'confirm-travel': {
    owners: arranging,
    arranges: true,
    from: ['planned'],
    to: 'confirmed',
    needs: leavingClasses,
    maySeal: { travel: 'bookings' },
    event: 'travel-confirmed',
  },
  'change-travel': {
    owners: arranging,
    arranges: true,
    from: ['planned', 'confirmed', 'travelling'],
    seals: { travel: 'itinerary' },
    derives: { case: 'journey' },
    event: 'travel-changed',
  },
  /** What the border will ask on the way out. */
  'check-exit': { owners: ['mission'], from: open, seals: { travel: 'exit' }, event: 'exit-checked' },
  'assess-child': {
    owners: ['iom', 'centre'],
    from: open,
    seals: { protection: 'child' },
    event: 'child-assessed',
  },
  /** The last word before the journey: the manifest is right, and the gates are asked again. */
  'clear-to-leave': {
    owners: arranging,
    arranges: true,
    from: ['confirmed'],
    needs: leavingClasses,
    event: 'cleared',
  },
  override: {
    owners: ['mission', 'iom'],
    roles: ['administrator', 'duty-officer'],
    from: beforeLeaving,
    seals: { case: 'override' },
    event: 'overridden',
  },
  /** Out of danger, at any hour, on one duty officer's word; a second confirms within a day. */
  evacuate: {
    owners: ['mission', 'iom'],
    roles: ['duty-officer'],
    from: beforeLeaving,
    seals: { case: 'evacuation' },
    event: 'evacuation-ordered',
  },
  'confirm-evacuation': {
    owners: ['mission', 'iom', 'ministry'],
    roles: ['duty-officer', 'administrator'],
    from: open,
    event: 'evacuation-confirmed',
  },
  /** Whoever was called out has seen it: nobody calls this party again for that event. */
  'answer-call': { owners: addressedKinds, from: open, clear: { call: seqOf }, event: 'call-answered' },
  'hold-place': {
    owners: ['centre'],
    from: open,
    needs: ['case'],
    clear: { until: day },
    event: 'place-held',
  },
  /** The officer who does it keeps the return for the own party. */
  take: { owners: talking, from: open, event: 'taken' },
  /** Hands it to a colleague, by the id that sign-in gave them. */
  assign: { owners: talking, from: open, clear: { user: personId }, event: 'assigned' },
  /** For the own party alone; the day of the next step shows on its worklist. */
  note: {
    owners: talking,
    from: open,
    seals: { note: 'note' },
    clear: { next: z.optional(day) },
    event: 'noted',
  },
  'release-place': { owners: ['centre'], from: open, event: 'place-released' },
  depart: {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: open,
    to: 'travelling',
    uses: ['travel'],
    seals: { case: 'departure', travel: 'departure' },
    event: 'departed',
  },
  'did-not-come': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: open,
    uses: ['travel'],
    seals: { case: 'did-not-come' },
    event: 'did-not-come',
  },
  'contact-lost': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: open,
    uses: ['travel'],
    seals: { case: 'contact-lost' },
    event: 'contact-lost',
  },
  'in-hospital': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: open,
    uses: ['travel'],
    seals: { case: 'hospital' },
    event: 'in-hospital',
  },
  arrive: {
    owners: ['iom', 'centre', 'partner'],
    states: 'fact',
    destroys: true,
    from: open,
    to: 'arrived',
    uses: ['travel', 'safety'],
    seals: { case: 'arrival' },
    maySeal: { care: 'condition' },
    event: 'arrived',
  },
  'hand-over': {
    owners: ['iom', 'centre', 'partner'],
    states: 'fact',
    destroys: true,
    from: open,
    uses: ['travel', 'safety'],
    seals: { case: 'handover' },
    maySeal: { care: 'condition' },
    event: 'handed-over',
  },
  'refer-home': {
    owners: ['iom', 'centre'],
    states: 'fact',
    destroys: true,
    from: open,
    to: 'received',
    uses: ['travel', 'safety'],
    seals: { case: 'home' },
    maySeal: { care: 'condition' },
    event: 'referred-home',
  },
  admit: {
    owners: ['iom', 'centre'],
    states: 'fact',
    destroys: true,
    from: open,
    to: 'received',
    uses: ['travel', 'safety'],
    seals: { case: 'stay', care: 'intake' },
    event: 'admitted',
  },
  amend: {
    owners: ['mission', 'iom', 'centre'],
    from: open,
    clear: { supersedes: z.optional(sectionId) },
    event: 'amended',
  },
  correct: {
    owners: ['mission', 'iom', 'centre'],
    from: open,
    clear: { corrects: seqOf },
    event: 'corrected',
  },
  strike: {
    owners: ['mission', 'iom', 'centre'],
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
    owners: ['mission', 'iom'],
    destroys: true,
    from: open,
    to: 'cancelled',
    seals: { case: 'cancellation' },
    event: 'cancelled',
  },
  close: {
    owners: ['centre', 'iom', 'mission'],
    from: ['received', 'cancelled'],
    to: 'closed',
    event: 'closed',
  },
  /** Back to the last phase that was neither cancelled nor closed. */
  reopen: { owners: ['centre', 'iom', 'mission'], from: ['cancelled', 'closed'], event: 'reopened' },
  ...groundCommands,
  ...responsibilityCommands,
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
  return from === 'open' ? phase !== 'closed' : from.includes(phase)
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

/** The commands that a kind of party gives on a return that is there. */
export function commandsOf(kind: string): CommandName[] {
  return commandNames.filter(
    (name) => name !== 'file' && (commands[name].owners as readonly string[]).includes(kind),
  )
}
