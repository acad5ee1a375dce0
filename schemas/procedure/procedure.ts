import type * as z from 'zod/mini'
import type { CommandEvent, EventType } from '../commands/commands.ts'
import type { category } from '../values/codes.ts'
import type { AddressedKind, PartyKind } from '../values/parties.ts'
import { type StepName, stepNames } from './names.ts'

export { procedureVersion, type StepName, stepNames } from './names.ts'

/** Hours and calendar days run on; working days are those of the Moldovan calendar, or of the filing post. */
export interface Deadline {
  amount: number
  unit: 'hours' | 'days' | 'working-days'
  calendar?: 'moldova' | 'post'
}

/** Whose a step is: a kind of party, or whoever arranges the journey of the return. */
export type StepOwner = AddressedKind | 'arranger'

export interface Step {
  owner: StepOwner
  /** Whose it is where no party of that kind is on the return, or where that kind has no command to do it with. */
  otherwise?: AddressedKind
  /** The steps that have to be done before it begins; with none it begins at filing. */
  after: readonly StepName[]
  /** The events that finish it. */
  done: readonly CommandEvent[]
  deadline?: Deadline
  /** Where it is written. */
  basis: string
}

export type Category = z.infer<typeof category>

export interface Procedure {
  version: string
  /** A return that is filed from this day on begins with it, and keeps it. */
  effectiveFrom: string
  /** Not confirmed by the law as it stands: pages and answers say so. */
  placeholder: boolean
  /** Until when a person is asked who can answer for herself again. */
  asking: Deadline
  /** When a document that was issued is looked at again: the same for all, so that the day tells nothing of it. */
  checkDocument: Deadline
  /** When the authority that monitors a child tells how it is, where whoever asked it has named no day. */
  monitorChild: Deadline
  steps: Record<Category, Record<StepName, Step>>
}

const hours = (amount: number): Deadline => ({ amount, unit: 'hours' })
const days = (amount: number): Deadline => ({ amount, unit: 'days' })
const workingDays = (amount: number): Deadline => ({ amount, unit: 'working-days', calendar: 'moldova' })
const postDays = (amount: number): Deadline => ({ amount, unit: 'working-days', calendar: 'post' })
const noDeadline = undefined

function step(
  owner: StepOwner,
  after: readonly StepName[],
  done: readonly CommandEvent[],
  deadline: Deadline | undefined,
  basis: string,
  otherwise?: AddressedKind,
): Step {
  return { owner, ...(otherwise ? { otherwise } : {}), after, done, ...(deadline ? { deadline } : {}), basis }
}

const regulation = 'HG 948/2008 (its step deadlines could not be read)'
const costs = 'HG 948/2008 pt 18¹'
const practice = 'IOM practice'

/**
 * Everyone's way, a line for each step: to change a deadline is to change its line. The days that come of it stand in
 * clear: a deadline that only one category has tells the category, so they are equal while nobody requires otherwise.
 */
const ordinary = {
  acknowledge: step('arranger', [], ['acknowledged'], hours(24), practice),
  accept: step('arranger', ['acknowledge'], ['accepted'], workingDays(3), practice),
  'confirm-identity': step('mission', [], ['identity-confirmed'], postDays(5), regulation),
  'issue-document': step('mission', ['confirm-identity'], ['document-issued'], postDays(3), 'HG 987/2012'),
  'assess-risk': step('iom', ['accept'], ['risk-assessed'], workingDays(5), practice),
  decide: step('ministry', ['assess-risk'], ['approved', 'refused'], workingDays(5), regulation),
  fund: step('ministry', ['decide'], ['funded'], workingDays(3), costs),
  'plan-travel': step('arranger', ['accept'], ['travel-planned'], days(10), practice),
  'hold-place': step('centre', ['plan-travel'], ['place-held'], workingDays(2), regulation),
  'confirm-travel': step(
    'arranger',
    ['plan-travel', 'issue-document', 'fund'],
    ['travel-confirmed'],
    days(5),
    practice,
  ),
  depart: step('mission', ['confirm-travel'], ['departed'], noDeadline, practice),
  arrive: step('arranger', ['depart'], ['arrived'], days(2), practice, 'mission'),
  receive: step('centre', ['arrive'], ['admitted', 'referred-home'], days(1), regulation, 'iom'),
  close: step('centre', ['receive'], ['closed'], days(30), regulation, 'iom'),
} satisfies Record<StepName, Step>

/** A person in difficulty comes by an official request, and the decision rests on it. */
const inDifficulty = {
  ...ordinary,
  decide: step('ministry', ['assess-risk'], ['approved', 'refused'], workingDays(5), 'HG 875/2018'),
}

/** For a child the best interests are determined before anything is decided. */
const childAlone = {
  ...ordinary,
  'assess-risk': step(
    'iom',
    ['accept'],
    ['risk-assessed'],
    workingDays(5),
    `${regulation}; best interests first`,
  ),
}

/** Every version that a return can have begun with, the newest last. What is shipped waits for a lawyer. */
export const procedures: readonly Procedure[] = [
  {
    version: '2026-11',
    effectiveFrom: '2026-11-01',
    placeholder: true,
    asking: days(1),
    checkDocument: days(20),
    monitorChild: days(90),
    steps: {
      victim: ordinary,
      'potential-victim': ordinary,
      'person-in-difficulty': inDifficulty,
      'unaccompanied-child': childAlone,
    },
  },
]

/** The procedure that a return filed on a day of Chișinău begins with; the first where none was in force yet. */
export function procedureOn(day: string): Procedure {
  const found = procedures.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? procedures[0]
  if (!found) throw new Error('There is no procedure.')
  return found
}

/** The procedure of a version. Throws where it is gone: versions that returns have begun with are kept. */
export function procedureOf(version: string): Procedure {
  const found = procedures.find((procedure) => procedure.version === version)
  if (!found) throw new Error('This version of the procedure is not kept.')
  return found
}

/** The steps that an event of a type finishes. */
export function stepsDoneBy({ steps }: Procedure, type: EventType): StepName[] {
  const finishes = ({ done }: Step) => (done as readonly EventType[]).includes(type)
  return stepNames.filter((name) => Object.values(steps).some((own) => finishes(own[name])))
}

/**
 * Whose a step is, on a return that a kind of party arranges, and whose where none of that kind is on the return: the same
 * in every category, so that it shows without the case being opened.
 */
export function ownersOf({ steps }: Procedure, name: StepName, arranger: PartyKind): PartyKind[] {
  const { owner, otherwise } = steps.victim[name]
  return [owner === 'arranger' ? arranger : owner, ...(otherwise ? [otherwise] : [])]
}
