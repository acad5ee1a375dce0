import { type BasisCode, basisCodeOf } from '../../schemas/basis.ts'
import { amendments } from '../../schemas/bodies.ts'
import type { Calendar } from '../../schemas/calendars.ts'
import { mayRead, type SectionClass, sectionClassNames } from '../../schemas/classes.ts'
import type { CommandShape, Slots } from '../../schemas/command-shape.ts'
import {
  type CommandName,
  commandShape,
  commands,
  type EventType,
  startsFrom,
} from '../../schemas/commands.ts'
import type { Author } from '../../schemas/events.ts'
import { type HolderId, kindOf, type PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import { procedures, stepsDoneBy } from '../../schemas/procedure.ts'
import type { Night } from '../../schemas/rota.ts'
import type { Content, Slot } from '../../schemas/sections.ts'
import { formed } from './opened.ts'
import { addressed, type Circle, readersOf, standingOf } from './readers.ts'
import type { Folded } from './state.ts'

/** What a party asks for: the command, its body as parsed by `bodyOf`, by whom, and the server's time. */
export interface Command {
  name: CommandName
  by: Author
  at: string
  /** The calendars of posts that have their own, by code. */
  posts?: Readonly<Record<string, Calendar>>
  /** The hours in which an arrival calls the Centre. */
  night?: Night
  body: Readonly<Record<string, unknown>>
}

/** A section of a command's body. Throws when the command's form has no such section: our tables disagree. */
export function sent<C extends SectionClass, S extends Slot<C>>(
  { body }: Pick<Command, 'body'>,
  cls: C,
  slot: S,
): Content<C, S> {
  return formed(cls, slot, body[cls])
}

/** A section to be written: its class and slot, and who will be able to read it. */
export interface Seal {
  cls: SectionClass
  slot: string
  readers: HolderId[]
}

/** What a command will take, known before anything is opened: so keys are wrapped while facts are unwrapped. */
export interface Outline {
  to: PartyId[]
  for?: PartyId
  needs: readonly SectionClass[]
  uses: readonly SectionClass[]
  seals: Seal[]
  /** What is destroyed with the event: the wraps of one holder, or whole sections. */
  destroys?: { holder: HolderId } | { sections: readonly string[] }
}

/** The circle of a return that is being filed. */
export function circleOf(
  command: Pick<Command, 'by' | 'body'>,
): Circle & { basis: ReadonlyMap<HolderId, BasisCode> } {
  const { recipients } = sent(command, 'case', 'request').agreement
  return {
    filer: command.by.party,
    basis: new Map(recipients.map(({ recipient, basis }) => [recipient, basisCodeOf(basis)])),
  }
}

/** Who gives it, on which return, in which phase. */
function guard(state: Folded, { name, by }: Command): void {
  const owners: readonly string[] = commandShape(name).owners
  if (!owners.includes(kindOf(by.party))) throw refusal('not-yours')
  const standing = standingOf(state, by.party)
  if (standing !== 'on') throw refusal(standing === 'ended' ? 'basis-ended' : 'not-found')
  if (!startsFrom(name, state.phase)) throw refusal('wrong-phase')
  const { roles }: CommandShape = commandShape(name)
  if (roles && !roles.includes(by.role)) throw refusal('not-your-role')
}

/** Whether a party on the return may be asked, or ask: `talk` has to be readable by it. */
function talks(state: Folded, party: PartyId): boolean {
  return addressed(state).includes(party) && mayRead(kindOf(party), 'talk')
}

function target(found: boolean, field: string): void {
  if (!found) throw refusal('unknown-target', { fields: [field] })
}

/** A return as it stands when one holder has been left out. */
function circleWithout(state: Folded, holder: HolderId): Circle {
  return { filer: state.filer, basis: new Map([...state.basis, [holder, 'withdrawn']]) }
}

/** Whether every standing section keeps a reader besides one holder. */
function othersRead(state: Folded, holder: HolderId): boolean {
  const without = circleWithout(state, holder)
  return state.sections.every(
    (section) =>
      section.cls === 'talk' ||
      section.cls === 'note' ||
      !readersOf(state, section.cls).includes(holder) ||
      readersOf(without, section.cls).some((reader) => reader !== 'figures'),
  )
}

/** Labels that were made from sections which are struck: they mask the wrong person too. */
function labelsOf({ written }: Folded, strikes: readonly string[]): string[] {
  const persons = written.filter(({ sec, slot }) => slot === 'person' && strikes.includes(sec))
  return written
    .filter(
      ({ sec, cls, seq }) =>
        cls === 'label' && !strikes.includes(sec) && persons.some((one) => one.seq === seq),
    )
    .map(({ sec }) => sec)
}

/** Looks at what a command points at, and at whom it speaks to. */
function aim(state: Folded, command: Command): Pick<Outline, 'for' | 'destroys'> {
  const { name, by, body } = command
  switch (name) {
    case 'acknowledge':
    case 'accept':
    case 'send-back':
      return body.talk ? { for: state.filer } : {}
    case 'ask': {
      const asked = commands.ask.clear.for.parse(body.for)
      target(asked !== by.party && talks(state, asked), 'for')
      return { for: asked }
    }
    case 'answer': {
      const question = state.questions.find(({ seq }) => seq === body.question)
      if (question?.for !== by.party) throw refusal('unknown-target', { fields: ['question'] })
      return { for: question.by }
    }
    case 'answer-call':
      target(
        state.calls.some(({ seq, party }) => seq === body.call && party === by.party),
        'call',
      )
      return {}
    case 'confirm-evacuation': {
      const { evacuation } = state
      if (!evacuation || evacuation.confirmed) throw refusal('nothing-to-do')
      // Two people, or it is no second opinion.
      if (evacuation.user === by.user) throw refusal('not-yours')
      return {}
    }
    case 'release-place':
      if (state.placeHeld?.by !== by.party) throw refusal('nothing-to-do')
      return {}
    case 'cancel':
      if (state.phase === 'cancelled') throw refusal('nothing-to-do')
      return {}
    case 'amend': {
      if (!amendments(kindOf(by.party)).some(({ cls, slot }) => body[cls] && slot === body.slot))
        throw refusal('not-yours')
      const named = body.supersedes
      const written = sectionClassNames.find((cls) => body[cls])
      target(
        named === undefined ||
          state.sections.some(({ sec, cls, slot }) => sec === named && cls === written && slot === body.slot),
        'supersedes',
      )
      return {}
    }
    case 'correct':
      target(
        state.facts.some(({ seq, by: author }) => seq === body.corrects && author === by.party),
        'corrects',
      )
      return {}
    case 'strike': {
      const strikes = commands.strike.clear.strikes.parse(body.strikes)
      const own = state.written.filter((section) => section.by === by.party)
      target(
        strikes.every((sec) => own.some((section) => section.sec === sec)),
        'strikes',
      )
      return { destroys: { sections: [...strikes, ...labelsOf(state, strikes)] } }
    }
    case 'withdraw': {
      const { recipient } = sent(command, 'case', 'withdrawal')
      const ground = state.basis.get(recipient)
      if (ground === 'withdrawn') throw refusal('nothing-to-do')
      // Who filed, and the consular department, stay on a return whatever its grounds.
      const stays = addressed(circleWithout(state, recipient)).some((party) => party === recipient)
      target(ground !== undefined && ground !== 'none' && !stays, 'case.recipient')
      if (ground === 'other-basis') throw refusal('not-by-consent')
      if (!othersRead(state, recipient)) throw refusal('last-reader')
      return { destroys: { holder: recipient } }
    }
    default:
      return {}
  }
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
 * The classes that a command opens, known from the command alone. Amending the request re-reads it first; and when
 * the next steps are due depends on the category, which is in the case.
 */
export function classesOf({ name, body }: Pick<Command, 'name' | 'body'>): Pick<Outline, 'needs' | 'uses'> {
  const { needs = [], uses = [], states, event }: CommandShape = commandShape(name)
  const inCase = name === 'amend' ? body.slot === 'request' : endsStep(event)
  const also = (classes: readonly SectionClass[]) => [...new Set<SectionClass>([...classes, 'case'])]
  if (!inCase) return { needs, uses }
  return states === 'fact' ? { needs, uses: also(uses) } : { needs: also(needs), uses }
}

const endsStep = (event: string) => procedures.some((one) => stepsDoneBy(one, event as EventType).length > 0)

/**
 * The first half of a decision, on what is in clear: phase, target, whom it is for, what it opens and seals.
 * Throws the refusals not-yours, not-found, basis-ended, wrong-phase, unknown-target, nothing-to-do, not-by-consent,
 * no-reader and last-reader.
 */
export function outline(state: Folded | undefined, command: Command): Outline {
  const { by } = command
  if (!state) {
    const circle = circleOf(command)
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
  guard(state, command)
  const aimed = aim(state, command)
  // A recipient who is left out learns it by this event, its last; its wraps of this event's sections are never made.
  const leaving = aimed.destroys && 'holder' in aimed.destroys ? aimed.destroys.holder : undefined
  const staying = leaving ? circleWithout(state, leaving) : state
  const seals = slotsOf(command).map(([cls, slot]) => ({
    cls,
    slot,
    readers: readersOf(staying, cls, { by: by.party, for: aimed.for }),
  }))
  const unread = seals.filter(({ readers }) => readers.length === 0).map(({ cls }) => cls)
  if (unread.length > 0) throw refusal('no-reader', { fields: unread })
  return {
    to: addressed(state),
    ...aimed,
    ...classesOf(command),
    seals,
  }
}
