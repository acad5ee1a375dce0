import type { CommandShape, Slots } from '../../schemas/commands/command-shape.ts'
import { type CommandEvent, type CommandName, commandShape } from '../../schemas/commands/commands.ts'
import { type SectionClass, sectionClassNames } from '../../schemas/values/classes.ts'
import type { HolderId, PartyId } from '../../schemas/values/parties.ts'
import type { Destroys } from './access/exclusion.ts'
import { addressed, readersOf } from './access/readers.ts'
import type { Command } from './command.ts'
import type { CurrentSection, Participants } from './state.ts'

/** A section to be written: its class and slot, and who will be able to read it. */
export interface Seal {
  cls: SectionClass
  slot: string
  readers: HolderId[]
}

/** Wraps of sections that are there already, for a holder that gains them. */
export interface Grants {
  to: HolderId
  sections: readonly CurrentSection[]
  /** With the return's log key: the holder is new on the return. */
  log: boolean
}

/** What a command will take, known before anything is opened: so keys are wrapped while facts are unwrapped. */
export interface Plan {
  to: PartyId[]
  for?: PartyId
  needs: readonly SectionClass[]
  uses: readonly SectionClass[]
  seals: Seal[]
  destroys?: Destroys
  grants?: Grants
  /** A party that is new on the trail and is granted nothing: it gets the log key. */
  joins?: PartyId
}

/** What a command becomes: an event's type and clear data, and what its sections hold. */
export interface Decision extends Plan {
  type: CommandEvent
  /** The event's clear data; the form of its type is closed, and the writer of the event parses it. */
  data: Readonly<Record<string, unknown>>
  /** The content of each section of the plan's `seals`. */
  contents: ReadonlyMap<SectionClass, unknown>
}

/** Contents of sections by class, that a decision adds to those that were sent. */
export type AddedContents = { readonly [C in SectionClass]?: unknown }

/** A class and a slot in it. */
export type Place = readonly [SectionClass, string]

/** The sections of a body, by class. */
export const sectionsIn = (body: Command['body']): Readonly<Record<string, unknown>> => body

/** The slots that a body fills, by the row of its command: those that are present, and those that are derived. */
export function slotsByRow(name: CommandName, body: Command['body']): Place[] {
  const { seals, maySeal, derives }: CommandShape = commandShape(name)
  const slots: Slots = { ...seals, ...maySeal, ...derives }
  const sent = sectionsIn(body)
  return sectionClassNames.flatMap((cls): Place[] => {
    const slot = slots[cls]
    return slot && (sent[cls] || derives?.[cls]) ? [[cls, slot]] : []
  })
}

/** What the first event of a trail takes, with the participants that the trail begins with. */
export function planFirstEvent(participants: Participants, { name, body }: Command): Plan {
  return {
    to: addressed(participants),
    needs: [],
    uses: [],
    // What nobody on the return may read is not kept: a key that nobody holds would be a promise of nothing.
    seals: slotsByRow(name, body)
      .map(([cls, slot]) => ({ cls, slot, readers: readersOf(participants, cls) }))
      .filter(({ readers }) => readers.length > 0),
  }
}

/** The content of each section of a plan: as it was sent, unless the decision adds it. */
export function contentsOf(
  body: Command['body'],
  { seals }: Plan,
  added: AddedContents = {},
): Map<SectionClass, unknown> {
  const sent = sectionsIn(body)
  return new Map(seals.map(({ cls }) => [cls, added[cls] ?? sent[cls]]))
}
