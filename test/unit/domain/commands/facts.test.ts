import { describe, expect, test } from 'vitest'
import { type Facts, latest, noFacts } from '../../../../functions/domain/access/opened-sections.ts'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { type ReturnPhase, returnPhases } from '../../../../schemas/procedure/phases.ts'
import {
  bodies,
  centre,
  filingWith,
  happened,
  iom,
  istanbul,
  legalDuty,
  ministry,
  withLegs,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  type DomainReturn,
  decided,
  everythingOpened,
  filed,
  give,
  inPhase,
  keptIn,
  ownersOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const facts = commandNames.filter((name) => commandShape(name).states === 'fact')
const open = returnPhases.filter((phase) => phase !== 'closed')

test('the facts are these', () => {
  expect(facts).toEqual([
    'depart',
    'did-not-come',
    'contact-lost',
    'in-hospital',
    'arrive',
    'hand-over',
    'refer-home',
    'admit',
    'report-way',
    'end-otherwise',
    'record-choice',
    'leave-centre',
  ])
})

describe.each(facts)('%s', (name) => {
  test.each(open)(
    'is accepted while the return is %s, from each owner, whatever could be opened',
    (phase) => {
      const made = inPhase[phase]()
      for (const by of ownersOf(name))
        for (const seen of [undefined, noFacts, { opened: [], unseen: commandShape(name).uses ?? [] }])
          expect([by, answerTo(made, { name, by }, seen)]).toEqual([by, 'accepted'])
    },
  )

  test('is refused by nothing but a closed return', () => {
    for (const by of ownersOf(name)) expect(answerTo(inPhase.closed(), { name, by })).toBe('wrong-phase')
  })

  test('names the classes that were not seen, and only those that it uses', () => {
    const uses = commandShape(name).uses ?? []
    const blind: Facts = { opened: [], unseen: [...uses, 'care', 'decision'] }
    for (const by of ownersOf(name)) {
      expect(decided(upTo('confirm-travel'), { name, by }, blind).data).toMatchObject({ unseen: uses })
      expect(decided(upTo('confirm-travel'), { name, by }).data).toMatchObject({ unseen: [] })
    }
  })
})

const moves: [fact: (typeof facts)[number], from: ReturnPhase, to: ReturnPhase][] = [
  ['depart', 'filed', 'travelling'],
  ['depart', 'sent-back', 'travelling'],
  ['depart', 'confirmed', 'travelling'],
  ['depart', 'cancelled', 'travelling'],
  ['depart', 'arrived', 'arrived'],
  ['depart', 'received', 'received'],
  ['did-not-come', 'accepted', 'accepted'],
  ['did-not-come', 'confirmed', 'planned'],
  ['did-not-come', 'travelling', 'travelling'],
  ['report-way', 'planned', 'planned'],
  ['report-way', 'travelling', 'travelling'],
  ['record-choice', 'filed', 'filed'],
  ['record-choice', 'received', 'received'],
  ['end-otherwise', 'filed', 'cancelled'],
  ['end-otherwise', 'travelling', 'cancelled'],
  ['end-otherwise', 'received', 'cancelled'],
  ['contact-lost', 'travelling', 'travelling'],
  ['in-hospital', 'arrived', 'arrived'],
  ['arrive', 'filed', 'arrived'],
  ['arrive', 'travelling', 'arrived'],
  ['arrive', 'received', 'received'],
  ['arrive', 'cancelled', 'arrived'],
  ['hand-over', 'arrived', 'arrived'],
  ['refer-home', 'acknowledged', 'received'],
  ['refer-home', 'arrived', 'received'],
  ['admit', 'filed', 'received'],
  ['admit', 'cancelled', 'received'],
]

test.each(moves)('%s told while a return is %s: it is %s then', (name, from, to) => {
  const [by] = ownersOf(name)
  if (by) expect(stateOf(give(inPhase[from](), { name, by })).phase).toBe(to)
})

const alerts: [reported: string, made: () => DomainReturn, alerts: string[]][] = [
  ['she left as confirmed', () => upTo('depart'), []],
  [
    'she left before anything was confirmed',
    () => after(filed(), [[istanbul, 'depart']]),
    ['left-unconfirmed'],
  ],
  ['she left again, on the second leg', () => after(upTo('depart'), [[iom, 'depart']]), []],
  ['she arrived after a departure', () => upTo('arrive'), []],
  [
    'she arrived and nobody had told that she left',
    () => after(filed(), [[centre, 'arrive']]),
    ['came-unannounced'],
  ],
  ['both sides told the arrival', () => after(upTo('arrive'), [[centre, 'arrive']]), []],
  [
    'both sides told an arrival that nobody announced',
    () =>
      after(filed(), [
        [centre, 'arrive'],
        [iom, 'arrive'],
      ]),
    ['came-unannounced'],
  ],
  [
    'the departure was told after the arrival',
    () =>
      after(upTo('confirm-travel'), [
        [centre, 'arrive'],
        [istanbul, 'depart'],
      ]),
    ['came-unannounced'],
  ],
  ['she did not come', () => after(upTo('confirm-travel'), [[istanbul, 'did-not-come']]), ['did-not-come']],
  [
    'contact was lost and she is in hospital',
    () =>
      after(upTo('depart'), [
        [iom, 'contact-lost'],
        [iom, 'in-hospital'],
        [iom, 'contact-lost'],
      ]),
    ['contact-lost', 'in-hospital'],
  ],
  [
    'contact was lost and then she took the second leg',
    () =>
      after(filed(), [
        [istanbul, 'depart'],
        [iom, 'contact-lost'],
        [iom, 'depart'],
      ]),
    ['left-unconfirmed'],
  ],
  [
    'she is in hospital after the arrival and the departure was told late',
    () =>
      after(upTo('arrive'), [
        [iom, 'in-hospital'],
        [istanbul, 'depart'],
      ]),
    ['in-hospital'],
  ],
  ['she was received', () => after(filed(), [[centre, 'admit']]), []],
]

test.each(alerts)('alerts when %s', (_reported, make, expected) => {
  expect(stateOf(make()).alerts).toEqual(expected)
})

const plans: [name: 'depart' | 'arrive', body: Record<string, unknown>, asPlanned: boolean][] = [
  ['depart', {}, true],
  ['depart', { travel: { leg: 1, seenOff: false } }, true],
  ['depart', { travel: { leg: 7, seenOff: false } }, false],
  ['depart', { case: { happened: happened('2026-12-06T11:40') } }, false],
  ['depart', { case: { happened: happened('2026-12-05') } }, true],
  ['arrive', {}, true],
  ['arrive', { case: { happened: happened(), point: 'leuseni', companionPresent: 'no' } }, false],
]

test.each(plans)('%s is compared with the itinerary where it was opened', (name, change, asPlanned) => {
  const given = { name, by: iom, body: { ...bodies[name], ...change } }
  const stated = give(upTo('confirm-travel'), given)
  expect(keptIn(stated, name === 'depart' ? 'departure' : 'arrival')[0]?.content).toMatchObject({ asPlanned })
})

/** Told at a time on a clock elsewhere, of a leg that leaves Istanbul at 00:30 or 23:30 on 5 December. */
const clocks: [departs: string, at: string, zone: string, asPlanned: boolean][] = [
  ['2026-12-05T00:30', '2026-12-05T00:40', 'Europe/Istanbul', true],
  ['2026-12-05T00:30', '2026-12-04T23:40', 'Europe/Chisinau', true],
  ['2026-12-05T00:30', '2026-12-04T21:40', 'UTC', true],
  ['2026-12-05T00:30', '2026-12-04T22:50', 'Europe/Chisinau', false],
  ['2026-12-05T23:30', '2026-12-05T22:40', 'Europe/Chisinau', true],
  ['2026-12-05T23:30', '2026-12-05T23:10', 'Europe/Chisinau', false],
  ['2026-12-05T23:30', '2026-12-06T05:00', 'Asia/Tokyo', true],
  // Of a day alone nobody knows the hour: it is taken as it was told.
  ['2026-12-05T00:30', '2026-12-04', 'Europe/Chisinau', false],
  ['2026-12-05T00:30', '2026-12-05', 'Europe/Chisinau', true],
]

test.each(clocks)(
  'planned for %s in Istanbul, told %s in %s: as planned, %s',
  (departs, at, zone, asPlanned) => {
    const body = { travel: withLegs([{ departs }]) }
    const planned = give(upTo('accept'), { name: 'plan-travel', by: iom, body })
    const content = { ...bodies.depart, case: { happened: { ...happened(at), zone } } }
    const { contents } = decided(planned, { name: 'depart', by: iom, body: content })
    expect(contents.get('case')).toMatchObject({ asPlanned })
  },
)

test('two arrivals both stand, the one and the other side told, and the newer is the latest', () => {
  const [first, second] = ['2026-12-05T16:20', '2026-12-05T16:40'].map((at) => ({
    ...bodies.arrive,
    case: { happened: happened(at), point: 'RMO', companionPresent: 'yes' },
  }))
  const byIom = give(upTo('depart'), { name: 'arrive', by: iom, body: first })
  const both = give(byIom, { name: 'arrive', by: centre, body: second })
  expect(keptIn(both, 'arrival').map(({ section, content }) => [section.by, content])).toMatchObject([
    [iom, first?.case],
    [centre, second?.case],
  ])
  expect(keptIn(both, 'condition').map(({ section }) => section.by)).toEqual([iom, centre])
  expect(latest(everythingOpened(both), 'case', 'arrival')).toMatchObject(second?.case ?? {})
})

test.each(facts)('%s, told twice, takes nothing away of what stood', (name) => {
  const [by] = ownersOf(name)
  if (!by) expect.unreachable()
  const made = upTo('arrive')
  const changed = after(made, [
    [by, name],
    [by, name],
  ])
  const before = stateOf(made).sections
  expect(stateOf(changed).sections.slice(0, before.length)).toEqual(before)
  const wrote = changed.events.slice(-2).flatMap(({ sections }) => sections.map(({ sec }) => sec))
  expect(
    stateOf(changed)
      .sections.slice(before.length)
      .map(({ sec }) => sec),
  ).toEqual(wrote)
})

test.each(['depart', 'arrive'] as const)('%s says nothing of a plan that was not seen', (name) => {
  const { contents } = decided(filed(), { name, by: iom })
  expect(contents.get('case')).not.toHaveProperty('asPlanned')
})

test('a fact needs no IOM and no Centre: the mission alone tells that she left', () => {
  const alone = filed(filingWith([[ministry, legalDuty]]))
  expect(stateOf(give(alone, { name: 'depart', by: istanbul })).phase).toBe('travelling')
})

test('a person who had cancelled and came home all the same is received, not cancelled', () => {
  const cancelled = inPhase.cancelled()
  expect(stateOf(cancelled).outcome).toBe('cancelled')
  expect(stateOf(after(cancelled, [[istanbul, 'depart']]))).not.toHaveProperty('outcome')
  expect(stateOf(after(cancelled, [[centre, 'admit']])).outcome).toBe('admitted')
})

test('given a planned journey, when the mission reports the departure, then it says whether it was as planned', () => {
  const made = given(upTo('clear-to-leave'))
    .when({ name: 'depart', by: istanbul, body: bodies.depart })
    .thenEvent({
      type: 'departed',
      data: { unseen: [], due: [{ step: 'arrive', day: '2026-11-23' }] },
      sections: { case: 'departure', travel: 'departure' },
    })
  expect(keptIn(made, 'departure')[0]?.content).toMatchObject({ asPlanned: true })
})

test('given a person on the way, when IOM reports an arrival at night, then the event calls the Centre', () => {
  given(upTo('depart'))
    .when({ name: 'arrive', by: iom, body: bodies.arrive, at: '2026-12-05T21:30:00.000Z' })
    .thenEvent({
      type: 'arrived',
      data: { unseen: [], night: true, due: [{ step: 'receive', day: '2026-12-06' }] },
      sections: { case: 'arrival', care: 'condition' },
    })
})
