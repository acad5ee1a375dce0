import { expect, test } from 'vitest'
import { readersOf } from '../../../../functions/domain/access/readers.ts'
import { arrangersOf } from '../../../../functions/domain/commands/responsibility.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { dueOf } from '../../../../functions/domain/schedule/due.ts'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  groundFor,
  iom,
  istanbul,
  ministry,
  ngo,
  otherMission,
  partner,
  refused,
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

const choose = (arranger: PartyId, by: PartyId = istanbul) =>
  ({ name: 'choose-arranger', by, body: { arranger } }) as const
const withNgo = (made: DomainReturn) =>
  give(made, { name: 'give-task', by: istanbul, body: taskFor(ngo, 'arrange') })
const arranging = commandNames.filter((name) => commandShape(name).arranges)
const waits = (made: DomainReturn) => waitsFor(stateOf(made)).map(({ party }) => party)

test('IOM plans the journey where it is told, and else the post that filed', () => {
  expect(stateOf(filed()).arranger).toBe(iom)
  const alone = filed(filingWith([[iom, refused]]))
  expect(stateOf(alone).arranger).toBe(istanbul)
  expect(waits(alone)).toEqual([istanbul])
  expect(answerTo(alone, { name: 'acknowledge', by: istanbul })).toBe('accepted')
})

test.each([
  [istanbul, filed()],
  [ministry, filed()],
  [ngo, withNgo(filed())],
] as const)('%s is chosen, and then gives what the arranger gives, and IOM no more', (arranger, made) => {
  for (const by of [istanbul, ministry]) {
    const chosen = give(made, choose(arranger, by))
    expect(stateOf(chosen)).toMatchObject({ arranger, phase: 'filed' })
    expect(waits(chosen)).toContain(arranger)
    for (const name of arranging) {
      expect([name, commandsFor(stateOf(chosen), iom).includes(name)]).toEqual([name, false])
      expect([name, answerTo(chosen, { name, by: iom })]).toEqual([name, 'not-yours'])
      expect([name, answerTo(chosen, { name, by: arranger })]).not.toEqual([name, 'not-yours'])
    }
    expect(answerTo(chosen, choose(arranger, by))).toBe('nothing-to-do')
    expect(stateOf(give(chosen, choose(iom, by))).arranger).toBe(iom)
    // A step of the arranger is told as the one of who arranges.
    expect(dueOf(stateOf(chosen))[0]).toMatchObject({ step: 'acknowledge', owner: arranger.split(':')[0] })
  }
})

test.each<[what: string, DomainReturn, PartyId]>([
  ['the Centre', filed(), centre],
  ['the consular department', filed(), consular],
  [
    'a post that only helps',
    give(filed(), { name: 'give-task', by: istanbul, body: taskFor(otherMission, 'help-in-transit') }),
    otherMission,
  ],
  [
    'a partner with another task',
    give(filed(), { name: 'give-task', by: istanbul, body: taskFor(partner, 'place-child') }),
    partner,
  ],
  ['an organisation without the task', filed(), ngo],
  ['IOM, where it is not told', filed(filingWith([[iom, refused]])), iom],
  ['the ministry, where it is not told', filed(filingWith([[iom, consent]])), ministry],
])('%s is not chosen', (_what, made, arranger) => {
  const refusal = refusalOf(made, choose(arranger))
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['unknown-target', ['arranger']])
})

test('a guest, IOM and the Centre do not choose', () => {
  const helped = give(filed(), {
    name: 'give-task',
    by: istanbul,
    body: taskFor(otherMission, 'cover-for-post'),
  })
  for (const by of [otherMission, iom, centre])
    expect(answerTo(helped, choose(istanbul, by))).toBe('not-yours')
})

test.each(['filed', 'acknowledge', 'accept'] as const)(
  'what is sent back after %s has not ended: the post chooses who goes on, or asks the same again',
  (last) => {
    const made = withNgo(last === 'filed' ? filed() : upTo(last))
    const back = give(made, { name: 'send-back', by: iom })
    expect(stateOf(back)).toMatchObject({ phase: 'sent-back', arranger: iom })
    expect(stateOf(back).outcome).toBeUndefined()
    expect(waits(back)[0]).toBe(istanbul)
    expect(keptIn(back, 'reason')[0]?.readers).toEqual([istanbul, iom])
    expect(arrangersOf(stateOf(back)).sort()).toEqual([iom, istanbul, ministry, ngo].sort())
    for (const next of arrangersOf(stateOf(back))) {
      const chosen = give(back, choose(next))
      expect(stateOf(chosen)).toMatchObject({ phase: 'filed', arranger: next })
      const on = after(chosen, [
        [next, 'acknowledge'],
        [next, 'accept'],
        [next, 'plan-travel'],
      ])
      expect(stateOf(on).phase).toBe('planned')
      expect(on.events.at(-1)?.to).toContain(istanbul)
    }
    // Whoever sent it back may take it up again.
    expect(answerTo(back, { name: 'acknowledge', by: iom })).toBe('accepted')
  },
)

test('who comes next may send it back too, and it still has not ended', () => {
  const back = give(withNgo(filed()), { name: 'send-back', by: iom })
  const again = give(give(back, choose(ngo)), { name: 'send-back', by: ngo })
  expect(stateOf(again)).toMatchObject({ phase: 'sent-back', arranger: ngo })
  expect(waits(again)[0]).toBe(istanbul)
  expect(stateOf(give(again, choose(istanbul))).phase).toBe('filed')
})

test('a choice later changes nothing but who arranges', () => {
  const made = withNgo(upTo('confirm-travel'))
  const chosen = give(made, choose(ngo))
  expect(stateOf(chosen)).toMatchObject({ phase: 'confirmed', arranger: ngo, since: stateOf(made).since })
  expect(answerTo(chosen, { name: 'change-travel', by: ngo })).toBe('accepted')
})

test('the ministry reads the journey and what endangers it while it plans it, and then no more', () => {
  const reads = (made: DomainReturn) =>
    (['safety', 'travel'] as const).filter((cls) => readersOf(stateOf(made), cls).includes(ministry))
  const holds = ({ kept }: DomainReturn, slot: string) =>
    kept.some(({ section, readers }) => section.slot === slot && readers.includes(ministry))
  const before = upTo('plan-travel')
  expect(reads(before)).toEqual([])
  const chosen = give(before, choose(ministry))
  expect(reads(chosen)).toEqual(['safety', 'travel'])
  // It is given the wraps by who reads them; until then it is known to lack them.
  expect([holds(chosen, 'itinerary'), stateOf(chosen).lacking.get(ministry)?.sections.length]).toEqual([
    false,
    2,
  ])
  expect(waits(chosen)).toContain(istanbul)
  expect(answerTo(chosen, { name: 'share', by: ministry, body: { recipient: ministry } })).toBe(
    'not-readable',
  )
  const shared = give(chosen, { name: 'share', by: istanbul, body: { recipient: ministry } })
  expect([holds(shared, 'safety'), holds(shared, 'itinerary')]).toEqual([true, true])
  const changed = give(shared, { name: 'change-travel', by: ministry })
  expect(keptIn(changed, 'itinerary')[0]?.readers).toContain(ministry)

  for (const next of [iom, istanbul]) {
    const { destroys } = decided(changed, choose(next))
    const [taken] = destroys && 'wraps' in destroys ? destroys.wraps : []
    expect([taken?.holder, taken?.classes.includes('case'), taken?.classes.includes('log')]).toEqual([
      ministry,
      false,
      false,
    ])
    const gone = give(changed, choose(next))
    expect(reads(gone)).toEqual([])
    expect([holds(gone, 'safety'), holds(gone, 'itinerary'), holds(gone, 'request')]).toEqual([
      false,
      false,
      true,
    ])
    expect(stateOf(gone).lacking).toEqual(new Map())
  }
})

test('an organisation that arranges is told of everything, and of its part alone when it arranges no more', () => {
  const made = withNgo(upTo('accept'))
  const valuesOf = (made: DomainReturn) =>
    decided(made, { name: 'approve', by: ministry }).to.includes(ngo) &&
    decided(made, { name: 'take', by: centre }).to.includes(ngo)
  const chosen = give(made, choose(ngo))
  expect([valuesOf(made), valuesOf(chosen), valuesOf(give(chosen, choose(iom)))]).toEqual([
    false,
    true,
    false,
  ])
})

test.each(['end-task', 'decline-task', 'withdraw'] as const)(
  'what an organisation arranged is for the post once it leaves: %s',
  (name) => {
    const made = withNgo(upTo('accept'))
    const task = made.events.length - 1
    const chosen = give(made, choose(ngo))
    const body =
      name === 'withdraw'
        ? withdrawalOf(ngo)
        : name === 'end-task'
          ? { task }
          : { task, talk: { text: 'No.' } }
    const gone = give(chosen, { name, by: name === 'decline-task' ? ngo : istanbul, body })
    expect(stateOf(gone)).toMatchObject({ arranger: istanbul, phase: 'accepted' })
    expect(answerTo(gone, { name: 'plan-travel', by: istanbul })).toBe('accepted')
  },
)

test('a journey goes from filing to closing without IOM', () => {
  const filing = filingWith(everyone.map(([holder, basis]) => [holder, holder === iom ? refused : basis]))
  const made = after(filed(filing), [
    [istanbul, 'acknowledge'],
    [istanbul, 'accept'],
    [centre, 'assess-risk'],
    [ministry, 'approve'],
    [ministry, 'fund'],
    [istanbul, 'confirm-identity'],
    [istanbul, 'issue-document'],
    [istanbul, 'plan-travel'],
    [centre, 'hold-place'],
    [istanbul, 'check-exit'],
    [centre, 'attest'],
    [istanbul, 'confirm-travel'],
    [centre, 'attest'],
    [istanbul, 'clear-to-leave'],
    [istanbul, 'depart'],
    [centre, 'arrive'],
    [centre, 'admit'],
    [centre, 'close'],
  ])
  expect(stateOf(made)).toMatchObject({ phase: 'closed', outcome: 'admitted', alerts: [] })
  expect(made.events.flatMap(({ to }) => to)).not.toContain(iom)
})

test('IOM that joins later is chosen when somebody chooses it', () => {
  const alone = filed(filingWith([[iom, refused]]))
  const joined = give(alone, { name: 'agree', by: istanbul, body: groundFor(iom) })
  expect(stateOf(joined).arranger).toBe(istanbul)
  expect(answerTo(joined, { name: 'acknowledge', by: iom })).toBe('not-yours')
  expect(stateOf(give(joined, choose(iom))).arranger).toBe(iom)
})
