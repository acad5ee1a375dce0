import { refusal } from '../../schemas/api/problems.ts'
import type { CommandShape, Slots } from '../../schemas/commands/command-shape.ts'
import {
  type CommandName,
  commandShape,
  type EventType,
  startsFrom,
} from '../../schemas/commands/commands.ts'
import { procedures, stepsDoneBy } from '../../schemas/procedure/procedure.ts'
import { type BasisCode, basisCodeOf } from '../../schemas/values/basis.ts'
import { mayRead, type SectionClass, sectionClassNames } from '../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId } from '../../schemas/values/parties.ts'
import type { Destroys } from './access/exclusion.ts'
import { isParty, mostGrants, owedTo } from './access/grants.ts'
import { isHelper } from './access/participants.ts'
import { addressed, classesRead, filingParticipants, membershipOf, readersOf } from './access/readers.ts'
import { mayGive } from './access/rights.ts'
import { type Command, sent } from './command.ts'
import type { CurrentSection, Folded, Participants } from './state.ts'
import { type CommandTarget, targetOf } from './target.ts'

/** A section to be written: its class and slot, and who will be able to read it. */
export interface Seal {
  cls: SectionClass
  slot: string
  readers: HolderId[]
}

/** Wraps of sections that are there already, for who gains them. */
export interface Grants {
  to: HolderId
  sections: readonly CurrentSection[]
  /** With the return's log key: it is new on the return. */
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
  /** Who is new on the trail without being granted anything: it gets the log key. */
  joins?: PartyId
}

/** The circle of a return that is being filed. */
export function participantsOf(
  command: Pick<Command, 'by' | 'body'>,
): Participants & { basis: ReadonlyMap<HolderId, BasisCode> } {
  const { recipients } = sent(command, 'case', 'request').agreement
  return filingParticipants(
    command.by.party,
    new Map(recipients.map(({ recipient, basis }) => [recipient, basisCodeOf(basis)])),
  )
}

/** Who gives it, on which return, in which phase. */
function guard(state: Folded, { name, by }: Command): void {
  const { owners, roles, afterExclusion } = commandShape(name)
  if (!(owners as readonly string[]).includes(kindOf(by.party))) throw refusal('not-yours')
  const membership = membershipOf(state, by.party)
  if (membership === 'none') throw refusal('not-found')
  if (afterExclusion && membership === 'on') throw refusal('nothing-to-do')
  if (!afterExclusion && membership === 'ended') throw refusal('basis-ended')
  if (!afterExclusion && !mayGive(state, by.party, name)) throw refusal('not-yours')
  if (!startsFrom(name, state.phase)) throw refusal('wrong-phase')
  if (roles && !roles.includes(by.role)) throw refusal('not-your-role')
}

/** The slots that a body fills: those of the command's table that are present, and those derived from them. */
function slotsOf({ name, body }: Command): [SectionClass, string][] {
  const present = sectionClassNames.filter((cls) => body[cls])
  if (name === 'amend') {
    const slot = String(body.slot)
    const amended = present.map((cls): [SectionClass, string] => [cls, slot])
    return slot === 'person' ? [...amended, ['label', 'label']] : amended
  }
  const { seals, maySeal, derives }: CommandShape = commandShape(name)
  const slots: Slots = { ...seals, ...maySeal, ...derives }
  return sectionClassNames.flatMap((cls) => {
    const slot = slots[cls]
    return slot && (body[cls] || derives?.[cls]) ? [[cls, slot] satisfies [SectionClass, string]] : []
  })
}

/**
 * The classes that a command opens, known from the command alone; what its author's kind may never read is left to
 * who vouches for it. Amending the request re-reads it first, amending the family asks who is under suspicion; and
 * when the next steps are due depends on the category, which is in the case.
 */
export function classesOf({
  name,
  by,
  body,
}: Pick<Command, 'name' | 'by' | 'body'>): Pick<Plan, 'needs' | 'uses'> {
  const { needs = [], uses = [], states, event }: CommandShape = commandShape(name)
  const amends = name === 'amend' ? body.slot : undefined
  const asked: SectionClass[] = amends === 'request' ? ['case'] : amends === 'family' ? ['safety'] : []
  // Which steps come next is reckoned by the next who can, where this one cannot.
  const also: SectionClass[] = endsStep(event) ? ['case'] : []
  const readable = (cls: SectionClass) => !isShared(name) || mayRead(kindOf(by.party), cls)
  const declared = [...new Set([...needs, ...asked])].filter(readable)
  return {
    needs: declared,
    uses: [...new Set([...uses, ...also])].filter(
      (cls) => !declared.includes(cls) && (states === 'fact' || mayRead(kindOf(by.party), cls)),
    ),
  }
}

/** Commands that are given by parties which read different things: each opens what its part lets it read. */
function isShared(name: CommandName): boolean {
  const { arranges, grants } = commandShape(name)
  return arranges === true || grants === true || name === 'attest'
}

/**
 * Of the classes that a command opens, those that its author reads on this return, where it can do without the others:
 * consent that was given in clear can be taken back blindly.
 */
function opening(state: Folded, command: Command): Pick<Plan, 'needs' | 'uses'> {
  const { needs, uses } = classesOf(command)
  const blindly = command.name === 'withdraw' && !mayStay(state, command)
  if (!blindly && !isShared(command.name)) return { needs, uses }
  const read = classesRead(state, command.by.party)
  return { needs: needs.filter((cls) => read.has(cls)), uses }
}

const isFact = ({ name }: Command) => commandShape(name).states === 'fact'

const endsStep = (event: string) =>
  procedures.some((procedure) => stepsDoneBy(procedure, event as EventType).length > 0)

/** The wraps that a holder is owed in the circle that a command leads to. */
function grantsOf(state: Folded, after: Participants, to: HolderId): Grants {
  const { withdrawals } = state
  const withdrawal = isParty(to) ? withdrawals.get(to) : undefined
  const asked = isParty(to) && !addressed(state).includes(to) && addressed(after).includes(to)
  return {
    to,
    sections: owedTo(state, after, to).slice(0, mostGrants),
    // Who was left out and has not answered yet holds it still.
    log: asked && !(withdrawal && !withdrawal.answer),
  }
}

/** Whether the case has to say if a withdrawal leaves its recipient out. */
function mayStay(state: Folded, command: Command): boolean {
  if (command.name !== 'withdraw') return false
  const { recipient, purposes } = sent(command, 'case', 'withdrawal')
  return purposes !== undefined || state.basis.get(recipient) === 'other-basis'
}

/** Whether a party is there for its tasks alone, or for the rest of the journey; who arranges it is told of all. */
function isInPart(circle: Participants, party: PartyId): boolean {
  const ground = circle.basis.get(party)
  const inPart = ground !== 'raised' && (isHelper(circle, party) || ground === 'accompanying')
  return inPart && circle.arranger !== party
}

/**
 * Whether a party that is there in part is told: of what it reads, what is for it, the facts that it could have told
 * itself, and the end.
 */
function concerns(
  state: Folded,
  command: Command,
  party: PartyId,
  aimed: CommandTarget,
  seals: readonly Seal[],
): boolean {
  const taken = aimed.destroys && 'wraps' in aimed.destroys ? aimed.destroys.wraps : []
  return (
    command.by.party === party ||
    aimed.for === party ||
    aimed.grants === party ||
    taken.some(({ holder }) => holder === party) ||
    seals.some(({ readers }) => readers.includes(party)) ||
    (isFact(command) && mayGive(state, party, command.name)) ||
    // Who looks out for her on the way need not look out any longer.
    (command.name === 'arrive' && mayGive(state, party, 'report-way')) ||
    ['cancel', 'close', 'reopen'].includes(command.name)
  )
}

/** What begins a trail takes, in the circle that it begins with. */
export function planFirstEvent(circle: Participants, command: Command): Plan {
  return {
    to: addressed(circle),
    needs: [],
    uses: [],
    // What nobody on the return may read is not kept: a key that nobody holds would be a promise of nothing.
    seals: slotsOf(command)
      .map(([cls, slot]) => ({ cls, slot, readers: readersOf(circle, cls) }))
      .filter(({ readers }) => readers.length > 0),
  }
}

/**
 * The first half of a decision, on what is in clear: phase, target, whom it is for, what it opens and seals.
 * Throws the refusals not-yours, not-found, basis-ended, wrong-phase, not-your-role, unknown-target, nothing-to-do,
 * bad-input and no-reader.
 */
export function planCommand(state: Folded | undefined, command: Command): Plan {
  if (!state) return planFirstEvent(participantsOf(command), command)
  const { by } = command
  guard(state, command)
  const { after = state, grants, ...aimed } = targetOf(state, command)
  // Who is left out learns it by this event, and gets no wrap of its sections. On another ground than consent it may
  // stay, as the case says: then the decision drops them or not.
  const perhaps = mayStay(state, command) ? state : after
  const seals = slotsOf(command).map(([cls, slot]) => ({
    cls,
    slot,
    readers: readersOf(perhaps, cls, { by: by.party, for: aimed.for }),
  }))
  const read = seals.filter(({ readers }) => readers.length > 0)
  // Of a fact, and of what ends something, what nobody may read is not kept, as at filing; it stands all the same.
  if (read.length < seals.length && !isFact(command) && !['withdraw', 'cancel'].includes(command.name)) {
    const fields = seals.filter((seal) => !read.includes(seal)).map(({ cls }) => cls)
    throw refusal('no-reader', { fields })
  }
  const told = [...new Set([...addressed(state), ...addressed(after), by.party])]
  return {
    to: told.filter(
      (party) =>
        !(isInPart(state, party) && isInPart(after, party)) ||
        concerns(state, command, party, { ...aimed, ...(grants ? { grants } : {}) }, read),
    ),
    ...aimed,
    ...opening(state, command),
    seals: read,
    ...(grants ? { grants: grantsOf(state, after, grants) } : {}),
  }
}
