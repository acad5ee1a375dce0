import type * as z from 'zod/mini'
import { sampleRequest } from '../../infra/local/sample-request.ts'
import type { timeline } from '../../schemas/answers.ts'
import { type CommandName, commandNames } from '../../schemas/commands.ts'
import { bodies, centre, istanbul, withdrawalOf } from '../parts/bodies.ts'
import type { Desk } from '../parts/desk.ts'
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

/** The seeded users who give the commands. */
export type Officer = 'istanbul' | 'istanbul-duty' | 'iom' | 'iom-duty' | 'centre' | 'ministry'
export type Desks = Record<Officer, Desk>

/** The desks of all officers, one signed in after the other. */
export async function desksBy(deskOf: (name: Officer) => Promise<Desk>): Promise<Desks> {
  return {
    istanbul: await deskOf('istanbul'),
    'istanbul-duty': await deskOf('istanbul-duty'),
    iom: await deskOf('iom'),
    'iom-duty': await deskOf('iom-duty'),
    centre: await deskOf('centre'),
    ministry: await deskOf('ministry'),
  }
}

/** What a later body refers to. */
interface Before {
  /** The event that a command became. */
  eventOf(name: CommandName): z.infer<typeof timeline>['events'][number]
}

export interface Step {
  by: Officer
  name: CommandName
  body: (before: Before) => unknown
}

const step = (by: Officer, name: CommandName, body: Step['body'] = () => bodies[name]): Step => ({
  by,
  name,
  body,
})
const filing = step('istanbul', 'file', () => sampleRequest())

/** A return from filing to closing, with one question; nothing goes wrong. */
export const straightCourse: readonly Step[] = [
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
  step('iom', 'assess-risk', assessment),
  step('ministry', 'approve', ruling),
  step('ministry', 'fund', funding),
  step('iom', 'plan-travel', () => twoLegs()),
  step('centre', 'hold-place', () => placeUntil()),
  step('iom', 'confirm-travel', bookings),
  step('istanbul', 'check-exit', exitChecked),
  step('iom', 'clear-to-leave'),
  step('istanbul', 'depart', departure),
  step('iom', 'arrive', arrival),
  step('centre', 'hand-over', handover),
  step('centre', 'admit', stay),
  step('centre', 'close'),
]

/** A return on which everything happens that the straight course leaves out. */
export const crookedCourse: readonly Step[] = [
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
  step('centre', 'refer-home'),
  step('istanbul', 'amend'),
  step('istanbul', 'correct', ({ eventOf }) => ({ corrects: eventOf('did-not-come').seq })),
  step('istanbul', 'strike', ({ eventOf }) => ({
    strikes: eventOf('amend').sections.map(({ sec }) => sec),
  })),
  step('istanbul', 'withdraw', () => withdrawalOf(centre)),
  step('istanbul', 'cancel'),
  step('iom', 'reopen'),
]

/** Commands that neither course gives: none, or the measurement is not whole. */
export function commandsLeftOut(): CommandName[] {
  const given = new Set([...straightCourse, ...crookedCourse].map(({ name }) => name))
  return commandNames.filter((name) => !given.has(name))
}

/**
 * Takes a new return through a course; its id. Each command goes through `around`, which gives it by calling
 * `act`. Throws the refusal where a command is refused.
 */
export async function follow(
  course: readonly Step[],
  desks: Desks,
  around: (step: Step, act: () => Promise<unknown>, ret: string) => Promise<unknown> = (_, act) => act(),
): Promise<string> {
  const seqs = new Map<CommandName, number>()
  let ret = ''
  for (const step of course) {
    const desk = desks[step.by]
    const { events } = seqs.size > 0 ? await desk.events(ret) : { events: [] }
    const body = step.body({
      eventOf(name) {
        const event = events.find(({ seq }) => seq === seqs.get(name))
        if (!event) throw new Error(`The course has not come to ${name}.`)
        return event
      },
    })
    await around(
      step,
      async () => {
        if (step.name === 'file') ret = (await desk.file(body)).returns[0]?.ret ?? ''
        else await desk.command(ret, step.name, body)
      },
      ret,
    )
    seqs.set(step.name, events.length)
  }
  return ret
}
