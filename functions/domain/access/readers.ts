import { taskShape } from '../../../schemas/procedure/tasks.ts'
import {
  type DataClass,
  mayHold,
  mayRead,
  type SectionClass,
  sectionClassNames,
} from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId, partyId, partyKinds } from '../../../schemas/values/parties.ts'
import { isHelper, type Participants } from './participants.ts'

const consular = partyId.parse('consular')
const oversight = partyId.parse('oversight')
const iom = partyId.parse('iom')

/** What who accompanies her reads, or plans her journey. */
export const journeyClasses = ['safety', 'travel'] as const satisfies readonly SectionClass[]

/** What who raised an alert reads of it. */
const alertClasses = ['case', 'contacts'] as const satisfies readonly SectionClass[]

const stands = (circle: Participants, holder: HolderId) => {
  switch (circle.basis.get(holder)) {
    case 'consent':
    case 'other-basis':
    case 'to-ask':
    case 'accompanying':
    case 'raised':
      return true
    case 'none':
    case 'withdrawn':
    case 'ended':
    case undefined:
      return false
  }
}

const isAddressed = (holder: HolderId): holder is PartyId => {
  const kind = kindOf(holder)
  return kind in partyKinds && partyKinds[kind as keyof typeof partyKinds].queue
}

/** Whom events are for: who answers for the return, the consular department, and each recipient with a ground. */
export function addressed(circle: Participants): PartyId[] {
  const recipients = [...circle.basis.keys()].filter((holder) => stands(circle, holder)).filter(isAddressed)
  return [...new Set([circle.responsible, consular, ...recipients])]
}

/** The circle of a filing, in which nobody has a task yet: IOM plans the journey where it is told, else the post. */
export function filingParticipants<G extends Participants['basis']>(
  responsible: PartyId,
  basis: G,
): Participants & { basis: G } {
  const circle = { responsible, arranger: responsible, basis, tasks: [], over: new Set<PartyId>() }
  return addressed(circle).includes(iom) ? { ...circle, arranger: iom } : circle
}

/**
 * How a party stands to a return: it sees what is in clear, it was told to delete what it holds, or the return is
 * unknown to it. Oversight is told of nothing, and sees what is in clear of every return.
 */
export function membershipOf(circle: Participants, party: PartyId): 'on' | 'ended' | 'none' {
  if (party === oversight || addressed(circle).includes(party)) return 'on'
  const ground = circle.basis.get(party)
  return ground === 'withdrawn' || ground === 'ended' ? 'ended' : 'none'
}

/** Whether a holder that is on the return reads a class there: its kind may, and its part in it needs it. */
function reads(circle: Participants, holder: HolderId, cls: SectionClass): boolean {
  if (!mayRead(kindOf(holder), cls)) return false
  if ((circle.over as ReadonlySet<HolderId>).has(holder)) return false
  if (circle.basis.get(holder) === 'accompanying') return (journeyClasses as readonly string[]).includes(cls)
  if (circle.basis.get(holder) === 'raised') return (alertClasses as readonly string[]).includes(cls)
  // A partner that filed reads what a post would: protection and care it writes, and cannot read back.
  if (holder === circle.responsible && kindOf(holder) === 'partner') return mayRead('mission', cls)
  if (isHelper(circle, holder))
    return circle.tasks.some(({ to, task }) => to === holder && taskShape(task).classes.includes(cls))
  // The ministry reads the journey where it is the one that plans it.
  const ofJourney = (journeyClasses as readonly string[]).includes(cls)
  return !ofJourney || kindOf(holder) !== 'ministry' || circle.arranger === holder
}

/**
 * Who gets a wrap of a section of a class: the parties on the return that read it there and, with a basis, `figures`;
 * `watch` holds log keys. `talk` is for its writer and the one it is written to, `note` for its writer alone.
 */
export function readersOf(
  circle: Participants,
  cls: DataClass,
  between?: { by: HolderId; for?: PartyId | undefined },
): HolderId[] {
  const on: HolderId[] = addressed(circle)
  if (cls === 'note') return between ? on.filter((party) => party === between.by) : []
  if (cls === 'talk')
    return between ? on.filter((party) => party === between.by || party === between.for) : []
  if (cls === 'log') return [...on.filter((party) => mayRead(kindOf(party), cls)), 'watch']
  const readers = on.filter((holder) => reads(circle, holder, cls))
  const kept = readers.length > 0 && mayHold('custodian', cls)
  if (stands(circle, 'figures') && mayRead('figures', cls)) readers.push('figures')
  return kept ? [...readers, 'custodian'] : readers
}

/** The classes that a holder reads on a return, but for what is between two. */
export function classesRead(circle: Participants, holder: HolderId): ReadonlySet<SectionClass> {
  return new Set(sectionClassNames.filter((cls) => readersOf(circle, cls).includes(holder)))
}
