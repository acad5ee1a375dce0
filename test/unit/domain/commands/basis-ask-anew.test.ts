import { expect, test } from 'vitest'
import { dueOf } from '../../../../functions/domain/schedule/due.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import type { HolderId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  everyone,
  type Filing,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ministry,
  oneLeg,
  otherCentre,
  type Person,
  sample,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  decided,
  filed,
  give,
  lastDues,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { openItems } from '../../../parts/list-place.ts'

const vital: LegalBasis = { kind: 'vital-interests', why: 'unconscious', since: '2026-11-20' }
const guardian: LegalBasis = { ...consent, by: 'guardian' }
const proxy: LegalBasis = { ...consent, by: 'proxy' }
const protecting: LegalBasis = { kind: 'child-protection', on: '2026-11-20' }

const filedWith = (...bases: LegalBasis[]) =>
  filingWith(
    ([iom, centre, ministry, 'figures'] as const).map((holder, at) => [holder, bases[at] ?? consent]),
  )
const speechless = (filing: Filing): Filing => ({
  ...filing,
  case: { ...filing.case, agreement: { ...filing.case.agreement, toReturn: 'cannot-answer' } },
})
const askAnew = (why: string, by = istanbul) =>
  ({ name: 'ask-anew', by, body: { case: { why, on: '2026-11-22' } } }) as const
const wish = (toReturn: 'yes' | 'no', by = istanbul) =>
  ({
    name: 'record-wish',
    by,
    body: { case: { toReturn, on: '2026-11-22', reportedBy: 'own-officer' } },
  }) as const
const agree = (recipient: HolderId, basis: LegalBasis = consent) =>
  ({ name: 'agree', by: istanbul, body: groundFor(recipient, basis) }) as const

test.each<[why: string, ended: HolderId[]]>([
  ['can-answer', [iom]],
  ['came-of-age', [centre, ministry]],
  ['guardian-suspected', [centre]],
  ['other', [iom, centre, ministry]],
])('%s: the person is asked anew about %j, whose basis came from somebody else', (why, ended) => {
  const made = filed(filedWith(vital, guardian, proxy, consent))
  for (const by of [istanbul, iom, centre]) {
    const decision = decided(made, askAnew(why, by))
    expect(decision.data).toEqual({ recipients: ended, due: [{ step: 'ask-person', day: '2026-11-22' }] })
    const asked = give(made, askAnew(why, by))
    for (const [holder, status] of stateOf(asked).basis)
      expect([holder, status === 'to-ask']).toEqual([holder, ended.includes(holder)])
    // They go on reading until she has answered.
    for (const { section, readers } of made.kept)
      expect(asked.kept.find((kept) => kept.section.sec === section.sec)?.readers).toEqual(readers)
  }
})

test.each(['can-answer', 'came-of-age', 'guardian-suspected', 'other'])(
  'nobody is asked anew where the person consented herself or a law is the basis (%s)',
  (why) => {
    expect(answerTo(filed(filedWith(consent, legalDuty, protecting)), askAnew(why))).toBe('nothing-to-do')
    const asked = give(filed(filedWith(vital, guardian)), askAnew('other'))
    expect(answerTo(asked, askAnew(why))).toBe('nothing-to-do')
  },
)

test('the post has to ask the person, from that day on, until no basis waits for her', () => {
  const made = filed(filedWith(vital, vital))
  const asked = give(made, askAnew('can-answer', iom))
  const step = { step: 'ask-person', owner: 'mission', day: '2026-11-22' }
  expect(lastDues(asked)).toEqual({ 'ask-person': '2026-11-22' })
  expect(dueOf(stateOf(asked))).toContainEqual(step)
  expect(openItems(stateOf(asked))).toContainEqual(['ask-person', istanbul])
  const first = give(asked, agree(iom))
  expect([stateOf(first).basis.get(iom), dueOf(stateOf(first)).length]).toEqual(['consent', 3])
  const rest: DomainReturn[] = [
    give(first, agree(centre)),
    give(first, { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) }),
  ]
  for (const done of rest) {
    expect(stateOf(done)).not.toHaveProperty('toAsk')
    expect(dueOf(stateOf(done))).not.toContainEqual(step)
    expect(openItems(stateOf(done))).not.toContainEqual(['ask-person', istanbul])
  }
})

test('a journey is neither confirmed nor cleared before the person has been asked', () => {
  for (const [made, name] of [
    [upTo('hold-place', filed(filedWith(consent, proxy))), 'confirm-travel'],
    [upTo('check-exit', filed(filedWith(consent, proxy))), 'clear-to-leave'],
  ] as const) {
    expect(closed(made, name, iom)).toEqual([])
    const waiting = give(made, askAnew('other'))
    expect(closed(waiting, name, iom)).toEqual(['basis-holds'])
    expect(closed(give(waiting, agree(centre)), name, iom)).toEqual([])
  }
})

test('a patient who wakes and refuses stops the return, and the emergency is no basis any more', () => {
  const made = upTo('hold-place', filed(speechless(filedWith(vital, vital, legalDuty))))
  expect(closed(made, 'confirm-travel', iom)).toEqual([])
  const confirmed = give(made, { name: 'confirm-travel', by: iom })

  const woke = give(confirmed, wish('no', iom))
  expect(stateOf(woke).phase).toBe('planned')
  expect(closed(woke, 'confirm-travel', iom)).toEqual(['wants-to-return', 'basis-holds'])
  const asked = give(woke, askAnew('can-answer', iom))
  expect([...stateOf(asked).basis].filter(([, status]) => status === 'to-ask')).toHaveLength(2)
  // She refuses the Centre and agrees to IOM, and does not want to return all the same.
  const answered = give(give(asked, agree(iom)), {
    name: 'withdraw',
    by: istanbul,
    body: withdrawalOf(centre),
  })
  expect(stateOf(answered).basis.get(centre)).toBe('withdrawn')
  expect(closed(answered, 'confirm-travel', iom)).toEqual(['wants-to-return', 'place-held'])
})

test('a patient who wakes and wants to go on is asked first', () => {
  const made = upTo('hold-place', filed(speechless(filedWith(vital, consent))))
  const woke = give(made, wish('yes'))
  expect(closed(woke, 'confirm-travel', iom)).toEqual(['basis-holds'])
  const agreed = give(give(woke, askAnew('can-answer')), agree(iom))
  expect(closed(agreed, 'confirm-travel', iom)).toEqual([])
})

const bornOn = (on: string, disputed?: boolean): Person => ({
  ...sample.identity,
  birth: { on },
  ...(disputed === undefined ? {} : { ageDisputed: disputed }),
})
/** The journey is on 5 December 2026. */
const seventeen = (on: string, disputed?: boolean) =>
  upTo(
    'hold-place',
    filed({
      ...filedWith(guardian, consent),
      case: { ...filedWith(guardian, consent).case, ageBand: '16-17' },
      identity: bornOn(on, disputed),
    }),
  )
const childSafe = (made: DomainReturn) =>
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
      },
    },
  })

test.each<[born: string, disputed: boolean | undefined, gates: string[]]>([
  ['2008-12-06', undefined, []],
  ['2008-12-05', undefined, ['basis-holds']],
  ['2008-12-04', undefined, ['basis-holds']],
  ['2008-12-05', true, []],
  ['2008-12-05', false, ['basis-holds']],
])(
  'the consent of a guardian for a person born on %s (age disputed: %j) is checked on the day of departure',
  (born, disputed, gates) => {
    expect(closed(childSafe(seventeen(born, disputed)), 'confirm-travel', iom)).toEqual(gates)
  },
)

test("a journey that is moved beyond the birthday needs the person's own word, which opens the gate", () => {
  const before = childSafe(seventeen('2008-12-06'))
  const body = { travel: oneLeg('2026-12-07T11:30', '2026-12-07T14:00') }
  const later = give(before, { name: 'change-travel', by: iom, body })
  expect(closed(later, 'confirm-travel', iom)).toEqual(['basis-holds'])
  const asked = give(later, askAnew('came-of-age'))
  expect(stateOf(asked).basis.get(iom)).toBe('to-ask')
  expect(closed(give(asked, agree(iom)), 'confirm-travel', iom)).toEqual([])
})

test('the consent of a proxy for an adult does not end with a birthday', () => {
  const made = upTo('hold-place', filed(filedWith(proxy)))
  expect(closed(made, 'confirm-travel', iom)).toEqual([])
})

test('a person whose age is disputed leaves with what a child needs, though she is an adult by her papers', () => {
  const disputed = upTo(
    'hold-place',
    filed({ ...filingWith(everyone), identity: bornOn('2000-01-01', true) }),
  )
  expect(closed(disputed, 'confirm-travel', iom)).toEqual(['child-protected'])
  const [person] = stateOf(disputed).sections.filter(({ slot }) => slot === 'person')
  const settled = give(disputed, {
    name: 'amend',
    by: istanbul,
    body: { slot: 'person', identity: bornOn('2000-01-01', false), supersedes: person?.sec },
  })
  const named = after(settled, [[istanbul, 'confirm-identity']])
  expect(closed(named, 'confirm-travel', iom)).toEqual([])
})

test('the consent of a guardian under suspicion closes the gate until the child is asked or the authority acts', () => {
  const child = childSafe(seventeen('2010-01-01'))
  const safety = { ...sample.safety, guardianSuspected: true }
  const suspected = give(child, { name: 'amend', by: centre, body: { slot: 'safety', safety } })
  expect(closed(suspected, 'confirm-travel', iom)).toEqual(['basis-holds'])
  const asked = give(suspected, askAnew('guardian-suspected', centre))
  expect(stateOf(asked).basis.get(iom)).toBe('to-ask')
  expect(answerTo(asked, agree(iom, guardian))).toBe('guardian-suspected')
  expect(closed(give(asked, agree(iom, protecting)), 'confirm-travel', iom)).toEqual([])
})

test('a suspicion that the post cannot read closes the gate for a party that can', () => {
  const child = seventeen('2010-01-01')
  const assessed = give(child, {
    name: 'assess-child',
    by: iom,
    body: { protection: { travelsWith: 'suspected-adult', otherParentPermission: 'not-needed' } },
  })
  expect(answerTo(assessed, agree(otherCentre, guardian))).toBe('accepted')
  expect(closed(assessed, 'confirm-travel', iom)).toContain('basis-holds')
})

test('an evacuation does not wait for a basis to be renewed', () => {
  const waiting = give(upTo('hold-place', filed(filedWith(vital))), askAnew('can-answer'))
  expect(closed(waiting, 'confirm-travel', iom)).toEqual(['basis-holds'])
  expect(closed(give(waiting, { name: 'evacuate', by: istanbul }), 'confirm-travel', iom)).toEqual([])
})
