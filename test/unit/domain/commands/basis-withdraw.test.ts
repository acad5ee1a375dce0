import { expect, test } from 'vitest'
import { addressed, membershipOf } from '../../../../functions/domain/access/readers.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { returnPhases } from '../../../../schemas/procedure/phases.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import type { HolderId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ministry,
  otherCentre,
  otherMission,
  refused,
  withdrawalOf,
} from '../../../parts/bodies.ts'
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
} from '../../../parts/domain-return.ts'

const withdraw = (recipient: HolderId, by = istanbul) =>
  ({ name: 'withdraw', by, body: withdrawalOf(recipient) }) as const

const filedWith = (holder: HolderId, own: LegalBasis) =>
  filed(filingWith(everyone.map(([recipient, basis]) => [recipient, recipient === holder ? own : basis])))
const consented = filed(filingWith(everyone.map(([holder]) => [holder, consent])))
const vital: LegalBasis = { kind: 'vital-interests', why: 'unconscious', since: '2026-11-20' }

test.each([centre, ministry, iom, 'figures'] as const)('%s gets a last event, and reads no more', (left) => {
  const made = upTo('hold-place', consented)
  const decision = decided(made, withdraw(left))
  expect(decision.to).toEqual(addressed(stateOf(made)))
  expect(decision.data).toEqual({ recipient: left, accessRemoved: true, stillReads: [] })
  const [taken] = decision.destroys && 'wraps' in decision.destroys ? decision.destroys.wraps : []
  expect([taken?.holder, taken?.classes.includes('log')]).toEqual([left, false])
  expect(decision.seals.flatMap(({ readers }) => readers)).not.toContain(left)

  const gone = give(made, withdraw(left))
  const later = after(gone, [[istanbul, 'depart']])
  expect(later.events.at(-1)?.to).not.toContain(left)
  for (const { readers } of later.kept) expect(readers).not.toContain(left)
  if (left === 'figures') return
  expect(membershipOf(stateOf(later), left)).toBe('ended')
  expect(commandsFor(stateOf(later), left)).toEqual(['answer-withdrawal'])
})

test('a party that withdraws from itself does not read the withdrawal, as no removed recipient does', () => {
  const left = give(filed(), withdraw(centre, centre))
  expect(keptIn(left, 'withdrawal')[0]?.readers).toEqual([istanbul, iom, ministry, 'figures', 'custodian'])
})

test.each<[who: string, recipient: HolderId, code: string]>([
  ['with consent', iom, 'accepted'],
  ['on another basis than consent', ministry, 'accepted'],
  ['refused at filing', otherCentre, 'unknown-target'],
  ['named by nobody', otherMission, 'unknown-target'],
  ['the filing mission', istanbul, 'unknown-target'],
  ['the consular department', consular, 'unknown-target'],
])('a withdrawal from a recipient %s (%s) is answered with %s', (_who, recipient, code) => {
  const filing = filingWith([...everyone, [otherCentre, refused], [istanbul, consent], [consular, legalDuty]])
  expect(answerTo(filed(filing), withdraw(recipient))).toBe(code)
})

test.each<[LegalBasis, accessRemoved: boolean]>([
  [consent, true],
  [{ ...consent, by: 'guardian' }, true],
  [{ ...consent, by: 'proxy' }, true],
  [vital, true],
  [legalDuty, false],
  [{ kind: 'child-protection', on: '2026-11-20' }, false],
])('a withdrawal ends the basis %j: %j', (basis, accessRemoved) => {
  for (const holder of [iom, centre, ministry, 'figures'] as const) {
    const made = upTo('accept', filedWith(holder, basis))
    const { data, destroys } = decided(made, withdraw(holder))
    expect([holder, data, destroys !== undefined]).toEqual([
      holder,
      { recipient: holder, accessRemoved, stillReads: [] },
      accessRemoved,
    ])
    const withdrawn = give(made, withdraw(holder))
    const reads = withdrawn.kept.filter(({ readers }) => readers.includes(holder))
    if (accessRemoved) expect(reads).toEqual([])
    else {
      // Nothing is taken away, and the recipient reads the withdrawal too.
      expect(reads.length).toBe(made.kept.filter(({ readers }) => readers.includes(holder)).length + 1)
      expect(stateOf(withdrawn).withdrawals).toEqual(new Map())
      expect(stateOf(withdrawn).arranger).toBe(stateOf(made).arranger)
    }
  }
})

test('the latest basis decides: a legal duty that was consent before stands, and the other way round', () => {
  const later = (first: LegalBasis, second: LegalBasis) =>
    give(filedWith(centre, first), { name: 'agree', by: istanbul, body: groundFor(centre, second) })
  expect(decided(later(consent, legalDuty), withdraw(centre)).data).toMatchObject({ accessRemoved: false })
  expect(decided(later(legalDuty, consent), withdraw(centre)).data).toMatchObject({ accessRemoved: true })
})

test('a recipient that the person is still to be asked about is removed like any other', () => {
  const asked = give(filedWith(centre, vital), { name: 'ask-anew', by: istanbul })
  expect(stateOf(asked).basis.get(centre)).toBe('to-ask')
  const gone = give(asked, withdraw(centre))
  expect(stateOf(gone).basis.get(centre)).toBe('withdrawn')
  expect(stateOf(gone)).not.toHaveProperty('toAsk')
})

test.each(returnPhases)('consent is withdrawn while a return is %s, which stays so', (phase) => {
  const made = inPhase[phase]()
  for (const by of [istanbul, iom, centre]) {
    const gone = give(made, withdraw(centre, by))
    expect([by, stateOf(gone).phase, stateOf(gone).since]).toEqual([by, phase, stateOf(made).since])
    expect(membershipOf(stateOf(gone), centre)).toBe('ended')
    for (const { readers } of gone.kept) expect(readers).not.toContain(centre)
  }
})

test('a recipient is not removed twice', () => {
  expect(answerTo(give(filed(), withdraw(centre)), withdraw(centre))).toBe('nothing-to-do')
})

test('a removed Centre holds no place', () => {
  const held = upTo('hold-place', consented)
  expect(closed(held, 'confirm-travel', iom)).toEqual([])
  expect(closed(give(held, withdraw(centre)), 'confirm-travel', iom)).toEqual(['place-held'])
  expect(closed(give(held, withdraw(ministry)), 'confirm-travel', iom)).toEqual([])
})

test('the responsible post plans the journey once IOM is removed', () => {
  for (const [made, arranger] of [
    [give(upTo('accept', consented), withdraw(iom)), istanbul],
    [give(upTo('accept', consented), withdraw(centre)), iom],
  ] as const)
    expect(stateOf(made).arranger).toBe(arranger)
  const gone = give(upTo('accept', consented), withdraw(iom))
  expect(answerTo(gone, { name: 'plan-travel', by: istanbul })).toBe('accepted')
})

test('a removed recipient owes no answer to a question, and is owed none', () => {
  const asked = after(filed(), [[iom, 'ask']])
  const both = give(asked, { name: 'ask', by: istanbul, body: { for: centre, talk: { text: 'When?' } } })
  expect(stateOf(give(both, withdraw(centre))).questions).toMatchObject([{ seq: 1, by: iom, for: istanbul }])
  const withoutIom = give(both, withdraw(iom))
  expect(stateOf(withoutIom).questions).toMatchObject([{ seq: 2, by: istanbul, for: centre }])
  expect(answerTo(withoutIom, { name: 'answer', by: istanbul })).toBe('unknown-target')
})

test('the agreement stays as it was filed, and an amended request keeps every recipient', () => {
  const gone = give(filed(), withdraw(centre))
  const same = { slot: 'request', case: { ...filingWith().case, place: 'Ankara' } }
  expect(answerTo(gone, { name: 'amend', by: istanbul, body: same })).toBe('accepted')
  const fewer = { slot: 'request', case: filingWith(everyone.filter(([holder]) => holder !== centre)).case }
  expect(answerTo(gone, { name: 'amend', by: istanbul, body: fewer })).toBe('bad-input')
})

test('a second withdrawal stands beside the first, and each names its recipient', () => {
  const later = give(give(consented, withdraw(centre)), withdraw(ministry))
  expect(keptIn(later, 'withdrawal').map(({ content }) => content)).toEqual([
    withdrawalOf(centre).case,
    withdrawalOf(ministry).case,
  ])
})

const keeping = { answer: 'kept', talk: { act: 'Law 195/2024', article: '17' } }

test.each<[Record<string, unknown>, code: string]>([
  [{ answer: 'deleted' }, 'accepted'],
  [keeping, 'accepted'],
  [{ answer: 'kept' }, 'bad-input'],
  [{ ...keeping, answer: 'deleted' }, 'bad-input'],
])('the answer %j of a removed recipient is taken with %s', (body, code) => {
  const gone = give(filed(), withdraw(centre, iom))
  const answer = { name: 'answer-withdrawal', by: centre, body } as const
  expect(answerTo(gone, answer)).toBe(code)
  if (code !== 'accepted') return
  const { destroys, seals, for: asker } = decided(gone, answer)
  expect(destroys).toEqual({ wraps: [{ holder: centre, classes: ['log'] }] })
  // The party that removed it reads by which act it keeps its data.
  expect(seals.map(({ readers }) => readers)).toEqual(body.talk ? [[iom]] : [])
  expect(asker).toBe(iom)
  const done = give(gone, answer)
  expect(stateOf(done).withdrawals.get(centre)).toMatchObject({ by: iom, answer: body.answer })
  expect(answerTo(done, answer)).toBe('nothing-to-do')
})

test('a return waits for the answer of a removed recipient in every phase, until it has come', () => {
  const waiting = (made: typeof consented) =>
    waitsFor(stateOf(made)).filter(({ party }) => party === centre).length
  for (const phase of returnPhases) {
    const gone = give(inPhase[phase](), withdraw(centre))
    expect([phase, waiting(gone)]).toEqual([phase, 1])
    const answered = give(gone, { name: 'answer-withdrawal', by: centre })
    expect([phase, waiting(answered), stateOf(answered).phase]).toEqual([phase, 0, phase])
  }
})

test('the figures owe no answer, nor does a party on the return', () => {
  const gone = give(consented, withdraw('figures'))
  expect(stateOf(gone).withdrawals).toEqual(new Map())
  for (const by of [istanbul, iom, centre, ministry])
    expect(answerTo(gone, { name: 'answer-withdrawal', by })).toBe('nothing-to-do')
})

test('the answer is for the post once the party that withdrew is removed too', () => {
  const both = give(give(filed(), withdraw(centre, iom)), withdraw(iom))
  expect(decided(both, { name: 'answer-withdrawal', by: centre }).for).toBe(istanbul)
})

test('a recipient that comes back owes no answer any more, and owes one anew when it is removed anew', () => {
  const gone = give(filed(), withdraw(centre))
  const back = give(gone, { name: 'agree', by: istanbul, body: groundFor(centre) })
  expect(waitsFor(stateOf(back)).map(({ party }) => party)).not.toContain(centre)
  const answered = give(gone, { name: 'answer-withdrawal', by: centre })
  const again = give(
    give(answered, { name: 'agree', by: istanbul, body: groundFor(centre) }),
    withdraw(centre),
  )
  expect(stateOf(again).withdrawals.get(centre)).not.toHaveProperty('answer')
  expect(answerTo(again, { name: 'answer-withdrawal', by: centre })).toBe('accepted')
})
