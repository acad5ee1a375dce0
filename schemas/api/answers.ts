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
import { alert, openingReason, outcomes } from '../values/codes.ts'
import { holderId, partyId, partyKindNames } from '../values/parties.ts'
import { day, instant, requestId, returnId, sectionId, sha256, userId } from '../values/texts.ts'
import { problemCodes } from './problems.ts'
import { recordedOperations } from './refusals.ts'
import { choices } from './rooms.ts'

const count = z.int().check(z.minimum(0))
const phase = z.enum(phases)

/** What is read out to a colleague or printed: `RET-7K3M-9QF2`. */
export const reference = z.string().check(z.regex(/^RET-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/))

/** Whom a return waits for, and since when. */
export const waiting = z.strictObject({ party: partyId, since: instant })

/** A party on a return: told of everything, or told to delete what it holds. */
export const membership = z.enum(['on', 'ended'])

/** One line of a worklist, without the label: nothing personal. */
export const answeredRow = z.strictObject({
  ret: returnId,
  reference,
  phase,
  urgency: z.int().check(z.minimum(0), z.maximum(2)),
  version: count,
  /** Of the last of these events: what papers show, to be held against the trail. */
  hash: sha256,
  waitingFor: z.array(waiting),
  membership,
  /** The officer of the own party who keeps it. */
  assignee: z.optional(userId),
  /** Who does the work of a keeper who is away today. */
  standIn: z.optional(userId),
  /** The nearest day of the own party: of a step of the procedure, of the step that it noted, of a task, of a stay. */
  next: z.optional(day),
  /** The steps of the procedure that are the own party's and have begun, the first due first. */
  steps: z.optional(z.array(z.strictObject({ step: z.enum([...stepNames, 'ask-person']), day }))),
  /** How many questions wait for the own party's answer. */
  openQuestions: z.optional(count),
  /** By when an arrival is to be expected: told of who is on the way, or for whom a place is held. */
  arriving: z.optional(day),
  /** The request that it was filed with; of an alert, the one that it becomes. */
  request: requestId,
  /** The last word before the journey was said. */
  cleared: z.boolean(),
  alerts: z.array(alert),
  /** What is overdue and concerns the own party, or was told to it. */
  overdue: z.array(eventData.overdue),
  /** Calls that nobody has answered: for which event, to whom. */
  calls: z.array(z.strictObject({ seq: count, party: partyId })),
  at: instant,
})

const label = sections.label.label

/** Two returns of one person: both went on at once, or one came after the other. */
export const linkKind = z.enum(['same', 'repeat'])

export const filedAnswer = z.strictObject({
  request: requestId,
  returns: z.array(z.strictObject({ ret: returnId, reference, version: count })),
})

/** An alert that was raised, and the post that it went to. */
export const alertedAnswer = z.strictObject({ ret: returnId, reference, version: count, post: partyId })

export const worklistAnswer = z.strictObject({
  returns: z.array(z.extend(answeredRow, { label: z.optional(label) })),
  next: z.optional(z.string()),
})

export const returnAnswer = z.strictObject({
  ...answeredRow.shape,
  /** The post that answers for it, and who plans the journey. */
  responsible: partyId,
  arranger: partyId,
  /** Who could plan it instead: the choices after a return was sent back. */
  arrangers: z.array(partyId),
  /** By recipient: the ground in clear, or what has become of it. */
  recipients: z.record(
    z.string(),
    z.enum(['consent', 'other-basis', 'none', 'to-ask', 'accompanying', 'withdrawn', 'ended', 'raised']),
  ),
  /** What each party and `figures` reads of it, by class. Not told to who is there for its tasks alone, or was left out. */
  reads: z.optional(z.record(z.string(), z.array(z.enum(sectionClassNames)))),
  /** Who was left out, and what it says it did with what it held; nothing while it has not answered. */
  withdrawals: z.array(
    z.strictObject({ party: partyId, at: instant, answer: z.optional(z.enum(['deleted', 'kept'])) }),
  ),
  /** What other posts and partners were asked to do. A partner is shown its own. */
  tasks: z.array(
    z.strictObject({ seq: count, task: z.enum(taskNames), to: partyId, by: partyId, until: z.optional(day) }),
  ),
  /** The post that the consular department wants it to go to. */
  moveTo: z.optional(partyId),
  /** Sections that nobody can read any more, and the day on which the first of them is erased. */
  locked: z.optional(z.strictObject({ sections: count, until: day })),
  identityConfirmed: z.boolean(),
  documentIssued: z.boolean(),
  riskAssessed: z.boolean(),
  /** The version that the return keeps; a placeholder's deadlines are not confirmed by the law. */
  procedure: z.strictObject({ version: procedureVersion, placeholder: z.boolean() }),
  /** Steps that have begun and are not done, tasks that are to end and days of a stay: whose, and when they are due. */
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
  /** The alert that it came from. */
  alert: z.optional(returnId),
  /** What has come of it; none while it is on its way. */
  outcome: z.optional(z.enum(outcomes)),
  questions: z.array(z.strictObject({ seq: count, by: partyId, for: partyId })),
  /** Hand-overs that were told, and which other side has confirmed them. */
  handovers: z.array(z.strictObject({ seq: count, by: partyId, confirmedBy: z.optional(partyId) })),
  /** Commands that this party may give from the present phase. A gate may still close one. */
  commands: z.array(z.enum(commandNames)),
  label: z.optional(label),
  /** Other returns of the same person, of those that the own party is on as well. */
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
      content: z.unknown(),
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

/** That somebody asked for this return, and was refused: for those who are on it. */
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

/** The trail as a file. `npm run verify` takes it, and needs nothing else. */
export const exportAnswer = z.strictObject({
  format: z.literal('acasa/export/v1'),
  ret: returnId,
  by: partyId,
  at: instant,
  events: z.array(z.strictObject({ bytes: base64, tag: base64 })),
  sections: z.array(z.strictObject({ sec: sectionId, cls: z.enum(sectionClassNames), jwe: z.string() })),
  /** For who holds it: with it every tag is checked, and so no tail can be withheld. */
  logKey: z.optional(base64),
})
export type Exported = z.infer<typeof exportAnswer>

/** `data`: what the event says in clear; so a withdrawal's answer tells what it cut and what stays by law. */
export const commandAnswer = z.strictObject({
  ret: returnId,
  seq: count,
  version: count,
  phase,
  data: z.record(z.string(), z.unknown()),
})

/** What a withdrawal from a recipient would stop; asked before it is given. */
export const withdrawalPreview = z.strictObject({
  recipient: holderId,
  /** False where a duty by law or a child's protection stands: then nothing is taken away. */
  accessRemoved: z.boolean(),
  /** The classes that it reads today. */
  classes: z.array(z.enum(sectionClassNames)),
  /** What it goes on reading until she has arrived, since it accompanies her. */
  stillReads: z.array(z.enum(sectionClassNames)),
  /** Steps of its own that are due, which nobody will do. */
  steps: z.array(z.enum([...stepNames, 'ask-person'])),
  tasks: z.array(z.enum(taskNames)),
  arranges: z.boolean(),
  holdsPlace: z.boolean(),
  questions: count,
  /** Classes that nobody could read afterwards; they are locked, and erased after some days. */
  locked: z.array(z.enum(sectionClassNames)),
})

/** RFC 9457, with a code that stays. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  fields: z.optional(z.array(z.string())),
  choices: z.optional(choices),
  gates: z.optional(z.array(z.strictObject({ gate: z.string(), owner: z.string(), reason: z.string() }))),
  request: z.optional(requestId),
  version: z.optional(count),
})
