import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assignedTo,
  type Change,
  changed,
  isOverdue,
  works,
} from '../../../../functions/domain/directory/roster.ts'
import {
  mostPeople,
  type PersonRole,
  rosterRecord,
  type StaffMember,
} from '../../../../schemas/api/people.ts'
import { isRefusal } from '../../../../schemas/api/problems.ts'
import { partyId } from '../../../../schemas/values/parties.ts'
import { isBounded, leavesOf, objectsOf } from '../../../parts/schema-walk.ts'

const at = '2026-11-25T09:00:00.000Z'
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [ana, ion, eva] = [id(1), id(2), id(3)]
const person = (user: string, role: PersonRole, more: Partial<StaffMember> = {}): StaffMember => ({
  ...{ user, role, enabled: true, added: '2026-01-01T09:00:00.000Z' },
  ...more,
})
const people = [
  person(ana, 'administrator'),
  person(ion, 'officer'),
  person(eva, 'officer', { enabled: false }),
]
const roster = { party: partyId.parse('iom'), version: 1, begun: '2026-01-01T09:00:00.000Z', people }

const roles = fc.constantFrom<PersonRole>('officer', 'administrator', 'duty-officer')
const change = fc.integer({ min: 1, max: 5 }).chain((n) => {
  const user = id(n)
  return fc.oneof(
    roles.map((role): Change => ({ action: 'role', user, role })),
    roles.map((role): Change => ({ action: 'invite', user: id(n + 10), role })),
    fc.constantFrom<Change>(
      { action: 'disable', user, reason: 'left' },
      { action: 'enable', user },
      { action: 'forget', user },
      { action: 'review' },
      { action: 'stand-in', user, standIn: { user: ana, from: '2026-11-01', until: '2026-11-30' } },
      { action: 'reset-factor', user, reason: 'lost' },
    ),
  )
})

test('an enabled administrator is left, whatever is asked in whatever order', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      let now: readonly StaffMember[] = people
      for (const change of changes) {
        try {
          now = changed(now, change, ana, at)?.people ?? now
        } catch (error) {
          if (!isRefusal(error)) throw error
        }
        expect(now.some(({ enabled, role }) => enabled && role === 'administrator')).toBe(true)
      }
    }),
  )
})

test.each<[string, Change, string]>([
  ['the last administrator', { action: 'disable', user: ana, reason: 'left' }, 'last-administrator'],
  ['the last one made an officer', { action: 'role', user: ana, role: 'officer' }, 'last-administrator'],
  ['a stranger', { action: 'enable', user: id(9) }, 'not-found'],
  ['the own factor', { action: 'reset-factor', user: ana, reason: 'lost' }, 'own-account'],
  ['somebody who is enabled to be forgotten', { action: 'forget', user: ion }, 'still-enabled'],
  [
    'a stand-in who is disabled',
    { action: 'stand-in', user: ion, standIn: { user: eva, from: '2026-11-25', until: '2026-11-26' } },
    'bad-input',
  ],
])('the change %s is refused', (_, change, code) => {
  expect(() => changed(people, change, ana, at)).toThrow(code)
})

test('a person beyond the most that a record holds is not invited', () => {
  const full = Array.from({ length: mostPeople }, (_, n) => person(id(n), 'administrator'))
  expect(() => changed(full, { action: 'invite', user: id(999), role: 'officer' }, ana, at)).toThrow(
    'too-large',
  )
})

test('a change that changes nothing is none', () => {
  expect(changed(people, { action: 'role', user: ion, role: 'officer' }, ana, at)).toBeUndefined()
  expect(changed(people, { action: 'disable', user: eva, reason: 'left' }, ana, at)).toBeUndefined()
  expect(changed(people, { action: 'enable', user: ion }, ana, at)).toBeUndefined()
})

describe('a token', () => {
  const since = '2026-11-25T09:00:10.500Z'
  const cut = { ...roster, people: [person(ion, 'officer', { since })] }
  const issued = Date.parse(since) / 1000
  test.each([
    ['of somebody who works there', roster, { user: ion, role: 'officer', issued: 1 }, true],
    ['of another role than now', roster, { user: ion, role: 'administrator', issued: 1 }, false],
    ['of who is disabled', roster, { user: eva, role: 'officer', issued: 1 }, false],
    ['of who was never there', roster, { user: id(9), role: 'officer', issued: 1 }, false],
    ['from before sign-ins ended', cut, { user: ion, role: 'officer', issued: issued - 1 }, false],
    ['of the same second', cut, { user: ion, role: 'officer', issued: Math.floor(issued) }, false],
    ['from after', cut, { user: ion, role: 'officer', issued: Math.ceil(issued) }, true],
    ['that does not say when', cut, { user: ion, role: 'officer', issued: Number.NaN }, false],
  ])('%s', (_, of, who, good) => {
    expect(works(of, who)).toBe(good)
  })
})

test('a return is assigned to an enabled officer, and a stand-in shows from the first day to the last', () => {
  const standIn = { user: ana, from: '2026-11-25', until: '2026-11-27' }
  const away = { ...roster, people: [person(ana, 'administrator'), person(ion, 'officer', { standIn })] }
  expect(assignedTo(roster, undefined, at)).toEqual({})
  expect(assignedTo(roster, eva, at)).toEqual({})
  expect(assignedTo(roster, id(9), at)).toEqual({})
  expect(assignedTo(away, ion, at)).toEqual({ assignee: ion, standIn: ana })
  // The day is that of Chișinău: there it is the 28th two hours before midnight in London.
  expect(assignedTo(away, ion, '2026-11-27T21:30:00.000Z')).toEqual({ assignee: ion, standIn: ana })
  expect(assignedTo(away, ion, '2026-11-27T22:30:00.000Z')).toEqual({ assignee: ion })
  expect(assignedTo(away, ion, '2026-11-24T21:30:00.000Z')).toEqual({ assignee: ion })
})

test('a list is overdue when nobody has looked at it for more than 92 days', () => {
  const reviewed = { ...roster, reviewed: '2026-08-25T09:00:00.000Z' }
  expect(isOverdue(roster, at)).toBe(true)
  expect(isOverdue(reviewed, '2026-11-25T09:00:00.000Z')).toBe(false)
  expect(isOverdue(reviewed, '2026-11-25T09:00:00.001Z')).toBe(true)
})

test('the record of a change has ids, codes and times, and no field for a name', () => {
  for (const { path, patterns } of leavesOf(rosterRecord).filter(({ kind }) => kind === 'text'))
    expect([path, patterns.some(isBounded)]).toEqual([path, true])
  expect(objectsOf(rosterRecord).filter(({ closed }) => !closed)).toEqual([])
})
