import { describe, expect, test } from 'vitest'
import { mayOverride } from '../../../../functions/domain/gates/overrides.ts'
import { type GateName, gateNames, gates, overriddenBy } from '../../../../schemas/procedure/gates.ts'
import { overridable } from '../../../../schemas/values/codes.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  filingWith,
  happened,
  iom,
  istanbul,
  legalDuty,
  ministry,
  refused,
} from '../../../parts/bodies.ts'
import {
  after,
  closed,
  type DomainReturn,
  filed,
  type Given,
  give,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const override = (by: PartyId, gate: GateName) =>
  ({ name: 'override', by, body: { case: { gates: [gate], reason: 'other' } } }) as Given

/** Who may answer for what, where everybody is on the return. */
const table: [GateName, mission: boolean, iom: boolean][] = [
  ['wants-to-return', false, false],
  ['basis-holds', false, false],
  ['person-named', false, false],
  ['identity-confirmed', false, false],
  ['identified', false, false],
  ['official-request', false, false],
  ['document-valid', true, true],
  ['exit-checked', true, true],
  ['risk-assessed', false, true],
  ['decided', false, false],
  ['funded', false, true],
  ['place-held', false, true],
  ['wants-the-centre', false, false],
  ['fit-to-travel', false, true],
  ['child-protected', false, true],
  ['parent-papers', true, true],
  ['companion', false, false],
]

test('the table names every gate', () => {
  expect(table.map(([gate]) => gate)).toEqual(gateNames)
})

test.each(table)('who may answer for %s: the post %s, IOM %s', (gate, mission, ofIom) => {
  const state = stateOf(upTo('plan-travel'))
  expect([mayOverride(state, istanbul, gate), mayOverride(state, iom, gate)]).toEqual([mission, ofIom])
  for (const party of [centre, ministry]) expect(mayOverride(state, party, gate)).toBe(false)
})

test.each(overridable.filter((gate) => !(overriddenBy(gate) as string[]).includes('mission')))(
  'given a journey on which IOM is, when the post answers for %s, then it is refused, with whose it is',
  (gate) => {
    const refusal = refusalOf(upTo('plan-travel'), override(istanbul, gate))
    expect([refusal?.code, refusal?.detail.fields]).toEqual(['not-yours', ['case.gates']])
    expect(refusal?.detail.gates?.map(({ gate: name, owner }) => [name, owner])).toEqual([
      [gate, gates[gate].owner],
    ])
  },
)

test('given a return without IOM and ministry, when its post answers for what is theirs, then it may', () => {
  const alone = filed(filingWith([[iom, refused]]))
  for (const gate of ['risk-assessed', 'funded', 'fit-to-travel'] as const)
    given(alone)
      .when(override(istanbul, gate) as never)
      .thenEvent({
        type: 'overridden',
        data: {},
        sections: { case: 'override' },
      } as never)
  // With the Centre there, a place is still the Centre's.
  const withCentre = filed(filingWith([[centre, consent]]))
  expect(refusalOf(withCentre, override(istanbul, 'place-held'))?.code).toBe('not-yours')
})

const unfit = { slot: 'fitness', care: { examined: happened('2026-12-04T09:00'), fit: false } }
const banned = { travel: { ...bodies['check-exit'].travel, ban: 'in-force' } }

/** A no to each gate that can be refused, by who says it, and the command before which it stands. */
const noes: [GateName, Given, 'confirm-travel' | 'clear-to-leave'][] = [
  ['decided', { name: 'refuse', by: ministry }, 'confirm-travel'],
  ['decided', { name: 'hold', by: ministry }, 'confirm-travel'],
  ['fit-to-travel', { name: 'amend', by: iom, body: unfit }, 'confirm-travel'],
  ['exit-checked', { name: 'check-exit', by: istanbul, body: banned }, 'clear-to-leave'],
]

describe.each(noes)('a no to %s', (gate, no, before) => {
  const upToNo = (): DomainReturn => {
    const said = give(before === 'clear-to-leave' ? upTo('confirm-travel') : upTo('hold-place'), no)
    return stateOf(said).phase === 'accepted' ? give(said, { name: 'plan-travel', by: iom }) : said
  }

  test('is lifted by no override, whoever gives it', () => {
    expect(closed(upToNo(), before, iom)).toContain(gate)
    for (const by of [istanbul, iom])
      for (const name of overridable) {
        if (refusalOf(upToNo(), override(by, name))) continue
        expect([by, name, closed(give(upToNo(), override(by, name)), before, iom)]).toEqual([
          by,
          name,
          expect.arrayContaining([gate]),
        ])
      }
  })

  test('is lifted by an evacuation once a second person has confirmed it, and not before', () => {
    const ordered = give(upToNo(), { name: 'evacuate', by: iom })
    expect(closed(ordered, before, iom)).toContain(gate)
    expect(closed(give(ordered, { name: 'confirm-evacuation', by: istanbul }), before, iom)).not.toContain(
      gate,
    )
  })
})

test('given the refusal of the ministry, when the ministry approves, then the journey can be confirmed', () => {
  const approved = after(upTo('hold-place'), [
    [ministry, 'refuse'],
    [ministry, 'approve'],
    [iom, 'plan-travel'],
    [centre, 'hold-place'],
  ])
  given(approved)
    .when({ name: 'confirm-travel', by: iom, body: {} })
    .thenEvent({ type: 'travel-confirmed', data: { due: [] } })
})

test('given the refusal of the ministry, when it is left out of the return, then the refusal stands', () => {
  const said = filed(
    filingWith([
      [iom, consent],
      [centre, consent],
      [ministry, consent],
      ['figures', legalDuty],
    ]),
  )
  const made = give(after(upTo('assess-risk', said), [[ministry, 'refuse']]), {
    name: 'withdraw',
    by: istanbul,
    body: { case: { recipient: ministry, by: 'self', on: '2026-12-01' } },
  })
  expect(closed(give(made, { name: 'plan-travel', by: iom }), 'confirm-travel', iom)).toContain('decided')
})
