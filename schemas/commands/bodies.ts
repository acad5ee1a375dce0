import * as z from 'zod/mini'
import { draftNamed } from '../api/drafts.ts'
import { waysIn } from '../procedure/ways.ts'
import { type Slot, sections, sentForm } from '../sections/sections.ts'
import type { SectionClass } from '../values/classes.ts'
import type { AddressedKind } from '../values/parties.ts'
import { requestId, returnId } from '../values/texts.ts'
import type { Slots } from './command-shape.ts'
import { type CommandName, commandShape, commands } from './commands.ts'

/**
 * What `amend` may put right, and which kinds of party. Facts are corrected and itineraries changed, each by a command
 * of its own; what only the person's word can change is the filing mission's (`functions/domain/decide.ts`).
 */
export const amendable: {
  readonly [C in SectionClass]?: { readonly [S in Slot<C>]?: readonly AddressedKind[] }
} = {
  case: { request: ['mission', 'iom', 'centre', 'partner'], 'official-request': ['mission'] },
  // Who she is, is put right by who answers for the return (`functions/domain/target.ts`).
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
  if (command === 'file') return kind === 'mission' ? abroad : home
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

const { request } = sections.case
const person = Object.fromEntries(sealed(commands.file.seals))
const optional = Object.fromEntries(sealed(commands.file.seals).map(([cls, form]) => [cls, z.optional(form)]))

/** A person whom a mission files for. */
const abroad: Form = z.strictObject({ ...person, case: z.omit(request, { wayIn: true }) })
/** A person who is home: by which way in, and what is known of her so far. */
const home: Form = z.strictObject({
  ...optional,
  case: z.extend(request, { wayIn: z.enum(waysIn) }),
  identity: sections.identity.person,
})

/**
 * `POST …/requests`: one person or several, each with a return, an agreement and an outcome of their own. `request`: one
 * that the same party filed before, to which they are added. `alert`: the alert that a post files from. `draft`: the one
 * that it was written in, gone once it is sent.
 */
const persons = (kind: string) => z.array(bodyOf('file', kind)).check(z.minLength(1), z.maxLength(50))
const ofRequest = (kind: string) => ({
  request: z.optional(requestId),
  draft: z.optional(draftNamed),
  persons: persons(kind),
})

export const requestBody = z
  .strictObject({ ...ofRequest('mission'), alert: z.optional(returnId) })
  .check(z.refine(({ request, alert }) => !request || !alert, { path: ['alert'] }))

/** The form of a request as a kind of party sends it: only a post files from an alert. */
export function requestBodyOf(kind: string): z.ZodMiniType<RequestBody> {
  return kind === 'mission' ? requestBody : z.strictObject(ofRequest(kind))
}

interface RequestBody extends Record<string, unknown> {
  request?: string | undefined
  alert?: string | undefined
  draft?: z.infer<typeof draftNamed> | undefined
  persons: Record<string, unknown>[]
}
