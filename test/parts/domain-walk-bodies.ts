import { addressed } from '../../functions/domain/access/readers.ts'
import { arrangersOf } from '../../functions/domain/commands/responsibility.ts'
import type { Folded } from '../../functions/domain/state.ts'
import { amendments } from '../../schemas/commands/amend.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { canTake, taskNames, tasks } from '../../schemas/procedure/tasks.ts'
import { type LegalBasis, wishToReturn } from '../../schemas/values/basis.ts'
import { kindOf, type PartyId, type PartyKind, partnerKinds } from '../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  groundFor,
  happened,
  iom,
  istanbul,
  legalDuty,
  ngo,
  officialRequest,
  oneLeg,
  otherCentre,
  otherMission,
  partnerOf,
  passport,
  sample,
  taskFor,
  titlu,
  withdrawalOf,
} from './bodies.ts'
import { type DomainReturn, stateOf } from './domain-return.ts'

/** One of some choices, by a number. */
export const pick = <T>(choices: readonly T[], number: number): T | undefined =>
  choices[number % choices.length]

export const vital: LegalBasis = { kind: 'vital-interests', why: 'unconscious', since: '2026-11-20' }
const givenBases: readonly LegalBasis[] = [consent, consent, legalDuty, vital, { ...consent, by: 'guardian' }]

interface Choice {
  made: DomainReturn
  state: Folded
  by: PartyId
  number: number
}
type BodyMaker = (choice: Choice) => Readonly<Record<string, unknown>> | undefined

const talk = { text: 'Made up for a test.' }

const itineraryBody: BodyMaker = ({ number }) =>
  pick([bodies['plan-travel'], { travel: oneLeg('2026-12-25T22:00', '2026-12-26T00:30') }], number)

/** Bodies that a command could come with; some point at what is there, some at what is not. */
const bodyMakers: { readonly [N in CommandName]?: BodyMaker } = {
  ask: ({ state, number }) => ({ for: pick(addressed(state), number), talk }),
  'answer-call': ({ state, number }) => ({
    call: pick([...state.calls.map(({ seq }) => seq), 0], number),
  }),
  answer: ({ state, number }) => ({
    question: pick([...state.questions.map(({ seq }) => seq), 0], number),
    talk,
  }),
  'confirm-handover'({ state, by, number }) {
    const others = state.handovers.filter((handover) => handover.by !== by).map(({ seq }) => seq)
    return { ...bodies['confirm-handover'], handover: pick([...others, 0], number) }
  },
  correct: ({ state, number }) => ({
    corrects: pick([...state.facts.map(({ seq }) => seq), 0, 1], number),
  }),
  strike({ state, by, number }) {
    const own = state.written.filter((section) => section.by === by)
    return { strikes: [pick(own, number)?.sec ?? 'ZZZZZZZZZZZZZZZZ'] }
  },
  withdraw: ({ state, number }) => withdrawalOf(pick([...state.basis.keys()], number) ?? iom),
  'record-wish': ({ number }) =>
    pick(
      wishToReturn.options.map((toReturn) => ({
        case: { toReturn, on: '2026-11-22', reportedBy: 'the-person' },
      })),
      number,
    ),
  agree({ state, number }) {
    const recipient = pick([...state.basis.keys(), otherCentre], number)
    return groundFor(recipient ?? centre, pick(givenBases, number + 1))
  },
  share: ({ state, number }) => ({ recipient: pick([...state.lacking.keys(), centre], number) }),
  'ask-anew': ({ number }) => ({
    case: { why: pick(['can-answer', 'other', 'guardian-suspected'], number), on: '2026-11-22' },
  }),
  'answer-withdrawal': ({ number }) =>
    pick([bodies['answer-withdrawal'], { answer: 'kept', talk: { act: 'Law 195/2024' } }], number),
  'give-task'({ number }) {
    const [task, to] = pick(pairs, number * 7) ?? ['assess-family', ngo]
    return taskFor(to, task, pick(givenBases, number))
  },
  'report-task': (choice) => endingOf(choice, 'report-task'),
  'decline-task': (choice) => endingOf(choice, 'decline-task'),
  'end-task': (choice) => endingOf(choice, 'end-task'),
  'hand-over-case': ({ state, by }) =>
    handingTo(by === state.responsible ? another(state) : (state.moveTo?.to ?? otherMission)),
  'move-case': ({ state }) => ({ to: another(state) }),
  'choose-arranger': ({ state, number }) => ({ arranger: pick(arrangersOf(state), number) }),
  note: ({ number }) => pick([bodies.note, { note: bodies.note.note }], number),
  'issue-document': ({ number }) => ({
    identity: pick([titlu('2026-11-25'), titlu('2026-10-01'), passport('2030-01-01')], number),
  }),
  'plan-travel': itineraryBody,
  'change-travel': itineraryBody,
  depart: ({ number }) => ({
    ...bodies.depart,
    case: { happened: happened(number % 2 ? '2026-12-05' : '2026-12-24T23:59') },
  }),
  amend: ({ made, by, number }) => pick(amendmentsOf(made, kindOf(by)), number),
}

/** A body that the command could come with on a return, picked by a number. */
export function bodyFor(made: DomainReturn, by: PartyId, name: CommandName, number: number) {
  const make = bodyMakers[name]
  return make ? make({ made, state: stateOf(made), by, number }) : bodies[name]
}

/** Who can be given which task; an organisation can be asked to plan the journey, and so often is. */
const pairs = [
  ...taskNames.flatMap((task) =>
    [...partnerKinds.filter((kind) => canTake(task, kind)).map((kind) => partnerOf[kind]), otherMission]
      .filter((to) => to !== otherMission || canTake(task, 'mission'))
      .map((to) => [task, to] as const),
  ),
  ...Array.from({ length: 8 }, () => ['arrange', ngo] as const),
]

const another = ({ responsible }: Folded) => (responsible === istanbul ? otherMission : istanbul)
const handingTo = (to: PartyId) => ({ to, ...groundFor(to, legalDuty) })

/** The end of a task that is open, if there is one. */
function endingOf(
  { state, by, number }: Choice,
  name: 'report-task' | 'decline-task' | 'end-task',
): Readonly<Record<string, unknown>> {
  const open = state.tasks.filter(({ to, by: giver }) => (name === 'end-task' ? giver : to) === by)
  const task = pick(open, number)
  if (!task) return bodies[name]
  const ends = { task: task.seq }
  if (name === 'end-task') return ends
  return name === 'decline-task'
    ? { ...ends, talk: { text: 'Made up for a test.' } }
    : { ...ends, [tasks[task.task].report]: bodies['report-task'].protection }
}

/** Amendments that a kind of party could send; some name a section of another slot. */
function amendmentsOf(made: DomainReturn, kind: PartyKind): Record<string, unknown>[] {
  const { sections } = stateOf(made)
  const named = (slot: string) => {
    const sec = sections.find((section) => section.slot === slot)?.sec
    return sec ? { supersedes: sec } : {}
  }
  const fitness = { examined: happened('2026-12-04T09:00'), fit: true }
  const own = amendments(kind).map(({ slot }) => slot)
  const sent: ({ slot: string } & Record<string, unknown>)[] = [
    { slot: 'person', identity: sample.identity, ...named('person') },
    { slot: 'person', identity: { ...sample.identity, name: 'not-known' }, ...named('person') },
    { slot: 'family', contacts: sample.contacts },
    { slot: 'official-request', case: officialRequest },
    { slot: 'fitness', care: fitness, ...named('fitness') },
    { slot: 'fitness', care: { ...fitness, fit: false }, ...named('needs') },
    { slot: 'request', case: sample.case, ...named('request') },
    { slot: 'request', case: { ...sample.case, urgency: 'danger-today' }, ...named('request') },
  ]
  return sent.filter(({ slot }) => own.includes(slot))
}
