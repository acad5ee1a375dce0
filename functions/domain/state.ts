import type { EventOf } from '../../schemas/events/events.ts'
import type { StayItem } from '../../schemas/events/watch-events.ts'
import type { Duty } from '../../schemas/procedure/duties.ts'
import type { GateName } from '../../schemas/procedure/gates.ts'
import type { Phase } from '../../schemas/procedure/phases.ts'
import type { StepName } from '../../schemas/procedure/procedure.ts'
import type { TaskName } from '../../schemas/procedure/tasks.ts'
import type { BasisCode } from '../../schemas/values/basis.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import type { Alert, ReturnOutcome } from '../../schemas/values/codes.ts'
import type { HolderId, PartyId } from '../../schemas/values/parties.ts'

/**
 * Where the legal basis of a recipient stands: its code, or what has become of it. `to-ask`: the person has to be asked
 * anew. `accompanying`: the recipient was removed and reads the journey until the arrival. `withdrawn`: after that.
 * `ended`: its last task is over. `raised`: it raised the alert.
 */
export type BasisStatus = BasisCode | 'to-ask' | 'accompanying' | 'withdrawn' | 'ended' | 'raised'

/** A task of another post or a partner that has not ended. */
export interface OpenTask {
  /** The event that gave it. */
  seq: number
  task: TaskName
  to: PartyId
  by: PartyId
  at: string
  until?: string
}

/** Who is on a return, and why. It decides who gets the events, and who reads which sections. */
export interface Participants {
  /** Who answers for the return: the party that filed it, until another party accepts the case. */
  responsible: PartyId
  /** Who plans the journey. */
  arranger: PartyId
  basis: ReadonlyMap<HolderId, BasisStatus>
  tasks: readonly OpenTask[]
  /** Parties whose time to read the sections is over. */
  accessEnded: ReadonlySet<PartyId>
}

/** A section that stands: who wrote it, with which event, in which slot. */
export interface CurrentSection {
  sec: string
  cls: SectionClass
  slot: string
  seq: number
  by: PartyId
  /** For `talk`: the party it was written to. */
  for?: PartyId
}

/** Sections that a holder may read and has no wrap of yet, and since when. */
interface LackingSections {
  since: string
  sections: readonly string[]
}

export type Lacking = ReadonlyMap<HolderId, LackingSections>

/** A place at a centre. The event that took it names it, wherever the booked beds are written down. */
export interface PlaceHeld {
  by: PartyId
  /** The day on which it runs out if nobody has come. */
  until: string
  seq: number
}

/** Why a party is called out. */
export type CallReason = 'danger' | 'night' | 'contact-lost' | 'evacuation'

/** A party that is called out for an event, until it answers or the reason is gone. */
export interface Call {
  seq: number
  party: PartyId
  why: CallReason
  /** The time of the event. */
  since: string
  /** How many lines of the rota were called. */
  lines: number
}

/** What makes an escalation the same one: a party is notified of it once on each level. */
export type EscalationKey = Pick<EventOf<'overdue'>['data'], 'item' | 'party' | 'step' | 'event' | 'since'>

/** An escalation that was recorded, with the highest level that was reached. */
export interface Overdue extends EscalationKey {
  level: number
  /** Who was notified of it, besides the party that is late. */
  notified: readonly PartyId[]
}

/** A day that was noted of a stay: what is due on it, which party it falls to, and the event that noted it. */
export interface StayDay {
  item: StayItem
  party: PartyId
  day: string
  seq: number
}

/** That the person has another return: since which event, and which of the two may be void. */
export interface ReturnLink extends Pick<EventOf<'linked'>['data'], 'match' | 'link' | 'toEnd'> {
  seq: number
  at: string
  /** The responsible party said that this return goes on. */
  kept?: boolean
}

/** What is known of a return from its events in clear. */
export interface State extends Participants {
  ret: string
  request: string
  /** The alert that it came from. */
  alert?: string
  log: { sec: string; kid: string }

  phase: Phase
  /** When the return came to its phase. */
  since: string
  /** Where it goes when it is reopened: the last phase that was neither cancelled nor closed. */
  phaseBefore?: Phase
  urgency: number
  /** When the person was first said to be there. */
  arrivedAt?: string
  outcome?: ReturnOutcome
  /** The person came to the Centre and left it again. */
  leftCentre: boolean

  /** The version of the procedure that it began with. */
  procedure: string
  /** The steps that are done, and the days on which the steps that have begun are due. */
  done: ReadonlySet<StepName>
  due: ReadonlyMap<StepName, string>
  identityConfirmed: boolean
  documentIssued: boolean
  /** The day to look at the document again, and the party that does so. */
  documentCheck?: { party: PartyId; day: string }
  riskAssessed: boolean
  ruling?: 'approved' | 'refused' | 'on-hold'
  funded: boolean
  /** The place that is held for the person, or in which she stays. */
  placeHeld?: PlaceHeld
  /** Who did each part of the return last, where one person must not do all of them. */
  doneBy: ReadonlyMap<Duty, string>
  /** The gates were asked again, just before leaving. */
  cleared: boolean
  /** Gates that another party attested, because the arranger cannot read their sections. */
  attested: ReadonlySet<GateName>

  /** The current section of each slot, oldest first. */
  sections: readonly CurrentSection[]
  /** Sections that a holder may read by its basis, and cannot open yet. */
  lacking: Lacking
  /** Sections that nobody can read, by the day on which they are erased. */
  locked: ReadonlyMap<string, string>
  /** Removed recipients: who removed each, and its answer about the data that it held. */
  withdrawals: ReadonlyMap<PartyId, { by: PartyId; at: string; answer?: 'deleted' | 'kept' }>
  /** Until when the person is to be asked anew, while the basis of a recipient waits for it. */
  toAsk?: { at: string; day: string }
  /** The post that the consular department wants the case to go to. */
  moveTo?: { to: PartyId; at: string }

  links: readonly ReturnLink[]
  questions: readonly { seq: number; by: PartyId; for: PartyId; at: string }[]
  /** The officer to whom the return is assigned, by party. */
  assignees: ReadonlyMap<PartyId, string>
  /** The day of the next step that a party has noted for itself. */
  nextSteps: ReadonlyMap<PartyId, string>
  /** Facts by their event, for `correct`. */
  facts: readonly { seq: number; by: PartyId }[]
  /** Hand-overs by their event, with the other side that confirmed. */
  handovers: readonly { seq: number; by: PartyId; confirmedBy?: PartyId }[]
  /** The days of a stay that are still to come. */
  stayDays: readonly StayDay[]

  alerts: readonly Alert[]
  /** Who ordered an evacuation, when, and whether a second person has confirmed it. */
  evacuation?: { by: PartyId; user: string; at: string; confirmed: boolean }
  calls: readonly Call[]
  /** Escalations that were recorded, done by now or not. */
  overdue: readonly Overdue[]
}

/** The state of a whole trail: it also knows every section that was ever written and not struck. */
export interface Folded extends State {
  /** How many events it was folded from. */
  version: number
  written: readonly CurrentSection[]
}
