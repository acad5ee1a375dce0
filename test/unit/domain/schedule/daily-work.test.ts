import { expect, test } from 'vitest'
import { readersOf } from '../../../../functions/domain/access/readers.ts'
import { worklistRowOf } from '../../../../functions/domain/reports/worklist-row.ts'
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
import { listPlace } from '../../../parts/list-place.ts'

const working = [istanbul, iom, centre, ministry]
const about = { version: 9, hash: '0'.repeat(64), at: '2026-11-21T10:00:00.000Z', reference: 'RET-0000-0000' }
const lineOf = (made: DomainReturn, party: PartyId) => worklistRowOf(stateOf(made), party, about)
const note = { text: 'Called the shelter.' }
const noted = (made: DomainReturn, by: PartyId, next?: string) =>
  give(made, { name: 'note', by, body: { note, ...(next ? { next } : {}) } })

test.each(working)('a return that an officer takes is assigned for %s, and for no other party', (by) => {
  const taken = give(filed(), { name: 'take', by, user: 'officer-7' })
  for (const party of [...working, consular, oversight])
    expect([party, lineOf(taken, party).assignee]).toEqual([party, party === by ? 'officer-7' : undefined])
  expect(taken.events.at(-1)?.data).toEqual({})
})

test('each party has an assignee of its own: the officer who took the return last, or got it', () => {
  const made = [
    { name: 'take', by: iom, user: 'officer-1' },
    { name: 'take', by: istanbul, user: 'officer-2' },
    { name: 'assign', by: iom, user: 'officer-1', body: { user: colleague } },
    { name: 'take', by: istanbul, user: 'officer-3' },
  ] as const
  const worked = made.reduce<DomainReturn>((trail, given) => give(trail, given), filed())
  expect([iom, istanbul, centre].map((party) => lineOf(worked, party).assignee)).toEqual([
    colleague,
    'officer-3',
    undefined,
  ])
})

test('taking, assigning and noting change no phase, and their events are for everyone', () => {
  const before = upTo('accept')
  for (const name of ['take', 'assign', 'note'] as const) {
    const made = give(before, { name, by: iom })
    const { phase, since, alerts, due, done } = stateOf(before)
    expect(stateOf(made)).toMatchObject({ phase, since, alerts, due, done })
    expect(made.events.at(-1)?.to).toEqual(before.events.at(-1)?.to)
  }
})

test.each(working)('only %s reads its note', (by) => {
  const made = noted(filed(), by)
  expect(keptIn(made, 'note').map(({ content, readers }) => [content, readers])).toEqual([[note, [by]]])
  expect(decided(filed(), { name: 'note', by }).for).toBeUndefined()
})

test('no party reads notes by its kind: neither the filing mission, nor IOM, nor the figures', () => {
  const made = noted(noted(filed(), centre), ministry)
  expect(readersOf(stateOf(made), 'note')).toEqual([])
  for (const { readers } of keptIn(made, 'note'))
    for (const party of [istanbul, iom, 'figures']) expect(readers).not.toContain(party)
})

test('notes are never replaced', () => {
  expect(keptIn(noted(noted(noted(filed(), iom), iom), centre), 'note')).toHaveLength(3)
})

test('the text of a note is sealed, and only the day of the next step is in clear', () => {
  const made = noted(noted(filed(), iom, '2026-11-24'), iom)
  expect(made.events.slice(1).map(({ data }) => data)).toEqual([
    { due: [{ step: 'next-step', day: '2026-11-24' }] },
    { due: [] },
  ])
  expect(JSON.stringify(made.events)).not.toContain('shelter')
})

test('a row shows the earliest day: of a step of the procedure, or of the step that the party noted', () => {
  const days = (made: DomainReturn) => working.map((party) => lineOf(made, party).next)
  const [identity, reply] = ['2026-11-27', '2026-11-22']
  const fresh = [identity, reply, undefined, undefined]
  expect(days(filed())).toEqual(fresh)
  const made = noted(noted(filed(), iom, '2026-11-21'), centre, '2026-11-30')
  expect(days(made)).toEqual([identity, '2026-11-21', '2026-11-30', undefined])
  expect(days(noted(made, iom, '2026-11-24'))).toEqual([identity, reply, '2026-11-30', undefined])
  expect(days(noted(made, iom))).toEqual([identity, reply, '2026-11-30', undefined])
  expect(days(noted(made, istanbul))).toEqual(days(made))
})

test('a row shows no day of a step that is done or not due any more, and a helper has no step of the procedure', () => {
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

test('the day of a next step moves the row of its own party alone', () => {
  const made = filed()
  const soon = noted(made, iom, '2026-11-21')
  const rank = (made: DomainReturn, party: PartyId) => listPlace(stateOf(made), party).join('#')
  expect(rank(soon, iom) < rank(made, iom)).toBe(true)
  for (const party of [istanbul, centre, ministry, consular])
    expect([party, rank(soon, party)]).toEqual([party, rank(made, party)])
  expect(rank(noted(soon, iom), iom)).toBe(rank(made, iom))
})

test('the earliest own day ranks a row, of a step or a next step; where nothing is owed, the earliest of others', () => {
  const day = (made: DomainReturn, party: PartyId) => listPlace(stateOf(made), party)[1]
  const made = filed()
  expect([iom, istanbul, centre].map((party) => day(made, party))).toEqual([
    '2026-11-22',
    '2026-11-27',
    '2026-11-22',
  ])
  expect(day(noted(made, istanbul, '2027-01-01'), istanbul)).toBe('2026-11-27')
  expect(day(noted(made, centre, '2027-01-01'), centre)).toBe('2027-01-01')
})

test('a removed recipient loses the wraps of its own notes too, and no other party ever had any', () => {
  const made = noted(filed(filingWith(everyone.map(([holder]) => [holder, consent]))), centre)
  const gone = give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) })
  expect(keptIn(gone, 'note').map(({ readers }) => readers)).toEqual([[]])
})

test('the only reader of its own notes does not count as a last reader', () => {
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
