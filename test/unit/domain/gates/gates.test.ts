import { expect, test } from 'vitest'
import type { Facts } from '../../../../functions/domain/access/opened-sections.ts'
import {
  bodies,
  centre,
  consent,
  everyone,
  type Filing,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
  oneLeg,
  refused,
  sample,
  withLegs,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  decided,
  filed,
  give,
  keptIn,
  refusalOf,
  upTo,
} from '../../../parts/domain-return.ts'

const self = (toReturn: 'yes' | 'no' | 'cannot-answer') => ({ ...sample.case.agreement, toReturn })
const proxy = { ...consent, by: 'proxy' } as const

const words: [word: string, filing: Filing, gates: string[]][] = [
  ['she said yes', filingWith(), []],
  ['she said no', filingWith(everyone, { agreement: self('no') }), ['wants-to-return']],
  [
    'she cannot answer and all that is on record is her own consent',
    filingWith([[iom, consent]], { agreement: self('cannot-answer') }),
    ['wants-to-return'],
  ],
  [
    'she cannot answer and refused the others',
    filingWith(
      [
        [iom, consent],
        [centre, refused],
      ],
      { agreement: self('cannot-answer') },
    ),
    ['wants-to-return'],
  ],
  [
    'she cannot answer and a proxy speaks',
    filingWith([[iom, proxy]], { agreement: self('cannot-answer') }),
    [],
  ],
  [
    'she cannot answer and her vital interests speak',
    filingWith([[iom, { kind: 'vital-interests', why: 'unconscious', since: '2026-11-20' }]], {
      agreement: self('cannot-answer'),
    }),
    [],
  ],
  [
    'she cannot answer, and the law has the ministry told',
    filingWith(
      [
        [iom, consent],
        [ministry, legalDuty],
      ],
      { agreement: self('cannot-answer') },
    ),
    ['wants-to-return'],
  ],
  [
    'she cannot answer and the protection of a child speaks',
    filingWith([[iom, { kind: 'child-protection', on: '2026-11-20' }]], { agreement: self('cannot-answer') }),
    [],
  ],
  [
    'she said no, though a law speaks for it',
    filingWith([[iom, legalDuty]], { agreement: self('no') }),
    ['wants-to-return'],
  ],
]

test.each(words)('accept: the gate follows the wish %s', (_word, filing, gates) => {
  const acknowledged = after(filed(filing), [[iom, 'acknowledge']])
  expect(closed(acknowledged, 'accept', iom)).toEqual(gates)
})

test('accept: a struck request counts for no yes', () => {
  const made = upTo('acknowledge')
  const strikes = keptIn(made, 'request').map(({ section }) => section.sec)
  const struck = give(made, { name: 'strike', by: istanbul, body: { strikes } })
  expect(closed(struck, 'accept', iom)).toEqual(['wants-to-return'])
})

const nameless = filed({ ...sample, identity: { ...sample.identity, name: 'not-known' } })

test.each([
  ['confirm-identity', nameless, ['person-named']],
  ['confirm-identity', filed(), []],
  ['issue-document', nameless, ['person-named', 'identity-confirmed']],
  ['issue-document', filed(), ['identity-confirmed']],
  ['issue-document', upTo('confirm-identity'), []],
] as const)('%s waits for a name and for the identity', (name, made, gates) => {
  expect(closed(made, name, istanbul)).toEqual(gates)
})

test('the risk is assessed only of a person whose identification is on record', () => {
  const accepted = upTo('accept')
  expect(closed(accepted, 'assess-risk', iom)).toEqual([])
  const strikes = keptIn(accepted, 'identification').map(({ section }) => section.sec)
  const struck = give(accepted, { name: 'strike', by: istanbul, body: { strikes } })
  expect(closed(struck, 'assess-risk', iom)).toEqual(['identified'])
})

test.each([
  ['centre', []],
  ['not-asked', []],
  ['home', ['wants-the-centre']],
  ['elsewhere', ['wants-the-centre']],
] as const)('a place is held or not for a person who chose %s', (reception, gates) => {
  expect(closed(filed(filingWith(everyone, { reception })), 'hold-place', centre)).toEqual(gates)
})

const planned = upTo('hold-place')

test('confirm-travel: every gate is open on the straight path', () => {
  expect(closed(planned, 'confirm-travel', iom)).toEqual([])
})

test('confirm-travel: the refusal lists all closed gates at once with their owners, and names no one', () => {
  const bare = after(upTo('accept'), [[iom, 'plan-travel']])
  const refusal = refusalOf(bare, { name: 'confirm-travel', by: iom })
  expect(refusal?.code).toBe('gate-closed')
  expect(refusal?.detail.gates?.map(({ gate, owner }) => [gate, owner])).toEqual([
    ['identity-confirmed', 'mission'],
    ['document-valid', 'mission'],
    ['risk-assessed', 'iom'],
    ['decided', 'ministry'],
    ['funded', 'ministry'],
    ['place-held', 'centre'],
  ])
  const detail = JSON.stringify(refusal?.detail)
  for (const secret of ['Exemplescu', 'Istanbul', 'TR', '2026']) expect(detail).not.toContain(secret)
})

test('confirm-travel: a person who goes home needs no place', () => {
  const home = upTo('plan-travel', filed(filingWith(everyone, { reception: 'home' })))
  expect(closed(home, 'confirm-travel', iom)).toEqual([])
})

test.each([
  ['2026-12-10', []],
  ['2026-12-05', []],
  ['2026-12-04', ['place-held']],
  ['2026-11-30', ['place-held']],
])('confirm-travel: the gate for an arrival on 5 December with a place held until %s', (until, gates) => {
  const held = give(upTo('plan-travel'), { name: 'hold-place', by: centre, body: { until } })
  expect(closed(held, 'confirm-travel', iom)).toEqual(gates)
})

test('confirm-travel: the place has to be held until the last day of a changed journey', () => {
  const travel = withLegs([{}, { departs: '2026-12-10T22:00', arrives: '2026-12-11T00:10' }])
  const changed = give(planned, { name: 'change-travel', by: iom, body: { travel } })
  expect(closed(changed, 'confirm-travel', iom)).toEqual(['place-held'])
  const longer = give(changed, { name: 'hold-place', by: centre, body: { until: '2026-12-11' } })
  expect(closed(longer, 'confirm-travel', iom)).toEqual([])
})

test('confirm-travel: a released place does not count', () => {
  expect(closed(after(planned, [[centre, 'release-place']]), 'confirm-travel', iom)).toEqual(['place-held'])
})

test('confirm-travel: the gates need anew what was struck', () => {
  const gates = { check: ['identity-confirmed'], risk: ['risk-assessed'], document: ['document-valid'] }
  for (const [slot, shut] of Object.entries(gates)) {
    const [section] = keptIn(planned, slot)
    if (!section) expect.unreachable()
    const { sec, by } = section.section
    const struck = give(planned, { name: 'strike', by, body: { strikes: [sec] } })
    expect([slot, closed(struck, 'confirm-travel', iom)]).toEqual([slot, shut])
  }
})

test('a confirmed journey that changes has to pass the gates again, and a journey under way goes on', () => {
  const confirmed = upTo('confirm-travel')
  const laterJourney = { travel: oneLeg('2026-12-30T10:00', '2026-12-30T12:00') }
  const changed = give(confirmed, { name: 'change-travel', by: iom, body: laterJourney })
  expect(closed(changed, 'confirm-travel', iom)).toEqual(['document-valid', 'place-held'])
  expect(answerTo(upTo('depart'), { name: 'change-travel', by: iom, body: laterJourney })).toBe('accepted')
})

test.each([
  ['accept', upTo('acknowledge'), 'case'],
  ['assess-risk', upTo('accept'), 'protection'],
  ['confirm-travel', planned, 'care'],
  ['confirm-travel', planned, 'identity'],
] as const)('%s is refused when a class that it needs cannot be opened', (name, made, cls) => {
  const blind: Facts = { opened: [], unseen: [cls] }
  const refusal = refusalOf(made, { name, by: iom }, blind)
  expect([refusal?.code, refusal?.detail]).toEqual(['not-readable', { fields: [cls] }])
})

test('the day of the journey is derived for planning, from the first departure to the last arrival', () => {
  const travel = withLegs([
    { departs: '2026-12-31T23:00', arrives: '2027-01-01T00:30' },
    { departs: '2027-01-01T09:00', arrives: '2027-01-02T10:00' },
  ])
  const { contents } = decided(upTo('issue-document'), { name: 'plan-travel', by: iom, body: { travel } })
  expect(contents.get('case')).toEqual({ leavesOn: '2026-12-31', arrivesOn: '2027-01-02', arrivesAt: 'RMO' })
  expect(contents.get('travel')).toEqual(travel)
})

test('only sections that the body carried are sealed', () => {
  const { contents, seals } = decided(planned, { name: 'confirm-travel', by: iom, body: {} })
  expect([seals, [...contents]]).toEqual([[], []])
  expect(bodies['confirm-travel']).toHaveProperty('travel')
})
