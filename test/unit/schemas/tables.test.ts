import { describe, expect, test } from 'vitest'
import { isRefusal, problemCodes, problems, refusal } from '../../../schemas/api/problems.ts'
import { basisCode, basisCodeOf } from '../../../schemas/values/basis.ts'
import {
  dataClasses,
  dataClassNames,
  grantableClasses,
  grantsTo,
  mayRead,
  sectionClassNames,
} from '../../../schemas/values/classes.ts'
import * as codes from '../../../schemas/values/codes.ts'
import {
  addressedKinds,
  holderId,
  holderKinds,
  kindOf,
  partyCodeOf,
  partyId,
  partyKinds,
  partyOf,
} from '../../../schemas/values/parties.ts'
import { consent, iom, istanbul, legalDuty, refused } from '../../parts/bodies.ts'

const lists = Object.entries(codes).flatMap(([name, list]): [string, readonly string[]][] =>
  Array.isArray(list) ? [[name, list]] : 'options' in list ? [[name, list.options]] : [],
)

test.each(lists)('the list %s names nothing twice, and each in the form of a code', (_name, list) => {
  expect(new Set(list).size).toBe(list.length)
  for (const code of list) expect(code).toMatch(/^([A-Z]{2,3}|[a-z]+(-[a-z]+)*|\d+(-\d+|\+))$/)
})

test('the lists are whole: 249 countries, 183 languages of ISO 639-1 and 9 besides', () => {
  expect(codes.countries).toHaveLength(249)
  expect(codes.languageCodes).toHaveLength(192)
})

describe('classes', () => {
  test('are read and written by kinds that are there, each named once', () => {
    for (const cls of dataClassNames) {
      const { readers, writers } = dataClasses[cls]
      for (const reader of readers) expect(holderKinds).toContain(reader)
      for (const writer of writers) expect(addressedKinds).toContain(writer)
      expect(new Set(readers).size).toBe(readers.length)
    }
  })

  test('are read by the narrow circles of the design', () => {
    const readersOf = (kind: string) => dataClassNames.filter((cls) => mayRead(kind, cls))
    expect(readersOf('consular')).toEqual(['log'])
    expect(readersOf('oversight')).toEqual([])
    expect(readersOf('watch')).toEqual(['log'])
    expect(readersOf('figures')).toEqual(['case'])
    expect(readersOf('custodian')).toEqual([])
    expect(readersOf('ministry')).toEqual(['case', 'safety', 'travel', 'decision', 'note', 'talk', 'log'])
    expect(readersOf('partner')).not.toContain('label')
    expect(readersOf('mission')).not.toContain('protection')
    expect(readersOf('mission')).not.toContain('care')
    expect(sectionClassNames).not.toContain('log')
  })

  test('are granted by who reads some, to who reads some, and never what is personal or whom every return has', () => {
    for (const [granter, to] of Object.entries(grantsTo)) {
      for (const holder of [granter, ...to])
        expect(grantableClasses.some((cls) => mayRead(holder, cls))).toBe(true)
      for (const never of ['consular', 'watch', 'custodian']) expect(to).not.toContain(never)
      // Of one party there is no other to grant to.
      expect([granter, (to as readonly string[]).includes(granter)]).toEqual([
        granter,
        partyKinds[granter as keyof typeof grantsTo].many,
      ])
    }
    expect(dataClassNames.filter((cls) => !grantableClasses.includes(cls))).toEqual(['note', 'talk'])
  })

  test('safety is read by everyone who reads contacts or travel', () => {
    for (const cls of ['contacts', 'travel'] as const)
      for (const kind of dataClasses[cls].readers) expect(mayRead(kind, 'safety')).toBe(true)
  })
})

describe('problems', () => {
  test.each(problemCodes)('%s: a status, and a title that tells what to do and names no value', (code) => {
    const { status, title } = problems[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(title).toMatch(/^[A-Z][^{}$%<>"]+\.$/)
    expect(title.replace(/RFC \d+|UTF-8/g, '')).not.toMatch(/\d/)
  })

  test('a refusal is known by its shape, and its message is its code', () => {
    const refused = refusal('gate-closed', { fields: ['case'] })
    expect(isRefusal(refused)).toBe(true)
    expect(isRefusal(Object.assign(new Error('x'), { name: 'Refusal', code: 'gate-closed' }))).toBe(true)
    expect([refused.message, String(refused)]).toEqual(['gate-closed', 'Refusal: gate-closed'])
    for (const other of [new Error('gate-closed'), { code: 'gate-closed' }, undefined])
      expect(isRefusal(other)).toBe(false)
    expect(isRefusal(Object.assign(new Error('x'), { name: 'Refusal', code: 'no-such' }))).toBe(false)
  })
})

describe('parties', () => {
  test.each([
    ['mission:1XGE', true],
    ['centre:S0DS', true],
    ['iom', true],
    ['consular', true],
    ['oversight', true],
    ['partner:VQ1Z', true],
    ['partner', false],
    ['mission', false],
    ['iom:1XGE', false],
    ['mission:1xge', false],
    ['mission:1XGI', false],
    ['mission:1XGE1', false],
    ['figures', false],
    ['watch', false],
    ['custodian', false],
    ['iom\n', false],
  ])('%j is a party: %s', (id, good) => {
    expect(partyId.safeParse(id).success).toBe(good)
  })

  test('figures, watch and the custodian hold keys, and are no parties', () => {
    for (const id of ['figures', 'watch', 'custodian', 'iom'])
      expect(holderId.safeParse(id).success).toBe(true)
    expect(holderId.safeParse('storage').success).toBe(false)
  })

  test('an id is made of its kind and code, and taken apart', () => {
    expect([kindOf(istanbul), partyCodeOf(istanbul), kindOf(iom), partyCodeOf(iom)]).toEqual([
      'mission',
      '1XGE',
      'iom',
      undefined,
    ])
    expect([partyOf('mission', '1XGE'), partyOf('iom')]).toEqual([istanbul, iom])
    expect(() => partyOf('mission')).toThrow()
  })
})

test('a basis is told in clear as consent, another ground, or none', () => {
  expect([consent, legalDuty, refused].map(basisCodeOf)).toEqual(['consent', 'other-basis', 'none'])
  expect(basisCodeOf({ kind: 'vital-interests', why: 'incapable', since: '2026-11-20' })).toBe('other-basis')
  expect(basisCodeOf({ kind: 'child-protection', on: '2026-11-20' })).toBe('other-basis')
  expect(basisCode.options).toEqual(['consent', 'other-basis', 'none'])
})
