import fc from 'fast-check'
import { addressed } from '../../functions/domain/readers.ts'
import { commandsFor } from '../../functions/domain/view.ts'
import { type Basis, ownWord } from '../../schemas/basis.ts'
import { amendments } from '../../schemas/bodies.ts'
import { category, reception } from '../../schemas/codes.ts'
import { type CommandName, commandShape } from '../../schemas/commands.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events.ts'
import { type HolderId, kindOf, type PartyId, type PartyKind } from '../../schemas/parties.ts'
import {
  bodies,
  centre,
  consent,
  filingWith,
  happened,
  iom,
  istanbul,
  legalDuty,
  ministry,
  officialRequest,
  oneLeg,
  otherCentre,
  otherMission,
  passport,
  refused,
  sample,
  titlu,
  withdrawalOf,
} from './bodies.ts'
import {
  type DomainReturn,
  filed,
  type Given,
  give,
  refusalOf,
  stateOf,
  straightPath,
} from './domain-return.ts'

/** A step of a walk: numbers that pick a party, one of its commands, and one of the bodies that fit. */
export interface Step {
  onward: boolean
  party: number
  command: number
  body: number
  /** Days that pass before `watch` looks at the return; mostly it does not. */
  days: number
}

const numbers = fc.nat({ max: 1_000 })
const step: fc.Arbitrary<Step> = fc.record({
  onward: fc.constantFrom(true, true, false),
  party: numbers,
  command: numbers,
  body: numbers,
  days: fc.constantFrom(0, 0, 0, 0, 0, 1, 30),
})

const grounds = fc.constantFrom<Basis | undefined>(consent, legalDuty, refused, undefined, consent, consent)

/** A return just filed, on any grounds, by someone with any word on returning. */
export const filings: fc.Arbitrary<DomainReturn> = fc
  .record({
    bases: fc.tuple(grounds, grounds, grounds, grounds, grounds, grounds),
    toReturn: fc.constantFrom('yes', 'yes', ...ownWord.options),
    category: fc.constantFrom(...category.options),
    reception: fc.constantFrom(...reception.options),
    fitnessCheck: fc.boolean(),
    asked: fc.boolean(),
  })
  .map(({ bases, toReturn, fitnessCheck, asked, ...request }) => {
    const holders: HolderId[] = [iom, centre, ministry, 'figures', otherMission, otherCentre]
    const named = holders.flatMap((holder, index): [HolderId, Basis][] => {
      const basis = bases[index]
      return basis ? [[holder, basis]] : []
    })
    const recipients: [HolderId, Basis][] = named.length > 0 ? named : [[iom, refused]]
    const agreement = { ...sample.case.agreement, toReturn }
    const filing = filingWith(recipients, { ...request, agreement })
    const made = filed({ ...filing, care: { ...filing.care, fitnessCheck } })
    const body = { slot: 'official-request', case: officialRequest }
    return asked ? give(made, { name: 'amend', by: istanbul, body }) : made
  })

export const walks = fc.record({ start: filings, steps: fc.array(step, { maxLength: 24, size: 'max' }) })

const pick = <T>(choices: readonly T[], number: number): T | undefined => choices[number % choices.length]

/** What a step asks for: the next command of the straight path, or any that the return stands open for. */
export function stepOf(made: DomainReturn, { onward, party, command, body }: Step): Given | undefined {
  const state = stateOf(made)
  const types = new Set<string>(made.events.map(({ type }) => type))
  const parties = addressed(state).filter((one) => commandsFor(state, one).length > 0)
  const payer = parties.includes(ministry) ? ministry : iom
  const next = straightPath
    .map(([by, name]): Given => ({ by: name === 'fund' ? payer : by, name }))
    .filter(({ by, name }) => commandsFor(state, by).includes(name) && !types.has(commandShape(name).event))
    .find((given) => onward && !refusalOf(made, given))
  if (next) return next
  const by = pick(parties, party)
  const offered = by ? commandsFor(state, by) : []
  // Half of the time something that has not been tried yet, or a walk would take and note for ever.
  const fresh = offered.filter((one) => !types.has(commandShape(one).event))
  const name = pick((party + command) % 2 && fresh.length > 0 ? fresh : offered, command)
  return by && name && { by, name, body: bodyFor(made, by, name, body) }
}

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
    case 'correct':
      return { corrects: pick([...state.facts.map(({ seq }) => seq), 0, 1], number) }
    case 'strike':
      return { strikes: [pick(own, number)?.sec ?? 'ZZZZZZZZZZZZZZZZ'] }
    case 'withdraw':
      return withdrawalOf(pick([...state.basis.keys()], number) ?? iom)
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

const [first] = filed().events

/** Events that no decision makes: they point at what is not there, or at what must not be left out. */
export const foreignEvents: fc.Arbitrary<StoredEvent[]> = fc.array(
  fc
    .record({
      seq: fc.integer({ min: 0, max: 30 }),
      target: fc.integer({ min: 0, max: 30 }),
      kind: fc.nat(6),
    })
    .map(({ seq, target, kind }) => {
      const sec = String(target).padStart(16, '0')
      const [type, data] = [
        ['corrected', { corrects: target }] as const,
        ['struck', { strikes: [sec] }] as const,
        ['answered', { question: target }] as const,
        ['withdrawn', { recipient: centre }] as const,
        ['amended', { slot: 'person', supersedes: sec, urgency: 2 }] as const,
        ['asked', {}] as const,
        ['reopened', {}] as const,
      ][kind] ?? ['closed', {}]
      return storedEvent.parse({ ...first, seq, type, data, sections: [] })
    }),
  { maxLength: 6 },
)
