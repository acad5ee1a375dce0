import type * as z from 'zod/mini'
import type { Phase } from '../procedure/phases.ts'
import type { Slot } from '../sections/sections.ts'
import type { SectionClass } from '../values/classes.ts'
import type { AddressedKind, AuthorRole } from '../values/parties.ts'

/** Slots by class: at most one section of a class in one event. */
export type Slots = { [C in SectionClass]?: Slot<C> }

/** A row of the table of commands. */
export interface CommandShape {
  /** Kinds of party that may give it. */
  owners: readonly AddressedKind[]
  /** Roles that may give it; any role of its owners where there are none. */
  roles?: readonly AuthorRole[]
  /** A fact happened, and is accepted in every open phase; all else is a permission, which can be refused. */
  states?: 'fact'
  /** Phases it starts from; `open` is every phase but closed. */
  from: 'open' | readonly Phase[]
  /** The phase to which it leads. Absent: the return stays in its phase, or the reducer of the event decides. */
  to?: Phase
  /** Classes that are opened before the decision. The command is refused if its author cannot open one of them. */
  needs?: readonly SectionClass[]
  /** Classes opened if they can be; the event names those that were not seen. */
  uses?: readonly SectionClass[]
  /** Sections that the body carries, as `class: content`. */
  seals?: Slots
  /** Sections that the body may carry. */
  maySeal?: Slots
  /** Sections that are derived when it is decided. */
  derives?: Slots
  /** Among its owners, only the arranger of the journey gives it. */
  arranges?: true
  /** Only a removed recipient gives it. */
  afterExclusion?: true
  /** Its sections stand beside those of the same slot, as a fact's do. */
  beside?: true
  /** Goes with a filing, and is never given by itself. */
  withFiling?: true
  /** Goes with the decision on a match, and is never given by itself. */
  withDecision?: true
  /** Owners of several kinds give it, and each opens only what it may read. So do those that arrange or grant. */
  inPart?: true
  /** A section that nobody may read is left out, and the command stands. So it does for a fact. */
  dropsUnread?: true
  /** Its event also goes to parties that are on the return for a part of it: to all, or to those that may give a command. */
  alsoFor?: 'everyone' | 'report-way'
  /** Wraps existing sections for a recipient that gains access to them. */
  grants?: true
  /** Takes wraps away with its event. */
  destroys?: true
  /** Fields of the body that stay in clear: ids and codes only. */
  clear?: Record<string, z.ZodMiniType>
  /** The type of its event. */
  event: string
  /** What its event says in clear. */
  data: z.ZodMiniType<Record<string, unknown>>
}

/** The kinds of party that ask, answer, and assign returns to their officers. */
export const talking = [
  'mission',
  'iom',
  'centre',
  'ministry',
  'partner',
] as const satisfies readonly AddressedKind[]

/** The kinds of party that can arrange the journey. IOM arranges it unless another party is chosen. */
export const arranging = ['iom', 'mission', 'ministry', 'partner'] as const satisfies readonly AddressedKind[]

/** The classes that the gates before leaving ask for. The arranger opens those that it may read. */
export const leavingClasses = [
  'identity',
  'case',
  'travel',
  'care',
  'protection',
  'safety',
] as const satisfies readonly SectionClass[]
