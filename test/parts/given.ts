import { expect } from 'vitest'
import type { ProblemCode } from '../../schemas/api/problems.ts'
import type { BodyOf } from '../../schemas/commands/bodies.ts'
import type { EventOfCommand, LaterCommandName } from '../../schemas/commands/commands.ts'
import type { EventOf } from '../../schemas/events/events.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { type DomainReturn, type Given, give, refusalOf, stateOf } from './domain-return.ts'

/** A command with its typed body. */
type When<N extends LaterCommandName> = {
  [M in N]: Pick<Given, 'at' | 'user' | 'role' | 'night'> & { name: M; by: PartyId; body: BodyOf<M> }
}[N]

interface ExpectedEvent<N extends LaterCommandName> {
  type: EventOfCommand<N>
  data: EventOf<EventOfCommand<N>>['data']
  /** The party that the event speaks to; none if it is left out. */
  for?: PartyId
  /** The slots of its sections, by class; none if it is left out. */
  sections?: { readonly [C in SectionClass]?: string }
}

/**
 * A test as the field would tell it: given what has happened on a return, when a party gives a command, then its event is
 * written, or it is refused.
 */
export function given(trail: DomainReturn, ...history: readonly Given[]) {
  const before = history.reduce((made, step) => give(made, step), trail)
  return {
    when<N extends LaterCommandName>(command: When<N>) {
      return {
        /** The one event that is written, exactly; the return as it is then. */
        thenEvent(expected: ExpectedEvent<N>): DomainReturn {
          const after = give(before, command)
          expect(after.events.slice(0, -1)).toEqual(before.events)
          const event = after.events.at(-1)
          const slots = stateOf(after)
            .written.filter(({ seq }) => seq === event?.seq)
            .map(({ cls, slot }) => [cls, slot])
          expect({
            ...{ type: event?.type, by: event?.by.party, for: event?.for, data: event?.data },
            sections: Object.fromEntries(slots),
          }).toEqual({ by: command.by, for: undefined, sections: {}, ...expected })
          return after
        },
        /** The refusal, with the fields that it names. */
        thenRefused(code: ProblemCode, fields?: readonly string[]): void {
          const refusal = refusalOf(before, command)
          expect([refusal?.code, refusal?.detail.fields]).toEqual([code, fields])
        },
      }
    },
  }
}
