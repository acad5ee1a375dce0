import { expect, test } from 'vitest'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { type Phase, returnPhases } from '../../../../schemas/procedure/phases.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  sample,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  decided,
  filed,
  give,
  inPhase,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

type Word = 'yes' | 'no' | 'cannot-answer'
const wish = (toReturn: Word, by: PartyId = istanbul) =>
  ({
    name: 'record-wish',
    by,
    body: { case: { toReturn, on: '2026-11-22', reportedBy: 'the-person' } },
  }) as const
const filedSaying = (toReturn: Word, bases: readonly LegalBasis[] = []) =>
  filed(
    filingWith(
      everyone.map(([holder, basis], at) => [holder, bases[at] ?? basis]),
      { agreement: { ...sample.case.agreement, toReturn } },
    ),
  )
const proxy: LegalBasis = { ...consent, by: 'proxy' }

test.each<[filed: Word, wishes: Word[], gates: string[]]>([
  ['yes', [], []],
  ['no', [], ['wants-to-return']],
  ['yes', ['no'], ['wants-to-return']],
  ['yes', ['no', 'yes'], []],
  ['no', ['yes'], []],
  ['no', ['yes', 'no'], ['wants-to-return']],
  ['yes', ['cannot-answer'], ['wants-to-return']],
  ['cannot-answer', ['yes'], []],
])('the gate follows the last word of a person who said %s at filing, and then %j', (word, wishes, gates) => {
  const made = wishes.reduce(
    (trail, toReturn) => give(trail, wish(toReturn)),
    after(filedSaying(word), [[iom, 'acknowledge']]),
  )
  expect(closed(made, 'accept', iom)).toEqual(gates)
  expect(keptIn(made, 'wish')).toHaveLength(Math.min(wishes.length, 1))
})

test('a guardian, a proxy, an emergency or the protection of a child speaks for a person who cannot answer', () => {
  const made = give(after(filedSaying('yes', [proxy]), [[iom, 'acknowledge']]), wish('cannot-answer'))
  expect(closed(made, 'accept', iom)).toEqual([])
})

test.each([istanbul, iom, centre])(
  '%s records the wish; all readers of the case read it, and nothing is in clear',
  (by) => {
    const made = give(filed(), wish('no', by))
    expect(keptIn(made, 'wish')[0]?.readers).toEqual([
      istanbul,
      iom,
      centre,
      ministry,
      'figures',
      'custodian',
    ])
    expect(made.events.at(-1)?.data).toEqual({})
  },
)

test('the ministry gets the event of a wish, and records none', () => {
  expect(answerTo(filed(), wish('no', ministry))).toBe('not-yours')
  expect(decided(filed(), wish('no')).to).toContain(ministry)
})

test('a confirmed journey has to be confirmed and cleared again after any wish', () => {
  for (const word of ['yes', 'no'] as const) {
    const cleared = give(upTo('clear-to-leave'), wish(word))
    expect(stateOf(cleared)).toMatchObject({ phase: 'planned', cleared: false })
    expect(closed(cleared, 'confirm-travel', iom)).toEqual(word === 'yes' ? [] : ['wants-to-return'])
    // Leaving is a fact, and everyone gets it as such.
    const left = give(cleared, { name: 'depart', by: istanbul })
    expect(stateOf(left)).toMatchObject({ phase: 'travelling', alerts: ['left-unconfirmed'] })
  }
})

test.each(returnPhases)(
  'a wish is recorded while a return is %s, and only a confirmed journey goes back',
  (phase) => {
    const made = inPhase[phase]()
    if (phase === 'closed') {
      expect(answerTo(made, wish('no'))).toBe('wrong-phase')
      return
    }
    const later: Phase = phase === 'confirmed' ? 'planned' : phase
    expect(stateOf(give(made, wish('no'))).phase).toBe(later)
  },
)

test('refusing to return and withdrawing consent are two separate actions', () => {
  const no = give(upTo('accept'), wish('no'))
  expect(stateOf(no).basis).toEqual(stateOf(upTo('accept')).basis)
  const body = { case: { recipient: centre, by: 'self', on: '2026-12-01' } }
  const unshared = give(upTo('plan-travel'), { name: 'withdraw', by: istanbul, body })
  expect(closed(unshared, 'confirm-travel', iom)).not.toContain('wants-to-return')
})

const requestOf = (made: DomainReturn, change: Record<string, unknown>) => {
  const [request] = keptIn(made, 'request')
  const body = { slot: 'request', case: change, supersedes: request?.section.sec }
  return { name: 'amend', body } as const
}
const asFiled = filingWith().case

test('amending the request does not undo what the person said since', () => {
  const no = give(after(filed(), [[iom, 'acknowledge']]), wish('no'))
  for (const by of [istanbul, iom, centre]) {
    const moved = give(no, { ...requestOf(no, { ...asFiled, place: 'Bursa' }), by })
    expect([by, closed(moved, 'accept', iom)]).toEqual([by, ['wants-to-return']])
  }
  const agreement = { ...asFiled.agreement, toReturn: 'no' }
  const refusal = refusalOf(no, { ...requestOf(no, { ...asFiled, agreement }), by: istanbul })
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['bad-input', ['case.agreement.toReturn']])
})

test('a struck request is written anew beside what the person said since', () => {
  const no = give(after(filed(), [[iom, 'acknowledge']]), wish('no'))
  const strikes = keptIn(no, 'request').map(({ section }) => section.sec)
  const struck = give(no, { name: 'strike', by: istanbul, body: { strikes } })
  const again = give(struck, { name: 'amend', by: istanbul, body: { slot: 'request', case: asFiled } })
  expect(closed(again, 'accept', iom)).toEqual(['wants-to-return'])
})

test("a struck wish was another person's: what was said before it stands", () => {
  const no = give(after(filed(), [[iom, 'acknowledge']]), wish('no'))
  const strikes = keptIn(no, 'wish').map(({ section }) => section.sec)
  const struck = give(no, { name: 'strike', by: istanbul, body: { strikes } })
  expect(closed(struck, 'accept', iom)).toEqual([])
})

test.each<[CommandName, PartyId]>([
  ['override', iom],
  ['evacuate', istanbul],
])("%s waives many gates, and never the person's own yes", (name, by) => {
  const no = give(upTo('hold-place'), wish('no'))
  expect(closed(give(no, { name, by }), 'confirm-travel', iom)).toEqual(['wants-to-return'])
})
