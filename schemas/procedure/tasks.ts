import * as z from 'zod/mini'
import type { SectionClass } from '../values/classes.ts'
import { type PartnerKind, partnerKinds, partyId } from '../values/parties.ts'

/** The partners of a deployment and what each of them is, as functions get them. */
export const partnersKnown = z.record(partyId, z.enum(partnerKinds))
export type PartnersKnown = z.infer<typeof partnersKnown>

/** A variable is never empty. */
const none = 'none'

/** The partners as functions get them, by kind with their codes, `ngo EJ6Z 06SS,hotline NQ5F`: an environment holds 4 kB. */
export function partnersText(partners: readonly { code: string; kind: PartnerKind }[]): string {
  if (partners.length === 0) return none
  const kinds = Map.groupBy(partners, ({ kind }) => kind)
  return [...kinds].map(([kind, those]) => [kind, ...those.map(({ code }) => code)].join(' ')).join(',')
}

/** What each partner is, by its id. Throws where the text is not of its form; there may be none. */
export function partnersIn(text: string): PartnersKnown {
  const kinds = text === none ? [] : text.split(',').map((kind) => kind.split(' '))
  return partnersKnown.parse(
    Object.fromEntries(kinds.flatMap(([kind, ...codes]) => codes.map((code) => [`partner:${code}`, kind]))),
  )
}

interface TaskShape {
  /** The kinds of partner that it is given to; `mission` for another post. */
  to: readonly (PartnerKind | 'mission')[]
  /** Who does it where those have no arm: in Transnistria an organisation stands in for specialist and authority. */
  standsIn?: PartnerKind
  /** The classes that it needs: whoever has it reads these until it ends, and nothing else. */
  classes: readonly SectionClass[]
  /** The class that its report is sealed in; that class's readers get it. */
  report: 'identity' | 'protection' | 'care' | 'travel'
  /** Until when it goes on once the return is over: for as long as it takes, or if the person was received. Else it ends. */
  outlasts?: 'always' | 'after-reception'
  /** The outcomes of a report that end it; one that is done, or not possible, unless something else is said. */
  endsOn?: readonly Outcome[]
}

/** How a report of a task says that it went. */
type Outcome = 'done' | 'partly' | 'not-possible'

/** What another party can be asked to do on a return. */
export const tasks = {
  'confirm-citizenship': {
    to: ['civil-registry', 'police'],
    classes: ['identity'],
    report: 'identity',
  },
  /** Whether the family is willing and able, and what the child says. */
  'assess-family': {
    to: ['guardianship-authority', 'community-social-worker', 'district-specialist'],
    standsIn: 'ngo',
    classes: ['case', 'identity', 'contacts', 'safety'],
    report: 'protection',
  },
  'place-child': {
    to: ['guardianship-authority', 'community-social-worker'],
    standsIn: 'ngo',
    classes: ['case', 'identity', 'contacts', 'safety', 'protection', 'care'],
    report: 'protection',
    outlasts: 'after-reception',
  },
  /** After the return: HG 948/2008 pt 47. It runs on until a report is complete: a child that is not found is looked for. */
  'monitor-child': {
    to: ['guardianship-authority'],
    standsIn: 'ngo',
    classes: ['case', 'identity', 'contacts', 'safety', 'care'],
    report: 'care',
    outlasts: 'after-reception',
    endsOn: ['done'],
  },
  accompany: {
    to: ['ngo', 'guardianship-authority', 'community-social-worker', 'police'],
    classes: ['identity', 'contacts', 'safety', 'travel', 'care'],
    report: 'travel',
  },
  'police-transport': {
    to: ['police', 'border-police'],
    classes: ['identity', 'safety', 'travel'],
    report: 'travel',
  },
  'support-at-home': {
    to: ['community-social-worker', 'district-specialist', 'multidisciplinary-team', 'ngo'],
    classes: ['case', 'identity', 'contacts', 'safety', 'care'],
    report: 'care',
    outlasts: 'after-reception',
  },
  'plan-support': {
    to: ['multidisciplinary-team', 'district-specialist'],
    standsIn: 'ngo',
    classes: ['case', 'contacts', 'safety', 'protection', 'care'],
    report: 'care',
    outlasts: 'after-reception',
  },
  /** Of the offence, not of the person; her help does not depend on it. */
  investigate: {
    to: ['anti-trafficking-centre', 'police'],
    classes: ['case', 'identity', 'protection', 'safety'],
    report: 'protection',
    outlasts: 'always',
  },
  prosecute: {
    to: ['prosecutor'],
    classes: ['case', 'identity', 'protection', 'safety'],
    report: 'protection',
    outlasts: 'always',
  },
  /** A hotline or an organisation that takes over after the Centre. */
  'follow-up': {
    to: ['ngo', 'hotline', 'district-specialist'],
    classes: ['case', 'identity', 'contacts', 'safety', 'care'],
    report: 'care',
    outlasts: 'after-reception',
  },
  /** Plans the journey in IOM's place, once it is chosen as the arranger. */
  arrange: {
    to: ['ngo'],
    classes: ['case', 'identity', 'contacts', 'safety', 'travel', 'care'],
    report: 'travel',
  },
  /** A post on the way. */
  'help-in-transit': {
    to: ['mission'],
    classes: ['identity', 'contacts', 'safety', 'travel'],
    report: 'travel',
  },
  /** A post that covers the country, or is nearer, and sees to papers. */
  'cover-for-post': {
    to: ['mission'],
    classes: ['case', 'identity', 'contacts', 'safety', 'travel'],
    report: 'identity',
  },
  /** A post in another country that the person has ties to. */
  'second-country': {
    to: ['mission'],
    classes: ['case', 'identity', 'contacts', 'safety'],
    report: 'identity',
  },
  /** The post that is offered a case reads it as the one that has it does. */
  'take-over': {
    to: ['mission'],
    classes: ['label', 'case', 'identity', 'contacts', 'safety', 'travel', 'decision'],
    report: 'travel',
  },
} as const satisfies Record<string, TaskShape>

export type TaskName = keyof typeof tasks
export const taskNames = Object.keys(tasks) as TaskName[]

/** The row of a task, with every column of the table. */
export function taskShape(name: TaskName): TaskShape {
  return tasks[name]
}

/** Whether a task goes on once the return is over; `isReceived`: whether the person was received before. */
export function outlastsReturn(name: TaskName, isReceived: boolean): boolean {
  const { outlasts } = taskShape(name)
  return outlasts === 'always' || (outlasts === 'after-reception' && isReceived)
}

/** Whether a report of an outcome ends a task; where it does not, the task runs on. */
export function endsTask(name: TaskName, outcome: Outcome): boolean {
  const { endsOn = ['done', 'not-possible'] } = taskShape(name)
  return endsOn.includes(outcome)
}

/** Whether a task can be given to a kind of partner, or to another post. */
export function canTake(name: TaskName, kind: PartnerKind | 'mission'): boolean {
  const { to, standsIn } = taskShape(name)
  return to.includes(kind) || standsIn === kind
}
