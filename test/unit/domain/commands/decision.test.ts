import { describe, expect, test } from 'vitest'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  officialRequest,
  refused,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  closed,
  type DomainReturn,
  decided,
  filed,
  give,
  after as goOn,
  inPhase,
  keptIn,
  refusalOf,
  stateOf,
  straightPath,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { openItems } from '../../../parts/list-place.ts'

/** The straight path up to a held place, but for what is left out. */
const heldWithout = (...left: CommandName[]) =>
  goOn(
    filed(),
    straightPath
      .slice(
        0,
        straightPath.findIndex(([, name]) => name === 'confirm-travel'),
      )
      .flatMap(([by, name]): [PartyId, CommandName][] => (left.includes(name) ? [] : [[by, name]])),
  )

describe('confirm-travel waits for the ministry', () => {
  const held = heldWithout()
  test.each<[string, DomainReturn, string[]]>([
    ['it approved and funded', held, []],
    ['it has not decided', heldWithout('approve'), ['decided']],
    ['nobody has said who pays', heldWithout('fund'), ['funded']],
    ['it put the return on hold', goOn(held, [[ministry, 'hold']]), ['decided']],
    [
      'it approved after a hold',
      goOn(held, [
        [ministry, 'hold'],
        [ministry, 'approve'],
      ]),
      [],
    ],
    [
      'it refused, and IOM planned all the same',
      goOn(held, [
        [ministry, 'refuse'],
        [iom, 'plan-travel'],
        [centre, 'hold-place'],
      ]),
      ['decided'],
    ],
    [
      'it refused, then approved',
      goOn(held, [
        [ministry, 'refuse'],
        [ministry, 'approve'],
        [iom, 'plan-travel'],
        [centre, 'hold-place'],
      ]),
      [],
    ],
    ['IOM pays', goOn(heldWithout('fund'), [[iom, 'fund']]), []],
  ])('%s', (_what, made, gates) => {
    expect(closed(made, 'confirm-travel', iom)).toEqual(gates)
  })

  test('a reason says no word of why: that is sealed', () => {
    const refusal = refusalOf(goOn(held, [[ministry, 'hold']]), { name: 'confirm-travel', by: iom })
    expect(refusal?.detail.gates).toEqual([
      { gate: 'decided', owner: 'ministry', reason: 'The ministry has put the return on hold.' },
    ])
  })

  test.each([
    ['refused it', [...everyone.filter(([holder]) => holder !== ministry), [ministry, refused] as const]],
    ['was not asked about it', everyone.filter(([holder]) => holder !== ministry)],
  ])('but where she %s, nobody decides, and IOM says who pays', (_why, grounds) => {
    const made = upTo('hold-place', filed(filingWith(grounds)))
    expect(made.events.map(({ type }) => type)).not.toContain('approved')
    expect(closed(made, 'confirm-travel', iom)).toEqual([])
    expect(answerTo(made, { name: 'approve', by: ministry })).toBe('not-found')
  })

  test('funding that was struck is asked for again', () => {
    const made = goOn(heldWithout('fund'), [[iom, 'fund']])
    const strikes = keptIn(made, 'funding').map(({ section }) => section.sec)
    const struck = give(made, { name: 'strike', by: iom, body: { strikes } })
    expect(closed(struck, 'confirm-travel', iom)).toEqual(['funded'])
  })
})

describe.each(['planned', 'confirmed'] as const)('a refusal while a return is %s', (phase) => {
  const before = goOn(
    inPhase[phase](),
    phase === 'planned'
      ? [
          [ministry, 'approve'],
          [centre, 'hold-place'],
        ]
      : [],
  )
  const made = goOn(before, [[ministry, 'refuse']])

  test('undoes the plans and frees the place', () => {
    expect(stateOf(before).placeHeld).toBeDefined()
    expect(stateOf(made)).toMatchObject({ phase: 'accepted', ruling: 'refused' })
    expect(stateOf(made)).not.toHaveProperty('placeHeld')
    expect(answerTo(made, { name: 'confirm-travel', by: iom })).toBe('wrong-phase')
    expect(answerTo(made, { name: 'release-place', by: centre })).toBe('nothing-to-do')
  })

  test('is told to everyone on the return, and why to who reads decisions', () => {
    expect(made.events.at(-1)?.to).toEqual([istanbul, consular, iom, centre, ministry])
    expect(keptIn(made, 'ruling').map(({ content, readers }) => [content, readers])).toEqual([
      [bodies.refuse.decision, [istanbul, iom, ministry, 'custodian']],
    ])
  })

  test('stops no fact: she may leave and come home all the same', () => {
    const left = goOn(made, [
      [istanbul, 'depart'],
      [centre, 'arrive'],
    ])
    expect(stateOf(left).phase).toBe('arrived')
  })
})

test.each(['filed', 'acknowledged', 'sent-back', 'accepted'] as const)(
  'a refusal while a return is %s leaves it there',
  (phase) => {
    const before = inPhase[phase]()
    const made = stateOf(goOn(before, [[ministry, 'refuse']]))
    expect([made.phase, made.since, made.ruling]).toEqual([phase, stateOf(before).since, 'refused'])
  },
)

test.each(['travelling', 'arrived', 'received', 'cancelled', 'closed'] as const)(
  'nothing is refused or held when a return is %s',
  (phase) => {
    for (const name of ['refuse', 'hold'] as const)
      expect(answerTo(inPhase[phase](), { name, by: ministry })).toBe('wrong-phase')
  },
)

test('the ruling that was given last stands, alone', () => {
  const made = goOn(filed(), [
    [ministry, 'hold'],
    [ministry, 'approve'],
  ])
  expect(stateOf(made).ruling).toBe('approved')
  expect(keptIn(made, 'ruling').map(({ content }) => content)).toEqual([bodies.approve.decision])
})

test.each(['approve', 'refuse', 'hold', 'fund'] as const)(
  '%s seals what nobody else opens: not the Centre, not figures',
  (name) => {
    const { seals, data } = decided(filed(), { name, by: ministry })
    expect(seals.map(({ cls, readers }) => [cls, readers])).toEqual([
      ['decision', [istanbul, iom, ministry, 'custodian']],
    ])
    expect(JSON.stringify(data)).not.toMatch(/reason|amount|EUR|state-budget/)
  },
)

test('a ministry that the person left out rules no more', () => {
  const made = filed(filingWith(everyone.map(([holder]) => [holder, consent])))
  const gone = give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(ministry) })
  for (const name of ['approve', 'refuse', 'hold', 'fund'] as const)
    expect(answerTo(gone, { name, by: ministry })).toBe('basis-ended')
})

describe('a person in difficulty', () => {
  const difficult = filed(filingWith(everyone, { category: 'person-in-difficulty' }))
  const request = { slot: 'official-request', case: officialRequest }
  const asked = give(difficult, { name: 'amend', by: istanbul, body: request })

  test('is filed without the official request, and approved only with it', () => {
    expect(stateOf(difficult).phase).toBe('filed')
    expect(closed(difficult, 'approve', ministry)).toEqual(['official-request'])
    expect(closed(asked, 'approve', ministry)).toEqual([])
  })

  test('is refused, put on hold and funded without it', () => {
    for (const name of ['refuse', 'hold', 'fund'] as const)
      expect([name, answerTo(difficult, { name, by: ministry })]).toEqual([name, 'accepted'])
  })

  test('the mission alone says what was asked for, and the ministry reads it', () => {
    for (const by of [iom, centre])
      expect(answerTo(difficult, { name: 'amend', by, body: request })).toBe('not-yours')
    const [kept] = keptIn(asked, 'official-request')
    expect([kept?.content, kept?.readers]).toEqual([
      officialRequest,
      [istanbul, iom, centre, ministry, 'figures', 'custodian'],
    ])
    expect(asked.events.at(-1)?.data).toEqual({ slot: 'official-request' })
    expect(stateOf(asked).urgency).toBe(stateOf(difficult).urgency)
  })

  test('nobody else is asked for an official request', () => {
    for (const category of ['victim', 'potential-victim', 'unaccompanied-child'] as const)
      expect(closed(filed(filingWith(everyone, { category })), 'approve', ministry)).toEqual([])
  })

  test('an approval is refused when the case cannot be opened', () => {
    const blind = { opened: [], unseen: ['case'] } as const
    expect(answerTo(asked, { name: 'approve', by: ministry }, blind)).toBe('not-readable')
  })
})

test('a return whose risk is assessed waits for the ministry, whatever else is open, until it rules, and while it holds', () => {
  const waits = (made: DomainReturn) => openItems(stateOf(made))
  const plans: [string, PartyId] = ['plan-travel', iom]
  const checks: [string, PartyId] = ['check-document', istanbul]
  const decides: [string, PartyId] = ['decide', ministry]
  const ready = goOn(upTo('assess-risk'), [
    [istanbul, 'confirm-identity'],
    [istanbul, 'issue-document'],
  ])
  expect(waits(upTo('assess-risk'))).toEqual([['confirm-identity', istanbul], decides, plans])
  expect(waits(ready)).toEqual([decides, plans, checks])
  expect(waits(goOn(ready, [[ministry, 'hold']]))).toEqual([decides, plans, checks])
  expect(waits(goOn(ready, [[ministry, 'approve']]))).toEqual([['fund', ministry], plans, checks])
  expect(waits(goOn(ready, [[ministry, 'refuse']]))).toEqual([['answer-refusal', istanbul], checks])
})

test('given an assessed risk, when the ministry approves, then the funding is due', () => {
  given(upTo('assess-risk'))
    .when({ name: 'approve', by: ministry, body: bodies.approve })
    .thenEvent({
      type: 'approved',
      data: { due: [{ step: 'fund', day: '2026-11-25' }] },
      sections: { decision: 'ruling' },
    })
})

test('given an assessed risk, when the ministry refuses, then no step begins', () => {
  given(upTo('assess-risk'))
    .when({ name: 'refuse', by: ministry, body: bodies.refuse })
    .thenEvent({ type: 'refused', data: { due: [] }, sections: { decision: 'ruling' } })
})

test('given an assessed risk, when IOM approves, then it is refused', () => {
  given(upTo('assess-risk')).when({ name: 'approve', by: iom, body: bodies.approve }).thenRefused('not-yours')
})
