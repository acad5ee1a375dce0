import type { CommandName } from '../../schemas/commands/commands.ts'
import type { Night } from '../../schemas/deployment/rota.ts'
import type { Author } from '../../schemas/events/events.ts'
import type { Calendar } from '../../schemas/procedure/calendars.ts'
import type { PartnersKnown } from '../../schemas/procedure/tasks.ts'
import type { Content, Slot } from '../../schemas/sections/sections.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { formed } from './access/opened-sections.ts'

/** What a deployment has settled, as decisions need it. */
export interface DeploymentConfig {
  /** The calendars of posts that have their own, by code. */
  posts: Readonly<Record<string, Calendar>>
  missions: readonly PartyId[]
  centres: readonly PartyId[]
  partners: PartnersKnown
  /** The hours in which an arrival calls the Centre. */
  night: Night
  /** For how many days a section that nobody can read any more is kept before it is erased. */
  lockDays: number
}

/** What a party asks for: the command, its body as parsed by `bodyOf`, by whom, and the server's time. */
export interface Command {
  name: CommandName
  by: Author
  at: string
  config: DeploymentConfig
  body: Readonly<Record<string, unknown>>
}

/** A section that a command's body may carry. Throws where it is there and not of its form: our tables disagree. */
export function maybeSent<C extends SectionClass, S extends Slot<C>>(
  command: Pick<Command, 'body'>,
  cls: C,
  slot: S,
): Content<C, S> | undefined {
  return command.body[cls] === undefined ? undefined : sent(command, cls, slot)
}

/** A section of a command's body. Throws when the command's form has no such section: our tables disagree. */
export function sent<C extends SectionClass, S extends Slot<C>>(
  { body }: Pick<Command, 'body'>,
  cls: C,
  slot: S,
): Content<C, S> {
  return formed(cls, slot, body[cls])
}
