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
}

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
  },
  /** After the return: HG 948/2008 pt 47. */
  'monitor-child': {
    to: ['guardianship-authority'],
    standsIn: 'ngo',
    classes: ['case', 'identity', 'contacts', 'safety', 'care'],
    report: 'care',
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
  },
  'plan-support': {
    to: ['multidisciplinary-team', 'district-specialist'],
    standsIn: 'ngo',
    classes: ['case', 'contacts', 'safety', 'protection', 'care'],
    report: 'care',
  },
  /** Of the offence, not of the person; her help does not depend on it. */
  investigate: {
    to: ['anti-trafficking-centre', 'police'],
    classes: ['case', 'identity', 'protection', 'safety'],
    report: 'protection',
  },
  prosecute: {
    to: ['prosecutor'],
    classes: ['case', 'identity', 'protection', 'safety'],
    report: 'protection',
  },
  /** A hotline or an organisation that takes over after the Centre. */
  'follow-up': {
    to: ['ngo', 'hotline', 'district-specialist'],
    classes: ['case', 'identity', 'contacts', 'safety', 'care'],
    report: 'care',
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

/** Whether a task can be given to a kind of partner, or to another post. */
export function canTake(name: TaskName, kind: PartnerKind | 'mission'): boolean {
  const { to, standsIn } = taskShape(name)
  return to.includes(kind) || standsIn === kind
}
