import * as z from 'zod/mini'
import { clearUrgency, due, seq, seqInBody, stepsMoved } from '../events/data-forms.ts'
import { stepNames } from '../procedure/names.ts'
import type { Slot } from '../sections/sections.ts'
import type { SectionClass } from '../values/classes.ts'
import type { AddressedKind } from '../values/parties.ts'
import { sectionId } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

/**
 * The slots that `amend` may put right, and the kinds of party that may do so. A fact is corrected and an itinerary is
 * changed by commands of their own. `functions/domain/commands/amend.ts` checks what only the person's word can change.
 */
export const amendable = {
  case: { request: ['mission', 'iom', 'centre', 'partner'], 'official-request': ['mission'] },
  // Of these kinds, only the responsible party amends who the person is (`functions/domain/commands/amend.ts`).
  identity: { person: ['mission', 'iom', 'centre', 'partner'], check: ['mission'], document: ['mission'] },
  contacts: { family: ['mission', 'iom', 'centre', 'partner'] },
  safety: { safety: ['mission', 'iom', 'centre', 'partner'] },
  protection: { identification: ['mission', 'iom', 'centre'], risk: ['iom'] },
  care: {
    needs: ['mission', 'iom', 'centre'],
    fitness: ['mission', 'iom'],
    condition: ['iom', 'centre'],
    intake: ['iom', 'centre'],
  },
  decision: { assessment: ['iom'] },
} as const satisfies {
  readonly [C in SectionClass]?: { readonly [S in Slot<C>]?: readonly AddressedKind[] }
}

export type Amendable = typeof amendable
/** A class and one of its slots that may be amended. */
type AmendablePlace = {
  [C in keyof Amendable]: { [S in keyof Amendable[C]]: { cls: C; slot: S & string } }[keyof Amendable[C]]
}[keyof Amendable]

/** The slots that may be amended by anyone. */
export const amendableSlots = Object.values(amendable).flatMap(
  (slots) => Object.keys(slots) as AmendablePlace['slot'][],
)

/** The slots that a kind of party may amend. */
export function amendments(kind: string): { cls: SectionClass; slot: string }[] {
  return Object.entries(amendable).flatMap(([cls, slots]) =>
    Object.entries(slots).flatMap(([slot, kinds]) =>
      (kinds as readonly string[]).includes(kind) ? [{ cls: cls as SectionClass, slot }] : [],
    ),
  )
}

/** Commands that put right or destroy what was written. */
export const amendCommands = {
  amend: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    clear: { supersedes: z.optional(sectionId) },
    event: 'amended',
    data: z.strictObject({
      slot: z.enum(amendableSlots),
      /** Where the request's urgency was put right. */
      urgency: z.optional(clearUrgency),
      supersedes: z.optional(sectionId),
      /** After a new document: the day to look at it again. After a new intake: the days of its services. */
      due: z.optional(z.array(due).check(z.maxLength(9 + stepNames.length))),
      ends: stepsMoved.ends,
    }),
  },
  correct: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    uses: ['case'],
    clear: { corrects: seqInBody },
    event: 'corrected',
    data: z.strictObject({ corrects: seq, ...stepsMoved }),
  },
  strike: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    uses: ['case'],
    destroys: true,
    clear: {
      strikes: z.array(sectionId).check(
        z.minLength(1),
        z.maxLength(8),
        z.refine((all) => new Set(all).size === all.length),
      ),
    },
    event: 'struck',
    /** The sections that were named, at most 8, and the labels that were made from them. */
    data: z.strictObject({
      strikes: z.array(sectionId).check(z.minLength(1), z.maxLength(16)),
      ...stepsMoved,
    }),
  },
} as const satisfies Record<string, CommandShape>
