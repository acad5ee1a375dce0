import type { BodyOf } from '../../schemas/commands/bodies.ts'
import type { CommandName, LaterCommandName } from '../../schemas/commands/commands.ts'
import type { Night } from '../../schemas/deployment/rota.ts'
import type { Author } from '../../schemas/events/events.ts'
import type { Calendar } from '../../schemas/procedure/calendars.ts'
import type { Separations } from '../../schemas/procedure/duties.ts'
import type { PartnersKnown } from '../../schemas/procedure/tasks.ts'
import type { PartyId } from '../../schemas/values/parties.ts'

/** The configuration of a deployment, as far as decisions need it. */
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
  /** The duties that one person does not do together on a return. */
  separations: Separations
}

/** Who gives a command, at which time of the server, and in which deployment. */
export interface CommandContext {
  by: Author
  at: string
  config: DeploymentConfig
}

/** A command of a name, with its parsed body. */
export type CommandOf<N extends CommandName> = {
  [M in N]: CommandContext & { name: M; body: BodyOf<M> }
}[N]
export type Command = CommandOf<CommandName>
/** A command on a trail that is there. */
export type LaterCommand = CommandOf<LaterCommandName>

/**
 * A command with the body that the edge has parsed in the form of its name (`bodyOf`). Form and type follow from the same
 * rows of `schemas/commands`: this is the one place that relies on it. Nothing inside the domain parses a body again.
 */
export function commandFrom<N extends CommandName>(
  name: N,
  parsedBody: Readonly<Record<string, unknown>>,
  context: CommandContext,
): CommandOf<N> {
  return { ...context, name, body: parsedBody } as unknown as CommandOf<N>
}
