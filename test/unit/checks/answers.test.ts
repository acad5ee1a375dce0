import { describe, expect, test } from 'vitest'
import { findingsIn } from '../../../functions/checks/check-body.ts'
import type { CommandName } from '../../../schemas/commands/commands.ts'
import { oneLeg, type Person, sample } from '../../parts/bodies.ts'

const now = Date.parse('2026-11-28T12:00:00.000Z')
const { ageBand: _, ...request } = sample.case

const found = async (
  command: CommandName,
  body: Readonly<Record<string, unknown>>,
  circumstances: Partial<Parameters<typeof findingsIn>[3]> = {},
) =>
  (await findingsIn(command, 'mission', body, { now, ...circumstances })).map(({ check, fields }) => [
    check,
    ...fields,
  ])
const filed = (body: object) => found('file', { ...sample, case: request, ...body })
const born = (birth: Person['birth']) => ({ ...sample.identity, birth })

test('given the sample, then there is nothing to ask', async () => {
  expect(await filed({})).toEqual([])
})

describe('"none" beside something', () => {
  test.each<[CommandName, object, string[]]>([
    [
      'assess-risk',
      { decision: { recommendation: 'return', needs: ['companion', 'none'] } },
      ['none-and-some', 'decision.needs'],
    ],
    [
      'file',
      { protection: { ...sample.protection, indicators: ['debt', 'none-seen'] } },
      ['none-and-some', 'protection.indicators'],
    ],
    [
      'file',
      { protection: { ...sample.protection, exploitation: ['labour', 'not-known'] } },
      ['none-and-some', 'protection.exploitation'],
    ],
    [
      'file',
      { safety: { ...sample.safety, noneKnown: true } },
      ['none-and-some', 'safety.noneKnown', 'safety.dangers'],
    ],
  ])('given it in %s, then it is refused', async (command, body, expected) => {
    expect(await found(command, { ...body })).toEqual([expected])
  })

  test('alone it is an answer', async () => {
    expect(await found('assess-risk', { decision: { needs: ['none'] } })).toEqual([])
    expect(await filed({ safety: { dangers: [], mustNotKnow: [], noneKnown: true } })).toEqual([])
  })
})

describe('an age', () => {
  test('given a birth and another age band, then it is refused', async () => {
    const body = { identity: born({ on: '1994-03-01' }), case: { ...request, ageBand: '0-5' } }
    expect(await filed(body)).toEqual([['differs-from-birth', 'case.ageBand', 'identity.birth']])
  })

  test('given an adult without a companion, or a child in difficulty, then it is asked back', async () => {
    const child = born({ on: '2015-03-01' })
    expect(await filed({ case: { ...request, category: 'unaccompanied-child' } })).toEqual([
      ['category-of-another-age', 'case.category', 'identity.birth'],
    ])
    expect(await filed({ identity: child, case: { ...request, category: 'person-in-difficulty' } })).toEqual([
      ['category-of-another-age', 'case.category', 'identity.birth'],
    ])
    expect(
      await filed({
        identity: { ...child, ageDisputed: true },
        case: { ...request, category: 'person-in-difficulty' },
      }),
    ).toEqual([])
  })

  test('given an amended birth that no longer fits the category, then it is asked where it is typed', async () => {
    const before = new Map<string, unknown>([
      ['case/request', { ...request, category: 'unaccompanied-child' }],
    ])
    const body = { slot: 'person', identity: born({ on: '1990-01-01' }) }
    expect(await found('amend', body, { before })).toEqual([
      ['category-of-another-age', 'identity.birth', 'case.category'],
    ])
  })

  test('given a child who comes along, then it is younger than 18 and not as old as she is', async () => {
    const children = (bornOn: string) => ({
      contacts: { ...sample.contacts, children: [{ name: 'Copil Exemplu', bornOn }] },
    })
    expect(await filed(children('2020-01-01'))).toEqual([])
    expect(await filed(children('2001-01-01'))).toEqual([
      ['parent-too-young', 'contacts.children.0.bornOn', 'identity.birth'],
    ])
    expect(await filed({ ...children('2005-01-01'), identity: born({ on: '1970-01-01' }) })).toEqual([
      ['child-of-age', 'contacts.children.0.bornOn'],
    ])
    expect(await filed(children('2030-01-01'))).toContainEqual([
      'in-the-future',
      'contacts.children.0.bornOn',
    ])
  })

  test('given a pregnancy of a man or of a small child, then it is asked back', async () => {
    const care = { ...sample.care, pregnant: 'yes' }
    expect(await filed({ care })).toEqual([])
    expect(await filed({ care, case: { ...request, sex: 'male' } })).toEqual([
      ['pregnant-unlikely', 'care.pregnant', 'case.sex'],
    ])
    expect(await filed({ care, identity: born({ on: '2019-01-01' }) })).toEqual([
      ['pregnant-unlikely', 'care.pregnant', 'identity.birth'],
    ])
  })
})

describe('eighteen years between filing and travel', () => {
  const identity = born({ on: '2008-12-01' })
  const before = new Map<string, unknown>([['identity/person', identity]])
  const travel = oneLeg('2026-12-05T11:30', '2026-12-05T13:00')
  const input = ['comes-of-age', 'travel.legs.0.departs']

  test.each(['plan-travel', 'change-travel'] as const)(
    'given a child of 17, when %s takes her after the birthday, then it is told before any gate',
    async (command) => {
      expect(await found(command, { travel }, { before })).toEqual([input])
    },
  )

  test('given a birthday between filing and planning, then it is told too', async () => {
    const past = new Map<string, unknown>([['identity/person', born({ on: '2008-11-25' })]])
    expect(await found('plan-travel', { travel }, { before: past, filedOn: '2026-11-20' })).toEqual([input])
    expect(await found('plan-travel', { travel }, { before: past, filedOn: '2026-11-26' })).toEqual([])
  })

  test('given that she was asked anew, then nothing is asked again', async () => {
    const done = new Map<string, unknown>([
      ...before,
      ['case/asked-anew', { why: 'came-of-age', on: '2026-12-01' }],
    ])
    expect(await found('plan-travel', { travel }, { before: done })).toEqual([])
  })

  test('given a wish to travel after the birthday, then the filing is told', async () => {
    const wishes = { earliestOn: '2026-12-10', exitPapers: 'missing', banOrFine: 'none', luggage: 'none' }
    expect(await filed({ identity, case: { ...request, wishes } })).toEqual([
      ['comes-of-age', 'case.wishes.earliestOn'],
    ])
  })
})
