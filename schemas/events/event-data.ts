import * as z from 'zod/mini'
import { amendableSlots } from '../commands/bodies.ts'
import type { EventType } from '../commands/commands.ts'
import { gateNames } from '../procedure/gates.ts'
import { procedureVersion, stepNames } from '../procedure/procedure.ts'
import { taskNames } from '../procedure/tasks.ts'
import { basisCode } from '../values/basis.ts'
import { sectionClassNames } from '../values/classes.ts'
import { holderId, partyId } from '../values/parties.ts'
import { day, personId, requestId, returnId, sectionId, thumbprint } from '../values/texts.ts'
import { escalationNames, stayItems } from './watch-events.ts'

const seq = z.int().check(z.minimum(0), z.maximum(99_999_999))
const nothing = z.strictObject({})
/** The log key that was made with the first event. */
const logKey = z.strictObject({ sec: sectionId, kid: thumbprint })
const clearUrgency = z.int().check(z.minimum(0), z.maximum(2))

/** A step and the day it is due. */
const due = z.strictObject({
  step: z.enum([...stepNames, 'place-held', 'next-step', 'ask-person', 'check-document', ...stayItems]),
  day,
})

/** The steps that begin with the event, with the days they are due. */
const dues = z.array(due).check(z.maxLength(stepNames.length))
const stepped = z.strictObject({ due: dues })

/** Of a stay: each day once, whatever is due on it. */
const stayDays = z.strictObject({ due: z.optional(z.array(due).check(z.maxLength(9))) })

/** The sections that were wrapped for who gains them; what its author could not read is shared by who can. */
const grants = z.array(sectionId).check(z.maxLength(60))

/** Sections that nobody on the return can read any more, kept under the custodian's wrap until a day, then erased. */
const lock = z.optional(
  z.strictObject({ sections: z.array(sectionId).check(z.minLength(1), z.maxLength(200)), until: day }),
)

/** A task that is over; who had it may have been the last to read something. */
const ended = z.strictObject({ task: seq, lock })

/** A fact names the classes that its author could not open, so that nobody takes it for an informed one. */
const fact = z.strictObject({
  unseen: z.array(z.enum(sectionClassNames)).check(z.maxLength(sectionClassNames.length)),
  due: z.optional(dues),
})

/**
 * What each type of event says in clear: ids, codes, digests, days that are due. No free string, no country, no day
 * of the journey, nothing that describes the person; a test walks these schemas.
 */
export const eventData = {
  filed: z.strictObject({
    request: requestId,
    urgency: clearUrgency,
    basis: z.partialRecord(holderId, basisCode),
    log: logKey,
    /** The version of the procedure that the return keeps. */
    procedure: procedureVersion,
    due: dues,
    /** The alert that it came from. */
    alert: z.optional(returnId),
  }),
  acknowledged: stepped,
  accepted: stepped,
  'sent-back': nothing,
  asked: nothing,
  answered: z.strictObject({ question: seq }),
  'identity-confirmed': stepped,
  /** Among what is due: the day to look at the document again, which follows from no day on it. */
  'document-issued': stepped,
  'risk-assessed': stepped,
  approved: stepped,
  refused: stepped,
  'put-on-hold': nothing,
  funded: stepped,
  'travel-planned': stepped,
  'travel-confirmed': stepped,
  'travel-changed': nothing,
  'exit-checked': nothing,
  'child-assessed': nothing,
  cleared: nothing,
  overridden: nothing,
  'evacuation-ordered': nothing,
  'evacuation-confirmed': nothing,
  taken: nothing,
  assigned: z.strictObject({ user: personId }),
  noted: z.strictObject({ due: z.array(due).check(z.maxLength(1)) }),
  /** Among what is due: the day until which the place is held. */
  'place-held': stepped,
  'place-released': nothing,
  departed: fact,
  'did-not-come': fact,
  'contact-lost': fact,
  'in-hospital': fact,
  /** At night somebody at the Centre is called. */
  arrived: z.extend(fact, { night: z.optional(z.literal(true)) }),
  'handed-over': fact,
  'referred-home': fact,
  admitted: fact,
  'way-reported': fact,
  'ended-otherwise': fact,
  'choice-recorded': fact,
  'handover-confirmed': z.strictObject({ handover: seq }),
  'services-offered': stayDays,
  'stay-planned': stayDays,
  'left-centre': fact,
  'followed-up': stayDays,
  amended: z.strictObject({
    slot: z.enum(amendableSlots),
    /** Where the request's urgency was put right. */
    urgency: z.optional(clearUrgency),
    supersedes: z.optional(sectionId),
    /** Where a document was put right: the day to look at it again; where the intake was: the days of its services. */
    due: z.optional(z.array(due).check(z.maxLength(9))),
  }),
  corrected: z.strictObject({ corrects: seq }),
  /** The sections that were named, at most 8, and the labels that were made from them. */
  struck: z.strictObject({ strikes: z.array(sectionId).check(z.minLength(1), z.maxLength(16)) }),
  'wish-recorded': nothing,
  agreed: z.strictObject({ recipient: holderId, basis: basisCode, grants }),
  shared: z.strictObject({ recipient: holderId, grants }),
  'to-be-asked': z.strictObject({
    recipients: z.array(holderId).check(z.minLength(1), z.maxLength(16)),
    due: dues,
  }),
  withdrawn: z.strictObject({
    recipient: holderId,
    /** False where a duty by law, a child's protection or another purpose stands: then nothing was taken away. */
    accessRemoved: z.boolean(),
    /** What who accompanies her goes on reading until she has arrived. */
    stillReads: z.array(z.enum(['safety', 'travel'])).check(z.maxLength(2)),
    lock,
  }),
  'withdrawal-answered': z.strictObject({ answer: z.enum(['deleted', 'kept']) }),
  'task-given': z.strictObject({
    partner: partyId,
    task: z.enum(taskNames),
    basis: basisCode,
    until: z.optional(day),
    grants,
  }),
  'task-reported': ended,
  'task-declined': ended,
  'task-ended': ended,
  'case-offered': z.strictObject({ to: partyId, basis: basisCode, grants }),
  'case-accepted': nothing,
  'move-ordered': z.strictObject({ to: partyId }),
  'arranger-chosen': z.strictObject({ arranger: partyId, lock }),
  attested: z.strictObject({ gates: z.array(z.enum(gateNames)).check(z.minLength(1), z.maxLength(32)) }),
  cancelled: nothing,
  closed: stepped,
  reopened: nothing,
  'call-answered': z.strictObject({ call: seq }),
  alerted: z.strictObject({
    /** The request that it becomes, if it does. */
    request: requestId,
    /** The post that it went to; the consular department where no open post covers the country. */
    post: partyId,
    urgency: clearUrgency,
    log: logKey,
  }),
  'alert-acknowledged': nothing,
  'alert-passed': z.strictObject({ to: partyId }),
  'became-request': nothing,
  'alert-closed': nothing,
  /** Once for each matter and level. */
  overdue: z.strictObject({
    item: z.enum(escalationNames),
    /** Whose it is. */
    party: partyId,
    step: z.optional(z.enum([...stepNames, 'ask-person'])),
    /** Of a delivery: the first event that the party has not seen; of a task: the event that gave it. */
    event: z.optional(seq),
    /** The day on which it was due. */
    since: day,
    level: z.int().check(z.minimum(0), z.maximum(99)),
  }),
  /** A call-out without content: for which event, to whom, by which line of the rota. */
  called: z.strictObject({ call: seq, party: partyId, line: z.int().check(z.minimum(0), z.maximum(99)) }),
  /** Locked sections whose time is over: ciphertexts and wraps are gone. */
  erased: z.strictObject({ sections: z.array(sectionId).check(z.minLength(1), z.maxLength(200)) }),
  /** A mission's time with a return is over, so many days after the arrival; its wraps are gone. */
  'access-ended': z.strictObject({ party: partyId, lock }),
} as const satisfies Record<EventType, z.ZodMiniType>
