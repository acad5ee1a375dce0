import { expect, test } from 'vitest'
import { membershipOf, readersOf } from '../../../../functions/domain/access/readers.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import type { TaskName } from '../../../../schemas/procedure/tasks.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import type { HolderId, PartyId } from '../../../../schemas/values/parties.ts'
import {
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
  police,
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
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

const withdraw = (recipient: HolderId) =>
  ({ name: 'withdraw', by: istanbul, body: withdrawalOf(recipient) }) as const
const consented = filed(filingWith(everyone.map(([holder]) => [holder, consent])))
const withTask = (made: DomainReturn, to: PartyId, task: TaskName) =>
  give(made, { name: 'give-task', by: istanbul, body: taskFor(to, task) })
const reads = (made: DomainReturn, holder: HolderId) =>
  sectionClassNames.filter((cls) => readersOf(stateOf(made), cls).includes(holder))
const holds = ({ kept }: DomainReturn, holder: HolderId) => [
  ...new Set(kept.flatMap(({ section, readers }) => (readers.includes(holder) ? [section.cls] : []))),
]

const facts: CommandName[] = [
  'depart',
  'did-not-come',
  'contact-lost',
  'in-hospital',
  'report-way',
  'end-otherwise',
]
const underway = upTo('depart', consented)
/** Who is with her on the way, and how it came to be. */
const companions: [who: string, PartyId, DomainReturn][] = [
  ['IOM, which arranges the journey', iom, underway],
  ['an organisation that accompanies her', ngo, withTask(underway, ngo, 'accompany')],
  ['the police who drive her', police, withTask(underway, police, 'police-transport')],
  ['a post on the way', otherMission, withTask(underway, otherMission, 'help-in-transit')],
]

test.each(companions)('%s goes on reading safety and travel, and nothing else', (_who, party, made) => {
  expect(reads(made, party).length).toBeGreaterThan(2)
  expect(decided(made, withdraw(party)).data).toEqual({
    recipient: party,
    accessRemoved: true,
    stillReads: ['safety', 'travel'],
  })
  const gone = give(made, withdraw(party))
  expect(stateOf(gone).basis.get(party)).toBe('accompanying')
  expect(reads(gone, party)).toEqual(['safety', 'travel'])
  expect(holds(gone, party).sort()).toEqual(['safety', 'travel'])
  expect(keptIn(gone, 'withdrawal')[0]?.readers).not.toContain(party)
  // It is asked what it did with all of it once it holds nothing any more.
  expect(answerTo(gone, { name: 'answer-withdrawal', by: party })).toBe('nothing-to-do')
  expect(answerTo(gone, withdraw(party))).toBe('nothing-to-do')
})

test.each(companions)('%s reads a changed journey, and gets its event', (_who, party, made) => {
  const gone = give(made, withdraw(party))
  const changed = give(gone, { name: 'change-travel', by: stateOf(gone).arranger })
  expect(changed.events.at(-1)?.to).toContain(party)
  expect(keptIn(changed, 'itinerary')[0]?.readers).toContain(party)
  expect(keptIn(changed, 'journey')[0]?.readers).not.toContain(party)
})

test.each<[CommandName, PartyId, notifiedParties: boolean]>([
  ['contact-lost', istanbul, true],
  ['in-hospital', istanbul, true],
  ['take', istanbul, false],
  ['assess-child', centre, false],
  ['hold-place', centre, false],
  ['note', ministry, false],
])('a recipient that accompanies the person gets the event of %s by %s: %j', (name, by, isAddressed) => {
  const gone = give(underway, withdraw(iom))
  expect(decided(gone, { name, by }).to.includes(iom)).toBe(isAddressed)
})

test.each<[PartyId, DomainReturn, CommandName[]]>([
  [iom, underway, [...facts, 'arrive', 'hand-over', 'refer-home', 'admit', 'record-choice']],
  [ngo, withTask(underway, ngo, 'accompany'), [...facts, 'arrive', 'hand-over', 'record-choice']],
  [otherMission, withTask(underway, otherMission, 'help-in-transit'), facts],
])('%s still states facts, and asks and answers', (party, made, facts) => {
  const gone = give(made, withdraw(party))
  const arranged = party === iom ? ['change-travel', 'answer-call'] : []
  expect([...commandsFor(stateOf(gone), party)].sort()).toEqual(
    [...facts, 'ask', 'answer', ...arranged].sort(),
  )
  for (const name of facts) expect([name, answerTo(gone, { name, by: party })]).toEqual([name, 'accepted'])
  for (const name of ['give-task', 'assess-risk', 'amend', 'cancel', 'close', 'withdraw', 'agree'] as const)
    expect([name, answerTo(gone, { name, by: party })]).toEqual([name, 'not-yours'])
})

test('an accompanying arranger changes the journey, and so does the post, which is the arranger now', () => {
  const gone = give(underway, withdraw(iom))
  expect(stateOf(gone).arranger).toBe(istanbul)
  for (const by of [iom, istanbul]) expect(answerTo(gone, { name: 'change-travel', by })).toBe('accepted')
  const driven = give(withTask(underway, police, 'police-transport'), withdraw(police))
  expect(answerTo(driven, { name: 'change-travel', by: police })).toBe('not-yours')
  const choice = { name: 'choose-arranger', by: istanbul, body: { arranger: iom } } as const
  expect(answerTo(gone, choice)).toBe('unknown-target')
})

/** What ends the journey: arrival, or that she is received at once; and that it is called off. */
const ends: [CommandName, PartyId][] = [
  ['arrive', centre],
  ['admit', centre],
  ['refer-home', centre],
  ['cancel', istanbul],
]

test.each(companions)('%s is removed for good when the journey has ended', (_who, party, made) => {
  const gone = give(made, withdraw(party))
  for (const [name, by] of ends) {
    const decision = decided(gone, { name, by })
    expect([name, decision.to.includes(party)]).toEqual([name, true])
    const [taken] = decision.destroys && 'wraps' in decision.destroys ? decision.destroys.wraps : []
    expect([taken?.holder, taken?.classes.includes('log')]).toEqual([party, false])
    expect(decision.seals.flatMap(({ readers }) => readers)).not.toContain(party)
    const ended = give(gone, { name, by })
    expect(holds(ended, party)).toEqual([])
    expect(stateOf(ended).basis.get(party)).toBe('withdrawn')
    expect(stateOf(ended).tasks).toEqual([])
    expect(membershipOf(stateOf(ended), party)).toBe('ended')
    expect(waitsFor(stateOf(ended)).map((wait) => wait.party)).toContain(party)
  }
})

test('the arrival is the last fact that an accompanying recipient states', () => {
  const arrived = give(give(underway, withdraw(iom)), { name: 'arrive', by: iom })
  expect(arrived.events.at(-1)?.to).toContain(iom)
  expect(answerTo(arrived, { name: 'hand-over', by: iom })).toBe('basis-ended')
  expect(answerTo(arrived, { name: 'answer-withdrawal', by: iom })).toBe('accepted')
})

test('an arrival is accepted where nobody reads its care, and that section is not kept', () => {
  const alone = after(filed(filingWith([[iom, consent]])), [[istanbul, 'depart']])
  const arrived = give(give(alone, withdraw(iom)), { name: 'arrive', by: iom })
  expect(stateOf(arrived).phase).toBe('arrived')
  expect(arrived.events.at(-1)?.sections.map(({ cls }) => cls)).toEqual(['case'])
})

test('an arrival without a departure ends the accompanying too, and a corrected one brings no wrap back', () => {
  const gone = give(underway, withdraw(iom))
  const departure = underway.events.length - 1
  const notLeft = give(gone, { name: 'correct', by: istanbul, body: { corrects: departure } })
  expect([stateOf(notLeft).phase, stateOf(notLeft).basis.get(iom)]).toEqual(['confirmed', 'accompanying'])
  const arrived = give(notLeft, { name: 'arrive', by: centre })
  expect([stateOf(arrived).basis.get(iom), holds(arrived, iom)]).toEqual(['withdrawn', []])

  const stated = give(gone, { name: 'arrive', by: centre })
  const corrects = stated.events.length - 1
  const corrected = give(stated, { name: 'correct', by: centre, body: { corrects } })
  expect([stateOf(corrected).phase, stateOf(corrected).basis.get(iom)]).toEqual(['travelling', 'withdrawn'])
})

test.each(['planned', 'confirmed', 'arrived'] as const)(
  'a recipient that is removed before the departure or after the arrival accompanies nobody (%s)',
  (phase) => {
    const made = upTo(
      phase === 'planned' ? 'plan-travel' : phase === 'confirmed' ? 'confirm-travel' : 'arrive',
      consented,
    )
    expect(decided(made, withdraw(iom)).data).toMatchObject({ accessRemoved: true, stillReads: [] })
    expect(holds(give(made, withdraw(iom)), iom)).toEqual([])
  },
)

test('a recipient that does not accompany the person keeps nothing, though she travels', () => {
  for (const party of [centre, ministry]) {
    expect(decided(underway, withdraw(party)).data).toMatchObject({ stillReads: [] })
    expect(holds(give(underway, withdraw(party)), party)).toEqual([])
  }
  const duty = upTo('depart', filed(filingWith(everyone.map(([holder]) => [holder, legalDuty]))))
  expect(decided(duty, withdraw(iom)).data).toEqual({ recipient: iom, accessRemoved: false, stillReads: [] })
})

test('a recipient that gets a new basis on the way reads the rest again, and stays', () => {
  const gone = give(underway, withdraw(iom))
  const back = give(gone, { name: 'agree', by: istanbul, body: groundFor(iom) })
  expect(reads(back, iom)).toEqual(reads(underway, iom))
  expect(holds(back, iom)).toEqual(expect.arrayContaining(['label', 'case', 'identity', 'safety', 'travel']))
  const arrived = after(back, [[centre, 'arrive']])
  expect(stateOf(arrived).basis.get(iom)).toBe('consent')
  expect(holds(arrived, iom)).toContain('travel')
})

test('the end of its task ends the accompanying of a recipient too, and its answer is still missing', () => {
  const given = withTask(underway, ngo, 'accompany')
  const task = given.events.length - 1
  const gone = give(given, withdraw(ngo))
  const ended = give(gone, { name: 'end-task', by: istanbul, body: { task } })
  expect([stateOf(ended).basis.get(ngo), holds(ended, ngo)]).toEqual(['withdrawn', []])
  const { destroys } = decided(gone, { name: 'end-task', by: istanbul, body: { task } })
  expect(destroys && 'wraps' in destroys && destroys.wraps[0]?.classes.includes('log')).toBe(false)
  expect(answerTo(ended, { name: 'answer-withdrawal', by: ngo })).toBe('accepted')
})
