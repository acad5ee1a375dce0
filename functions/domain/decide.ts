import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { amendableSlots } from '../../schemas/bodies.ts'
import type { Calendar } from '../../schemas/calendars.ts'
import type { SectionClass } from '../../schemas/classes.ts'
import { type CommandEvent, commandShape, commands } from '../../schemas/commands.ts'
import { codeOf, kindOf, type PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import {
  ownerOf,
  type Procedure,
  procedureOf,
  procedureOn,
  type StepName,
  stepsDoneBy,
} from '../../schemas/procedure.ts'
import type { Content } from '../../schemas/sections.ts'
import { isNight } from './calls.ts'
import { chisinau, dayIn, dayOf, instantOf } from './days.ts'
import { dueDay, dueSteps } from './deadlines.ts'
import { closedGates } from './gates.ts'
import { ageBandsOf, bornBy, labelOf } from './label.ts'
import { type Facts, latest } from './opened.ts'
import { type Command, circleOf, type Outline, outline, sent } from './outline.ts'
import type { Folded } from './state.ts'
import { mayBegin } from './steps.ts'

/** What a command becomes: an event's type and clear data, and what its sections hold. */
export interface Decision extends Outline {
  type: CommandEvent
  /** The event's clear data; the form of its type is closed, and whoever builds the event parses it. */
  data: Readonly<Record<string, unknown>>
  /** The content of each section of the outline's `seals`. */
  contents: ReadonlyMap<SectionClass, unknown>
}

/** Ids that a filing brings along; decisions draw nothing at random. */
export interface FilingIds {
  request: string
  log: { sec: string; kid: string }
}

/**
 * Decides on a filing: what starts a return. Throws bad-input when the birth is yet to come, or contradicts the age band.
 */
export function decideFiling(command: Command, ids: FilingIds): Decision {
  const request = sent(command, 'case', 'request')
  const person = sent(command, 'identity', 'person')
  const today = dayOf(command.at)
  if (!bornBy(person.birth, today)) throw refusal('bad-input', { fields: ['identity.birth'] })
  if (request.ageBand !== 'not-known' && !ageBandsOf(person.birth, today).includes(request.ageBand))
    throw refusal('bad-input', { fields: ['case.ageBand', 'identity.birth'] })
  const procedure = procedureOn(dayIn(Date.parse(command.at), chisinau))
  const outlined = outline(undefined, command)
  return {
    ...outlined,
    type: 'filed',
    data: {
      request: ids.request,
      urgency: urgencyOf(request),
      basis: Object.fromEntries(circleOf(command).basis),
      log: ids.log,
      procedure: procedure.version,
      due: dueSteps(
        procedure,
        request.category,
        { done: new Set(), due: new Map() },
        { begins: Date.parse(command.at), post: postOf(command, command.by.party) },
      ).filter(({ step }) => hasOwner(outlined.to, procedure, step)),
    },
    contents: contentsOf(command, outlined, new Map([['label', labelOf(person, today)]])),
  }
}

/**
 * Decides on a command: an event's content, or a refusal (see `outline`; besides: not-readable, gate-closed,
 * bad-input). A fact is refused by nothing but a closed return.
 */
export function decide(state: Folded, facts: Facts, command: Command): Decision {
  const outlined = outline(state, command)
  const { name } = command
  const shut = outlined.needs.filter((cls) => facts.unseen.includes(cls))
  if (shut.length > 0) throw refusal('not-readable', { fields: shut })
  const gates = closedGates(name, state, facts, command.at)
  if (gates.length > 0) throw refusal('gate-closed', { gates })
  return {
    ...outlined,
    type: commands[name].event,
    data: { ...dataOf(state, outlined, facts, command), ...dueAfter(state, outlined, facts, command) },
    contents: contentsOf(command, outlined, derived(state, facts, command)),
  }
}

/** What is told of the urgency in clear: nothing urgent, soon, danger today. */
function urgencyOf({ urgency }: Content<'case', 'request'>): number {
  return { none: 0, medical: 1, 'authority-deadline': 1, 'danger-today': 2 }[urgency]
}

/** The clear data of an event: ids and codes only (`eventData` in schemas/events.ts). */
function dataOf(state: Folded, outlined: Outline, facts: Facts, command: Command): Decision['data'] {
  const { name, body } = command
  if (commandShape(name).states === 'fact') {
    const unseen = outlined.uses.filter((cls) => facts.unseen.includes(cls))
    const atNight = name === 'arrive' && command.night && isNight(command.at, command.night)
    return { unseen, ...(atNight ? { night: true } : {}) }
  }
  switch (name) {
    case 'answer':
      return { question: commands.answer.clear.question.parse(body.question) }
    case 'answer-call':
      return { call: commands['answer-call'].clear.call.parse(body.call) }
    case 'assign':
      return { user: commands.assign.clear.user.parse(body.user) }
    case 'note': {
      const next = commands.note.clear.next.parse(body.next)
      return { due: next ? [{ step: 'next-step', day: next }] : [] }
    }
    case 'amend': {
      const supersedes = commands.amend.clear.supersedes.parse(body.supersedes)
      return {
        slot: z.enum(amendableSlots).parse(body.slot),
        ...(supersedes ? { supersedes } : {}),
        ...(body.slot === 'request' ? { urgency: urgencyOf(sent(command, 'case', 'request')) } : {}),
        ...(body.slot === 'document' ? { due: [documentCheck(state, command)] } : {}),
      }
    }
    case 'correct':
      return { corrects: commands.correct.clear.corrects.parse(body.corrects) }
    case 'strike':
      return {
        strikes: outlined.destroys && 'sections' in outlined.destroys ? [...outlined.destroys.sections] : [],
      }
    case 'withdraw':
      return { recipient: sent(command, 'case', 'withdrawal').recipient }
    default:
      return {}
  }
}

/** The calendar of the post that filed, where it has one of its own. */
function postOf({ posts }: Command, filer: PartyId): Calendar | undefined {
  return posts?.[codeOf(filer) ?? '']
}

/** Whether somebody whose step it is is on the return: nobody is late with what nobody was asked. */
function hasOwner(to: readonly PartyId[], procedure: Procedure, step: StepName): boolean {
  return to.some((party) => kindOf(party) === ownerOf(procedure, step))
}

interface Due {
  step: StepName | 'place-held' | 'check-document'
  day: string
}

/** The steps that begin with the event, and until when a place is held: `due`, for the events that carry it. */
function dueAfter(state: Folded, outlined: Outline, facts: Facts, command: Command): { due?: Due[] } {
  const { name, at, body } = command
  const procedure = procedureOf(state.procedure)
  const finished = stepsDoneBy(procedure, commands[name].event)
  if (finished.length === 0) return {}
  const category = latest(facts, 'case', 'request')?.category
  const begins = { begins: Date.parse(at), post: postOf(command, state.filer) }
  const known = { done: new Set([...state.done, ...finished]), due: state.due }
  const ruling = name === 'refuse' ? 'refused' : name === 'approve' ? 'approved' : state.ruling
  const steps = category
    ? dueSteps(procedure, category, known, begins).filter(
        ({ step }) => mayBegin(step, ruling) && hasOwner(outlined.to, procedure, step),
      )
    : []
  switch (name) {
    case 'hold-place':
      return {
        due: [...steps, { step: 'place-held', day: commands['hold-place'].clear.until.parse(body.until) }],
      }
    case 'issue-document':
      return { due: [...steps, documentCheck(state, command)] }
    default:
      return { due: steps }
  }
}

/** When to look at a document again. Its own days are sealed: this one is reckoned from the command's time alone. */
function documentCheck({ procedure }: Folded, { at }: Command): Due {
  return { step: 'check-document', day: dueDay(procedureOf(procedure).checkDocument, Date.parse(at)) }
}

/** What a command adds to the content that was sent. */
function derived(state: Folded, facts: Facts, command: Command): Map<SectionClass, unknown> {
  const { name, at, body } = command
  const planned = latest(facts, 'travel', 'itinerary')
  switch (name) {
    case 'plan-travel':
    case 'change-travel':
      return new Map([['case', journeyOf(sent(command, 'travel', 'itinerary'))]])
    case 'depart': {
      const told = sent(command, 'case', 'departure')
      const leg = planned?.legs[sent(command, 'travel', 'departure').leg]
      if (!planned) return new Map()
      return new Map([
        [
          'case',
          {
            ...told,
            asPlanned: leg !== undefined && leftOn(told.happened, leg.from.zone) === dayOf(leg.departs),
          },
        ],
      ])
    }
    case 'arrive': {
      const told = sent(command, 'case', 'arrival')
      return planned
        ? new Map([['case', { ...told, asPlanned: planned.arrivesAt === told.point }]])
        : new Map()
    }
    case 'amend': {
      if (body.slot === 'request') unchangedAgreement(state, facts, command)
      if (body.slot !== 'person') return new Map()
      const person = sent(command, 'identity', 'person')
      if (!bornBy(person.birth, dayOf(at))) throw refusal('bad-input', { fields: ['identity.birth'] })
      return new Map([['label', labelOf(person, dayOf(at))]])
    }
    default:
      return new Map()
  }
}

/** The day of a happening on the clock of a place. */
function leftOn({ at, zone }: Content<'case', 'departure'>['happened'], placeZone: string): string {
  return at.includes('T') ? dayIn(instantOf(at, zone), placeZone) : at
}

function journeyOf({ legs, arrivesAt }: Content<'travel', 'itinerary'>): Content<'case', 'journey'> {
  const departures = legs.map(({ departs }) => dayOf(departs)).sort()
  const arrivals = legs.map(({ arrives }) => dayOf(arrives)).sort()
  return { leavesOn: departures[0] ?? '', arrivesOn: arrivals.at(-1) ?? '', arrivesAt }
}

/**
 * Who is told changes by `withdraw`, never by the way; and what the person said is the filing mission's to put right.
 * A request that was struck has nothing to compare with; then the grounds that are in clear have to be met.
 */
function unchangedAgreement({ basis, filer }: Folded, facts: Facts, command: Command): void {
  const before = latest(facts, 'case', 'request')?.agreement
  const { agreement } = sent(command, 'case', 'request')
  const told = circleOf(command).basis
  const sameRecipients = before
    ? isDeepStrictEqual(before.recipients, agreement.recipients)
    : told.size === basis.size &&
      [...basis].every(([holder, ground]) =>
        ground === 'withdrawn' ? told.has(holder) : told.get(holder) === ground,
      )
  if (!sameRecipients) throw refusal('bad-input', { fields: ['case.agreement.recipients'] })
  if (command.by.party !== filer && !isDeepStrictEqual(before, agreement))
    throw refusal('bad-input', { fields: ['case.agreement'] })
}

function contentsOf(
  { body }: Command,
  { seals }: Outline,
  additions: ReadonlyMap<SectionClass, unknown>,
): Map<SectionClass, unknown> {
  return new Map(seals.map(({ cls }) => [cls, additions.get(cls) ?? body[cls]]))
}
