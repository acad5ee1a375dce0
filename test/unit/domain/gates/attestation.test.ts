import { expect, test } from 'vitest'
import type { GateName } from '../../../../schemas/procedure/gates.ts'
import { gatesBefore } from '../../../../schemas/procedure/gates.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  ngo,
  oneLeg,
  refused,
  sample,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  decided,
  filed,
  type Given,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

const attest = (by: PartyId) => ({ name: 'attest', by }) as const
const choose = (made: DomainReturn, arranger: PartyId) =>
  give(made, { name: 'choose-arranger', by: istanbul, body: { arranger } })
const withNgo = (made: DomainReturn) =>
  give(made, { name: 'give-task', by: istanbul, body: taskFor(ngo, 'arrange') })
const share = (made: DomainReturn, recipient: PartyId, by: PartyId = istanbul) =>
  give(made, { name: 'share', by, body: { recipient } })

const child = filingWith(everyone, { category: 'unaccompanied-child', ageBand: 'not-known' })
const assessed = (made: DomainReturn, change: Record<string, unknown> = {}) =>
  give(made, {
    name: 'assess-child',
    by: iom,
    body: {
      protection: {
        travelsWith: 'companion',
        authorityDecision: { number: 'DAT 12', on: '2026-11-28' },
        bestInterests: '2026-11-28',
        viewHeard: '2026-11-27',
        otherParentPermission: 'not-needed',
        ...change,
      },
    },
  })

/** Everything done but the confirmation, for an adult and for a child. */
const ready = upTo('hold-place')
const readyChild = assessed(upTo('hold-place', filed(child)))
const ofChildren: GateName[] = ['child-protected', 'parent-papers', 'companion']

/** By arranger: the gates that have to be attested. */
const arrangements: [
  who: string,
  PartyId,
  (made: DomainReturn) => DomainReturn,
  adult: GateName[],
  child: GateName[],
][] = [
  ['IOM', iom, (made) => made, [], []],
  [
    'the post',
    istanbul,
    (made) => choose(made, istanbul),
    ['fit-to-travel'],
    ['fit-to-travel', ...ofChildren],
  ],
  ['an organisation', ngo, (made) => choose(share(withNgo(made), ngo, iom), ngo), [], ofChildren],
  [
    'the ministry',
    ministry,
    (made) => share(choose(made, ministry), ministry),
    ['basis-holds', 'document-valid', 'fit-to-travel', ...ofChildren],
    ['basis-holds', 'document-valid', 'fit-to-travel', ...ofChildren],
  ],
]

test.each(arrangements)(
  'a gate that the arranger %s cannot judge is closed until it is attested',
  (_who, by, arranged, adult, ofChild) => {
    expect(closed(arranged(ready), 'confirm-travel', by)).toEqual(adult)
    expect(closed(arranged(readyChild), 'confirm-travel', by)).toEqual(ofChild)
  },
)

test.each(arrangements)(
  'IOM and the Centre can attest every gate that the arranger %s cannot judge',
  (_who, arranger, arranged, adult, ofChild) => {
    for (const [made, gates] of [
      [arranged(ready), adult],
      [arranged(readyChild), ofChild],
    ] as const)
      for (const by of [iom, centre]) {
        if (gates.length === 0) {
          expect(answerTo(made, attest(by))).toBe('nothing-to-do')
          continue
        }
        const attested = give(made, attest(by))
        expect(attested.events.at(-1)?.data).toEqual({ gates })
        expect(attested.events.at(-1)?.to).toContain(arranger)
        expect(answerTo(attested, { name: 'confirm-travel', by: arranger })).toBe('accepted')
        // The same again says nothing new, and is no harm.
        expect(stateOf(give(attested, attest(by))).attested).toEqual(new Set(gates))
      }
  },
)

test('the post attests the gates that it can judge, which are not all', () => {
  const made = share(choose(ready, ministry), ministry)
  const attested = give(made, attest(istanbul))
  // That an adult needs no companion it knows, too.
  expect(attested.events.at(-1)?.data).toEqual({ gates: ['basis-holds', 'document-valid', ...ofChildren] })
  expect(closed(attested, 'confirm-travel', ministry)).toEqual(['fit-to-travel'])
  expect(closed(give(attested, attest(centre)), 'confirm-travel', ministry)).toEqual([])
  const ofChild = share(choose(readyChild, ministry), ministry)
  expect(give(ofChild, attest(istanbul)).events.at(-1)?.data).toEqual({
    gates: ['basis-holds', 'document-valid'],
  })
})

test('the ministry and helpers attest nothing, and the arranger has nothing to attest', () => {
  const made = choose(withNgo(ready), istanbul)
  for (const by of [ministry, ngo]) expect(answerTo(made, attest(by))).toBe('not-yours')
  expect(answerTo(made, attest(istanbul))).toBe('nothing-to-do')
})

const unfit = {
  slot: 'fitness',
  care: {
    examined: {
      at: '2026-12-04T09:00',
      zone: 'Europe/Istanbul',
      known: 'exactly',
      reportedBy: 'own-officer',
    },
    fit: false,
  },
}

test('a closed gate cannot be attested, and the refusal says which gate, whose and why', () => {
  const made = choose(give(ready, { name: 'amend', by: iom, body: unfit }), istanbul)
  for (const by of [iom, centre]) {
    const refusal = refusalOf(made, attest(by))
    expect(refusal?.code).toBe('gate-closed')
    expect(refusal?.detail.gates).toEqual([
      { gate: 'fit-to-travel', owner: 'iom', reason: 'A physician said that the person cannot travel now.' },
    ])
  }
  const alone = choose(upTo('hold-place', filed(child)), istanbul)
  expect(refusalOf(alone, attest(iom))?.detail.gates?.map(({ gate }) => gate)).toEqual(['child-protected'])
  const suspected = choose(
    assessed(readyChild, { travelsWith: 'suspected-adult', viewHeard: undefined }),
    istanbul,
  )
  expect(refusalOf(suspected, attest(centre))?.detail.gates?.map(({ gate }) => gate)).toEqual([
    'child-protected',
  ])
})

const override = (gate: GateName) =>
  ({ name: 'override', by: iom, body: { case: { gates: [gate], reason: 'carrier-accepts' } } }) as const

test('an overridden gate needs no attestation, unless a no may be hidden from the arranger', () => {
  const alone = choose(upTo('hold-place', filed(child)), istanbul)
  expect(closed(give(alone, override('child-protected')), 'confirm-travel', istanbul)).not.toContain(
    'child-protected',
  )
  // What a physician said is sealed from a post: somebody who reads it has to say that it was no no.
  const unchecked = choose(
    upTo('hold-place', filed({ ...sample, care: { ...sample.care, fitnessCheck: true } })),
    istanbul,
  )
  const overridden = give(unchecked, override('fit-to-travel'))
  expect(closed(overridden, 'confirm-travel', istanbul)).toEqual(['fit-to-travel'])
  expect(closed(give(overridden, attest(iom)), 'confirm-travel', istanbul)).toEqual([])
  const ill = give(overridden, { name: 'amend', by: iom, body: unfit })
  expect(answerTo(ill, attest(iom))).toBe('gate-closed')
  expect(closed(ill, 'confirm-travel', istanbul)).toEqual(['fit-to-travel'])
})

test('no attestation opens a gate that the arranger sees closed', () => {
  const unnamed = choose(upTo('plan-travel'), istanbul)
  const attested = give(unnamed, attest(iom))
  expect(closed(attested, 'confirm-travel', istanbul)).toEqual(['place-held'])
})

const [section] = keptIn(readyChild, 'child').map(({ section }) => section.sec)
const person = keptIn(ready, 'person')[0]?.section.sec

test.each<[what: string, Given]>([
  [
    'another journey',
    { name: 'change-travel', by: istanbul, body: { travel: oneLeg('2026-12-06T11:30', '2026-12-06T14:00') } },
  ],
  ['the child assessed anew', { name: 'assess-child', by: iom }],
  ['that assessment struck', { name: 'strike', by: iom, body: { strikes: [section] } }],
  ['needs told anew', { name: 'amend', by: istanbul, body: { slot: 'needs', care: sample.care } }],
  [
    'another person',
    { name: 'amend', by: istanbul, body: { slot: 'person', identity: sample.identity, supersedes: person } },
  ],
  ['who is a danger', { name: 'amend', by: centre, body: { slot: 'safety', safety: sample.safety } }],
  ['what she wants', { name: 'record-wish', by: centre }],
  ['another ground', { name: 'agree', by: istanbul }],
  ['a recipient left out', { name: 'withdraw', by: istanbul }],
  ['a fact', { name: 'did-not-come', by: istanbul }],
])('a change ends the attestations: %s', (_what, given) => {
  const attested = give(choose(readyChild, istanbul), attest(iom))
  expect(stateOf(attested).attested.size).toBe(4)
  const changed = give(attested, given)
  expect(stateOf(changed).attested.size).toBe(0)
  if (stateOf(changed).phase === 'planned')
    expect(closed(changed, 'confirm-travel', istanbul)).toEqual(expect.arrayContaining(['companion']))
})

test.each<[what: string, Given]>([
  ['who keeps it', { name: 'take', by: centre }],
  ['a question', { name: 'ask', by: iom }],
  ['a note', { name: 'note', by: iom }],
  ['the funding', { name: 'fund', by: ministry }],
  ['a ruling', { name: 'approve', by: ministry }],
])('a change by which no gate is judged leaves the attestations: %s', (_what, given) => {
  const attested = give(choose(readyChild, istanbul), attest(iom))
  expect(closed(give(attested, given), 'confirm-travel', istanbul)).toEqual([])
})

test('the gates are attested once more before leaving, because the bookings came in between', () => {
  const confirmed = after(choose(readyChild, istanbul), [
    [centre, 'attest'],
    [istanbul, 'confirm-travel'],
    [istanbul, 'check-exit'],
  ])
  expect(closed(confirmed, 'clear-to-leave', istanbul)).toEqual(['fit-to-travel', ...ofChildren])
  expect(closed(give(confirmed, attest(centre)), 'clear-to-leave', istanbul)).toEqual([])
})

test('a party that lacks a section does not judge the gate as if the section did not exist', () => {
  const ours = filed(
    filingWith(everyone.map(([holder, basis]) => [holder, holder === centre ? refused : basis])),
  )
  const agreed = give(upTo('plan-travel', ours), {
    name: 'agree',
    by: istanbul,
    body: { case: { recipient: centre, basis: consent } },
  })
  const arranged = choose(agreed, istanbul)
  expect(answerTo(arranged, attest(centre))).toBe('not-readable')
  expect(answerTo(share(arranged, centre, iom), attest(centre))).toBe('accepted')
})

test('an organisation is not refused for a class that its task does not need', () => {
  const made = choose(share(withNgo(readyChild), ngo, iom), ngo)
  const { needs } = decided(give(made, attest(iom)), { name: 'confirm-travel', by: ngo })
  expect([...needs].sort()).toEqual(['care', 'case', 'identity', 'safety', 'travel'])
  expect(gatesBefore('confirm-travel')).toEqual(expect.arrayContaining(ofChildren))
})
