import * as z from 'zod/mini'
import { sections } from '../sections/sections.ts'
import type { PartyKind } from '../values/parties.ts'
import { name, paperNumber } from '../values/texts.ts'
import { answeredRow, reference } from './answers.ts'

/** What two returns can have in common that is a reason to look: a name with a birth year, an IDNP, a paper's number. */
export const traitKinds = ['name', 'idnp', 'document'] as const
export const traitKind = z.enum(traitKinds)
export type TraitKind = z.infer<typeof traitKind>

/** Kinds that search among their own returns: those that read a name. */
export const searchingKinds = ['mission', 'iom', 'centre'] as const satisfies readonly PartyKind[]

/** `POST …/search`: by name and birth year, by IDNP, or by the number of a paper, of whatever kind. */
export const search = z.union([
  z.strictObject({
    name: z.strictObject({ family: name(), given: name() }),
    birth: sections.identity.person.shape.birth,
  }),
  z.strictObject({ idnp: z.string().check(z.regex(/^\d{13}$/)) }),
  z.strictObject({ document: paperNumber }),
])
export type Search = z.infer<typeof search>

/** So many searches a user may make in so many seconds: an officer's day, and no list of names. */
export const searchLimit = { count: 40, seconds: 600 } as const

/** Lines of an answer; who finds more has to say more. */
export const mostFound = 25

/** Own returns that may be the same person's, masked, each with what it has in common with what was asked. */
export const searchAnswer = z.strictObject({
  found: z.array(
    z.strictObject({
      ret: answeredRow.shape.ret,
      reference,
      phase: answeredRow.shape.phase,
      traits: z.array(traitKind),
      label: z.optional(sections.label.label),
    }),
  ),
  more: z.boolean(),
})
