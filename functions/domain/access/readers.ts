import { taskShape } from '../../../schemas/procedure/tasks.ts'
import {
  type DataClass,
  mayHold,
  mayRead,
  type SectionClass,
  sectionClassNames,
} from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId, partyId, partyKinds } from '../../../schemas/values/parties.ts'
import type { BasisStatus, Participants } from '../state.ts'
import { isHelper } from './participants.ts'

const consular = partyId.parse('consular')
const oversight = partyId.parse('oversight')
const iom = partyId.parse('iom')

/** The classes of a party that plans the journey, or accompanies the person. */
export const journeyClasses = ['safety', 'travel'] as const satisfies readonly SectionClass[]

/** The classes of an alert for the party that raised it. */
const alertClasses = ['case', 'contacts'] as const satisfies readonly SectionClass[]

/** Whether a recipient with a status is on the return. */
const isOn: Readonly<Record<BasisStatus, boolean>> = {
  consent: true,
  'other-basis': true,
  'to-ask': true,
  accompanying: true,
  raised: true,
  none: false,
  withdrawn: false,
  ended: false,
}

const hasBasis = ({ basis }: Participants, holder: HolderId) => isOn[basis.get(holder) ?? 'none']

const getsEvents = (holder: HolderId): holder is PartyId => {
  const kind = kindOf(holder)
  return kind in partyKinds && partyKinds[kind as keyof typeof partyKinds].queue
}

/** The parties that events are for: the responsible one, the consular department, and each recipient with a basis. */
export function addressed(participants: Participants): PartyId[] {
  const { basis, responsible } = participants
  const recipients = [...basis.keys()].filter((holder) => hasBasis(participants, holder))
  return [...new Set([responsible, consular, ...recipients.filter(getsEvents)])]
}

/** The participants of a filing, without tasks: IOM plans the journey if it is a recipient, or else the filing party. */
export function filingParticipants<B extends Participants['basis']>(
  responsible: PartyId,
  basis: B,
): Participants & { basis: B } {
  const participants = {
    responsible,
    arranger: responsible,
    basis,
    tasks: [],
    accessEnded: new Set<PartyId>(),
  }
  return addressed(participants).includes(iom) ? { ...participants, arranger: iom } : participants
}

/**
 * How a party stands to a return. `on`: it sees what is in clear. `ended`: it was removed, and has to say what it did
 * with the data that it held. `none`: it does not know of the return. Oversight gets no events, and sees what is in
 * clear of every return.
 */
export function membershipOf(participants: Participants, party: PartyId): 'on' | 'ended' | 'none' {
  if (party === oversight || addressed(participants).includes(party)) return 'on'
  const status = participants.basis.get(party)
  return status === 'withdrawn' || status === 'ended' ? 'ended' : 'none'
}

const isJourneyClass = (cls: DataClass) => (journeyClasses as readonly DataClass[]).includes(cls)

/** The classes that a party with a limited part in the return reads; undefined for a party without such a limit. */
function limitedClasses(participants: Participants, holder: HolderId): readonly DataClass[] | undefined {
  if ((participants.accessEnded as ReadonlySet<HolderId>).has(holder)) return []
  const status = participants.basis.get(holder)
  if (status === 'accompanying') return journeyClasses
  return status === 'raised' ? alertClasses : undefined
}

/** Whether a holder that is on the return reads a class there: its kind may, and its part in the return needs it. */
function reads(participants: Participants, holder: HolderId, cls: SectionClass): boolean {
  const { responsible, arranger, tasks } = participants
  if (!mayRead(kindOf(holder), cls)) return false
  const limited = limitedClasses(participants, holder)
  if (limited) return limited.includes(cls)
  // A partner that filed reads what a mission would: it writes protection and care, and cannot read them back.
  if (holder === responsible && kindOf(holder) === 'partner') return mayRead('mission', cls)
  if (isHelper(participants, holder))
    return tasks.some(({ to, task }) => to === holder && taskShape(task).classes.includes(cls))
  // The ministry reads the journey only where it plans it.
  return !isJourneyClass(cls) || kindOf(holder) !== 'ministry' || arranger === holder
}

/**
 * Who gets a wrap of a section of a class: the parties on the return that read it there and, with a basis, `figures`;
 * `watch` holds log keys. `talk` is for its writer and the party it is written to, `note` for its writer alone.
 */
export function readersOf(
  participants: Participants,
  cls: DataClass,
  between?: { by: HolderId; for?: PartyId | undefined },
): HolderId[] {
  const on: HolderId[] = addressed(participants)
  if (cls === 'note') return between ? on.filter((party) => party === between.by) : []
  if (cls === 'talk')
    return between ? on.filter((party) => party === between.by || party === between.for) : []
  if (cls === 'log') return [...on.filter((party) => mayRead(kindOf(party), cls)), 'watch']
  const readers = on.filter((holder) => reads(participants, holder, cls))
  const isKept = readers.length > 0 && mayHold('custodian', cls)
  if (hasBasis(participants, 'figures') && mayRead('figures', cls)) readers.push('figures')
  return isKept ? [...readers, 'custodian'] : readers
}

/** The classes that a holder reads on a return, without `talk` and `note`. */
export function classesRead(participants: Participants, holder: HolderId): ReadonlySet<SectionClass> {
  return new Set(sectionClassNames.filter((cls) => readersOf(participants, cls).includes(holder)))
}
