import { describe, expect, test } from 'vitest'
import { membershipOf, readersOf } from '../../../../functions/domain/access/readers.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { canTake, type TaskName, taskNames, taskShape, tasks } from '../../../../schemas/procedure/tasks.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import { type PartnerKind, type PartyId, partnerKinds, partyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ministry,
  ngo,
  otherMission,
  partner,
  partnerOf,
  police,
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
  type Given,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { openItems } from '../../../parts/list-place.ts'

const giving = (to: PartyId, task: TaskName, by: PartyId = istanbul, basis: LegalBasis = consent) =>
  ({ name: 'give-task', by, body: taskFor(to, task, basis) }) as const
const withTask = (made: DomainReturn, to: PartyId, task: TaskName, by: PartyId = istanbul) =>
  give(made, giving(to, task, by))
const holds = ({ kept }: DomainReturn, holder: PartyId) => [
  ...new Set(kept.flatMap(({ section, readers }) => (readers.includes(holder) ? [section.cls] : []))),
]
const reads = (made: DomainReturn, holder: PartyId) =>
  sectionClassNames.filter((cls) => readersOf(stateOf(made), cls).includes(holder))
/** A task that a party of its kind can be given: the first of the table. */
const takerOf = (task: TaskName): PartyId => {
  const [kind] = taskShape(task).to
  return kind === undefined || kind === 'mission' ? otherMission : partnerOf[kind]
}
const givenTasks = taskNames.filter((task) => task !== 'take-over')

const pairs = taskNames.flatMap((task) =>
  [...partnerKinds, 'mission' as const].map((kind) => [task, kind] as const),
)

test.each(pairs)('%s can be given to a %s as the table says', (task, kind) => {
  const to = kind === 'mission' ? otherMission : partnerOf[kind]
  const refusal = refusalOf(filed(), giving(to, task))
  const can = canTake(task, kind) && task !== 'take-over'
  expect([refusal?.code, refusal?.detail.fields]).toEqual(
    can ? [undefined, undefined] : ['unknown-target', ['task']],
  )
})

test.each<[TaskName, PartnerKind[]]>([
  ['assess-family', ['guardianship-authority', 'community-social-worker', 'district-specialist', 'ngo']],
  ['place-child', ['guardianship-authority', 'community-social-worker', 'ngo']],
  ['monitor-child', ['guardianship-authority', 'ngo']],
  ['plan-support', ['multidisciplinary-team', 'district-specialist', 'ngo']],
  ['confirm-citizenship', ['civil-registry', 'police']],
  ['prosecute', ['prosecutor']],
])(
  '%s: in Transnistria an organisation does the tasks of the specialist and the authority, and of nobody else',
  (task, kinds) => {
    expect(partnerKinds.filter((kind) => canTake(task, kind)).sort()).toEqual([...kinds].sort())
  },
)

describe.each(givenTasks)('%s', (task) => {
  const to = takerOf(task)
  const before = upTo('check-exit')
  const made = withTask(before, to, task)
  const seq = made.events.length - 1

  test('the party reads the classes of the task and no others, by a wrap or a pending share', () => {
    const classes: readonly string[] = taskShape(task).classes
    expect(reads(made, to)).toEqual(sectionClassNames.filter((cls) => classes.includes(cls)))
    const state = stateOf(made)
    const lacking = state.lacking.get(to)?.sections ?? []
    for (const { sec, cls, slot } of state.sections) {
      const own = slot === 'basis' && classes.includes('case')
      const has = made.kept.find(({ section }) => section.sec === sec)?.readers.includes(to)
      expect([slot, has || lacking.includes(sec)]).toEqual([slot, own || classes.includes(cls)])
    }
  })

  test('the party gets the events about what it reads and what is for it', () => {
    expect(before.events.some((event) => event.to.includes(to))).toBe(false)
    expect(decided(before, giving(to, task))).toMatchObject({ for: to, grants: { to, log: true } })
    expect(made.events.at(-1)?.to).toContain(to)
    const classes: readonly string[] = taskShape(task).classes
    const getsEventOf = (name: CommandName, by: PartyId, body = bodies[name]) =>
      decided(made, { name, by, body }).to.includes(to)
    expect(getsEventOf('fund', iom)).toBe(classes.includes('decision'))
    expect(getsEventOf('record-wish', istanbul)).toBe(classes.includes('case'))
    expect(getsEventOf('change-travel', iom)).toBe(['case', 'travel'].some((cls) => classes.includes(cls)))
    expect(getsEventOf('assess-child', iom)).toBe(classes.includes('protection'))
    expect(getsEventOf('ask', iom, { for: to, talk: { text: 'When?' } })).toBe(true)
    expect(getsEventOf('ask', iom)).toBe(false)
    expect(getsEventOf('take', iom)).toBe(false)
    expect(getsEventOf('cancel', iom)).toBe(true)
  })

  const body = { task: seq, [tasks[task].report]: bodies['report-task'].protection }
  const ends: [CommandName, PartyId, Record<string, unknown>][] = [
    ['report-task', to, body],
    ['decline-task', to, { task: seq, talk: { text: 'Nobody is free.' } }],
    ['end-task', istanbul, { task: seq }],
  ]

  test.each(ends)('%s takes all that the party read, and its log key', (name, by, sent) => {
    const { destroys, to: addressees, seals } = decided(made, { name, by, body: sent })
    expect(addressees).toContain(to)
    expect(seals.flatMap(({ readers }) => readers)).not.toContain(to)
    const [taken] = destroys && 'wraps' in destroys ? destroys.wraps : []
    expect([taken?.holder, taken?.classes.includes('log')]).toEqual([to, true])
    const over = give(made, { name, by, body: sent })
    expect([holds(over, to), reads(over, to), membershipOf(stateOf(over), to)]).toEqual([[], [], 'ended'])
    expect(stateOf(over).tasks).toEqual([])
    for (const again of ends)
      expect(answerTo(over, { name: again[0], by: again[1], body: again[2] })).toBe(
        again[1] === to ? 'basis-ended' : 'unknown-target',
      )
  })

  test("the party's report is one section, for the readers of that class", () => {
    const reported = give(made, { name: 'report-task', by: to, body })
    const [report] = keptIn(reported, 'report')
    expect(report?.section.cls).toBe(tasks[task].report)
    expect(report?.readers).toEqual(readersOf(stateOf(reported), tasks[task].report))
    for (const wrong of [
      { task: seq },
      {
        ...body,
        ...(tasks[task].report === 'care' ? { travel: body.care } : { care: body[tasks[task].report] }),
      },
    ]) {
      const refusal = refusalOf(made, { name: 'report-task', by: to, body: wrong })
      expect([refusal?.code, refusal?.detail.fields]).toEqual(['bad-input', [tasks[task].report]])
    }
  })
})

test('a party with two tasks reads what either needs, and after the first ends what the other needs, with its log key', () => {
  const first = withTask(upTo('check-exit'), ngo, 'follow-up')
  const both = withTask(first, ngo, 'accompany')
  const [a, b] = [first.events.length - 1, both.events.length - 1]
  expect(decided(first, giving(ngo, 'accompany')).grants?.log).toBe(false)
  expect(reads(both, ngo)).toEqual(['case', 'identity', 'contacts', 'safety', 'travel', 'care'])
  for (const [task, left, gone] of [
    [a, tasks.accompany.classes, 'case'],
    [b, tasks['follow-up'].classes, 'travel'],
  ] as const) {
    const { destroys } = decided(both, { name: 'end-task', by: istanbul, body: { task } })
    const [taken] = destroys && 'wraps' in destroys ? destroys.wraps : []
    expect([taken?.classes.includes('log'), taken?.classes.includes(gone)]).toEqual([false, true])
    const ended = give(both, { name: 'end-task', by: istanbul, body: { task } })
    expect([...reads(ended, ngo)].sort()).toEqual([...left].sort())
    expect(holds(ended, ngo)).not.toContain(gone)
    expect(membershipOf(stateOf(ended), ngo)).toBe('on')
  }
})

test.each<[what: string, Given, code: string, field?: string]>([
  ['no ground', giving(ngo, 'follow-up', istanbul, refused), 'bad-input', 'case'],
  [
    'a ground for somebody else',
    { ...giving(ngo, 'follow-up'), body: { ...taskFor(ngo, 'follow-up'), ...groundFor(police) } },
    'bad-input',
    'case',
  ],
  [
    'a partner that there is not',
    giving(partyId.parse('partner:ZZZZ'), 'follow-up'),
    'unknown-target',
    'partner',
  ],
  ['IOM, which comes by an agreement', giving(iom, 'arrange'), 'unknown-target', 'partner'],
  ['the post that answers for her', giving(istanbul, 'help-in-transit', iom), 'unknown-target', 'partner'],
  ['the post itself', giving(istanbul, 'help-in-transit'), 'unknown-target', 'partner'],
])('a task is refused with %s', (_what, command, code, field) => {
  const refusal = refusalOf(filed(), command)
  expect([refusal?.code, refusal?.detail.fields]).toEqual([code, field ? [field] : undefined])
})

test('the same task is given once to one party, and can be given to two', () => {
  const made = withTask(filed(), police, 'confirm-citizenship')
  expect(answerTo(made, giving(police, 'confirm-citizenship'))).toBe('nothing-to-do')
  expect(answerTo(made, giving(partnerOf['civil-registry'], 'confirm-citizenship'))).toBe('accepted')
  const task = made.events.length - 1
  const again = give(made, { name: 'end-task', by: istanbul, body: { task } })
  expect(decided(again, giving(police, 'confirm-citizenship')).grants?.log).toBe(true)
})

test('the ministry gives a task and wraps what it reads, and the return waits for a party that reads the rest', () => {
  const made = filed()
  const asked = withTask(made, partner, 'assess-family', ministry)
  const [request] = keptIn(made, 'request').map(({ section }) => section.sec)
  expect(asked.events.at(-1)?.data).toMatchObject({ grants: [request], basis: 'consent' })
  expect(stateOf(asked).lacking.get(partner)?.sections).toHaveLength(3)
  expect(openItems(stateOf(asked))).toContainEqual(['share', istanbul])
  const shared = give(asked, { name: 'share', by: istanbul, body: { recipient: partner } })
  expect([...holds(shared, partner)].sort()).toEqual(['case', 'contacts', 'identity', 'safety'])
})

test('the consent of a suspected guardian is no basis for a task, where the author can see the suspicion', () => {
  const suspect = { ...sample.safety, guardianSuspected: true }
  const made = give(filed(), { name: 'amend', by: iom, body: { slot: 'safety', safety: suspect } })
  const guardian: LegalBasis = { ...consent, by: 'guardian' }
  for (const by of [istanbul, iom, centre])
    expect(answerTo(made, giving(partner, 'assess-family', by, guardian))).toBe('guardian-suspected')
  expect(answerTo(made, giving(partner, 'assess-family', istanbul, legalDuty))).toBe('accepted')
})

test('a task can come with a question, which only the two parties read', () => {
  const body = { ...taskFor(ngo, 'follow-up'), talk: { text: 'Can you take her in?' } }
  const made = give(filed(), { name: 'give-task', by: centre, body })
  expect(keptIn(made, 'question')[0]?.readers).toEqual([centre, ngo])
  const over = give(made, { name: 'end-task', by: centre, body: { task: made.events.length - 1 } })
  expect(keptIn(over, 'question')[0]?.readers).toEqual([centre])
})

test('the party that gave a task reads why it is declined; the post does, once that party was removed', () => {
  const consented = filed(filingWith(everyone.map(([holder]) => [holder, consent])))
  const made = withTask(consented, ngo, 'follow-up', centre)
  const decline = { name: 'decline-task', by: ngo, body: { task: 1, talk: { text: 'No room.' } } } as const
  expect(keptIn(give(made, decline), 'reason')[0]?.readers).toEqual([centre])
  const alone = give(made, { name: 'withdraw', by: iom, body: withdrawalOf(centre) })
  expect(keptIn(give(alone, decline), 'reason')[0]?.readers).toEqual([istanbul])
})

test('only the party that gave a task and the responsible post end it', () => {
  const made = withTask(filed(), ngo, 'follow-up', centre)
  const end = (by: PartyId) => answerTo(made, { name: 'end-task', by, body: { task: 1 } })
  for (const by of [centre, istanbul]) expect(end(by)).toBe('accepted')
  for (const by of [iom, ministry]) expect(end(by)).toBe('unknown-target')
  expect(answerTo(made, { name: 'report-task', by: ngo, body: { ...bodies['report-task'], task: 2 } })).toBe(
    'unknown-target',
  )
})

test('a return waits for each task until it is over, also when it is closed', () => {
  const made = withTask(upTo('admit'), ngo, 'follow-up', centre)
  const task = made.events.length - 1
  const closed = after(made, [[centre, 'close']])
  expect(openItems(stateOf(closed))).toEqual([['task', ngo]])
  expect(closed.events.at(-1)?.to).toContain(ngo)
  const body = { task, care: bodies['report-task'].protection }
  const over = give(closed, { name: 'report-task', by: ngo, body })
  expect(openItems(stateOf(over))).toEqual([])
})

test('a withdrawal ends all tasks of a partner', () => {
  const made = withTask(withTask(filed(), ngo, 'follow-up'), ngo, 'accompany')
  const gone = give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(ngo) })
  expect([stateOf(gone).tasks, holds(gone, ngo)]).toEqual([[], []])
  expect(answerTo(gone, { name: 'answer-withdrawal', by: ngo })).toBe('accepted')
  // Told of her again before it has answered, it still holds the log key; and it answers after the task.
  const back = withTask(gone, ngo, 'follow-up')
  expect(decided(gone, giving(ngo, 'follow-up')).grants?.log).toBe(false)
  const over = give(back, { name: 'end-task', by: istanbul, body: { task: back.events.length - 1 } })
  expect(answerTo(over, { name: 'answer-withdrawal', by: ngo })).toBe('accepted')
})

test('given a filing, when its mission gives a task that a partner cannot take, then it is refused', () => {
  const giveTo = (to: typeof ngo, task: 'place-child' | 'take-over') =>
    ({
      name: 'give-task',
      by: istanbul,
      body: { partner: to, task, case: { recipient: to, basis: consent } },
    }) as const
  given(filed()).when(giveTo(ngo, 'take-over')).thenRefused('unknown-target', ['task'])
  given(filed()).when(giveTo(iom, 'place-child')).thenRefused('unknown-target', ['partner'])
  given(filed(), giveTo(partner, 'place-child'))
    .when(giveTo(partner, 'place-child'))
    .thenRefused('nothing-to-do')
})
