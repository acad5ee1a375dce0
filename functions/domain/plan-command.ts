import { refusal } from '../../schemas/api/problems.ts'
import {
  type CommandName,
  commandShape,
  type EventType,
  startsFrom,
} from '../../schemas/commands/commands.ts'
import { procedures, stepsDoneBy } from '../../schemas/procedure/procedure.ts'
import { mayRead, type SectionClass } from '../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId } from '../../schemas/values/parties.ts'
import { dutiesInTheWay } from './access/duties.ts'
import { excludeAtEnd } from './access/exclusion.ts'
import { isParty, mostGrants, sectionsToGrant } from './access/grants.ts'
import { classesOfGuardianWord } from './access/guardian-word.ts'
import { isHelper } from './access/participants.ts'
import { addressed, classesRead, membershipOf, readersOf } from './access/readers.ts'
import { mayGive } from './access/rights.ts'
import type { Command, LaterCommand } from './command.ts'
import { ruleOf } from './commands/rules.ts'
import { type Grants, type Place, type Plan, type Seal, slotsByRow } from './plan.ts'
import type { Folded, Participants } from './state.ts'
import type { CommandTarget } from './target.ts'

/** Who gives it, on which return, in which phase. The first commands of a trail start from no phase. */
function guard(state: Folded, command: Command): asserts command is LaterCommand {
  const { name, by } = command
  const { owners, roles, afterExclusion } = commandShape(name)
  if (!(owners as readonly string[]).includes(kindOf(by.party))) throw refusal('not-yours')
  const membership = membershipOf(state, by.party)
  if (membership === 'none') throw refusal('not-found')
  if (afterExclusion && membership === 'on') throw refusal('nothing-to-do')
  if (!afterExclusion && membership === 'ended') throw refusal('basis-ended')
  if (!afterExclusion && !mayGive(state, by.party, name)) throw refusal('not-yours')
  if (!startsFrom(name, state.phase)) throw refusal('wrong-phase')
  if (roles && !roles.includes(by.role)) throw refusal('not-your-role')
  // One person, or it is no second opinion.
  const done = dutiesInTheWay(state, command)
  if (done.length > 0) throw refusal('same-person', { duties: done })
}

function slotsOf(command: LaterCommand): readonly Place[] {
  return ruleOf(command.name).slots?.(command) ?? slotsByRow(command.name, command.body)
}

/**
 * The classes that a command opens, known from the command alone. What its author's kind may never read is left to a party
 * that attests it. When the next steps are due depends on the category, which is in the case.
 */
export function classesOf(command: LaterCommand): Pick<Plan, 'needs' | 'uses'> {
  const { name, by } = command
  const { needs = [], uses = [], states, event } = commandShape(name)
  const ofBody = [...(ruleOf(name).needs?.(command) ?? []), ...classesOfGuardianWord(command)]
  // The steps that begin are determined by the next party that can, where this one cannot.
  const forSteps: readonly SectionClass[] = endsStep(event) ? ['case'] : []
  const isReadable = (cls: SectionClass) => mayRead(kindOf(by.party), cls)
  const needed = [...new Set([...needs, ...ofBody])].filter((cls) => !opensOwnPart(name) || isReadable(cls))
  return {
    needs: needed,
    uses: [...new Set([...uses, ...forSteps])].filter(
      (cls) => !needed.includes(cls) && (states === 'fact' || isReadable(cls)),
    ),
  }
}

/** Commands that are given by parties which read different things: each opens what its part lets it read. */
function opensOwnPart(name: CommandName): boolean {
  const { arranges, grants, inPart } = commandShape(name)
  return arranges === true || grants === true || inPart === true
}

/** Of the classes that a command opens, those that its author reads on this return, where it can do without the others. */
function opening(
  state: Folded,
  command: LaterCommand,
  { withoutUnread }: CommandTarget,
): Pick<Plan, 'needs' | 'uses'> {
  const { needs, uses } = classesOf(command)
  if (!withoutUnread && !opensOwnPart(command.name)) return { needs, uses }
  const read = classesRead(state, command.by.party)
  const always = classesOfGuardianWord(command).slice(0, 1)
  return { needs: needs.filter((cls) => read.has(cls) || always.includes(cls)), uses }
}

const isFact = (name: CommandName) => commandShape(name).states === 'fact'

const endsStep = (event: string) =>
  procedures.some((procedure) => stepsDoneBy(procedure, event as EventType).length > 0)

/** The wraps that a holder is owed among the participants that a command leads to. */
function grantsOf(state: Folded, after: Participants, to: HolderId): Grants {
  const { withdrawals } = state
  const withdrawal = isParty(to) ? withdrawals.get(to) : undefined
  const isNew = isParty(to) && !addressed(state).includes(to) && addressed(after).includes(to)
  return {
    to,
    sections: sectionsToGrant(state, after, to).slice(0, mostGrants),
    // A removed recipient that has not answered yet still holds the log key.
    log: isNew && !(withdrawal && !withdrawal.answer),
  }
}

/**
 * What a command seals, for which readers. Throws no-reader where nobody may read a section. Of a fact, and of what ends
 * something, such a section is not kept, as at filing; the command stands all the same.
 */
function sealsOf(state: Folded, command: LaterCommand, target: CommandTarget): Seal[] {
  // A removed recipient is notified by this event, and gets no wrap of its sections.
  const { after = state, readers = after } = target
  const between = { by: command.by.party, for: target.for }
  const seals = slotsOf(command).map(([cls, slot]) => ({
    cls,
    slot,
    readers: readersOf(readers, cls, between),
  }))
  const unread = seals.filter((seal) => seal.readers.length === 0)
  // A label is for lists alone: where nobody reads it, there is none.
  const missed = unread.filter(({ cls }) => cls !== 'label')
  if (missed.length > 0 && !isFact(command.name) && !commandShape(command.name).dropsUnread)
    throw refusal('no-reader', { fields: missed.map(({ cls }) => cls) })
  return seals.filter((seal) => !unread.includes(seal))
}

/** Whether a party is there for its tasks alone, or for the rest of the journey. The arranger gets every event. */
function isInPart(participants: Participants, party: PartyId): boolean {
  const status = participants.basis.get(party)
  const inPart = status !== 'raised' && (isHelper(participants, party) || status === 'accompanying')
  return inPart && participants.arranger !== party
}

/**
 * Whether an event goes to a party that is on the return in part: it reads of it, the event is for it, it could have
 * stated the fact itself, or the command's row says so (`alsoFor`).
 */
function concerns(
  state: Folded,
  { name, by }: LaterCommand,
  party: PartyId,
  { destroys, for: spokenTo, grants }: CommandTarget,
  seals: readonly Seal[],
): boolean {
  const taken = destroys && 'wraps' in destroys ? destroys.wraps : []
  const { alsoFor } = commandShape(name)
  return (
    by.party === party ||
    spokenTo === party ||
    grants === party ||
    taken.some(({ holder }) => holder === party) ||
    seals.some(({ readers }) => readers.includes(party)) ||
    (isFact(name) && mayGive(state, party, name)) ||
    alsoFor === 'everyone' ||
    (alsoFor !== undefined && mayGive(state, party, alsoFor))
  )
}

/** The parties that the event goes to: everyone before and after it, and its author. */
function recipientsOf(
  state: Folded,
  command: LaterCommand,
  target: CommandTarget,
  seals: readonly Seal[],
): PartyId[] {
  const { after = state } = target
  const parties = [...new Set([...addressed(state), ...addressed(after), command.by.party])]
  return parties.filter(
    (party) =>
      !(isInPart(state, party) && isInPart(after, party)) || concerns(state, command, party, target, seals),
  )
}

/**
 * The first half of a decision, on what is in clear: phase, target, whom it is for, what it opens and seals.
 * Throws the refusals not-yours, not-found, basis-ended, wrong-phase, not-your-role, same-person, unknown-target,
 * nothing-to-do, bad-input and no-reader.
 */
export function planCommand(state: Folded, command: Command): Plan {
  guard(state, command)
  const rule = ruleOf(command.name)
  const target: CommandTarget = rule.target
    ? rule.target(state, command)
    : excludeAtEnd(state, commandShape(command.name).to)
  const { after = state, grants, destroys, joins } = target
  const seals = sealsOf(state, command, target)
  return {
    to: recipientsOf(state, command, target, seals),
    ...(target.for ? { for: target.for } : {}),
    ...(destroys ? { destroys } : {}),
    ...(joins ? { joins } : {}),
    ...opening(state, command, target),
    seals,
    ...(grants ? { grants: grantsOf(state, after, grants) } : {}),
  }
}
