import * as z from 'zod/mini'
import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import type { timelineAnswer } from '../../schemas/api/answers.ts'
import { type CommandName, commandNames } from '../../schemas/commands/commands.ts'
import type { SlotContent } from '../../schemas/sections/sections.ts'
import { alarm } from '../parts/alarm.ts'
import {
  centre,
  consent,
  partner as guardianship,
  istanbul,
  ngo as laStrada,
  madrid,
} from '../parts/bodies.ts'
import { bodies, withdrawalOf } from '../parts/todays-bodies.ts'
import {
  arrival,
  assessment,
  bookings,
  departure,
  exitChecked,
  funding,
  handover,
  identityCheck,
  placeUntil,
  ruling,
  stay,
  titlu,
  twoLegs,
} from '../scenarios/journey.ts'
import { isCalled } from '../scenarios/likeness.ts'
import type { SentPerson } from '../scenarios/way.ts'
import type { Officer } from './officers.ts'

/** What a later body refers to. */
export interface Before {
  /** The return that the course is on. */
  ret: string
  /** The event that a command became. */
  eventOf(name: CommandName): z.infer<typeof timelineAnswer>['events'][number]
}

export interface Step {
  by: Officer
  name: CommandName
  body: (before: Before) => unknown
}

/** The commands of one return, or one alert, in their order. */
export type Course = readonly Step[]

const step = (by: Officer, name: CommandName, body: Step['body'] = () => bodies[name]): Step => ({
  by,
  name,
  body,
})
const filingBody = z.looseObject({ persons: z.array(z.unknown()) })
const filing = step('istanbul', 'file', () => sampleRequest())

/** A return from filing to closing, with one question; nothing goes wrong. */
export const straightCourse: Course = [
  filing,
  step('iom', 'acknowledge'),
  step('iom', 'accept', () => ({})),
  step('iom', 'ask', () => ({ for: istanbul, talk: { text: 'Does she have somewhere safe to stay?' } })),
  step('istanbul', 'answer', ({ eventOf }) => ({
    question: eventOf('ask').seq,
    talk: { text: 'Yes, a shelter, until the end of the month.' },
  })),
  step('istanbul', 'confirm-identity', identityCheck),
  step('istanbul', 'issue-document', () => titlu()),
  step('iom-duty', 'assess-risk', assessment),
  step('ministry', 'approve', ruling),
  step('ministry', 'fund', funding),
  step('iom', 'plan-travel', () => twoLegs()),
  step('centre', 'hold-place', () => placeUntil()),
  step('iom', 'confirm-travel', bookings),
  step('istanbul', 'check-exit', exitChecked),
  step('iom', 'clear-to-leave'),
  step('istanbul', 'depart', () => departure()),
  step('iom', 'arrive', arrival),
  step('centre', 'hand-over', handover),
  step('centre', 'admit', stay),
  step('centre', 'offer-services'),
  step('centre', 'plan-stay'),
  step('centre', 'leave-centre'),
  step('centre', 'follow-up'),
  step('centre', 'close'),
]

/** A return on which everything happens that the straight course leaves out. */
const crookedCourse: Course = [
  filing,
  step('iom', 'acknowledge'),
  step('iom', 'send-back'),
  step('iom', 'acknowledge'),
  step('iom', 'accept'),
  step('iom', 'take'),
  step('iom', 'assign'),
  step('iom', 'note'),
  step('ministry', 'hold', ruling),
  step('ministry', 'refuse', ruling),
  step('iom', 'assess-child'),
  step('iom-duty', 'override'),
  step('istanbul-duty', 'evacuate'),
  step('iom-duty', 'answer-call', ({ eventOf }) => ({ call: eventOf('evacuate').seq })),
  step('iom-duty', 'confirm-evacuation'),
  step('iom', 'plan-travel', () => twoLegs()),
  step('iom', 'change-travel', () => twoLegs(6)),
  step('centre', 'hold-place', () => placeUntil()),
  step('centre', 'release-place'),
  step('istanbul', 'did-not-come'),
  step('istanbul', 'contact-lost'),
  step('istanbul', 'in-hospital'),
  step('iom', 'report-way'),
  step('istanbul', 'record-choice'),
  step('iom', 'hand-over'),
  step('centre', 'confirm-handover', ({ eventOf }) => ({
    ...bodies['confirm-handover'],
    handover: eventOf('hand-over').seq,
  })),
  step('centre', 'refer-home'),
  step('istanbul', 'amend'),
  step('istanbul', 'correct', ({ eventOf }) => ({ corrects: eventOf('did-not-come').seq })),
  step('istanbul', 'strike', ({ eventOf }) => ({
    strikes: eventOf('amend').sections.map(({ sec }) => sec),
  })),
  step('istanbul', 'cancel'),
  step('iom', 'end-otherwise'),
  step('iom', 'reopen'),
]

const lawful = (recipient: string) => ({ recipient, basis: { kind: 'legal-duty', act: 'HG 948/2008' } })
const task = (partner: string, name: string) => ({ partner, task: name, case: lawful(partner) })
const given = ({ eventOf }: Before) => ({ task: eventOf('give-task').seq })

/** A return whose participants change: who is notified, who helps, who plans, who answers for it. */
const changingCourse: Course = [
  step('istanbul', 'file', spokenForFigures),
  step('iom', 'acknowledge'),
  step('iom', 'accept'),
  step('istanbul', 'record-wish'),
  step('istanbul', 'ask-anew', () => ({ case: { why: 'other', on: consent.on } })),
  step('istanbul', 'withdraw', () => withdrawalOf(centre)),
  step('centre', 'answer-withdrawal'),
  step('istanbul', 'agree', () => ({ case: { recipient: centre, basis: consent } })),
  step('iom', 'share', () => ({ recipient: centre })),
  step('iom', 'give-task', () => task(guardianship, 'assess-family')),
  step('guardianship', 'report-task', (before) => ({ ...bodies['report-task'], ...given(before) })),
  step('iom', 'give-task', () => task(laStrada, 'follow-up')),
  step('la-strada', 'decline-task', (before) => ({ ...bodies['decline-task'], ...given(before) })),
  step('iom', 'give-task', () => task(guardianship, 'monitor-child')),
  step('iom', 'end-task', given),
  step('istanbul', 'choose-arranger', () => ({ arranger: istanbul })),
  step('istanbul', 'plan-travel', () => twoLegs()),
  step('iom', 'attest'),
  step('consular', 'move-case', () => ({ to: madrid })),
  step('istanbul', 'hand-over-case', () => ({ to: madrid, case: lawful(madrid) })),
  step('madrid', 'accept-case'),
]

/** The sample, with somebody else's word for the figures. */
function spokenForFigures(): unknown {
  const request = structuredClone(sampleRequest()) as { persons: { case: SlotContent<'case', 'request'> }[] }
  for (const { recipients } of request.persons.map((person) => person.case.agreement))
    for (const entry of recipients)
      if (entry.recipient === 'figures') entry.basis = { ...consent, by: 'proxy', on: consent.on }
  return request
}

/** The sample as somebody whom no other course files. */
function twin(): unknown {
  const request = structuredClone(sampleRequest()) as { persons: SentPerson[] }
  for (const person of request.persons) isCalled(person, 'Gemenescu', 'Dubla', 1993)
  return request
}

/**
 * A person who is filed twice: the two returns are linked, and unlinked again. `link` and `unlink` go with a decision: what
 * they cost is the decision's calls.
 */
const twinCourse: Course = [
  step('istanbul', 'file', twin),
  step('istanbul', 'file', twin),
  step('iom', 'link'),
  step('istanbul', 'keep-return'),
  step('iom', 'unlink'),
]

/** The alert of the sample, from where another post answers for the country than the one that comes to have it. */
const alarmInSpain = () => ({ ...alarm, case: { ...alarm.case, country: 'ES' } })

/**
 * An alert that is passed on and becomes a request. `become-request` goes with a filing: what it costs is the filing's
 * calls and its own.
 */
const alertCourse: Course = [
  step('iom', 'alert', alarmInSpain),
  step('madrid', 'acknowledge-alert'),
  step('madrid', 'pass-alert', () => ({ to: istanbul })),
  step('istanbul', 'become-request', ({ ret }) => ({ ...filingBody.parse(sampleRequest()), alert: ret })),
]

/** An alert that comes to nothing. */
export const falseAlarmCourse: Course = [step('iom', 'alert', alarmInSpain), step('madrid', 'close-alert')]

export const courses: readonly Course[] = [
  straightCourse,
  crookedCourse,
  changingCourse,
  twinCourse,
  alertCourse,
  falseAlarmCourse,
]

/** Commands that no course gives: none, or the measurement is not whole. */
export function commandsLeftOut(): CommandName[] {
  const given = new Set(courses.flat().map(({ name }) => name))
  return commandNames.filter((name) => !given.has(name))
}
