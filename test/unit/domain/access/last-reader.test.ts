import { expect, test } from 'vitest'
import { pendingShares } from '../../../../functions/domain/access/grants.ts'
import { addressed, readersOf } from '../../../../functions/domain/access/readers.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import type { HolderId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  config,
  consent,
  filingWith,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  ministry,
  otherCentre,
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
  stateOf,
} from '../../../parts/domain-return.ts'
import { watched } from '../../../parts/domain-watch.ts'

const withdraw = (recipient: HolderId) =>
  ({ name: 'withdraw', by: istanbul, body: withdrawalOf(recipient) }) as const
const agree = (recipient: HolderId) => ({ name: 'agree', by: istanbul, body: groundFor(recipient) }) as const
/** Filed on the 21st: what is locked then is erased so many days after it. */
const until = '2026-12-21'

/** Nobody but IOM reads protection and care. */
const iomAlone = filed(
  filingWith([
    [iom, consent],
    [centre, refused],
    ['figures', consent],
  ]),
)
const secs = (made: DomainReturn, ...classes: string[]) =>
  made.kept.flatMap(({ section: { sec, cls } }) => (classes.includes(cls) ? [sec] : []))
const lockedIn = (made: DomainReturn) => [...stateOf(made).locked.keys()].sort()

test("a section that loses its last reader is locked until a day, with the custodian's wrap alone", () => {
  expect(config.lockDays).toBe(30)
  const lost = secs(iomAlone, 'protection', 'care')
  expect(lost).toHaveLength(2)
  expect(decided(iomAlone, withdraw(iom)).data).toEqual({
    recipient: iom,
    accessRemoved: true,
    stillReads: [],
    lock: { sections: lost, until },
  })
  const gone = give(iomAlone, withdraw(iom))
  expect([...stateOf(gone).locked]).toEqual(lost.map((sec) => [sec, until]))
  for (const slot of ['identification', 'needs'])
    expect(keptIn(gone, slot).map(({ readers }) => readers)).toEqual([['custodian']])
  expect(readersOf(stateOf(gone), 'protection')).toEqual([])
})

test('a section that another party reads is not locked; the figures do not count as a reader', () => {
  const both = give(iomAlone, agree(centre))
  const shared = give(both, { name: 'share', by: iom, body: { recipient: centre } })
  expect(decided(shared, withdraw(iom)).data).not.toHaveProperty('lock')
  const counted = give(iomAlone, withdraw(iom))
  expect(keptIn(counted, 'request')[0]?.readers).toEqual([istanbul, 'figures', 'custodian'])
})

test('a superseded section is locked with the rest, and a struck section is not', () => {
  const [needs] = secs(iomAlone, 'care')
  const care = iomAlone.kept.find(({ section }) => section.sec === needs)?.content
  const body = { slot: 'needs', care, supersedes: needs }
  const amended = give(iomAlone, { name: 'amend', by: istanbul, body })
  expect(lockedIn(give(amended, withdraw(iom)))).toEqual(secs(amended, 'protection', 'care').sort())
  const struck = give(amended, { name: 'strike', by: istanbul, body: { strikes: [needs] } })
  expect(lockedIn(give(struck, withdraw(iom)))).not.toContain(needs)
})

test('talk between two parties is never locked', () => {
  const asked = after(iomAlone, [[iom, 'ask']])
  const lock = lockedIn(give(asked, withdraw(iom)))
  for (const { section } of keptIn(asked, 'question')) expect(lock).not.toContain(section.sec)
})

test('a locked section that is struck is locked no longer', () => {
  const strikes = secs(iomAlone, 'protection', 'care')
  const struck = give(iomAlone, { name: 'strike', by: istanbul, body: { strikes } })
  expect(decided(struck, withdraw(iom)).data).toEqual({ recipient: iom, accessRemoved: true, stillReads: [] })
})

test.each([centre, otherCentre, iom])(
  'the next recipient, %s, gets the locked sections from the custodian, and they are locked no longer',
  (next) => {
    const gone = give(iomAlone, withdraw(iom))
    const back = give(gone, agree(next))
    const { data } = decided(gone, agree(next))
    expect(data.grants).toEqual(expect.arrayContaining(secs(iomAlone, 'protection', 'care')))
    expect(lockedIn(back)).toEqual([])
    expect(stateOf(back).lacking).toEqual(new Map())
    for (const slot of ['identification', 'needs', 'person'])
      expect(keptIn(back, slot)[0]?.readers).toContain(next)
  },
)

test('a locked section is not locked again, and keeps its day', () => {
  const gone = give(iomAlone, withdraw(iom))
  const later = give(gone, {
    ...withdraw('figures'),
    at: '2026-12-10T09:00:00.000Z',
  })
  expect(decided(gone, withdraw('figures')).data).not.toHaveProperty('lock')
  expect(new Set(stateOf(later).locked.values())).toEqual(new Set([until]))
})

test('a party that may read a section and has no wrap of it is no reader: the section is locked, and the post shares it', () => {
  // The post cannot read protection and care, so it cannot give them to the Centre.
  const agreed = give(iomAlone, agree(centre))
  expect(pendingShares(stateOf(agreed))).toMatchObject([{ party: iom, to: centre }])
  const gone = give(agreed, withdraw(iom))
  expect(lockedIn(gone)).toEqual(secs(iomAlone, 'protection', 'care').sort())
  expect(pendingShares(stateOf(gone))).toMatchObject([{ party: istanbul, to: centre }])
  expect(waitsFor(stateOf(gone)).map(({ party }) => party)).toContain(istanbul)
  const shared = give(gone, { name: 'share', by: istanbul, body: { recipient: centre } })
  expect([lockedIn(shared), stateOf(shared).lacking]).toEqual([[], new Map()])
  expect(keptIn(shared, 'identification')[0]?.readers).toEqual(['custodian', centre])
})

test('a partner can be the last reader: its sections are locked when its task ends, and come back with the next task', () => {
  const gone = give(iomAlone, withdraw(iom))
  const task = gone.events.length
  const given = give(gone, {
    name: 'give-task',
    by: istanbul,
    body: taskFor(partner, 'place-child'),
  })
  expect(addressed(stateOf(given))).toContain(partner)
  expect(keptIn(given, 'identification')[0]?.readers).toEqual(['custodian', partner])
  expect(lockedIn(given)).toEqual([])
  for (const [name, by, body] of [
    ['end-task', istanbul, { task }],
    ['decline-task', partner, { task, talk: { text: 'Made up for a test.' } }],
  ] as const) {
    const ended = give(given, { name, by, body })
    expect(lockedIn(ended)).toEqual(secs(iomAlone, 'protection', 'care').sort())
    expect(ended.events.at(-1)?.data).toMatchObject({ lock: { until } })
    expect(lockedIn(give(ended, agree(centre)))).toEqual([])
  }
})

test('a section that nobody may read is not written', () => {
  const gone = give(iomAlone, withdraw(iom))
  const care = iomAlone.kept.find(({ section }) => section.cls === 'care')?.content
  expect(answerTo(gone, { name: 'amend', by: istanbul, body: { slot: 'needs', care } })).toBe('no-reader')
})

/** A year later: the time of missions is over, the post's too. */
const aYearLater = '2027-12-01T09:00:00.000Z'

test('posts whose access ends on one day are the last readers together, and their sections are locked once', () => {
  const alone = filed(filingWith([['figures', consent]]))
  const offered = give(alone, {
    name: 'hand-over-case',
    by: istanbul,
    body: { to: otherMission, ...groundFor(otherMission) },
  })
  const arrived = give(
    give(offered, { name: 'give-task', by: istanbul, body: taskFor(partner, 'place-child') }),
    { name: 'arrive', by: partner },
  )
  const done = give(arrived, { name: 'end-task', by: istanbul, body: { task: 2 } })
  const ended = watched(done, aYearLater)
  const read = done.kept.filter(({ readers }) => readers.includes(istanbul)).map(({ section }) => section.sec)
  expect(read.length).toBeGreaterThan(5)
  expect(lockedIn(ended)).toEqual(expect.arrayContaining(read))
  const farewells = ended.events.filter(({ type }) => type === 'access-ended')
  expect(farewells.map(({ data }) => 'lock' in data && data.lock !== undefined)).toEqual([false, true])
})

test('the ministry can be the last reader of the journey when it stops planning it', () => {
  const filing = filingWith([[ministry, legalDuty]])
  const given = give(filed(filing), {
    name: 'give-task',
    by: istanbul,
    body: taskFor(partner, 'place-child'),
  })
  const chosen = give(given, { name: 'choose-arranger', by: ministry, body: { arranger: ministry } })
  const shared = give(chosen, { name: 'share', by: istanbul, body: { recipient: ministry } })
  const arrived = after(shared, [[partner, 'arrive']])
  const alone = watched(give(arrived, { name: 'end-task', by: istanbul, body: { task: 1 } }), aYearLater)
  expect(keptIn(alone, 'safety')[0]?.readers).toEqual(['custodian', ministry])
  const gone = give(alone, { name: 'choose-arranger', by: ministry, body: { arranger: istanbul } })
  expect(keptIn(gone, 'safety')[0]?.readers).toEqual(['custodian'])
  expect(lockedIn(gone)).toEqual(expect.arrayContaining(secs(alone, 'safety')))
})

test('a post whose access has ended still closes the return, and withdraws consent that stands in clear', () => {
  const arrived = after(
    filed(
      filingWith([
        [iom, consent],
        [ministry, legalDuty],
      ]),
    ),
    [
      [istanbul, 'depart'],
      [iom, 'arrive'],
    ],
  )
  const over = watched(arrived, aYearLater)
  expect(answerTo(over, { name: 'amend', by: istanbul })).toBe('not-readable')
  expect(answerTo(over, withdraw(iom))).toBe('accepted')
  // The basis of the ministry stands in the case, which the post does not read any more.
  expect(answerTo(over, withdraw(ministry))).toBe('not-readable')
  const left = give(give(over, withdraw(iom)), { name: 'cancel', by: istanbul })
  expect(stateOf(after(left, [[istanbul, 'close']])).phase).toBe('closed')
})
