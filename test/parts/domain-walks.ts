import fc from 'fast-check'
import { addressed } from '../../functions/domain/access/readers.ts'
import { commandsFor } from '../../functions/domain/reports/worklist-row.ts'
import { type CommandName, commandShape } from '../../schemas/commands/commands.ts'
import { type LegalBasis, wishToReturn } from '../../schemas/values/basis.ts'
import { category, reception } from '../../schemas/values/codes.ts'
import type { HolderId } from '../../schemas/values/parties.ts'
import {
  centre,
  consent,
  consular,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
  officialRequest,
  otherCentre,
  refused,
  sample,
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
import { bodyFor, pick, vital } from './domain-walk-bodies.ts'
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
    toReturn: fc.constantFrom('yes', 'yes', ...wishToReturn.options),
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
  'keep-return',
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
  // A decision on a match, which nobody gives by itself.
  if (way === 'any' && body % 12 === 5) {
    const name = state.links.length > 0 ? 'unlink' : 'link'
    return { by: consular, name, body: bodyFor(made, consular, name, body) }
  }
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
