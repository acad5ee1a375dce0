import { isDeepStrictEqual } from 'node:util'
import { refusal } from '../../schemas/api/problems.ts'
import { type CommandEvent, commands } from '../../schemas/commands/commands.ts'
import { procedureOn } from '../../schemas/procedure/procedure.ts'
import { mayAlert, waysOf } from '../../schemas/procedure/ways.ts'
import type { Content } from '../../schemas/sections/sections.ts'
import { basisCode } from '../../schemas/values/basis.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../schemas/values/parties.ts'
import { alertParticipants } from './access/alert-participants.ts'
import { ageBandsOf, bornBy, labelOf } from './access/label.ts'
import { guardianSuspected } from './access/legal-basis.ts'
import { type Facts, latest } from './access/opened-sections.ts'
import { chisinau, dayIn, dayOf, instantOf } from './calendar/days.ts'
import { type Command, maybeSent, sent } from './command.ts'
import { eventDataOf, firstSteps, urgencyOf } from './event-data.ts'
import { closedGates } from './gates/gates.ts'
import { type Plan, participantsOf, planCommand, planFirstEvent } from './plan.ts'
import type { Folded } from './state.ts'

/** What a command becomes: an event's type and clear data, and what its sections hold. */
export interface Decision extends Plan {
  type: CommandEvent
  /** The event's clear data; the form of its type is closed, and whoever builds the event parses it. */
  data: Readonly<Record<string, unknown>>
  /** The content of each section of the outline's `seals`. */
  contents: ReadonlyMap<SectionClass, unknown>
}

/** Ids that a filing or an alert brings along; decisions draw nothing at random. */
export interface FilingIds {
  request: string
  /** The alert that is filed from. */
  alert?: string
  log: { sec: string; kid: string }
}

/**
 * Decides on a filing: what starts a return. Throws bad-input when the birth is yet to come, or contradicts the age band;
 * not-yours where a party of this kind registers nobody who is home.
 */
export function decideFiling(command: Command, ids: FilingIds): Decision {
  const request = sent(command, 'case', 'request')
  const person = sent(command, 'identity', 'person')
  const safety = maybeSent(command, 'safety', 'safety')
  const today = dayOf(command.at)
  registered(command)
  if (!bornBy(person.birth, today)) throw refusal('bad-input', { fields: ['identity.birth'] })
  if (request.ageBand !== 'not-known' && !ageBandsOf(person.birth, today).includes(request.ageBand))
    throw refusal('bad-input', { fields: ['case.ageBand', 'identity.birth'] })
  if (safety?.guardianSuspected) {
    if (request.agreement.recipients.some(({ basis }) => basis.kind === 'consent' && basis.by === 'guardian'))
      throw refusal('guardian-suspected', { fields: ['case.agreement.recipients'] })
    const family = maybeSent(command, 'contacts', 'family')
    if (family) untold(family)
  }
  const procedure = procedureOn(dayIn(Date.parse(command.at), chisinau))
  const outlined = planCommand(undefined, command)
  return {
    ...outlined,
    type: 'filed',
    data: {
      request: ids.request,
      urgency: urgencyOf(request),
      basis: Object.fromEntries(participantsOf(command).basis),
      log: ids.log,
      procedure: procedure.version,
      due: firstSteps(procedure, request.category, command, participantsOf(command)),
      ...(ids.alert ? { alert: ids.alert } : {}),
    },
    contents: contentsOf(command, outlined, new Map([['label', labelOf(person, today)]])),
  }
}

/** Whom others than a mission file for is home, by a way in that the party registers people by. */
function registered(command: Command): void {
  const { party } = command.by
  if (kindOf(party) === 'mission') return
  const ways = waysOf(kindOf(party), command.config.partners[party])
  if (ways.length === 0) throw refusal('not-yours')
  const { wayIn } = sent(command, 'case', 'request')
  if (!wayIn || !ways.includes(wayIn)) throw refusal('bad-input', { fields: ['case.wayIn'] })
}

/** Decides on an alert that goes to a post, or to the consular department. Throws not-yours and bad-input. */
export function decideAlert(command: Command, { request, log }: FilingIds, post: PartyId): Decision {
  const { party } = command.by
  if (!mayAlert(kindOf(party), command.config.partners[party])) throw refusal('not-yours')
  const told = sent(command, 'case', 'alert')
  if (told.children > told.persons) throw refusal('bad-input', { fields: ['case.children'] })
  const outlined = planFirstEvent(alertParticipants(party, post), command)
  return {
    ...outlined,
    type: 'alerted',
    data: { request, post, urgency: urgencyOf(told), log },
    contents: contentsOf(command, outlined, new Map()),
  }
}

/**
 * Decides on a command: an event's content, or a refusal (see `outline`; besides: not-readable, gate-closed,
 * guardian-suspected, bad-input). A fact is refused by nothing but a closed return. `granted`: the sections of the
 * outline's grants that the author can wrap.
 */
export function decide(
  state: Folded,
  facts: Facts,
  command: Command,
  granted: readonly string[] = [],
): Decision {
  const outlined = planCommand(state, command)
  const shut = outlined.needs.filter((cls) => facts.unseen.includes(cls))
  if (shut.length > 0) throw refusal('not-readable', { fields: shut })
  const gates = closedGates(command, state, facts)
  if (gates.length > 0) throw refusal('gate-closed', { gates })
  const data = eventDataOf(state, outlined, facts, command, granted)
  const settled = command.name === 'withdraw' ? taking(outlined, command, data.cut === true) : outlined
  return {
    ...settled,
    type: commands[command.name].event,
    data,
    contents: contentsOf(command, settled, derived(state, facts, command)),
  }
}

/** Whom a withdrawal cuts gets no wrap of it, and loses its own; a duty by law is not cut, and nothing is taken away. */
function taking({ destroys, ...outlined }: Plan, command: Command, cut: boolean): Plan {
  if (!cut) return outlined
  const { recipient } = sent(command, 'case', 'withdrawal')
  // What nobody else may read is not kept.
  const seals = outlined.seals.flatMap((seal) => {
    const readers = seal.readers.filter((reader) => reader !== recipient)
    return readers.some((reader) => reader !== 'custodian') ? [{ ...seal, readers }] : []
  })
  return { ...outlined, ...(destroys ? { destroys } : {}), seals }
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
    case 'pass-alert':
      // The same words, sealed anew for who has it now.
      return new Map<SectionClass, unknown>([
        ['case', latest(facts, 'case', 'alert')],
        ['contacts', latest(facts, 'contacts', 'callback')],
      ])
    case 'amend': {
      if (body.slot === 'request') unchangedAgreement(state, facts, command)
      if (body.slot === 'family' && guardianSuspected(facts)) untold(sent(command, 'contacts', 'family'))
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

/** Nobody tells a guardian under suspicion: a parent is not to be contacted. */
function untold({ persons }: Content<'contacts', 'family'>): void {
  if (persons.some(({ relation, mayContact }) => relation === 'parent' && mayContact))
    throw refusal('guardian-suspected', { fields: ['contacts.persons'] })
}

function journeyOf({ legs, arrivesAt }: Content<'travel', 'itinerary'>): Content<'case', 'journey'> {
  const departures = legs.map(({ departs }) => dayOf(departs)).sort()
  const arrivals = legs.map(({ arrives }) => dayOf(arrives)).sort()
  return { leavesOn: departures[0] ?? '', arrivesOn: arrivals.at(-1) ?? '', arrivesAt }
}

/**
 * Who is told changes by `agree` and `withdraw`, never by the way; and what the person said at filing is the responsible
 * post's to put right, until she says something anew. A request that was struck has nothing to compare with; then the
 * grounds that are in clear have to be met.
 */
function unchangedAgreement({ basis, responsible }: Folded, facts: Facts, command: Command): void {
  const before = latest(facts, 'case', 'request')
  const { agreement, wayIn } = sent(command, 'case', 'request')
  if (before && before.wayIn !== wayIn) throw refusal('bad-input', { fields: ['case.wayIn'] })
  const told = participantsOf(command).basis
  const sameRecipients = before
    ? isDeepStrictEqual(before.agreement.recipients, agreement.recipients)
    : [...told].every(([holder, ground]) => {
        const stands = basis.get(holder)
        return stands !== undefined && (!basisCode.safeParse(stands).success || stands === ground)
      })
  if (!sameRecipients) throw refusal('bad-input', { fields: ['case.agreement.recipients'] })
  if (command.by.party !== responsible && !isDeepStrictEqual(before?.agreement, agreement))
    throw refusal('bad-input', { fields: ['case.agreement'] })
  // What she said since is not said otherwise by the way.
  if (before && latest(facts, 'case', 'wish') && before.agreement.toReturn !== agreement.toReturn)
    throw refusal('bad-input', { fields: ['case.agreement.toReturn'] })
}

function contentsOf(
  { body }: Command,
  { seals }: Plan,
  additions: ReadonlyMap<SectionClass, unknown>,
): Map<SectionClass, unknown> {
  return new Map(seals.map(({ cls }) => [cls, additions.get(cls) ?? body[cls]]))
}
