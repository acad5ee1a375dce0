import { refusal } from '../../../schemas/api/problems.ts'
import type { LaterCommandName } from '../../../schemas/commands/commands.ts'
import type { requestCommands } from '../../../schemas/commands/request.ts'
import { procedureOn } from '../../../schemas/procedure/procedure.ts'
import { waysOf } from '../../../schemas/procedure/ways.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { ageBandOf, ageBandsOf, bornBy } from '../../../schemas/values/ages.ts'
import { type BasisCode, basisCodeOf } from '../../../schemas/values/basis.ts'
import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { labelOf } from '../access/label.ts'
import { filingParticipants } from '../access/readers.ts'
import { chisinau, dayIn, dayOf } from '../calendar/days.ts'
import type { CommandOf } from '../command.ts'
import { contentsOf, type Decision, type Plan, planFirstEvent } from '../plan.ts'
import type { RulesOf } from '../rule.ts'
import { firstSteps } from '../schedule/begun-steps.ts'
import type { Folded, Participants } from '../state.ts'
import type { CommandTarget } from '../target.ts'

type Request = SlotContent<'case', 'request'>

/** Ids that come with the first event of a trail; decisions draw nothing at random. */
export interface FirstEventIds {
  request: string
  /** The alert that a return is filed from. */
  alert?: string
  log: { sec: string; kid: string }
}

/** Who is on a return that is being filed. */
export function participantsOf(
  filer: PartyId,
  { agreement }: Pick<Request, 'agreement'>,
): Participants & { basis: ReadonlyMap<HolderId, BasisCode> } {
  return filingParticipants(
    filer,
    new Map(agreement.recipients.map(({ recipient, basis }) => [recipient, basisCodeOf(basis)])),
  )
}

/** What an event says of the urgency in clear: 0 not urgent, 1 soon, 2 danger today. */
export function urgencyOf({ urgency }: Pick<Request, 'urgency'>): number {
  return { none: 0, medical: 1, 'authority-deadline': 1, 'danger-today': 2 }[urgency]
}

/** Throws guardian-suspected where a parent may be contacted although a guardian is under suspicion. */
export function requireNoParentContact({ persons }: SlotContent<'contacts', 'family'>): void {
  if (persons.some(({ relation, mayContact }) => relation === 'parent' && mayContact))
    throw refusal('guardian-suspected', { fields: ['contacts.persons'] })
}

/** What a filing takes. */
export function planFiling(command: CommandOf<'file'>): Plan {
  return planFirstEvent(participantsOf(command.by.party, command.body.case), command)
}

/**
 * Decides on a filing: what starts a return. Throws bad-input when the birth is yet to come, or contradicts the age band;
 * not-yours where a party of this kind registers nobody who is home; guardian-suspected.
 */
export function decideFiling(command: CommandOf<'file'>, plan: Plan, ids: FirstEventIds): Decision {
  const { by, at, body } = command
  const { case: request, identity: person } = body
  const today = dayOf(at)
  requireWayIn(command)
  if (!bornBy(person.birth, today)) throw refusal('bad-input', { fields: ['identity.birth'] })
  const { ageBand = 'not-known' } = request
  if (ageBand !== 'not-known' && !ageBandsOf(person.birth, today).includes(ageBand))
    throw refusal('bad-input', { fields: ['case.ageBand', 'identity.birth'] })
  requireNoSuspectedGuardian(body)
  const procedure = procedureOn(dayIn(Date.parse(at), chisinau))
  const participants = participantsOf(by.party, request)
  return {
    ...plan,
    type: 'filed',
    data: {
      request: ids.request,
      urgency: urgencyOf(request),
      basis: Object.fromEntries(participants.basis),
      log: ids.log,
      procedure: procedure.version,
      due: firstSteps(procedure, request.category, command, participants),
      ...(ids.alert ? { alert: ids.alert } : {}),
    },
    contents: contentsOf(body, plan, {
      label: labelOf(person, today),
      // Nobody is asked for an age band beside a birth: it follows.
      case: { ...request, ageBand: ageBandOf(person.birth, today) },
    }),
  }
}

/** A person that others than a mission file for is home, by a way in that the party registers people by. */
function requireWayIn({ by: { party }, body, config }: CommandOf<'file'>): void {
  if (kindOf(party) === 'mission') return
  const ways = waysOf(kindOf(party), config.partners[party])
  if (ways.length === 0) throw refusal('not-yours')
  const { wayIn } = body.case
  if (!wayIn || !ways.includes(wayIn)) throw refusal('bad-input', { fields: ['case.wayIn'] })
}

/** A guardian under suspicion consents to nothing, and is not contacted. */
function requireNoSuspectedGuardian({ case: request, safety, contacts }: CommandOf<'file'>['body']): void {
  if (!safety?.guardianSuspected) return
  if (request.agreement.recipients.some(({ basis }) => basis.kind === 'consent' && basis.by === 'guardian'))
    throw refusal('guardian-suspected', { fields: ['case.agreement.recipients'] })
  if (contacts) requireNoParentContact(contacts)
}

/** Talk that comes with an answer to a filing is for the responsible party. */
const talkToResponsible = (
  { responsible }: Folded,
  { body }: CommandOf<'acknowledge' | 'accept' | 'send-back'>,
): CommandTarget => (body.talk ? { for: responsible } : {})

export const requestRules: RulesOf<keyof typeof requestCommands & LaterCommandName> = {
  acknowledge: { target: talkToResponsible },
  accept: { target: talkToResponsible },
  'send-back': { target: talkToResponsible },
}
