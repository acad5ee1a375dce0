import { describe, expect, test } from 'vitest'
import { guardianWords } from '../../../../functions/domain/access/guardian-word.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { type CommandName, commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import {
  type bodies,
  consent,
  everyone,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ngo,
  otherCentre,
  otherMission,
  sample,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  filed,
  type Given,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { leavesOf } from '../../../parts/schema-walk.ts'

const byGuardian: LegalBasis = { ...consent, by: 'guardian' }
const girl = {
  ...filingWith(everyone, { category: 'unaccompanied-child', ageBand: '12-15' }),
  identity: { ...sample.identity, birth: { on: '2012-01-01' } },
}
const suspect = (made: DomainReturn) =>
  give(made, {
    name: 'amend',
    by: istanbul,
    body: {
      slot: 'safety',
      supersedes: keptIn(made, 'safety')[0]?.section.sec,
      safety: { ...sample.safety, guardianSuspected: true },
    },
  })
const suspectByAssessment = (made: DomainReturn) =>
  give(made, {
    name: 'assess-child',
    by: iom,
    body: { protection: { travelsWith: 'suspected-adult', otherParentPermission: 'not-needed' } },
  })

/** Each command that a guardian's word comes with, and where in its body. */
const acts: [name: CommandName, where: string[], act: Given][] = [
  ['agree', ['case.basis'], { name: 'agree', by: iom, body: groundFor(otherCentre, byGuardian) }],
  [
    'withdraw',
    ['case.by'],
    { name: 'withdraw', by: iom, body: { case: { ...withdrawalOf(iom).case, by: 'guardian' } } },
  ],
  ['give-task', ['case.basis'], { name: 'give-task', by: iom, body: taskFor(ngo, 'accompany', byGuardian) }],
  [
    'hand-over-case',
    ['case.basis'],
    {
      name: 'hand-over-case',
      by: istanbul,
      body: { to: otherMission, ...groundFor(otherMission, byGuardian) },
    },
  ],
]

test('the table names every command whose body can say that a guardian speaks', () => {
  const carrying = commandNames.filter((name) =>
    leavesOf(bodyOf(name, commandShape(name).owners[0] ?? 'mission')).some(
      ({ path, values = [] }) => path.at(-1) === 'by' && values.includes('guardian'),
    ),
  )
  // A filing is looked at with what it says of safety itself; an amended request repeats what was said at filing.
  expect(carrying.toSorted()).toEqual(['file', 'amend', ...acts.map(([name]) => name)].toSorted())
})

describe.each(acts)('a guardian under suspicion', (name, where, act) => {
  test(`carries no ${name}, whoever reads of the suspicion`, () => {
    for (const made of [suspect(filed(girl)), suspectByAssessment(filed(girl))]) {
      if (act.by === istanbul && made.events.at(-1)?.type === 'child-assessed') continue
      const refusal = refusalOf(made, act)
      expect([refusal?.code, refusal?.detail.fields]).toEqual(['guardian-suspected', where])
    }
  })

  test(`carries ${name} while nobody suspects him, and not for a person who is of age`, () => {
    expect(answerTo(filed(girl), act)).toBe('accepted')
    const refusal = refusalOf(filed(), act)
    expect([refusal?.code, refusal?.detail.fields]).toEqual(['bad-input', guardianWords(act.body)])
  })
})

test('given a suspected guardian, when he withdraws for the child, then IOM goes on', () => {
  const made = suspect(upTo('hold-place', filed(girl)))
  given(made)
    .when({
      name: 'withdraw',
      by: istanbul,
      body: { case: { recipient: iom, by: 'guardian', on: '2026-12-01' } },
    })
    .thenRefused('guardian-suspected', ['case.by'])
  expect(stateOf(made).basis.get(iom)).toBe('consent')
  // Her own word counts.
  expect(answerTo(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(iom) })).toBe('accepted')
})

test('given a party that cannot know of a suspicion, when it carries the word of a guardian, then it is refused', () => {
  const made = filed(girl)
  const blind = { opened: [], unseen: ['safety'] as const }
  expect(
    answerTo(
      made,
      { name: 'withdraw', by: iom, body: { case: { recipient: iom, by: 'guardian', on: '2026-12-01' } } },
      { ...blind, unseen: ['safety'] },
    ),
  ).toBe('not-readable')
})

test('given a guardian whose consent speaks for a child, when he is suspected, then it speaks for nothing', () => {
  const spoken = filed({
    ...girl,
    case: {
      ...filingWith(
        everyone.map(([holder]) => [holder, holder === iom ? byGuardian : legalDuty] as const),
        { ...girl.case, agreement: { ...girl.case.agreement, toReturn: 'cannot-answer' } },
      ).case,
    },
  })
  const known = after(spoken, [[iom, 'acknowledge']])
  expect(closed(known, 'accept', iom)).toEqual([])
  expect(closed(suspect(known), 'accept', iom)).toEqual(['wants-to-return'])
})

test('given a suspected guardian, when the request is put right, then what was said at filing is no new word of his', () => {
  const filedByHim = filed({
    ...girl,
    case: filingWith(
      everyone.map(([holder, basis]) => [holder, holder === iom ? byGuardian : basis] as const),
      girl.case,
    ).case,
  })
  const made = suspect(filedByHim)
  const [request] = keptIn(made, 'request')
  const body = {
    slot: 'request',
    supersedes: request?.section.sec,
    case: { ...(request?.content as typeof bodies.file.case), place: 'Ankara' },
  }
  expect(answerTo(made, { name: 'amend', by: istanbul, body })).toBe('accepted')
  // With the request struck, nothing says that he had consented before.
  const struck = give(made, { name: 'strike', by: istanbul, body: { strikes: [request?.section.sec] } })
  const { supersedes: _, ...anew } = body
  expect(answerTo(struck, { name: 'amend', by: istanbul, body: anew })).toBe('guardian-suspected')
})
