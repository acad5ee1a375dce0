import { describe, expect, test } from 'vitest'
import {
  addressed,
  filingParticipants,
  membershipOf,
  readersOf,
} from '../../../../functions/domain/access/readers.ts'
import { worklistRowOf } from '../../../../functions/domain/reports/worklist-row.ts'
import type { LegalBasis } from '../../../../schemas/values/basis.ts'
import { type DataClass, dataClassNames, sectionClassNames } from '../../../../schemas/values/classes.ts'
import { type HolderId, partyOf } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  legalDuty,
  ministry,
  otherMission,
  oversight,
  refused,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  after,
  type DomainReturn,
  filed,
  give,
  keptIn,
  stateOf,
  straightPath,
  upTo,
} from '../../../parts/domain-return.ts'

const all = filed()

test.each<[DataClass, HolderId[]]>([
  ['label', [istanbul, iom, centre, 'custodian']],
  ['case', [istanbul, iom, centre, ministry, 'figures', 'custodian']],
  ['identity', [istanbul, iom, centre, 'custodian']],
  ['contacts', [istanbul, iom, centre, 'custodian']],
  ['safety', [istanbul, iom, centre, 'custodian']],
  ['travel', [istanbul, iom, centre, 'custodian']],
  ['protection', [iom, centre, 'custodian']],
  ['care', [iom, centre, 'custodian']],
  ['decision', [istanbul, iom, ministry, 'custodian']],
  ['talk', []],
  ['note', []],
  ['log', [istanbul, consular, iom, centre, ministry, 'watch']],
])('with every basis, %s is wrapped for %j', (cls, readers) => {
  expect(readersOf(stateOf(all), cls)).toEqual(readers)
})

test('the custodian holds no wrap alone, nor with the figures alone', () => {
  const nobody = filed(filingWith([[iom, refused]]))
  for (const cls of ['protection', 'care'] as const) expect(readersOf(stateOf(nobody), cls)).toEqual([])
  const counted = filingParticipants(oversight, new Map([['figures', 'consent'] as const]))
  expect(readersOf(counted, 'case')).toEqual(['figures'])
})

test('the custodian holds no wrap of talk and notes', () => {
  const between = { by: iom, for: centre }
  expect(readersOf(stateOf(all), 'talk', between)).toEqual([iom, centre])
  expect(readersOf(stateOf(all), 'note', between)).toEqual([iom])
})

test('the biggest filing is one transaction: eight recipients, each with a wrap of all that it reads', () => {
  const centres = ['C0MT', 'T1ET', 'AAAA', 'BBBB', 'CCCC', 'DDDD', 'EEEE', 'FFFF'].map((code) =>
    partyOf('centre', code),
  )
  const made = filed(filingWith(centres.map((centre) => [centre, consent])))
  const wraps = made.kept.flatMap(({ readers }) => readers).length + readersOf(stateOf(made), 'log').length
  // Beside the wraps and the sections: claim, event, head and pending row.
  expect(wraps + made.kept.length + 4).toBeLessThanOrEqual(100)
})

test('the ministry gets no label, and who keeps the log reads nothing else', () => {
  for (const cls of sectionClassNames) {
    expect(readersOf(stateOf(all), cls)).not.toContain('watch')
    expect(readersOf(stateOf(all), cls)).not.toContain(consular)
  }
  expect(readersOf(stateOf(all), 'label')).not.toContain(ministry)
})

const without = (left: HolderId) =>
  everyone.map(([holder, basis]): [HolderId, LegalBasis] => [holder, holder === left ? refused : basis])

/** Every holder that gets an event of a return or reads a section of it. */
function involved({ events, kept }: DomainReturn): Set<HolderId> {
  return new Set([...events.flatMap(({ to }) => to), ...kept.flatMap(({ readers }) => readers)])
}

describe.each([centre, iom, ministry, 'figures'] as const)('without a basis for %s', (left) => {
  test.each([
    ['refused', filed(filingWith(without(left)))],
    ['never asked about', filed(filingWith(everyone.filter(([holder]) => holder !== left)))],
  ])('the holder gets no event and reads nothing, %s', (_why, made) => {
    expect(involved(made)).not.toContain(left)
    for (const cls of dataClassNames) expect(readersOf(stateOf(made), cls)).not.toContain(left)
    if (left !== 'figures') expect(membershipOf(stateOf(made), left)).toBe('none')
  })
})

test('a person who refuses the Centre is invisible to it, from filing to closing', () => {
  const steps = straightPath.flatMap(([by, name]) => (by === centre ? [] : [[by, name] as const]))
  const request = filingWith(without(centre), { reception: 'home' })
  const made = after(filed(request), [...steps, [iom, 'refer-home'], [iom, 'close']])
  expect(stateOf(made).phase).toBe('closed')
  expect(involved(made)).not.toContain(centre)
  expect(membershipOf(stateOf(made), centre)).toBe('none')
})

test('a mission never reads back what it wrote of protection and care', () => {
  for (const { section, readers } of upTo('admit').kept)
    if (section.cls === 'protection' || section.cls === 'care') {
      expect(readers).not.toContain(istanbul)
      expect(readers).toEqual([iom, centre, 'custodian'])
    }
})

test('another mission gets events only with a task on a basis of its own, and reads what the task needs', () => {
  expect(involved(filed())).not.toContain(otherMission)
  expect(membershipOf(stateOf(filed()), otherMission)).toBe('none')
  const body = taskFor(otherMission, 'help-in-transit')
  const helped = give(filed(), { name: 'give-task', by: istanbul, body })
  expect(membershipOf(stateOf(helped), otherMission)).toBe('on')
  expect(readersOf(stateOf(helped), 'identity')).toContain(otherMission)
  for (const cls of ['case', 'care'] as const)
    expect(readersOf(stateOf(helped), cls)).not.toContain(otherMission)
})

test('oversight gets no event and reads nothing, whatever is filed; it sees what is in clear', () => {
  const made = filed(filingWith([...everyone, [oversight, legalDuty]]))
  expect(involved(made)).not.toContain(oversight)
  for (const cls of dataClassNames) expect(readersOf(stateOf(made), cls)).not.toContain(oversight)
  expect(membershipOf(stateOf(made), oversight)).toBe('on')
})

test('the filing mission and the consular department get the events even when nobody else does', () => {
  const alone = filed(filingWith([[iom, refused]]))
  expect(addressed(stateOf(alone))).toEqual([istanbul, consular])
  expect(readersOf(stateOf(alone), 'log')).toEqual([istanbul, consular, 'watch'])
})

test.each<[who: string, grounds: [HolderId, LegalBasis][]]>([
  ['nobody', [[iom, refused]]],
  [
    'the ministry and another mission',
    [
      [ministry, legalDuty],
      [otherMission, consent],
      ['figures', consent],
    ],
  ],
])('a filing that goes to %s seals no section that nobody may read', (_who, bases) => {
  const made = filed(filingWith(bases))
  const classes = made.events[0]?.sections.map(({ cls }) => cls)
  expect(classes).toEqual(['label', 'case', 'identity', 'contacts', 'safety'])
  expect(stateOf(made).sections.map(({ cls }) => cls)).toEqual(classes)
})

test.each([iom, centre])('one reader is enough: with %s, protection and care are sealed', (reader) => {
  const made = filed(filingWith([[reader, consent]]))
  for (const slot of ['identification', 'needs'])
    expect(keptIn(made, slot).map(({ readers }) => readers)).toEqual([[reader, 'custodian']])
})

test('nobody is addressed twice, though a filing names its own mission and the consular department', () => {
  const made = filed(filingWith([[istanbul, legalDuty], [consular, legalDuty], ...everyone]))
  expect(addressed(stateOf(made))).toEqual([istanbul, consular, iom, centre, ministry])
})

test('a filing shows its legal bases by code, never their details', () => {
  const made = filed(filingWith([...everyone.slice(0, 2), [ministry, legalDuty], ['figures', refused]]))
  expect(made.events[0]?.data).toMatchObject({
    basis: { [iom]: 'consent', [centre]: 'consent', [ministry]: 'other-basis', figures: 'none' },
  })
  expect(JSON.stringify(made.events)).not.toContain('HG 948')
})

test('a row of a return that is assigned to nobody is the same for all parties, and says nothing of the person', () => {
  const facts = {
    version: 9,
    hash: '0'.repeat(64),
    at: '2026-11-21T10:00:00.000Z',
    reference: 'RET-0000-0000',
  }
  const made = stateOf(upTo('confirm-travel'))
  expect(worklistRowOf(made, ministry, facts)).toEqual(worklistRowOf(made, iom, facts))
  expect(worklistRowOf(made, iom, facts)).toEqual({
    ret: made.ret,
    reference: 'RET-0000-0000',
    phase: 'confirmed',
    urgency: 1,
    version: 9,
    hash: facts.hash,
    responsible: istanbul,
    items: [
      { what: 'check-document', party: istanbul, day: made.documentCheck?.day },
      { what: 'depart', party: istanbul },
    ],
    flags: [],
    membership: 'on',
    request: made.request,
    cleared: false,
    alerts: [],
    // Until when the place is held stands in clear; when she travels does not.
    arriving: made.placeHeld?.until,
    overdue: [],
    calls: [],
    at: '2026-11-21T10:00:00.000Z',
  })
})
