import * as z from 'zod/mini'
import { draftNamed } from '../api/drafts.ts'
import { waysIn } from '../procedure/ways.ts'
import { type Slot, type SlotContent, sections, sentForm } from '../sections/sections.ts'
import type { SectionClass } from '../values/classes.ts'
import { requestId, returnId } from '../values/texts.ts'
import { type Amendable, amendments } from './amend.ts'
import type { Slots } from './command-shape.ts'
import { type CommandName, commandShape, commands } from './commands.ts'

/** The contents of slots, by class. */
type Contents<S> = { [C in keyof S & SectionClass]: S[C] extends Slot<C> ? SlotContent<C, S[C]> : never }
type MaybeContents<S> = { [C in keyof Contents<S>]?: Contents<S>[C] | undefined }
type Fields<F> = F extends z.core.$ZodShape ? z.infer<z.ZodMiniObject<F>> : unknown
type Column<R, K extends string> = R extends { [C in K]: infer V } ? V : unknown

/** What a row of the table says of a body: its fields in clear, and its sections by class. */
type RowBody<R> = Fields<Column<R, 'clear'>> &
  Contents<Column<R, 'seals'>> &
  MaybeContents<Column<R, 'maySeal'>>

/** A section that is put right, by its slot, and the section that it stands in place of. */
type Amendment = {
  [C in keyof Amendable]: {
    [S in keyof Amendable[C] & Slot<C>]: Fields<(typeof commands)['amend']['clear']> & { slot: S } & {
      [K in C]: SlotContent<C, S>
    }
  }[keyof Amendable[C] & Slot<C>]
}[keyof Amendable]

type PersonSeals = (typeof commands)['file']['seals']
/** A person whom somebody files for. A mission sends every section; of a person who is home less may be known. */
type PersonBody = Contents<Pick<PersonSeals, 'case' | 'identity'>> &
  MaybeContents<Omit<PersonSeals, 'case' | 'identity'>>

/** Bodies that do not follow from their row. */
type OwnBodies = { file: PersonBody; amend: Amendment }

/** The body of a command, as parsed in the form that `bodyOf` makes of the same tables. */
export type BodyOf<N extends CommandName> = N extends keyof OwnBodies
  ? OwnBodies[N]
  : RowBody<(typeof commands)[N]>

/** The sections of a command's slots, each with the form of its content. */
function sealed(slots: Slots = {}): [SectionClass, z.ZodMiniType][] {
  return Object.entries(slots).map(([cls, slot]) => [
    cls as SectionClass,
    sentForm(cls as SectionClass, slot),
  ])
}

/** The form of a body: an object of known keys. */
export type Form = z.ZodMiniType<Record<string, unknown>>

/** The forms of bodies that do not follow from their row, by the kind of party that sends them. */
const ownForms: { readonly [N in CommandName]?: (kind: string) => Form } = {
  file: (kind) => (kind === 'mission' ? abroad : home),
  amend: (kind) =>
    z.union(
      amendments(kind).map(({ cls, slot }) =>
        z.strictObject({
          ...commands.amend.clear,
          slot: z.literal(slot),
          [cls]: sentForm(cls, slot),
        }),
      ),
    ),
}

function formOfRow(command: CommandName): Form {
  const { seals, maySeal, clear } = commandShape(command)
  return z.strictObject({
    ...clear,
    ...Object.fromEntries(sealed(seals)),
    ...Object.fromEntries(sealed(maySeal).map(([cls, content]) => [cls, z.optional(content)])),
  })
}

/** The form of a command's body as a kind of party sends it: sections by class, and its clear fields. */
export function bodyOf<N extends CommandName>(command: N, kind: string): z.ZodMiniType<BodyOf<N>> {
  // Form and type follow from the same rows.
  return (ownForms[command]?.(kind) ?? formOfRow(command)) as z.ZodMiniType<BodyOf<N>>
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

type RequestBody = Partial<z.infer<typeof requestBody>> & Pick<z.infer<typeof requestBody>, 'persons'>
