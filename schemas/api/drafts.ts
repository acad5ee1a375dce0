import * as z from 'zod/mini'
import { commands } from '../commands/commands.ts'
import { sections } from '../sections/sections.ts'
import { country } from '../values/codes.ts'
import type { PartyKind } from '../values/parties.ts'
import { draftId, instant, personId, requestId, userId } from '../values/texts.ts'

/**
 * A filing that is being written. It is no return yet: it has no events and no trail, and is sealed for the party that
 * writes it and nobody else.
 */

/** Kinds of party that write drafts: those that file. */
export const draftingKinds: readonly PartyKind[] = commands.file.owners

/** Levels of a draft's content, the outermost counted. */
const mostLevels = 16

/** The name of a field as a desk gives it; a name is no place for what somebody typed. */
const fieldName = /^(?!__proto__$)\w[\w.:[\]-]{0,99}$/

/** Whether content is nested no deeper than it may be, and names its fields as fields are named. */
function isBounded(value: unknown, level = 1): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (level > mostLevels) return false
  const names = Array.isArray(value) ? [] : Object.keys(value)
  return (
    names.every((name) => fieldName.test(name)) &&
    Object.values(value).every((member) => isBounded(member, level + 1))
  )
}

/** The same content with every text in NFC. */
function normalized(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(normalized)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normalized(member)]))
}

/**
 * What was typed so far: any JSON object, half-filled and wrong values too. The form of a filing is asked for when it
 * is sent. A refusal names `content` alone: the name of a field that we do not know may be a value.
 */
const content = z.record(z.string(), z.unknown()).check(
  z.refine((all) => isBounded(all)),
  z.overwrite((all) =>
    Object.fromEntries(Object.entries(all).map(([name, member]) => [name, normalized(member)])),
  ),
)

/**
 * What a list shows of a draft, as far as it is known: the mask of the first person, where the person is, how many persons
 * there are, and how many of their topics are complete. It is sealed with the draft.
 */
const label = z.partial(
  z.extend(sections.label.label, {
    country,
    persons: z.int().check(z.minimum(1)),
    done: z.int().check(z.minimum(0)),
    topics: z.int().check(z.minimum(1)),
  }),
)

/** What is sealed of a draft. */
export const draftSealed = z.strictObject({ content, label: z.optional(label) })
export type DraftSealed = z.infer<typeof draftSealed>

/** `POST …/drafts` and `POST …/drafts/{draft}`: the whole draft. `keeper`: the colleague whose work it is from now on. */
export const draftBody = z.strictObject({ ...draftSealed.shape, assignee: z.optional(personId) })

/** `POST …/drafts/{draft}/delete`. */
export const draftDeletion = z.strictObject({})

const version = z.int().check(z.minimum(1))

/** The draft that a filing was written in, as it was read. */
export const draftNamed = z.strictObject({ draft: draftId, version })

/** What begins, and what ends a draft, answers which. */
export const draftVersion = z.strictObject({ draft: draftId, version })

/** What is in clear of a draft: ids and times. */
const row = {
  draft: draftId,
  version,
  /** When it was last saved, and who did. */
  at: instant,
  by: userId,
  /** Whose work it is; anybody else of the party may go on with it too. */
  assignee: userId,
  /** After this it is answered no more. */
  expires: instant,
  /** It is being sent: some of its persons have their return, and it is changed no more. */
  request: z.optional(requestId),
}

/** `GET …/drafts?assigned=to-me`: only those that are the caller's own work. */
export const draftsQuery = z.object({ assigned: z.optional(z.enum(['to-me'])) })

/** A page of the party's drafts, the one begun last first. A page can be short and still have a next one. */
export const drafts = z.strictObject({
  drafts: z.array(
    z.strictObject({
      ...row,
      /** When it was begun. */
      begun: instant,
      label: z.optional(label),
    }),
  ),
  next: z.optional(z.string()),
})

/** A draft in full. */
export const draft = z.strictObject({ ...row, ...draftSealed.shape })
