import * as z from 'zod/mini'
import type { SectionClass } from './classes.ts'
import type { Slots } from './command-shape.ts'
import { type CommandName, commandShape } from './commands.ts'
import { draftNamed } from './drafts.ts'
import type { AddressedKind } from './parties.ts'
import { type Slot, sentForm } from './sections.ts'
import { requestId } from './texts.ts'

/**
 * What `amend` may put right, and which kinds of party. Facts are corrected and itineraries changed, each by a command
 * of its own; what only the person's word can change is the filing mission's (`functions/domain/decide.ts`).
 */
export const amendable: {
  readonly [C in SectionClass]?: { readonly [S in Slot<C>]?: readonly AddressedKind[] }
} = {
  case: { request: ['mission', 'iom', 'centre'], 'official-request': ['mission'] },
  identity: { person: ['mission'], check: ['mission'], document: ['mission'] },
  contacts: { family: ['mission', 'iom', 'centre'] },
  safety: { safety: ['mission', 'iom', 'centre'] },
  protection: { identification: ['mission', 'iom'], risk: ['iom'] },
  care: {
    needs: ['mission', 'iom', 'centre'],
    fitness: ['mission', 'iom'],
    condition: ['iom', 'centre'],
    intake: ['iom', 'centre'],
  },
  decision: { assessment: ['iom'] },
}

/** The slots that may be amended by anyone. */
export const amendableSlots = [...new Set(Object.values(amendable).flatMap((slots) => Object.keys(slots)))]

/** The slots that a kind of party may amend. */
export function amendments(kind: string): { cls: SectionClass; slot: string }[] {
  return Object.entries(amendable).flatMap(([cls, slots]) =>
    Object.entries(slots).flatMap(([slot, kinds]) =>
      (kinds as readonly string[]).includes(kind) ? [{ cls: cls as SectionClass, slot }] : [],
    ),
  )
}

/** The sections of a command's slots, each with the form of its content. */
function sealed(slots: Slots = {}): [SectionClass, z.ZodMiniType][] {
  return Object.entries(slots).map(([cls, slot]) => [
    cls as SectionClass,
    sentForm(cls as SectionClass, slot),
  ])
}

/** The form of a body: an object of known keys. */
export type Form = z.ZodMiniType<Record<string, unknown>>

/** The body of a command as its kind of party sends it: sections by class, and its clear fields. */
export function bodyOf(command: CommandName, kind: string): Form {
  const { seals, maySeal, clear } = commandShape(command)
  if (command !== 'amend')
    return z.strictObject({
      ...clear,
      ...Object.fromEntries(sealed(seals)),
      ...Object.fromEntries(sealed(maySeal).map(([cls, content]) => [cls, z.optional(content)])),
    })
  return z.union(
    amendments(kind).map(({ cls, slot }) =>
      z.strictObject({ ...clear, slot: z.literal(slot), [cls]: sentForm(cls, slot) }),
    ),
  )
}

/**
 * `POST …/requests`: one person or several, each with a return, an agreement and an outcome of their own. `request`: one
 * that the same post filed before, to which they are added. `draft`: the one that it was written in, gone once it is sent.
 */
export const requestBody = z.strictObject({
  request: z.optional(requestId),
  draft: z.optional(draftNamed),
  persons: z.array(bodyOf('file', 'mission')).check(z.minLength(1), z.maxLength(50)),
})
