import { expect, test } from 'vitest'
import { addressed, standingOf } from '../../functions/domain/readers.ts'
import { commandsFor } from '../../functions/domain/view.ts'
import type { Basis } from '../../schemas/basis.ts'
import type { HolderId } from '../../schemas/parties.ts'
import { phases } from '../../schemas/phases.ts'
import {
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
  otherCentre,
  otherMission,
  refused,
  withdrawalOf,
} from '../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  decided,
  filed,
  give,
  inPhase,
  keptIn,
  stateOf,
  upTo,
} from '../parts/domain-return.ts'

const withdraw = (recipient: HolderId, by = istanbul) =>
  ({ name: 'withdraw', by, body: withdrawalOf(recipient) }) as const

/** The sample with consent as the only ground, which alone can be taken back. */
const consented = filed(filingWith(everyone.map(([holder]) => [holder, consent])))

test.each([centre, ministry, iom, 'figures'] as const)(
  '%s is told for the last time, and reads no more',
  (left) => {
    const made = upTo('hold-place', consented)
    const decision = decided(made, withdraw(left))
    expect(decision.to).toEqual(addressed(stateOf(made)))
    expect(decision.data).toEqual({ recipient: left })
    expect(decision.destroys).toEqual({ holder: left })
    expect(decision.seals.flatMap(({ readers }) => readers)).not.toContain(left)

    const gone = give(made, withdraw(left))
    const later = after(gone, [[istanbul, 'depart']])
    expect(later.events.at(-1)?.to).not.toContain(left)
    for (const { readers } of later.kept) expect(readers).not.toContain(left)
    if (left === 'figures') return
    expect(standingOf(stateOf(later), left)).toBe('ended')
    expect(commandsFor(stateOf(later), left)).toEqual([])
  },
)

test('who leaves itself out reads the word of it no more than the others do', () => {
  const left = give(filed(), withdraw(centre, centre))
  expect(keptIn(left, 'withdrawal')[0]?.readers).toEqual([istanbul, iom, ministry, 'figures', 'custodian'])
})

test.each<[who: string, recipient: HolderId, code: string]>([
  ['a recipient with a basis', iom, 'accepted'],
  ['one that another ground told', ministry, 'not-by-consent'],
  ['one that was refused at filing', otherCentre, 'unknown-target'],
  ['one that nobody named', otherMission, 'unknown-target'],
  ['the mission that filed', istanbul, 'unknown-target'],
  ['the consular department', consular, 'unknown-target'],
])('%s: %s is %s', (_who, recipient, code) => {
  const grounds = filingWith([
    ...everyone,
    [otherCentre, refused],
    [istanbul, consent],
    [consular, legalDuty],
  ])
  expect(answerTo(filed(grounds), withdraw(recipient))).toBe(code)
})

const otherGrounds: Basis[] = [
  { kind: 'vital-interests', why: 'incapable', since: '2026-11-20' },
  legalDuty,
  { kind: 'child-protection', on: '2026-11-20' },
]

test.each(otherGrounds)('what was not told by consent is not ended by taking it back: %j', (basis) => {
  for (const holder of [iom, centre, ministry, 'figures'] as const) {
    const made = filed(filingWith(everyone.map(([one, ground]) => [one, one === holder ? basis : ground])))
    expect([holder, answerTo(made, withdraw(holder))]).toEqual([holder, 'not-by-consent'])
  }
})

test.each(phases)('consent is taken back while a return is %s, which stays so', (phase) => {
  const made = inPhase[phase]()
  for (const by of [istanbul, iom, centre]) {
    const gone = give(made, withdraw(centre, by))
    expect([by, stateOf(gone).phase, stateOf(gone).since]).toEqual([by, phase, stateOf(made).since])
    expect(standingOf(stateOf(gone), centre)).toBe('ended')
    for (const { readers } of gone.kept) expect(readers).not.toContain(centre)
  }
})

test('nobody is left out twice', () => {
  expect(answerTo(give(filed(), withdraw(centre)), withdraw(centre))).toBe('nothing-to-do')
})

test('the last one who could read a section is not left out', () => {
  const iomAlone = filed(
    filingWith([
      [iom, consent],
      [centre, refused],
      ['figures', consent],
    ]),
  )
  expect(answerTo(iomAlone, withdraw(iom))).toBe('last-reader')
  expect(answerTo(iomAlone, withdraw('figures'))).toBe('accepted')
  const withoutIom = give(consented, withdraw(iom))
  expect(answerTo(withoutIom, withdraw(centre))).toBe('last-reader')
  expect(answerTo(withoutIom, withdraw(ministry))).toBe('accepted')
})

test('once those sections are struck, the last one can be left out', () => {
  const iomAlone = filed(filingWith([[iom, consent]]))
  const strikes = ['protection', 'care'].flatMap((cls) =>
    iomAlone.kept.filter(({ standing }) => standing.cls === cls).map(({ standing }) => standing.sec),
  )
  const struck = give(iomAlone, { name: 'strike', by: istanbul, body: { strikes } })
  expect(answerTo(struck, withdraw(iom))).toBe('accepted')
})

test('a Centre that was left out holds no place', () => {
  const held = upTo('hold-place', consented)
  expect(closed(held, 'confirm-travel', iom)).toEqual([])
  expect(closed(give(held, withdraw(centre)), 'confirm-travel', iom)).toEqual(['place-held'])
  expect(closed(give(held, withdraw(ministry)), 'confirm-travel', iom)).toEqual([])
})

test('who was left out owes no answer and is owed none', () => {
  const asked = after(filed(), [[iom, 'ask']])
  const both = give(asked, { name: 'ask', by: istanbul, body: { for: centre, talk: { text: 'When?' } } })
  expect(stateOf(give(both, withdraw(centre))).questions).toMatchObject([{ seq: 1, by: iom, for: istanbul }])
  const withoutIom = give(both, withdraw(iom))
  expect(stateOf(withoutIom).questions).toMatchObject([{ seq: 2, by: istanbul, for: centre }])
  expect(answerTo(withoutIom, { name: 'answer', by: istanbul })).toBe('unknown-target')
})

test('the agreement keeps saying what was filed; an amended request keeps every recipient', () => {
  const gone = give(filed(), withdraw(centre))
  const same = { slot: 'request', case: { ...filingWith().case, place: 'Ankara' } }
  expect(answerTo(gone, { name: 'amend', by: istanbul, body: same })).toBe('accepted')
  const fewer = { slot: 'request', case: filingWith(everyone.filter(([holder]) => holder !== centre)).case }
  expect(answerTo(gone, { name: 'amend', by: istanbul, body: fewer })).toBe('bad-input')
})

test('a second withdrawal stands beside the first: each says whose it is', () => {
  const later = give(give(consented, withdraw(centre)), withdraw(ministry))
  expect(keptIn(later, 'withdrawal').map(({ content }) => content)).toEqual([
    withdrawalOf(centre).case,
    withdrawalOf(ministry).case,
  ])
})
