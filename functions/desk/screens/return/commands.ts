import { type CommandName, commandsOf } from '../../../../schemas/commands/commands.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { SignedIn } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { partiesByName, partiesOf, partyName } from '../../parts/parties.ts'
import type { ReturnView } from '../../return/return-head.tsx'

/** The groups of commands on the page of a return, in the order in which they come up. */
export const groups = {
  next: [
    'acknowledge-alert',
    'pass-alert',
    'close-alert',
    'acknowledge',
    'accept',
    'send-back',
    'confirm-identity',
    'issue-document',
    'assess-risk',
    'assess-child',
    'check-exit',
    'approve',
    'refuse',
    'hold',
    'fund',
    'plan-travel',
    'change-travel',
    'confirm-travel',
    'attest',
    'clear-to-leave',
    'hold-place',
    'release-place',
    'accept-case',
    'report-task',
    'decline-task',
    'answer-withdrawal',
  ],
  happened: [
    'depart',
    'report-way',
    'did-not-come',
    'contact-lost',
    'in-hospital',
    'arrive',
    'hand-over',
    'confirm-handover',
    'record-choice',
    'refer-home',
    'admit',
    'leave-centre',
    'end-otherwise',
  ],
  stay: ['offer-services', 'plan-stay', 'follow-up'],
  person: ['record-wish', 'agree', 'share', 'ask-anew', 'withdraw'],
  work: [
    'take',
    'assign',
    'note',
    'ask',
    'answer',
    'answer-call',
    'give-task',
    'end-task',
    'hand-over-case',
    'move-case',
    'choose-arranger',
  ],
  urgent: ['override', 'evacuate', 'confirm-evacuation'],
  right: ['amend', 'correct', 'strike', 'cancel', 'close', 'reopen'],
} as const satisfies Record<string, readonly CommandName[]>
export type Group = keyof typeof groups
export const groupNames = Object.keys(groups) as Group[]

/** Commands that need something on the return. Without it the page does not offer them. */
const targetFields: Partial<Record<CommandName, string>> = {
  answer: 'question',
  'answer-call': 'call',
  'confirm-handover': 'handover',
  'end-task': 'task',
  'report-task': 'task',
  'decline-task': 'task',
}

/** The commands that a party may give now, by group. A command without a group comes with the next ones. */
export function grouped(messages: Messages, me: SignedIn, seen: ReturnView): [Group, CommandName[]][] {
  const there = targetsOf(messages, me, seen)
  const commands = seen.commands.filter((command) => there.get(targetFields[command] ?? '')?.length !== 0)
  const placed: readonly string[] = Object.values(groups).flat()
  return groupNames
    .map((group): [Group, CommandName[]] => {
      const own: readonly string[] = groups[group]
      return [
        group,
        commands.filter(
          (command) => own.includes(command) || (group === 'next' && !placed.includes(command)),
        ),
      ]
    })
    .filter(([, names]) => names.length > 0)
}

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
