import * as z from 'zod/mini'
import { commandNames } from '../commands/commands.ts'
import { eventData } from '../events/event-data.ts'
import { author, eventTypes, sectionEntry, writer } from '../events/events.ts'
import { stayItems } from '../events/watch-events.ts'
import { phases } from '../procedure/phases.ts'
import { procedureVersion, stepNames } from '../procedure/procedure.ts'
import { taskNames } from '../procedure/tasks.ts'
import { sections } from '../sections/sections.ts'
import { dataClassNames, sectionClassNames } from '../values/classes.ts'
import { alert, linkKind, openingReason, outcomes, returnToEnd } from '../values/codes.ts'
import { holderId, partyId, partyKindNames } from '../values/parties.ts'
import { day, instant, requestId, returnId, sectionId, sha256, userId } from '../values/texts.ts'
import { problemCodes } from './problems.ts'
import { recordedOperations } from './refusals.ts'
import { workFlag, workItem } from './work.ts'

const count = z.int().check(z.minimum(0))
const phase = z.enum(phases)

/** The short name of a return, to read out or print: `RET-7K3M-9QF2`. */
export const reference = z.string().check(z.regex(/^RET-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/))

/** A party's membership of a return: `on`, or `ended`, when it has to delete what it holds. */
export const membership = z.enum(['on', 'ended'])

/** A row of a worklist without the label: nothing personal. */
export const answeredRow = z.strictObject({
  ret: returnId,
  reference,
  phase,
  urgency: z.int().check(z.minimum(0), z.maximum(2)),
  version: count,
  /** The hash of the last of these events. Papers show it, so that they can be compared with the trail. */
  hash: sha256,
  /** The post or centre that answers for it. */
  responsible: partyId,
  /**
   * All that is open and that the own party may see: what it owes itself first, then what others owe; in each, calls and
   * alerts first, then by day. The first is the next step.
   */
  items: z.array(workItem),
  flags: z.array(workFlag),
  membership,
  /** The officer of the own party to whom the return is assigned. */
  assignee: z.optional(userId),
  /** The stand-in of an assignee who is away today. */
  standIn: z.optional(userId),
  /** The party's next due day: of a procedure step, a noted step, a task or a stay. */
  next: z.optional(day),
  /** By when an arrival is expected, as far as it is known in clear: for a person on the way, or with a held place. */
  arriving: z.optional(day),
  /** The request of the return; for an alert, the request that it becomes. */
  request: requestId,
  /** Whether the person is cleared to leave. */
  cleared: z.boolean(),
  alerts: z.array(alert),
  /** What is overdue and is the own party's, or what it was notified of. */
  overdue: z.array(eventData.overdue),
  /** Open calls: for which event, to which party. */
  calls: z.array(z.strictObject({ seq: count, party: partyId })),
  at: instant,
})

const { country, arrivesAt, leavesOn, arrivesOn, persons } = z.partial(sections.label.journey).shape

/**
 * The masked form of a person, and what lists need of the journey: from where, to which point of entry, the planned days,
 * how many persons.
 */
export const answeredLabel = z.strictObject({
  ...sections.label.label.shape,
  country,
  to: arrivesAt,
  leaves: leavesOn,
  arrives: arrivesOn,
  persons,
})

export const filedAnswer = z.strictObject({
  request: requestId,
  returns: z.array(z.strictObject({ ret: returnId, reference, version: count })),
})

/** An alert that was raised, and the post that it went to. */
export const alertedAnswer = z.strictObject({ ret: returnId, reference, version: count, post: partyId })

export const returnAnswer = z.strictObject({
  ...answeredRow.shape,
  /** The party that arranges the journey. */
  arranger: partyId,
  /** Parties that could arrange the journey instead: the choices after a return was sent back. */
  arrangers: z.array(partyId),
  /** By recipient: the basis in clear, or its present status. */
  recipients: z.record(
    z.string(),
    z.enum(['consent', 'other-basis', 'none', 'to-ask', 'accompanying', 'withdrawn', 'ended', 'raised']),
  ),
  /** The classes that each party and `figures` read. Helpers and excluded recipients do not get this list. */
  reads: z.optional(z.record(z.string(), z.array(z.enum(sectionClassNames)))),
  /** Excluded recipients, each with its answer about the data it held, once it has answered. */
  withdrawals: z.array(
    z.strictObject({ party: partyId, at: instant, answer: z.optional(z.enum(['deleted', 'kept'])) }),
  ),
  /** Tasks of other posts and partners. A partner sees only its own. */
  tasks: z.array(
    z.strictObject({ seq: count, task: z.enum(taskNames), to: partyId, by: partyId, until: z.optional(day) }),
  ),
  /** The post to which the consular department wants to move the case. */
  moveTo: z.optional(partyId),
  /** Locked sections, and the day on which the first of them is erased. */
  locked: z.optional(z.strictObject({ sections: count, until: day })),
  identityConfirmed: z.boolean(),
  documentIssued: z.boolean(),
  riskAssessed: z.boolean(),
  /** The version of the procedure for this return; the deadlines of a placeholder are not confirmed by law. */
  procedure: z.strictObject({ version: procedureVersion, placeholder: z.boolean() }),
  /** Open steps, tasks and days of a stay, each with its owner and its due day. */
  due: z.array(
    z.strictObject({
      step: z.enum([...stepNames, 'ask-person', 'task', ...stayItems]),
      owner: z.enum(partyKindNames),
      day,
    }),
  ),
  ruling: z.optional(z.enum(['approved', 'refused', 'on-hold'])),
  funded: z.boolean(),
  placeHeld: z.boolean(),
  /** An evacuation that was ordered: by which user, and whether a second person has confirmed it. */
  evacuation: z.optional(z.strictObject({ user: userId, confirmed: z.boolean() })),
  /** Who cannot open yet what it may read: somebody who can has to share it. */
  lacking: z.optional(z.array(holderId)),
  /** The alert that it came from. */
  alert: z.optional(returnId),
  /** The outcome; none while the return is open. */
  outcome: z.optional(z.enum(outcomes)),
  questions: z.array(z.strictObject({ seq: count, by: partyId, for: partyId })),
  /** Reported handovers, each with the party that confirmed it. */
  handovers: z.array(z.strictObject({ seq: count, by: partyId, confirmedBy: z.optional(partyId) })),
  /** Commands that this party may give in the present phase. A gate may still be closed. */
  commands: z.array(z.enum(commandNames)),
  label: z.optional(answeredLabel),
  /** That the person has other returns, and which may be void: everybody on this return knows it, and no more. */
  links: z.array(
    z.strictObject({
      seq: count,
      link: linkKind,
      toEnd: returnToEnd,
      since: instant,
      /** The responsible party said that this return goes on. */
      kept: z.optional(z.boolean()),
    }),
  ),
  /** Other returns of the same person, as far as the own party is on them too. */
  linked: z.optional(z.array(z.strictObject({ ret: returnId, reference, link: linkKind, since: instant }))),
})

/** Opened sections: the current one of each slot, the newest last. */
export const openedAnswer = z.strictObject({
  version: count,
  sections: z.array(
    z.strictObject({
      sec: sectionId,
      cls: z.enum(sectionClassNames),
      slot: z.string(),
      seq: count,
      by: partyId,
      /** When it was written. */
      at: z.optional(instant),
      content: z.unknown(),
      /** What stood in its place before, where the party can still read it. */
      before: z.optional(z.strictObject({ sec: sectionId, seq: count, by: partyId, content: z.unknown() })),
    }),
  ),
})

export const access = z.strictObject({
  n: count,
  at: instant,
  by: author,
  kind: z.enum(['open', 'export', 'search']),
  classes: z.array(z.enum(dataClassNames)),
  reason: z.union([
    openingReason,
    z.enum(['export', 'for-the-person', 'for-the-guardian', 'by-name', 'by-idnp', 'by-document']),
  ]),
})

/** A refusal: a user requested this return and may not have it. The parties on the return see it. */
export const refusedAccess = z.strictObject({
  at: instant,
  by: author,
  operation: z.enum(recordedOperations),
  problem: z.enum(problemCodes),
  classes: z.array(z.enum(dataClassNames)),
  reason: z.optional(openingReason),
})

export const timelineAnswer = z.strictObject({
  version: count,
  events: z.array(
    z.strictObject({
      seq: count,
      type: z.enum(eventTypes),
      at: instant,
      by: writer,
      for: z.optional(partyId),
      to: z.array(partyId),
      hash: sha256,
      prev: sha256,
      data: z.record(z.string(), z.unknown()),
      sections: z.array(sectionEntry),
    }),
  ),
  deliveries: z.array(
    z.strictObject({ party: partyId, seen: count, received: z.array(z.tuple([count, instant])) }),
  ),
  access: z.array(access),
  refusals: z.array(refusedAccess),
})

/** What the caller can open of a return, as a record of HTCDS 2.0; ours under `ret_`, `trv_`, `hnd_` and `cns_`. */
export const htcdsAnswer = z.strictObject({
  format: z.literal('htcds/2.0'),
  ret: returnId,
  reference,
  version: count,
  /** The classes that it was made from. */
  classes: z.array(z.enum(sectionClassNames)),
  record: z.record(z.string().check(z.regex(/^[a-z]{3}_[A-Za-z]{1,60}$/)), z.unknown()),
})

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))

/** The trail as a file. `npm run verify` needs nothing else. */
export const exportAnswer = z.strictObject({
  format: z.literal('acasa/export/v1'),
  ret: returnId,
  by: partyId,
  at: instant,
  events: z.array(z.strictObject({ bytes: base64, tag: base64 })),
  sections: z.array(z.strictObject({ sec: sectionId, cls: z.enum(sectionClassNames), jwe: z.string() })),
  /** For a party that holds the log key: with it every tag can be checked, so that a withheld ending shows. */
  logKey: z.optional(base64),
})
export type Exported = z.infer<typeof exportAnswer>

/** `data`: what the event says in clear, for instance what a withdrawal removed and what stays by law. */
export const commandAnswer = z.strictObject({
  ret: returnId,
  seq: count,
  version: count,
  phase,
  data: z.record(z.string(), z.unknown()),
})

/** A preview of what a withdrawal from a recipient would stop. */
export const withdrawalPreview = z.strictObject({
  recipient: holderId,
  /** False where a legal duty or a child's protection applies: then no access is removed. */
  accessRemoved: z.boolean(),
  /** The classes that the recipient reads today. */
  classes: z.array(z.enum(sectionClassNames)),
  /** The classes that it still reads until the arrival, because it accompanies the person. */
  stillReads: z.array(z.enum(sectionClassNames)),
  /** Due steps of the recipient that nobody would do. */
  steps: z.array(z.enum([...stepNames, 'ask-person'])),
  tasks: z.array(z.enum(taskNames)),
  arranges: z.boolean(),
  holdsPlace: z.boolean(),
  questions: count,
  /** Classes that no party could read afterwards; they are locked, and erased after some days. */
  locked: z.array(z.enum(sectionClassNames)),
})

export { problem } from './problem-answer.ts'
