import { type CommandName, commandsOf } from '../../../../schemas/commands/commands.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { SignedIn } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { partiesByName, partiesOf, partyName } from '../../parts/parties.ts'
import type { ReturnView } from '../../return/return-head.tsx'

/** The command in an address, if it is one of the kind's. */
export function commandIn(kind: PartyKind, name: string | undefined): CommandName | undefined {
  return commandsOf(kind).find((command) => command === name)
}

/** The parties that a command can name, by id, each with its name. */
export function partiesFor(
  messages: Messages,
  me: SignedIn,
  command: CommandName,
  seen: ReturnView,
): ReadonlyMap<string, string> {
  const on = Object.entries(seen.recipients).flatMap(([party, ground]) =>
    ['consent', 'other-basis', 'accompanying'].includes(ground) ? [party] : [],
  )
  switch (command) {
    case 'ask':
      return partiesByName(
        messages,
        [...on, seen.responsible, seen.arranger].filter((party) => party !== me.party && party !== 'figures'),
      )
    case 'give-task':
      return partiesByName(
        messages,
        partiesOf('partner', 'mission').filter((party) => party !== me.party),
      )
    case 'hand-over-case':
    case 'move-case':
    case 'pass-alert':
      return partiesByName(
        messages,
        partiesOf('mission').filter((party) => party !== seen.responsible),
      )
    case 'choose-arranger':
      return partiesByName(messages, seen.arrangers)
    case 'withdraw':
    case 'share':
    case 'ask-anew':
      return partiesByName(messages, Object.keys(seen.recipients))
    default:
      return partiesByName(messages, partiesOf('iom', 'ministry', 'centre'))
  }
}

/** The choices of fields that point at something on the return. */
export function targetsOf(
  messages: Messages,
  me: SignedIn,
  seen: ReturnView,
): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const { questions, tasks, calls, handovers } = seen
  return new Map([
    [
      'question',
      questions
        .filter((question) => question.for === me.party)
        .map(
          ({ seq, by }) =>
            [String(seq), messages('act.questionOf', { who: partyName(messages, by) })] as const,
        ),
    ],
    [
      'task',
      tasks
        .filter(({ to, by }) => to === me.party || by === me.party || seen.responsible === me.party)
        .map(
          ({ seq, task, to }) =>
            [
              String(seq),
              messages('act.taskOf', { task: messages.code('task', task), who: partyName(messages, to) }),
            ] as const,
        ),
    ],
    [
      'call',
      calls
        .filter(({ party }) => party === me.party)
        .map(({ seq }) => [String(seq), messages('act.callOf', { n: seq + 1 })] as const),
    ],
    [
      'handover',
      handovers
        .filter(({ by, confirmedBy }) => by !== me.party && !confirmedBy)
        .map(
          ({ seq, by }) =>
            [String(seq), messages('act.handoverOf', { who: partyName(messages, by) })] as const,
        ),
    ],
  ])
}
