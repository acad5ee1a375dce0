import { expect, test } from 'vitest'
import { membershipOf, readersOf } from '../../../../functions/domain/access/readers.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import { type PartyId, partyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consular,
  everyone,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ministry,
  ngo,
  otherMission,
  refused,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  type DomainReturn,
  decided,
  filed,
  give,
  inPhase,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { openItems } from '../../../parts/list-place.ts'

/** From the post in Istanbul to another. */
const offer = (to: PartyId = otherMission, by: PartyId = istanbul, basis: LegalBasis = legalDuty) =>
  ({ name: 'hand-over-case', by, body: { to, ...groundFor(to, basis) } }) as const
const accept = (by: PartyId = otherMission) => ({ name: 'accept-case', by }) as const
const move = (to: PartyId = otherMission) => ({ name: 'move-case', by: consular, body: { to } }) as const

const holds = ({ kept }: DomainReturn, holder: PartyId) => [
  ...new Set(kept.flatMap(({ section, readers }) => (readers.includes(holder) ? [section.cls] : []))),
]
const waits = (made: DomainReturn) => waitsFor(stateOf(made)).map(({ party }) => party)
const postReads = ['label', 'case', 'identity', 'contacts', 'safety', 'travel', 'decision']

const before = upTo('confirm-travel')
const offered = give(before, offer())
const handed = give(offered, accept())

test('an offer brings every wrap that the new post needs, and the old post stays responsible until it is accepted', () => {
  expect(decided(before, offer())).toMatchObject({ grants: { to: otherMission, log: true } })
  expect(offered.events.at(-1)?.data).toMatchObject({ to: otherMission, basis: 'other-basis' })
  expect(offered.events.at(-1)?.to).toEqual(expect.arrayContaining([istanbul, otherMission, consular, iom]))
  expect([...holds(offered, otherMission)].sort()).toEqual([...postReads].sort())
  expect(stateOf(offered).lacking).toEqual(new Map())
  expect(stateOf(offered).responsible).toBe(istanbul)
  expect(waits(offered)).toEqual([istanbul, otherMission])
  expect(commandsFor(stateOf(offered), istanbul)).toEqual(commandsFor(stateOf(before), istanbul))
  expect([...commandsFor(stateOf(offered), otherMission)].sort()).toEqual(
    ['accept-case', 'answer', 'ask', 'decline-task', 'note', 'report-task'].sort(),
  )
  expect(answerTo(offered, { name: 'depart', by: istanbul })).toBe('accepted')
  expect(answerTo(offered, { name: 'depart', by: otherMission })).toBe('not-yours')
})

test('the new post is responsible once it accepts, and the old post is removed with all that it reads', () => {
  const { destroys, to } = decided(offered, accept())
  expect(to).toEqual(expect.arrayContaining([istanbul, otherMission, consular, iom, centre, ministry]))
  const [taken] = destroys && 'wraps' in destroys ? destroys.wraps : []
  expect([taken?.holder, taken?.classes.includes('log')]).toEqual([istanbul, false])
  expect(stateOf(handed)).toMatchObject({
    responsible: otherMission,
    arranger: iom,
    phase: 'confirmed',
    tasks: [],
  })
  expect([...holds(handed, otherMission)].sort()).toEqual([...postReads].sort())
  expect(
    sectionClassNames.filter((cls) => readersOf(stateOf(handed), cls).includes(otherMission)).sort(),
  ).toEqual([...postReads].sort())
  expect(holds(handed, istanbul)).toEqual([])
  expect(membershipOf(stateOf(handed), istanbul)).toBe('ended')
  expect(answerTo(handed, { name: 'depart', by: istanbul })).toBe('basis-ended')
  expect(waits(handed)).toEqual([otherMission, istanbul])
})

test('the old post tells the new one what it did with the data that it held', () => {
  const answered = give(handed, {
    name: 'answer-withdrawal',
    by: istanbul,
    body: bodies['answer-withdrawal'],
  })
  expect(answered.events.at(-1)?.for).toBe(otherMission)
  expect(waits(answered)).toEqual([otherMission])
  expect(answerTo(handed, { name: 'answer-withdrawal', by: otherMission })).toBe('nothing-to-do')
})

test('the new post gives every command that the old one could, and the return goes on to its end', () => {
  const own = commandNames.filter((name) => commandsFor(stateOf(before), istanbul).includes(name))
  expect(commandsFor(stateOf(handed), otherMission)).toEqual(own)
  const ended = after(handed, [
    [otherMission, 'check-exit'],
    [iom, 'clear-to-leave'],
    [otherMission, 'depart'],
    [centre, 'arrive'],
    [centre, 'admit'],
    [otherMission, 'close'],
  ])
  expect(stateOf(ended)).toMatchObject({ phase: 'closed', outcome: 'admitted', alerts: [] })
  expect(ended.events.slice(handed.events.length).flatMap(({ to }) => to)).not.toContain(istanbul)
})

test('the new post plans the journey where the old one did', () => {
  const alone = filed(filingWith([[iom, refused]]))
  const made = give(give(alone, offer()), accept())
  expect(stateOf(made)).toMatchObject({ responsible: otherMission, arranger: otherMission })
  expect(answerTo(made, { name: 'acknowledge', by: otherMission })).toBe('accepted')
  expect(answerTo(handed, { name: 'clear-to-leave', by: otherMission })).toBe('not-yours')
})

test('a post that helped before is responsible, and is no helper any more', () => {
  const helping = give(before, {
    name: 'give-task',
    by: istanbul,
    body: taskFor(otherMission, 'help-in-transit'),
  })
  const made = give(give(helping, offer()), accept())
  expect(stateOf(made).tasks).toEqual([])
  expect([...holds(made, otherMission)].sort()).toEqual([...postReads].sort())
  // A task that somebody else has goes on under the new post.
  const withNgo = give(offered, { name: 'give-task', by: istanbul, body: taskFor(ngo, 'follow-up') })
  const task = withNgo.events.length - 1
  const passed = give(withNgo, accept())
  expect(stateOf(passed).tasks).toMatchObject([{ to: ngo, by: istanbul }])
  expect(answerTo(passed, { name: 'end-task', by: otherMission, body: { task } })).toBe('accepted')
})

test('an offer that is declined or taken back leaves everything as it was, and the post reads nothing', () => {
  const task = offered.events.length - 1
  for (const [name, by, body] of [
    ['decline-task', otherMission, { task, talk: { text: 'She never came here.' } }],
    ['end-task', istanbul, { task }],
  ] as const) {
    const back = give(offered, { name, by, body })
    expect(stateOf(back)).toMatchObject({ responsible: istanbul, arranger: iom, tasks: [] })
    expect([holds(back, otherMission), membershipOf(stateOf(back), otherMission)]).toEqual([[], 'ended'])
    expect(answerTo(back, accept())).toBe('basis-ended')
    if (name === 'decline-task') expect(keptIn(back, 'reason').at(-1)?.readers).toEqual([istanbul])
    const again = give(give(back, offer()), accept())
    expect(stateOf(again).responsible).toBe(otherMission)
  }
})

test.each<[what: string, DomainReturn, ReturnType<typeof offer>, code: string, field?: string]>([
  ['to itself', filed(), offer(istanbul), 'unknown-target', 'to'],
  ['to a post that there is not', filed(), offer(partyId.parse('mission:ZZZZ')), 'unknown-target', 'to'],
  ['to IOM', filed(), offer(iom), 'unknown-target', 'to'],
  ['on no ground', filed(), offer(otherMission, istanbul, refused), 'bad-input', 'case'],
  ['by IOM, unasked', filed(), offer(otherMission, iom), 'not-yours'],
  ['by the Centre', filed(), offer(otherMission, centre), 'not-yours'],
  ['twice', offered, offer(), 'nothing-to-do'],
])('a case is not handed over %s', (_what, made, given, code, field) => {
  const refusal = refusalOf(made, given)
  expect([refusal?.code, refusal?.detail.fields]).toEqual([code, field ? [field] : undefined])
})

test('nobody accepts what was not offered', () => {
  expect(answerTo(filed(), accept())).toBe('not-found')
  const helping = give(filed(), {
    name: 'give-task',
    by: istanbul,
    body: taskFor(otherMission, 'second-country'),
  })
  expect(answerTo(helping, accept())).toBe('not-yours')
  expect(answerTo(offered, accept(istanbul))).toBe('not-yours')
  for (const name of ['hand-over-case', 'give-task', 'withdraw', 'agree'] as const)
    expect([name, answerTo(offered, { name, by: otherMission })]).toEqual([name, 'not-yours'])
})

test('IOM can offer the case to the post that the consular department has named', () => {
  const ordered = give(filed(), move())
  expect(stateOf(ordered).moveTo).toMatchObject({ to: otherMission })
  expect(waits(ordered)).toEqual([iom, istanbul])
  expect(answerTo(ordered, offer(otherMission, iom))).toBe('accepted')
  expect(answerTo(ordered, offer(otherMission, istanbul))).toBe('accepted')
  expect(answerTo(ordered, offer(otherMission, centre))).toBe('not-yours')

  const byIom = give(ordered, offer(otherMission, iom))
  expect([...holds(byIom, otherMission)].sort()).toEqual(
    postReads.filter((cls) => ['label', 'case', 'identity', 'contacts', 'safety'].includes(cls)).sort(),
  )
  // The return waits for the post that the case is offered to, and not any more for the one that had to offer it.
  expect(openItems(stateOf(byIom))).toEqual([
    ['acknowledge', iom],
    ['confirm-identity', istanbul],
    ['task', otherMission],
  ])
  const made = give(byIom, accept())
  expect(stateOf(made)).toMatchObject({ responsible: otherMission })
  expect(stateOf(made)).not.toHaveProperty('moveTo')
})

test('an order of the consular department is for one post: only the responsible post offers the case to another', () => {
  const ordered = give(offered, move(partyId.parse('mission:Y6SB')))
  expect(stateOf(ordered).moveTo?.to).toBe(otherMission)
  for (const [to, field] of [
    [istanbul, 'to'],
    [iom, 'to'],
    [partyId.parse('mission:ZZZZ'), 'to'],
  ] as const) {
    const refusal = refusalOf(filed(), move(to))
    expect([to, refusal?.code, refusal?.detail.fields]).toEqual([to, 'unknown-target', [field]])
  }
})

test('only the consular department orders a move, and it opens nothing', () => {
  const { needs, uses, seals, to } = decided(filed(), move())
  expect([needs, uses, seals]).toEqual([[], [], []])
  expect(to).toEqual(expect.arrayContaining([istanbul, iom, centre, ministry]))
  for (const by of [istanbul, iom, centre, ministry])
    expect(answerTo(filed(), { ...move(), by })).toBe('not-yours')
  for (const cls of sectionClassNames) expect(readersOf(stateOf(handed), cls)).not.toContain(consular)
  const owned = commandNames.filter((name) =>
    (commandShape(name).owners as readonly string[]).includes('consular'),
  )
  for (const name of owned) expect(commandShape(name).needs ?? []).toEqual([])
})

test.each(['filed', 'sent-back', 'accepted', 'travelling', 'arrived', 'received', 'cancelled'] as const)(
  'a case is handed over while it is %s, which it stays',
  (phase) => {
    const made = give(give(inPhase[phase](), offer()), accept())
    expect(stateOf(made)).toMatchObject({ phase, responsible: otherMission })
    expect(holds(made, istanbul)).toEqual([])
  },
)

test('a case can be handed back to the post that it came from', () => {
  const back = give(give(handed, offer(istanbul, otherMission)), accept(istanbul))
  expect(stateOf(back).responsible).toBe(istanbul)
  expect([...holds(back, istanbul)].sort()).toEqual([...postReads].sort())
  expect(membershipOf(stateOf(back), otherMission)).toBe('ended')
  expect(waits(back)).toEqual([istanbul, otherMission])
})

test('a case is not accepted before the new post has all wraps, because those of the old post are destroyed', () => {
  let made = filed(filingWith(everyone.filter(([holder]) => holder === 'figures')))
  for (let fact = 0; fact < 40; fact++) made = give(made, { name: 'depart', by: istanbul })
  const half = give(made, offer())
  const refusal = refusalOf(half, accept())
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['not-readable', ['travel', 'case']])
  expect(waits(half)).toEqual([istanbul, otherMission])
  const whole = give(half, { name: 'share', by: istanbul, body: { recipient: otherMission } })
  const after = give(whole, accept())
  expect(stateOf(after).locked).toEqual(new Map())
  expect(keptIn(after, 'departure').every(({ readers }) => readers.includes(otherMission))).toBe(true)
})
