import type { Facts } from '../../functions/domain/access/opened-sections.ts'
import { addressed } from '../../functions/domain/access/readers.ts'
import {
  type Command,
  type CommandOf,
  commandFrom,
  type DeploymentConfig,
  type LaterCommand,
} from '../../functions/domain/command.ts'
import { decideAlert, planAlert } from '../../functions/domain/commands/alert.ts'
import { decideFiling, planFiling } from '../../functions/domain/commands/request.ts'
import { decide } from '../../functions/domain/decide.ts'
import type { Decision } from '../../functions/domain/plan.ts'
import { planCommand } from '../../functions/domain/plan-command.ts'
import { isRefusal, type ProblemCode, type Refusal } from '../../schemas/api/problems.ts'
import { bodyOf, type Form } from '../../schemas/commands/bodies.ts'
import { begins, type CommandName, commandShape } from '../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import type { StepName } from '../../schemas/procedure/procedure.ts'
import type { AuthorRole, PartyId } from '../../schemas/values/parties.ts'
import { alarm } from './alarm.ts'
import { bodies, centre, config, consular, type Filing, iom, istanbul, ministry, sample } from './bodies.ts'
import { appended, type DomainReturn, granting, type Kept, openedBy, stateOf } from './domain-store.ts'

export { type DomainReturn, keptAfter, stateOf } from './domain-store.ts'

export interface Given {
  name: CommandName
  by: PartyId
  body?: Readonly<Record<string, unknown>>
  /** The server's time; the next minute of one morning, if none is given. */
  at?: string
  user?: string
  /** An officer unless given; for a command of certain roles the first of them. */
  role?: AuthorRole
  posts?: DeploymentConfig['posts']
  night?: DeploymentConfig['night']
}

const request = '0000000000000000000000000B'
const ids = { request, log: { sec: '000000000000000A', kid: 'k'.repeat(43) } }
const nothing: DomainReturn = { events: [], kept: [] }

/** The time of the next event, where none is given: a minute after the last. */
export const timeOf = (seq: number) => new Date(Date.UTC(2026, 10, 21, 9, seq)).toISOString()

const forms = new Map<CommandName, readonly Form[]>()
const wellFormed = new WeakSet<object>()

/** Throws where the API would hand such a body on from no kind of party that gives the command. */
function requireForm(name: CommandName, body: Readonly<Record<string, unknown>>): void {
  if (wellFormed.has(body)) return
  const ofKinds = forms.get(name) ?? commandShape(name).owners.map((kind) => bodyOf(name, kind))
  forms.set(name, ofKinds)
  const errors = ofKinds.map((form) => form.safeParse(body).error)
  if (!errors.includes(undefined)) throw errors[0]
  wellFormed.add(body)
}

/** Parts of a return that another person of the party does than who confirms the journey, or orders an evacuation. */
const colleagueFor: { readonly [N in CommandName]?: string } = {
  'assess-risk': 'user-2',
  override: 'user-2',
  'confirm-evacuation': 'user-2',
  fund: 'user-3',
}

/** The command as the API would hand it in. */
export function commandOf<N extends CommandName>(
  made: DomainReturn,
  given: Given & { name: N },
): CommandOf<N> {
  const { name, by, body = bodies[name], at = timeOf(made.events.length), posts, night } = given
  requireForm(name, body)
  const user = given.user ?? colleagueFor[name] ?? 'user-1'
  const role = given.role ?? commandShape(name).roles?.[0] ?? 'officer'
  const own = { ...(posts ? { posts } : {}), ...(night ? { night } : {}) }
  return commandFrom(name, body, { by: { party: by, role, user }, at, config: { ...config, ...own } })
}

/** A return that has just been filed. */
export function filed(
  body: Filing = sample,
  by: PartyId = istanbul,
  about: Pick<Given, 'at' | 'posts'> = {},
): DomainReturn {
  const command = commandOf(nothing, { name: 'file', by, body, ...about })
  return appended(nothing, command, decideFiling(command, planFiling(command), ids))
}

/** An alert that has just been raised and went to a post. */
export function raised(
  by: PartyId,
  post: PartyId,
  request: { urgency?: string } = {},
  about: Pick<Given, 'at'> = {},
): DomainReturn {
  const body = { ...alarm, case: { ...alarm.case, ...request } }
  const command = commandOf(nothing, { name: 'alert', by, body, ...about })
  return appended(nothing, command, decideAlert(command, planAlert(command, post), ids, post))
}

/** What a party gets to see of the classes that a command declares: what was sealed for it. */
export function factsFor(made: DomainReturn, given: Given): Facts {
  return openedBy(made, given.by, planCommand(stateOf(made), commandOf(made, given)))
}

/** Plans as the API does, and decides on what the party can open, or on facts of the test's own. */
export function decided(made: DomainReturn, given: Given, facts?: Facts): Decision {
  const state = stateOf(made)
  const command = commandOf(made, given)
  const plan = planCommand(state, command)
  if (!isLater(command)) throw new Error('A plan was made for the first command of a trail.')
  const granted = granting(made, command, plan).map(({ section }) => section.sec)
  return decide(state, facts ?? openedBy(made, given.by, plan), command, plan, granted)
}

const isLater = (command: Command): command is LaterCommand => !begins(command.name)

/** One command further. Throws the refusal when it is refused. */
export function give(made: DomainReturn, given: Given, facts?: Facts): DomainReturn {
  return appended(made, commandOf(made, given), decided(made, given, facts))
}

/** One command further, or none where it is refused. */
export function giveUnlessRefused(made: DomainReturn, given: Given): DomainReturn | undefined {
  try {
    return give(made, given)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** Several commands, one after the other, with the bodies of `bodies.ts`. */
export function after(made: DomainReturn, steps: readonly (readonly [PartyId, CommandName])[]): DomainReturn {
  return steps.reduce((trail, [by, name]) => give(trail, { name, by }), made)
}

/** The code that a command is refused with; `accepted` when it is not. Anything else that is thrown is thrown on. */
export function answerTo(made: DomainReturn, given: Given, facts?: Facts): ProblemCode | 'accepted' {
  return refusalOf(made, given, facts)?.code ?? 'accepted'
}

export function refusalOf(made: DomainReturn, given: Given, facts?: Facts): Refusal | undefined {
  try {
    decided(made, given, facts)
    return undefined
  } catch (error) {
    if (isRefusal(error)) return error
    throw error
  }
}

/** The straight path, with the phase that each step leads to. */
export const straightPath = [
  [iom, 'acknowledge', 'acknowledged'],
  [iom, 'accept', 'accepted'],
  [iom, 'assess-risk', 'accepted'],
  [ministry, 'approve', 'accepted'],
  [ministry, 'fund', 'accepted'],
  [istanbul, 'confirm-identity', 'accepted'],
  [istanbul, 'issue-document', 'accepted'],
  [iom, 'plan-travel', 'planned'],
  [centre, 'hold-place', 'planned'],
  [iom, 'confirm-travel', 'confirmed'],
  [istanbul, 'check-exit', 'confirmed'],
  [iom, 'clear-to-leave', 'confirmed'],
  [istanbul, 'depart', 'travelling'],
  [iom, 'arrive', 'arrived'],
  [iom, 'hand-over', 'arrived'],
  [centre, 'admit', 'received'],
  [centre, 'close', 'closed'],
] as const satisfies readonly (readonly [PartyId, CommandName, string])[]

/** The straight path up to and with a command. Where the ministry is not on the return, IOM funds and nobody decides. */
export function upTo(command: CommandName, made: DomainReturn = filed()): DomainReturn {
  const last = straightPath.findIndex(([, name]) => name === command)
  const decides = addressed(stateOf(made)).includes(ministry)
  return after(
    made,
    straightPath
      .slice(0, last + 1)
      .filter(([, name]) => decides || name !== 'approve')
      .map(([by, name]) => [decides || by !== ministry ? by : iom, name]),
  )
}

/** A return in each phase, on the shortest way there. */
export const inPhase = {
  filed: () => filed(),
  acknowledged: () => upTo('acknowledge'),
  'sent-back': () => after(filed(), [[iom, 'send-back']]),
  accepted: () => upTo('accept'),
  planned: () => upTo('plan-travel'),
  confirmed: () => upTo('confirm-travel'),
  travelling: () => upTo('depart'),
  arrived: () => upTo('arrive'),
  received: () => upTo('admit'),
  cancelled: () => after(filed(), [[istanbul, 'cancel']]),
  closed: () => upTo('close'),
}

/** The sections that stand, as if one party could open them all. */
export function everythingOpened(made: DomainReturn): Facts {
  const current = new Set(stateOf(made).sections.map(({ sec }) => sec))
  return { opened: made.kept.filter(({ section }) => current.has(section.sec)), unseen: [] }
}

/** The sections of a slot that stand, as they are kept. */
export function keptIn(made: DomainReturn, slot: string): Kept[] {
  const current = new Set(stateOf(made).sections.map(({ sec }) => sec))
  return made.kept.filter(({ section }) => section.slot === slot && current.has(section.sec))
}

/** Owners of a command that are on the sample's return. */
export function ownersOf(name: CommandName): PartyId[] {
  const parties: Record<string, PartyId> = { mission: istanbul, consular, iom, centre, ministry }
  return commandShape(name).owners.flatMap((kind) => parties[kind] ?? [])
}

/** The gates that a command finds closed. */
export function closed(made: DomainReturn, name: CommandName, by: PartyId): string[] {
  return refusalOf(made, { name, by })?.detail.gates?.map(({ gate }) => gate) ?? []
}

/** What an event says is due. */
export function duesOf(event: StoredEvent | undefined): Record<string, string> {
  const due = (event && 'due' in event.data && event.data.due) || []
  return Object.fromEntries(due.map(({ step, day }) => [step, day]))
}
/** What the last event says is due. */
export const lastDues = ({ events }: DomainReturn) => duesOf(events.at(-1))
/** What is due on a return as it stands. */
export const dueNow = (made: DomainReturn) => Object.fromEntries(stateOf(made).due)
export const isDone = (made: DomainReturn, step: StepName) => stateOf(made).done.has(step)
