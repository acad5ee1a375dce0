import fc from 'fast-check'
import { addressed } from '../../functions/domain/access/readers.ts'
import { arrangersOf } from '../../functions/domain/commands/responsibility.ts'
import { commandsFor } from '../../functions/domain/reports/worklist-row.ts'
import type { Folded } from '../../functions/domain/state.ts'
import { amendments } from '../../schemas/commands/amend.ts'
import { type CommandName, commandShape } from '../../schemas/commands/commands.ts'
import { canTake, taskNames, tasks } from '../../schemas/procedure/tasks.ts'
import { type LegalBasis, ownWord } from '../../schemas/values/basis.ts'
import { category, reception } from '../../schemas/values/codes.ts'
import {
  type HolderId,
  kindOf,
  type PartyId,
  type PartyKind,
  partnerKinds,
} from '../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  filingWith,
  groundFor,
  happened,
  iom,
  istanbul,
  legalDuty,
  ministry,
  ngo,
  officialRequest,
  oneLeg,
  otherCentre,
  otherMission,
  partnerOf,
  passport,
  refused,
  sample,
  taskFor,
  titlu,
  withdrawalOf,
} from './bodies.ts'
import {
  type DomainReturn,
  filed,
  type Given,
  give,
  giveUnlessRefused,
  refusalOf,
  stateOf,
  straightPath,
  timeOf,
} from './domain-return.ts'
import { watched } from './domain-watch.ts'

/** A step of a walk: numbers that pick a command of a party, and one of the bodies that fit. */
export interface Step {
  way: 'onward' | 'reply' | 'any'
  party: number
  command: number
  body: number
  /** Days that pass before `watch` looks at the return; mostly it does not. */
  days: number
}

const numbers = fc.nat({ max: 1_000 })
const step: fc.Arbitrary<Step> = fc.record({
  way: fc.constantFrom('onward', 'onward', 'reply', 'any', 'any'),
  party: numbers,
  command: numbers,
  body: numbers,
  days: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 30, 120),
})

const vital: LegalBasis = { kind: 'vital-interests', why: 'unconscious', since: '2026-11-20' }
const given: readonly LegalBasis[] = [consent, consent, legalDuty, vital, { ...consent, by: 'guardian' }]
const grounds = fc.constantFrom<LegalBasis | undefined>(
  consent,
  legalDuty,
  refused,
  undefined,
  consent,
  vital,
)

/** A return just filed, on any grounds, by someone with any word on returning. */
export const filings: fc.Arbitrary<DomainReturn> = fc
  .record({
    bases: fc.tuple(grounds, grounds, grounds, grounds, grounds),
    toReturn: fc.constantFrom('yes', 'yes', ...ownWord.options),
    category: fc.constantFrom(...category.options),
    reception: fc.constantFrom(...reception.options),
    fitnessCheck: fc.boolean(),
    asked: fc.boolean(),
  })
  .map(({ bases, toReturn, fitnessCheck, asked, ...request }) => {
    const holders: HolderId[] = [iom, centre, ministry, 'figures', otherCentre]
    const named = holders.flatMap((holder, index): [HolderId, LegalBasis][] => {
      const basis = bases[index]
      return basis ? [[holder, basis]] : []
    })
    const recipients: [HolderId, LegalBasis][] = named.length > 0 ? named : [[iom, refused]]
    const agreement = { ...sample.case.agreement, toReturn }
    const filing = filingWith(recipients, { ...request, agreement })
    const made = filed({ ...filing, care: { ...filing.care, fitnessCheck } })
    const body = { slot: 'official-request', case: officialRequest }
    return asked ? give(made, { name: 'amend', by: istanbul, body }) : made
  })

/** A counterexample is made smaller for seconds, not minutes. */
export const walks = fc.limitShrink(
  fc.record({ start: filings, steps: fc.array(step, { maxLength: 40, size: 'max' }) }),
  200,
)

const pick = <T>(choices: readonly T[], number: number): T | undefined => choices[number % choices.length]

/** Commands that answer something which is open. */
const replies: readonly CommandName[] = [
  'answer',
  'answer-call',
  'answer-withdrawal',
  'accept-case',
  'share',
  'report-task',
  'decline-task',
  'end-task',
  'confirm-evacuation',
  'release-place',
  'confirm-handover',
  'attest',
]

/** What a step asks for: the next command of the straight path, a reply, or any that the return stands open for. */
export function stepOf(made: DomainReturn, { way, party, command, body }: Step): Given | undefined {
  const state = stateOf(made)
  const types = new Set<string>(made.events.map(({ type }) => type))
  const untried = ({ name }: Given) => !types.has(commandShape(name).event)
  const parties = [...new Set([...addressed(state), ...state.withdrawals.keys()])]
  const offered = parties
    .flatMap((by) => commandsFor(state, by).map((name): Given => ({ by, name })))
    // It ends most of what a walk could still come to.
    .filter(({ name }) => name !== 'end-otherwise' || body % 8 === 0)
  const filled = (given: Given) => ({ ...given, body: bodyFor(made, given.by, given.name, body) })
  if (way === 'onward') {
    const next = offered
      .filter((given) => pathNames.includes(given.name) && untried(given))
      .sort((a, b) => pathNames.indexOf(a.name) - pathNames.indexOf(b.name))
      .find((given) => !refusalOf(made, given))
    if (next) return next
  }
  if (way === 'reply') {
    const open = offered.filter(({ name }) => replies.includes(name))
    const turned = [
      ...open.slice(command % (open.length || 1)),
      ...open.slice(0, command % (open.length || 1)),
    ]
    const reply = turned.map(filled).find((given) => !refusalOf(made, given))
    if (reply) return reply
  }
  // Half of the time something that has not been tried yet, or a walk would take and note for ever.
  const fresh = offered.filter(untried)
  const any = pick((party + command) % 2 && fresh.length > 0 ? fresh : offered, party)
  return any && filled(any)
}

const pathNames: readonly CommandName[] = straightPath.map(([, name]) => name)

/** A body that the command could come with; some point at what is there, some at what is not. */
function bodyFor(made: DomainReturn, by: PartyId, name: CommandName, number: number) {
  const state = stateOf(made)
  const talk = { text: 'Made up for a test.' }
  const own = state.written.filter((section) => section.by === by)
  switch (name) {
    case 'ask':
      return { for: pick(addressed(state), number), talk }
    case 'answer-call':
      return { call: pick([...state.calls.map(({ seq }) => seq), 0], number) }
    case 'answer':
      return { question: pick([...state.questions.map(({ seq }) => seq), 0], number), talk }
    case 'confirm-handover': {
      const told = state.handovers.filter((handover) => handover.by !== by).map(({ seq }) => seq)
      return { ...bodies[name], handover: pick([...told, 0], number) }
    }
    case 'correct':
      return { corrects: pick([...state.facts.map(({ seq }) => seq), 0, 1], number) }
    case 'strike':
      return { strikes: [pick(own, number)?.sec ?? 'ZZZZZZZZZZZZZZZZ'] }
    case 'withdraw':
      return withdrawalOf(pick([...state.basis.keys()], number) ?? iom)
    case 'record-wish':
      return pick(
        ownWord.options.map((toReturn) => ({
          case: { toReturn, on: '2026-11-22', reportedBy: 'the-person' },
        })),
        number,
      )
    case 'agree': {
      const recipient = pick([...state.basis.keys(), otherCentre], number)
      return groundFor(recipient ?? centre, pick(given, number + 1))
    }
    case 'share':
      return { recipient: pick([...state.lacking.keys(), centre], number) }
    case 'ask-anew':
      return { case: { why: pick(['can-answer', 'other', 'guardian-suspected'], number), on: '2026-11-22' } }
    case 'answer-withdrawal':
      return pick([bodies[name], { answer: 'kept', talk: { operation: 'Law 195/2024' } }], number)
    case 'give-task': {
      const [task, to] = pick(pairs, number * 7) ?? ['assess-family', ngo]
      return taskFor(to, task, pick(given, number))
    }
    case 'report-task':
    case 'decline-task':
    case 'end-task':
      return endingOf(state, by, name, number)
    case 'hand-over-case':
      return handingTo(by === state.responsible ? another(state) : (state.moveTo?.to ?? otherMission))
    case 'move-case':
      return { to: another(state) }
    case 'choose-arranger':
      return { arranger: pick(arrangersOf(state), number) }
    case 'note':
      return pick([bodies.note, { note: bodies.note.note }], number)
    case 'issue-document':
      return { identity: pick([titlu('2026-11-25'), titlu('2026-10-01'), passport('2030-01-01')], number) }
    case 'plan-travel':
    case 'change-travel':
      return pick([bodies[name], { travel: oneLeg('2026-12-25T22:00', '2026-12-26T00:30') }], number)
    case 'depart':
      return {
        ...bodies.depart,
        case: { happened: happened(number % 2 ? '2026-12-05' : '2026-12-24T23:59') },
      }
    case 'amend':
      return pick(amendmentsOf(made, kindOf(by)), number)
    default:
      return bodies[name]
  }
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
function endingOf(state: Folded, by: PartyId, name: CommandName, number: number) {
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

/** Walks a return as far as its steps go; a refused one leaves it where it is. */
export function walk(
  start: DomainReturn,
  steps: readonly Step[],
  look: (made: DomainReturn, step: Step) => void = () => {},
): DomainReturn {
  return steps.reduce((made, step) => {
    const seen = step.days > 0 ? watched(made, daysLater(made, step.days)) : made
    look(seen, step)
    const given = stepOf(seen, step)
    return (given && giveUnlessRefused(seen, given)) ?? seen
  }, start)
}

const daysLater = (made: DomainReturn, days: number) =>
  new Date(Date.parse(timeOf(made.events.length)) + days * 86_400_000).toISOString()
