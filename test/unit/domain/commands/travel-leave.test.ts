import { expect, test } from 'vitest'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { gateNames, gatesBefore } from '../../../../schemas/procedure/gates.ts'
import { overridable } from '../../../../schemas/values/codes.ts'
import {
  bodies,
  everyone,
  filingWith,
  iom,
  istanbul,
  legAlone,
  ministry,
  sample,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  filed,
  give,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

const withExit = (made: DomainReturn, change: Record<string, string>) =>
  give(made, {
    name: 'check-exit',
    by: istanbul,
    body: { travel: { ...(bodies['check-exit'].travel as object), ...change } },
  })

const childOf = (made: DomainReturn, change: Record<string, unknown> = {}) =>
  give(made, {
    name: 'assess-child',
    by: iom,
    body: {
      protection: {
        travelsWith: 'companion',
        authorityDecision: { number: 'DAT 12', on: '2026-11-28' },
        bestInterests: '2026-11-28',
        viewHeard: '2026-11-27',
        otherParentPermission: 'not-needed',
        ...change,
      },
    },
  })

test('the journey is not cleared before the exit at the border has been checked', () => {
  const made = upTo('confirm-travel')
  expect(closed(made, 'clear-to-leave', iom)).toEqual(['exit-checked'])
  expect(answerTo(withExit(made, {}), { name: 'clear-to-leave', by: iom })).toBe('accepted')
})

test.each([
  ['missing exit papers', { exitPapers: 'missing' }, ['exit-checked']],
  ['a fine that is open', { fine: 'open' }, ['exit-checked']],
  ['a ban in force', { ban: 'in-force' }, ['exit-checked']],
  ['no right to pass through', { transit: 'missing' }, ['exit-checked']],
  ['a ban that was lifted', { ban: 'lifted' }, []],
  ['a fine that was paid', { fine: 'paid' }, []],
])('%s closes the gate before leaving or not', (_what, change, gates) => {
  expect(closed(withExit(upTo('confirm-travel'), change), 'clear-to-leave', iom)).toEqual(gates)
})

test('a departure without clearance alerts everyone, and is accepted', () => {
  const uncleared = give(upTo('confirm-travel'), { name: 'depart', by: istanbul })
  expect([stateOf(uncleared).phase, stateOf(uncleared).alerts]).toEqual(['travelling', ['left-unconfirmed']])
  expect(stateOf(upTo('depart')).alerts).toEqual([])
})

test('a journey that was changed has to be confirmed and cleared anew', () => {
  const changed = give(upTo('clear-to-leave'), { name: 'change-travel', by: iom })
  expect([stateOf(changed).phase, stateOf(changed).cleared]).toEqual(['planned', false])
})

const child = upTo(
  'hold-place',
  filed(filingWith(everyone, { category: 'unaccompanied-child', ageBand: 'not-known' })),
)

test.each<[string, Record<string, unknown>, string[]]>([
  ["the authority's decision", { authorityDecision: undefined }, ['child-protected']],
  ['the best interests', { bestInterests: undefined }, ['child-protected']],
  ["the child's view", { viewHeard: undefined }, ['child-protected']],
  ['nothing', {}, []],
  [
    'all of it, beside an adult under suspicion',
    { travelsWith: 'suspected-adult', viewHeard: undefined },
    ['child-protected'],
  ],
  [
    'nothing of it, beside a safe parent with papers',
    { travelsWith: 'safe-parent', parentPapers: true, authorityDecision: undefined },
    [],
  ],
  ['the papers of a safe parent', { travelsWith: 'safe-parent' }, ['parent-papers']],
  [
    'the leave of the other parent',
    { travelsWith: 'safe-parent', parentPapers: true, otherParentPermission: 'missing' },
    ['parent-papers'],
  ],
])('a child with %s missing does not leave', (_what, change, gates) => {
  expect(closed(childOf(child, change), 'confirm-travel', iom)).toEqual(gates)
})

test('a child that nobody has assessed does not leave', () => {
  expect(closed(child, 'confirm-travel', iom)).toEqual(['child-protected'])
})

const override = (gates: string[], role: 'officer' | 'duty-officer' | 'administrator' = 'duty-officer') =>
  ({ name: 'override', by: iom, role, body: { case: { gates, reason: 'checked-by-phone' } } }) as const

test('an override waives the gates that it names, and no other', () => {
  const bare = after(upTo('accept'), [[iom, 'plan-travel']])
  const all = closed(bare, 'confirm-travel', iom)
  expect(all).toContain('funded')
  expect(closed(give(bare, override(['funded'])), 'confirm-travel', iom)).toEqual(
    all.filter((gate) => gate !== 'funded'),
  )
})

test('only a duty officer or an administrator overrides a gate', () => {
  const made = upTo('plan-travel')
  expect(answerTo(made, override(['funded'], 'officer'))).toBe('not-your-role')
  expect(answerTo(made, override(['funded'], 'administrator'))).toBe('accepted')
})

test("no override can name the person's own yes, her name and identity, or a child's companion", () => {
  const refusedGates = gateNames.filter((gate) => !(overridable as readonly string[]).includes(gate))
  expect(refusedGates).toEqual(
    expect.arrayContaining(['wants-to-return', 'person-named', 'identity-confirmed', 'companion']),
  )
  for (const gate of refusedGates)
    expect(bodyOf('override', 'iom').safeParse({ case: { gates: [gate], reason: 'danger' } }).success).toBe(
      false,
    )
})

const noTo = filingWith(everyone, { agreement: { ...sample.case.agreement, toReturn: 'no' } })

test('an evacuation waives every gate that can be waived, and no other', () => {
  const bare = after(upTo('accept'), [[iom, 'plan-travel']])
  const ordered = give(bare, { name: 'evacuate', by: istanbul })
  const left = closed(ordered, 'confirm-travel', iom)
  expect(left.filter((gate) => (overridable as readonly string[]).includes(gate))).toEqual([])
  expect(left).toEqual(['identity-confirmed'])
  const ofWhoSaysNo = give(after(filed(noTo), [[iom, 'acknowledge']]), { name: 'evacuate', by: istanbul })
  expect(closed(ofWhoSaysNo, 'accept', iom)).toEqual(['wants-to-return'])
})

test('an evacuation counts for a day, and for ever once it is confirmed', () => {
  const bare = after(upTo('accept'), [[iom, 'plan-travel']])
  const ordered = give(bare, { name: 'evacuate', by: istanbul, at: '2026-11-21T10:00:00.000Z' })
  const confirmed = give(ordered, { name: 'confirm-evacuation', by: iom })
  const left = (made: DomainReturn, at: string) =>
    refusalOf(made, { name: 'confirm-travel', by: iom, at })?.detail.gates?.map(({ gate }) => gate)
  const [within, after24] = ['2026-11-22T09:59:59.999Z', '2026-11-22T10:00:00.000Z'] as const
  expect(left(ordered, within)).toEqual(['identity-confirmed'])
  expect(left(ordered, after24)).toEqual(closed(bare, 'confirm-travel', iom))
  for (const at of [within, after24, '2027-11-22T10:00:00.000Z'])
    expect(left(confirmed, at)).toEqual(['identity-confirmed'])
  // A confirmation that comes a day late makes the evacuation count again.
  const confirmation = { name: 'confirm-evacuation', by: iom, at: '2026-11-24T10:00:00.000Z' } as const
  expect(left(give(ordered, confirmation), '2026-11-24T10:01:00.000Z')).toEqual(['identity-confirmed'])
})

test('an evacuation takes no child along without an adult', () => {
  const alone = give(child, {
    name: 'change-travel',
    by: iom,
    body: { travel: { legs: [legAlone], arrivesAt: 'RMO' } },
  })
  const ordered = give(alone, { name: 'evacuate', by: istanbul })
  expect(closed(ordered, 'confirm-travel', iom)).toEqual(['companion'])
})

test('one duty officer orders an evacuation, and another person confirms it once', () => {
  const made = upTo('accept')
  expect(answerTo(made, { name: 'evacuate', by: istanbul, role: 'officer' })).toBe('not-your-role')
  expect(answerTo(made, { name: 'evacuate', by: istanbul, role: 'administrator' })).toBe('not-your-role')
  const confirm = { name: 'confirm-evacuation', by: ministry } as const
  expect(answerTo(made, confirm)).toBe('nothing-to-do')
  const ordered = give(made, { name: 'evacuate', by: istanbul })
  expect(answerTo(ordered, { ...confirm, by: istanbul, user: 'user-1' })).toBe('same-person')
  const confirmed = give(ordered, confirm)
  expect(stateOf(confirmed).evacuation).toMatchObject({ by: istanbul, confirmed: true })
  expect(answerTo(confirmed, confirm)).toBe('nothing-to-do')
})

test('the gates before leaving are checked twice: when the journey is confirmed, and when it is cleared', () => {
  expect(gatesBefore('clear-to-leave')).toEqual(expect.arrayContaining(gatesBefore('confirm-travel')))
})
