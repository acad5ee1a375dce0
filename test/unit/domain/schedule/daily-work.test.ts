import { expect, test } from 'vitest'
import { readersOf } from '../../../../functions/domain/access/readers.ts'
import { rankOf, rowOf } from '../../../../functions/domain/reports/worklist-row.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  colleague,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  otherMission,
  oversight,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  type DomainReturn,
  decided,
  filed,
  give,
  inPhase,
  keptIn,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

const working = [istanbul, iom, centre, ministry]
const about = { version: 9, hash: '0'.repeat(64), at: '2026-11-21T10:00:00.000Z', reference: 'RET-0000-0000' }
const lineOf = (made: DomainReturn, party: PartyId) => rowOf(stateOf(made), party, about)
const note = { text: 'Called the shelter.' }
const noted = (made: DomainReturn, by: PartyId, next?: string) =>
  give(made, { name: 'note', by, body: { note, ...(next ? { next } : {}) } })

test.each(working)('who takes a return keeps it for %s, and for nobody else', (by) => {
  const taken = give(filed(), { name: 'take', by, user: 'officer-7' })
  for (const party of [...working, consular, oversight])
    expect([party, lineOf(taken, party).assignee]).toEqual([party, party === by ? 'officer-7' : undefined])
  expect(taken.events.at(-1)?.data).toEqual({})
})

test('each party has a keeper of its own, the one who took it last or was given it', () => {
  const made = [
    { name: 'take', by: iom, user: 'officer-1' },
    { name: 'take', by: istanbul, user: 'officer-2' },
    { name: 'assign', by: iom, user: 'officer-1', body: { user: colleague } },
    { name: 'take', by: istanbul, user: 'officer-3' },
  ] as const
  const worked = made.reduce<DomainReturn>((so, given) => give(so, given), filed())
  expect([iom, istanbul, centre].map((party) => lineOf(worked, party).assignee)).toEqual([
    colleague,
    'officer-3',
    undefined,
  ])
})

test('taking, assigning and noting move nothing, and are told to everyone', () => {
  const before = upTo('accept')
  for (const name of ['take', 'assign', 'note'] as const) {
    const made = give(before, { name, by: iom })
    const { phase, since, alerts, due, done } = stateOf(before)
    expect(stateOf(made)).toMatchObject({ phase, since, alerts, due, done })
    expect(made.events.at(-1)?.to).toEqual(before.events.at(-1)?.to)
  }
})

test.each(working)('a note of %s is read by it alone', (by) => {
  const made = noted(filed(), by)
  expect(keptIn(made, 'note').map(({ content, readers }) => [content, readers])).toEqual([[note, [by]]])
  expect(decided(filed(), { name: 'note', by }).for).toBeUndefined()
})

test('nobody reads notes in general: not the mission that filed, not IOM, not figures', () => {
  const made = noted(noted(filed(), centre), ministry)
  expect(readersOf(stateOf(made), 'note')).toEqual([])
  for (const { readers } of keptIn(made, 'note'))
    for (const party of [istanbul, iom, 'figures']) expect(readers).not.toContain(party)
})

test('notes are never replaced: every one of them stands', () => {
  expect(keptIn(noted(noted(noted(filed(), iom), iom), centre), 'note')).toHaveLength(3)
})

test('its words are sealed; in clear there is the day of the next step, if any', () => {
  const made = noted(noted(filed(), iom, '2026-11-24'), iom)
  expect(made.events.slice(1).map(({ data }) => data)).toEqual([
    { due: [{ step: 'next-step', day: '2026-11-24' }] },
    { due: [] },
  ])
  expect(JSON.stringify(made.events)).not.toContain('shelter')
})

test('the nearest day shows on the own line: of a step of the procedure, or of the one that was noted', () => {
  const days = (one: DomainReturn) => working.map((party) => lineOf(one, party).next)
  const [identity, reply] = ['2026-11-27', '2026-11-22']
  const fresh = [identity, reply, undefined, undefined]
  expect(days(filed())).toEqual(fresh)
  const made = noted(noted(filed(), iom, '2026-11-21'), centre, '2026-11-30')
  expect(days(made)).toEqual([identity, '2026-11-21', '2026-11-30', undefined])
  expect(days(noted(made, iom, '2026-11-24'))).toEqual([identity, reply, '2026-11-30', undefined])
  expect(days(noted(made, iom))).toEqual([identity, reply, '2026-11-30', undefined])
  expect(days(noted(made, istanbul))).toEqual(days(made))
})

test('a step that is done, or that nobody owes any more, is no day; a helper never has one of the procedure', () => {
  const made = filed()
  const later = give(made, { name: 'acknowledge', by: iom })
  expect(lineOf(later, iom).next).not.toBe(lineOf(made, iom).next)
  expect(lineOf(give(made, { name: 'cancel', by: istanbul }), iom).next).toBeUndefined()
  const helping = taskFor(otherMission, 'help-in-transit')
  const helped = give(made, { name: 'give-task', by: istanbul, body: helping })
  expect([lineOf(helped, istanbul).next, lineOf(helped, otherMission).next]).toEqual([
    '2026-11-27',
    undefined,
  ])
})

test('the day of a next step moves the own line alone', () => {
  const made = filed()
  const soon = noted(made, iom, '2026-11-21')
  const rank = (one: DomainReturn, party: PartyId) => rankOf(stateOf(one), party)
  expect(rank(soon, iom) < rank(made, iom)).toBe(true)
  for (const party of [istanbul, centre, ministry, consular])
    expect([party, rank(soon, party)]).toEqual([party, rank(made, party)])
  expect(rank(noted(soon, iom), iom)).toBe(rank(made, iom))
})

test('a line stands where the nearest of its days puts it: a step of its kind, a place, a next step', () => {
  const day = (one: DomainReturn, party: PartyId) => rankOf(stateOf(one), party).split('#')[1]
  const made = filed()
  expect([iom, istanbul, centre].map((party) => day(made, party))).toEqual([
    '2026-11-22',
    '2026-11-27',
    '9999-12-31',
  ])
  expect(day(noted(made, istanbul, '2027-01-01'), istanbul)).toBe('2026-11-27')
  expect(day(noted(made, centre, '2027-01-01'), centre)).toBe('2027-01-01')
  const held = give(made, { name: 'hold-place', by: centre, body: { until: '2026-11-26' } })
  expect([istanbul, centre].map((party) => day(held, party))).toEqual(['2026-11-26', '2026-11-26'])
})

test('who is left out loses the wraps of its own notes too; nobody else ever had any', () => {
  const made = noted(filed(filingWith(everyone.map(([holder]) => [holder, consent]))), centre)
  const gone = give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) })
  expect(keptIn(gone, 'note').map(({ readers }) => readers)).toEqual([[]])
})

test('the last one who could read its own notes is no last reader', () => {
  const made = noted(
    filed(
      filingWith([
        [iom, consent],
        [ministry, consent],
      ]),
    ),
    ministry,
  )
  expect(answerTo(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(ministry) })).toBe('accepted')
})

test.each(['take', 'assign', 'note'] as const)('%s is refused when a return is closed', (name) => {
  for (const by of working) expect(answerTo(inPhase.closed(), { name, by })).toBe('wrong-phase')
  for (const by of [consular, oversight]) expect(answerTo(filed(), { name, by })).toBe('not-yours')
  expect(bodies).toHaveProperty(name)
})
