import { expect, test } from 'vitest'
import { sectionsToGrant } from '../../../../functions/domain/access/grants.ts'
import { addressed, readersOf } from '../../../../functions/domain/access/readers.ts'
import { openWork, waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import { type HolderId, type PartyId, partyId } from '../../../../schemas/values/parties.ts'
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
  ngo,
  otherCentre,
  otherMission,
  type Person,
  partner,
  refused,
  sample,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  type DomainReturn,
  decided,
  filed,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { openItems } from '../../../parts/list-place.ts'

const agree = (recipient: HolderId, basis: LegalBasis = consent, by: PartyId = istanbul) =>
  ({ name: 'agree', by, body: groundFor(recipient, basis) }) as const
const share = (recipient: HolderId, by: PartyId) => ({ name: 'share', by, body: { recipient } }) as const

/** Filed without a recipient, and gone as far as it goes without it. */
const without = (left: HolderId) =>
  filed(filingWith(everyone.map(([holder, basis]) => [holder, holder === left ? refused : basis])))
const holds = ({ kept }: DomainReturn, holder: HolderId) =>
  kept.flatMap(({ section, readers }) => (readers.includes(holder) ? [section.sec] : []))
const lacks = (made: DomainReturn, holder: HolderId) => stateOf(made).lacking.get(holder)?.sections ?? []

test.each([
  [otherCentre, filed()],
  [centre, without(centre)],
  [iom, without(iom)],
  [ministry, without(ministry)],
  ['figures', without('figures')],
] as const)(
  '%s gets wraps of what the author reads and it may read, and lacks the rest',
  (recipient, made) => {
    const authors = [istanbul, iom, centre].filter((by) => addressed(stateOf(made)).includes(by))
    for (const by of authors) {
      const { grants, to } = decided(made, agree(recipient, consent, by))
      const later = give(made, agree(recipient, consent, by))
      const may = stateOf(later).sections.filter(({ cls }) =>
        readersOf(stateOf(later), cls).includes(recipient),
      )
      // The basis itself is sealed for the recipient, as every new section is.
      const old = may.filter(({ slot }) => slot !== 'basis').map(({ sec }) => sec)
      expect(grants?.sections.map(({ sec }) => sec)).toEqual(old)
      const own = old.filter((sec) => holds(made, by).includes(sec))
      expect(later.events.at(-1)?.data).toEqual({ recipient, basis: 'consent', grants: own })
      expect(lacks(later, recipient)).toEqual(old.filter((sec) => !own.includes(sec)))
      expect(holds(later, recipient)).toHaveLength(own.length + 1)
      if (recipient !== 'figures') expect(to).toContain(recipient)
      expect(grants?.log).toBe(recipient !== 'figures')
    }
  },
)

test('agreeing grants nobody talk, notes, or sections of a class that the recipient does not read', () => {
  const talked = after(without(ministry), [[iom, 'ask']])
  const noted = give(talked, { name: 'note', by: istanbul })
  const grants = decided(noted, agree(ministry)).grants?.sections.map(({ cls }) => cls)
  expect(grants).toEqual(['case'])
})

test('the return waits for the party that reads the rest, which shares it once', () => {
  const agreed = give(filed(), agree(otherCentre))
  const lacked = lacks(agreed, otherCentre)
  expect(lacked.length).toBeGreaterThan(0)
  const waits = (made: DomainReturn) => waitsFor(stateOf(made)).map(({ party, since }) => [party, since])
  expect(waits(agreed)[0]?.[0]).toBe(iom)
  // The post has given all that it had; IOM has its own move, so here it is the Centre's turn.
  for (const by of [istanbul, ministry]) expect(answerTo(agreed, share(otherCentre, by))).toBe('not-readable')
  for (const by of [iom, centre]) {
    const shared = give(agreed, share(otherCentre, by))
    expect(shared.events.at(-1)?.data).toEqual({ recipient: otherCentre, grants: lacked })
    expect(stateOf(shared).lacking).toEqual(new Map())
    expect(answerTo(shared, share(otherCentre, by))).toBe('nothing-to-do')
    for (const slot of ['identification', 'needs'])
      expect(keptIn(shared, slot)[0]?.readers).toContain(otherCentre)
  }
  expect(answerTo(agreed, share(partner, iom))).toBe('nothing-to-do')
  expect(answerTo(agreed, share(otherCentre, otherCentre))).toBe('not-readable')
})

test('a return waits for the party that can share, since the sections are lacking, and for the party that does the next step', () => {
  const agreed = give(upTo('confirm-travel'), agree(otherCentre))
  const at = agreed.events.at(-1)?.at
  expect(openItems(stateOf(agreed))).toEqual([
    ['check-document', istanbul],
    ['depart', istanbul],
    ['share', iom],
  ])
  // Later events make it no younger.
  const later = after(agreed, [[istanbul, 'take']])
  for (const made of [agreed, later])
    expect(openWork(stateOf(made))).toContainEqual({ what: 'share', party: iom, since: at })
})

test('a new recipient reads later sections, and does not lack a section that was replaced', () => {
  const agreed = give(filed(), agree(otherCentre))
  const [needs] = keptIn(agreed, 'needs')
  const body = { slot: 'needs', care: sample.care, supersedes: needs?.section.sec }
  const amended = give(agreed, { name: 'amend', by: iom, body })
  expect(keptIn(amended, 'needs')[0]?.readers).toContain(otherCentre)
  expect(lacks(amended, otherCentre)).toHaveLength(lacks(agreed, otherCentre).length - 1)
})

test('a recipient that is removed before it got all wraps lacks nothing and gets nothing', () => {
  const agreed = give(filed(), agree(otherCentre))
  const gone = give(agreed, { name: 'withdraw', by: istanbul, body: withdrawalOf(otherCentre) })
  expect(stateOf(gone).lacking).toEqual(new Map())
  expect(answerTo(gone, share(otherCentre, iom))).toBe('nothing-to-do')
})

const guardian: LegalBasis = { ...consent, by: 'guardian' }
const suspect = { safety: { ...sample.safety, guardianSuspected: true } }
const aged = (on: string): Person => ({ ...sample.identity, birth: { on } })
const child = filed({
  ...filingWith(everyone, { ageBand: '12-15', category: 'unaccompanied-child' }),
  identity: aged('2012-03-01'),
})
const ofSuspect = give(child, { name: 'amend', by: iom, body: { slot: 'safety', ...suspect } })
const withSuspect = give(child, {
  name: 'assess-child',
  by: iom,
  body: { protection: { travelsWith: 'suspected-adult', otherParentPermission: 'not-needed' } },
})

test.each<[what: string, DomainReturn, ReturnType<typeof agree>, code: string, field?: string]>([
  ['a guardian for a child', child, agree(otherCentre, guardian), 'accepted'],
  ['a guardian under suspicion', ofSuspect, agree(otherCentre, guardian), 'guardian-suspected', 'case.basis'],
  ['her own word, whoever is suspected', ofSuspect, agree(otherCentre), 'accepted'],
  ['a duty, whoever is suspected', ofSuspect, agree(otherCentre, legalDuty), 'accepted'],
  [
    'a suspect whom IOM alone knows, told to IOM',
    withSuspect,
    agree(otherCentre, guardian, iom),
    'guardian-suspected',
    'case.basis',
  ],
  ['a guardian for an adult', filed(), agree(otherCentre, guardian), 'bad-input', 'case.basis.by'],
  ['a proxy for an adult', filed(), agree(otherCentre, { ...consent, by: 'proxy' }), 'accepted'],
  ['no ground at all', filed(), agree(otherCentre, refused), 'bad-input', 'case.basis'],
  [
    'a Centre that there is not',
    filed(),
    agree(partyId.parse('centre:ZZZZ')),
    'unknown-target',
    'case.recipient',
  ],
  ['a partner, who comes by a task', filed(), agree(partner), 'unknown-target', 'case.recipient'],
  ['a post, which comes by a task', filed(), agree(otherMission), 'unknown-target', 'case.recipient'],
  ['the consular department', filed(), agree(consular), 'unknown-target', 'case.recipient'],
  ['the post that answers for her', filed(), agree(istanbul), 'unknown-target', 'case.recipient'],
])('agreeing with %s is refused or accepted as the rule says', (_what, made, given, code, field) => {
  const refusal = refusalOf(made, given)
  expect([refusal?.code ?? 'accepted', refusal?.detail.fields]).toEqual([code, field ? [field] : undefined])
})

test.each([
  [ngo, 'follow-up'],
  [otherMission, 'cover-for-post'],
] as const)('a helper gives no recipient a basis and shares nothing: %s', (guest, task) => {
  const helped = give(filed(), { name: 'give-task', by: istanbul, body: taskFor(guest, task) })
  const lacking = give(helped, agree(otherCentre))
  expect(answerTo(helped, agree(otherCentre, consent, guest))).toBe('not-yours')
  expect(answerTo(lacking, share(otherCentre, guest))).toBe('not-yours')
})

test('a basis that changes grants nothing new, and its event is for everyone on the return', () => {
  const changed = give(filed(), agree(centre, legalDuty))
  expect(changed.events.at(-1)?.data).toEqual({ recipient: centre, basis: 'other-basis', grants: [] })
  expect(stateOf(changed).lacking).toEqual(new Map())
  expect(keptIn(changed, 'basis')[0]?.content).toEqual(groundFor(centre, legalDuty).case)
})

test('IOM does not become the arranger by itself when it comes back', () => {
  const gone = give(upTo('accept'), { name: 'withdraw', by: istanbul, body: withdrawalOf(iom) })
  expect(stateOf(give(gone, agree(iom))).arranger).toBe(istanbul)
})

test('one event grants sixty sections, and the rest is lacking until it is shared', () => {
  let made = filed()
  for (let fact = 0; fact < 40; fact++) made = give(made, { name: 'depart', by: istanbul })
  const wanted = decided(made, agree(otherCentre)).grants?.sections ?? []
  expect(wanted).toHaveLength(60)
  const agreed = give(made, agree(otherCentre))
  const shared = give(agreed, share(otherCentre, iom))
  expect(lacks(agreed, otherCentre).length).toBeGreaterThan(20)
  expect(stateOf(shared).lacking).toEqual(new Map())
  expect(sectionsToGrant(stateOf(shared), stateOf(shared), otherCentre)).toEqual([])
})
