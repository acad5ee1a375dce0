import type { StayItem } from '../../schemas/events/watch-events.ts'
import type { GateName } from '../../schemas/procedure/gates.ts'
import type { Phase } from '../../schemas/procedure/phases.ts'
import type { Outcome } from '../../schemas/values/codes.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import type { CurrentSection } from './access/current-sections.ts'
import type { Lacking } from './access/grants.ts'
import type { Participants } from './access/participants.ts'
import type { Cause } from './schedule/calls.ts'
import type { DocumentCheck, Overdue } from './schedule/overdue.ts'
import type { Course } from './schedule/steps.ts'

/** A day that was noted of a stay: what is due on it, whose it is, and by which event. */
export interface StayDay {
  item: StayItem
  party: PartyId
  day: string
  seq: number
}

/** What is known of a return from its events in clear. */
export interface State extends Course, Participants, Cause, DocumentCheck {
  ret: string
  request: string
  /** The alert that it came from. */
  alert?: string
  /** Where it goes when it is reopened: the last phase that was neither cancelled nor closed. */
  before?: Phase
  /** Who was left out, by whom, and what it answered that it did with what it held. */
  withdrawals: ReadonlyMap<PartyId, { by: PartyId; at: string; answer?: 'deleted' | 'kept' }>
  /** Until when the person is to be asked anew, while a recipient's ground waits for it. */
  toAsk?: { at: string; day: string }
  /** Wraps that are owed to who gained a ground. */
  lacking: Lacking
  /** Sections that nobody can read, by the day on which they are erased. */
  locked: ReadonlyMap<string, string>
  /** The post that the consular department wants the case to go to. */
  moveTo?: { to: PartyId; at: string }
  /** Gates that somebody vouched for whom the arranger cannot read. */
  attested: ReadonlySet<GateName>
  log: { sec: string; kid: string }
  /** The current section of each slot, oldest first. */
  sections: readonly CurrentSection[]
  questions: readonly { seq: number; by: PartyId; for: PartyId; at: string }[]
  /** Hand-overs by their event, with the other side that confirmed. */
  handovers: readonly { seq: number; by: PartyId; confirmedBy?: PartyId }[]
  /** The gates were asked again, just before leaving. */
  cleared: boolean
  /** She came to the Centre and left it again. */
  left: boolean
  /** What is still to come of a stay. */
  stayDays: readonly StayDay[]
  /** What was found overdue, done by now or not. */
  overdue: readonly Overdue[]
  /** The officer who keeps the return, by party. */
  assignees: ReadonlyMap<PartyId, string>
  /** The day of the next step that a party has noted for itself. */
  nextSteps: ReadonlyMap<PartyId, string>
  /** When she first was said to be there. */
  arrivedAt?: string
  outcome?: Outcome
  /** Facts by their event, for `correct`. */
  facts: readonly { seq: number; by: PartyId }[]
  /** When the return came to where it stands. */
  since: string
}

/** The state of a whole trail: it also knows every section that was ever written and not struck. */
export interface Folded extends State {
  /** How many events it was folded from. */
  version: number
  written: readonly CurrentSection[]
}
