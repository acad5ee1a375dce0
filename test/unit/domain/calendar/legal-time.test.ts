import { expect, test } from 'vitest'
import { bodies, centre, happened, iom, istanbul } from '../../../parts/bodies.ts'
import { type DomainReturn, dueNow, give, lastDues, upTo } from '../../../parts/domain-return.ts'

/** The time at which every fact is stated here. */
const statedAt = '2026-12-10T09:00:00.000Z'

const arrived = (made: DomainReturn, at: string, zone = 'Europe/Chisinau', by = iom) => {
  const body = {
    ...bodies.arrive,
    case: { ...(bodies.arrive.case as object), happened: { ...happened(at), zone } },
  }
  return give(made, { name: 'arrive', by, body, at: statedAt })
}

/** She has to be received within a day of the arrival. */
const stated: [at: string, zone: string, receive: string][] = [
  ['2026-12-10T08:00', 'Europe/Chisinau', '2026-12-11'],
  ['2026-12-08T02:30', 'Europe/Chisinau', '2026-12-09'],
  // What a clock elsewhere shows is a day earlier or later in Chișinău.
  ['2026-12-08T23:30', 'Europe/Madrid', '2026-12-10'],
  ['2026-12-08T02:30', 'Asia/Tokyo', '2026-12-08'],
  // Of a day alone its noon.
  ['2026-12-08', 'Europe/Chisinau', '2026-12-09'],
  ['2026-12-08', 'Asia/Tokyo', '2026-12-09'],
  ['2026-12-08', 'America/New_York', '2026-12-09'],
  // A fact in the future begins no deadline, because nothing in clear may show a day before it has come.
  ['2026-12-24T16:00', 'Europe/Chisinau', '2026-12-11'],
  ['2026-12-24', 'Europe/Chisinau', '2026-12-11'],
]

test.each(stated)(
  'an arrival at %s in %s that is stated on 10 December has to be received by %s',
  (at, zone, receive) => {
    expect(lastDues(arrived(upTo('depart'), at, zone))).toEqual({ receive })
  },
)

test('the deadline of the arrival runs from the departure as it is stated, also two days late', () => {
  const body = { ...bodies.depart, case: { happened: happened('2026-12-08T11:40') } }
  const made = give(upTo('clear-to-leave'), { name: 'depart', by: istanbul, body, at: statedAt })
  expect(lastDues(made)).toEqual({ arrive: '2026-12-10' })
})

test('a deadline that begins with a permission runs from the command', () => {
  const made = give(upTo('accept'), { name: 'plan-travel', by: iom, at: statedAt })
  expect(lastDues(made)['hold-place']).toBe('2026-12-14')
})

test('the earlier of two stated days counts, whoever states it first', () => {
  const early = '2026-12-07T22:00'
  const lateDay = '2026-12-08T10:00'
  const earlyFirst = arrived(arrived(upTo('depart'), early), lateDay, undefined, centre)
  const lateFirst = arrived(arrived(upTo('depart'), lateDay), early, undefined, centre)
  expect([dueNow(earlyFirst).receive, dueNow(lateFirst).receive]).toEqual(['2026-12-08', '2026-12-08'])
})

test.each([
  ['the right word after the wrong one was taken back', ['correct', 'arrive']],
  ['the right word before the wrong one is taken back', ['arrive', 'correct']],
] as const)('a wrong day by phone is put right: %s', (_reported, order) => {
  const wrong = arrived(upTo('depart'), '2026-12-06T10:00')
  const corrects = wrong.events.length - 1
  expect(dueNow(wrong).receive).toBe('2026-12-07')
  const right = order.reduce(
    (made, name) =>
      name === 'arrive'
        ? arrived(made, '2026-12-08T02:30')
        : give(made, { name, by: iom, body: { corrects }, at: statedAt }),
    wrong,
  )
  expect(dueNow(right).receive).toBe('2026-12-09')
})

test('the time of a fact stays sealed', () => {
  const made = arrived(upTo('depart'), '2026-12-08T02:30')
  const last = JSON.stringify(made.events.at(-1))
  for (const secret of ['02:30', '2026-12-08', 'Chisinau']) expect(last).not.toContain(secret)
})
