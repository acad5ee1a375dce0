import type * as z from 'zod/mini'
import type { EventOfCommand, LaterCommandName } from '../../schemas/commands/commands.ts'
import type { Due } from '../../schemas/events/data-forms.ts'
import type { eventData } from '../../schemas/events/event-data.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import type { Facts } from './access/opened-sections.ts'
import type { CommandOf } from './command.ts'
import type { AddedContents, Place, Plan } from './plan.ts'
import type { Folded } from './state.ts'
import type { CommandTarget } from './target.ts'

/** All that a decision looks at. */
export interface Situation<N extends LaterCommandName> {
  state: Folded
  facts: Facts
  command: CommandOf<N>
  plan: Plan
  /** The sections of the plan's grants that the author can wrap. */
  granted: readonly string[]
}

type EventData<N extends LaterCommandName> = z.infer<(typeof eventData)[EventOfCommand<N>]>

/** What a rule itself says of its event in clear: `unseen`, `ends` and most of `due` is said for it by `decide`. */
type OwnData<N extends LaterCommandName> = Omit<EventData<N>, 'unseen' | 'due' | 'ends'> & { due?: Due[] }

/**
 * How a command is decided, for what its row in `schemas/commands` does not say. Each function sees the command with its
 * typed body, and refuses by throwing.
 */
export interface Rule<N extends LaterCommandName> {
  /** Checks what the command points at. Without it the command points at nothing. */
  target?(state: Folded, command: CommandOf<N>): CommandTarget
  /** Classes that it opens besides the row's `needs`, as its body says. */
  needs?(command: CommandOf<N>): readonly SectionClass[]
  /** The slots that its sections fill, where its body names them and not its row. */
  slots?(command: CommandOf<N>): readonly Place[]
  /** What its event says in clear. */
  data?(situation: Situation<N>): OwnData<N>
  /** Days that are due, besides the steps that its event begins. */
  due?(state: Folded, command: CommandOf<N>): readonly Due[]
  /** Contents that it adds to those that were sent. */
  contents?(state: Folded, facts: Facts, command: CommandOf<N>): AddedContents
  /** Its plan, once the facts are known. */
  settle?(situation: Situation<N>): Plan
}

/** A rule that cannot leave out what its event has to say. */
type CompleteRule<N extends LaterCommandName> = Rule<N> &
  (Record<never, never> extends OwnData<N> ? unknown : Required<Pick<Rule<N>, 'data'>>)

/** A complete rule for each of some commands. */
export type RulesOf<N extends string> = { readonly [M in N & LaterCommandName]: CompleteRule<M> }
