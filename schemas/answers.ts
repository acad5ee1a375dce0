import * as z from 'zod/mini'
import { dataClassNames, sectionClassNames } from './classes.ts'
import { alert, openingReason, outcomes } from './codes.ts'
import { commandNames } from './commands.ts'
import { author, eventData, eventTypes, sectionEntry, writer } from './events.ts'
import { partyId, partyKindNames } from './parties.ts'
import { phases } from './phases.ts'
import { problemCodes } from './problems.ts'
import { procedureVersion, stepNames } from './procedure.ts'
import { sections } from './sections.ts'
import { day, instant, requestId, returnId, sectionId, sha256, userId } from './texts.ts'

const count = z.int().check(z.minimum(0))
const phase = z.enum(phases)

/** What is read out to a colleague or printed: `RET-7K3M-9QF2`. */
export const reference = z.string().check(z.regex(/^RET-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/))

/** Whom a return waits for, and since when. */
export const waiting = z.strictObject({ party: partyId, since: instant })

/** A party on a return: told of everything, or told to delete what it holds. */
export const standing = z.enum(['on', 'ended'])

/** One line of a worklist, without the label: nothing personal. */
export const row = z.strictObject({
  ret: returnId,
  reference,
  phase,
  urgency: z.int().check(z.minimum(0), z.maximum(2)),
  version: count,
  waits: z.array(waiting),
  standing,
  /** The officer of the own party who keeps it. */
  keeper: z.optional(userId),
  /** The day of the own party's next step. */
  next: z.optional(day),
  /** What is overdue and concerns the own party, or was told to it. */
  overdue: z.array(eventData.overdue),
  /** Calls that nobody has answered: for which event, to whom. */
  calls: z.array(z.strictObject({ seq: count, party: partyId })),
  at: instant,
})

const label = sections.label.label

export const filed = z.strictObject({
  request: requestId,
  returns: z.array(z.strictObject({ ret: returnId, reference, version: count })),
})

export const worklist = z.strictObject({
  returns: z.array(z.extend(row, { label: z.optional(label) })),
  next: z.optional(z.string()),
})

export const seen = z.strictObject({
  ...row.shape,
  request: requestId,
  filer: partyId,
  recipients: z.record(z.string(), z.enum(['consent', 'other-basis', 'none', 'withdrawn'])),
  identityConfirmed: z.boolean(),
  documentIssued: z.boolean(),
  riskAssessed: z.boolean(),
  /** The version that the return keeps; a placeholder's deadlines are not confirmed by the law. */
  procedure: z.strictObject({ version: procedureVersion, placeholder: z.boolean() }),
  /** Steps that have begun and are not done, with whose they are and when they are due. */
  due: z.array(z.strictObject({ step: z.enum(stepNames), owner: z.enum(partyKindNames), day })),
  ruling: z.optional(z.enum(['approved', 'refused', 'on-hold'])),
  funded: z.boolean(),
  placeHeld: z.boolean(),
  /** What has come of it; none while it is on its way. */
  outcome: z.optional(z.enum(outcomes)),
  alerts: z.array(alert),
  questions: z.array(z.strictObject({ seq: count, by: partyId, for: partyId })),
  /** Commands that this party may give from the present phase. A gate may still close one. */
  commands: z.array(z.enum(commandNames)),
  label: z.optional(label),
})

/** Opened sections: the current one of each slot, the newest last. */
export const opened = z.strictObject({
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
  kind: z.enum(['open', 'export']),
  classes: z.array(z.enum(dataClassNames)),
  reason: z.union([openingReason, z.literal('export')]),
})

export const timeline = z.strictObject({
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
    z.strictObject({ party: partyId, seen: count, got: z.array(z.tuple([count, instant])) }),
  ),
  access: z.array(access),
})

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))

/** The trail as a file. `npm run verify` takes it, and needs nothing else. */
export const exported = z.strictObject({
  format: z.literal('acasa/export/v1'),
  ret: returnId,
  by: partyId,
  at: instant,
  events: z.array(z.strictObject({ bytes: base64, tag: base64 })),
  sections: z.array(z.strictObject({ sec: sectionId, cls: z.enum(sectionClassNames), jwe: z.string() })),
  /** For who holds it: with it every tag is checked, and so no tail can be withheld. */
  logKey: z.optional(base64),
})
export type Exported = z.infer<typeof exported>

export const commanded = z.strictObject({ ret: returnId, seq: count, version: count, phase })

/** RFC 9457, with a code that stays. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  fields: z.optional(z.array(z.string())),
  gates: z.optional(z.array(z.strictObject({ gate: z.string(), owner: z.string(), reason: z.string() }))),
  version: z.optional(count),
})
