import * as z from 'zod/mini'
import { sections } from '../sections/sections.ts'
import type { PartyKind } from '../values/parties.ts'
import { documentNumber, idnp, name } from '../values/texts.ts'
import { answeredLabel, answeredRow, reference } from './answers.ts'

/**
 * What two returns can have in common that is a reason to look: names with a birth year, an IDNP, a paper's number; or one
 * name with a birth year, where of one of the two no other name is known. `family-start`, the first letters of a family name,
 * only finds a return that one has; nothing is compared by it.
 */
export const traitKinds = ['name', 'one-name', 'idnp', 'document', 'family-start'] as const
export const traitKind = z.enum(traitKinds)
export type TraitKind = z.infer<typeof traitKind>

/** So many first letters of a family name find it. */
export const fewestLetters = 3

/** Kinds that search among their own returns: those that read a name. */
export const searchingKinds = ['mission', 'iom', 'centre'] as const satisfies readonly PartyKind[]

/**
 * `POST …/search`: by names and birth, by IDNP, or by the number of a paper, of whatever kind. One name is enough: people are
 * known by the family name or the given name alone. By the first letters of a family name a party finds its own returns again.
 */
export const search = z.union([
  z.strictObject({
    name: z
      .strictObject({ family: z.optional(name()), given: z.optional(name()), second: z.optional(name()) })
      .check(z.refine(({ family, given }) => family ?? given, { path: ['family'], error: 'name-missing' })),
    birth: sections.identity.person.shape.birth,
  }),
  z.strictObject({ idnp }),
  z.strictObject({ document: documentNumber }),
  z.strictObject({
    family: name().check(z.refine((typed) => (typed.match(/\p{L}/gu) ?? []).length >= fewestLetters)),
  }),
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
      label: z.optional(answeredLabel),
    }),
  ),
  more: z.boolean(),
})
