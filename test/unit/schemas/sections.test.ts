import { describe, expect, test } from 'vitest'
import { contentOf, sections, sentForm } from '../../../schemas/sections/sections.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import {
  day,
  documentNumber,
  idnp,
  localTime,
  name,
  paperNumber,
  phone,
  placeName,
  returnId,
  roomCode,
  text,
  zone,
} from '../../../schemas/values/texts.ts'
import { isBounded, leavesOf, objectsOf } from '../../parts/schema-walk.ts'

const slots = sectionClassNames.flatMap((cls) =>
  Object.keys(sections[cls]).map((slot) => [cls, slot] as const),
)

test('every class has its slots', () => {
  expect(Object.keys(sections).sort()).toEqual([...sectionClassNames].sort())
  for (const cls of sectionClassNames) expect(Object.keys(sections[cls]).length).toBeGreaterThan(0)
})

describe.each(slots)('%s/%s', (cls, slot) => {
  test('takes no key that it does not name, however deep', () => {
    expect(objectsOf(contentOf(cls, slot), slot).filter(({ closed }) => !closed)).toEqual([])
  })

  test('bounds every text', () => {
    for (const { path, max, patterns, format } of leavesOf(contentOf(cls, slot)).filter(
      ({ kind }) => kind === 'text',
    )) {
      const checked = max !== undefined || format !== undefined || patterns.some(isBounded)
      expect([path.join('.'), checked]).toEqual([path.join('.'), true])
    }
  })

  test('is sent without what is derived', () => {
    const paths = leavesOf(sentForm(cls, slot)).map(({ path }) => path.join('.'))
    expect(paths).not.toContain('asPlanned')
  })
})

test('class case, which figures count, holds no free text longer than a name', () => {
  for (const slot of Object.keys(sections.case))
    for (const leaf of leavesOf(contentOf('case', slot)).filter(({ kind }) => kind === 'text')) {
      const { path, max = Number.POSITIVE_INFINITY, patterns, format } = leaf
      const short = max <= 60 || patterns.some(isBounded) || format !== undefined
      expect([slot, path.join('.'), short]).toEqual([slot, path.join('.'), true])
    }
})

test('a slot that is not there is a fault of ours', () => {
  expect(() => contentOf('case', 'remarks')).toThrow('case/remarks')
})

test.each([
  [
    'a day',
    day,
    ['2026-11-21', '2024-02-29', '1900-01-01', '2099-12-31'],
    [
      '2026-02-30',
      '2025-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '1899-12-31',
      '2100-01-01',
      '0026-11-21',
      '21.11.2026',
      '2026-11-21T10:00',
      '',
    ],
  ],
  [
    'a local time',
    localTime,
    ['2026-11-21T18:55', '2024-02-29T00:00', '1900-01-01T00:00', '2099-12-31T23:59'],
    [
      '2026-02-30T10:00',
      '2025-02-29T10:00',
      '2026-04-31T10:00',
      '2026-13-01T10:00',
      '1899-12-31T23:59',
      '2100-01-01T00:00',
      '9999-12-31T10:00',
      '2026-11-21',
      '2026-11-21T24:00',
      '2026-11-21T18:55Z',
      '2026-11-21 18:55',
    ],
  ],
  [
    'a name',
    name(),
    ['Ștefania', "D'Ângelo-Țurcan", 'Юлия', 'Ana (Anuța)', 'Ana\u0000', "'t Hooft", 'J.'],
    ['', ' ', '1Ana', '<b>', 'A'.repeat(81), 'Ana; tel 5', 'Ana 2', '-'],
  ],
  [
    'a place',
    placeName(),
    [
      'Chișinău',
      'Sector 4',
      '31 August 1989 nr. 5',
      'Hotel „Dacia”',
      'Terminal 2, desk 14',
      'Санкт-Петербург',
    ],
    ['', 'x'.repeat(61), '@home', '*', 'a<b'],
  ],
  [
    'a paper number',
    paperNumber,
    ['HG 948/2008', 'TC 000001', 'А-17', '№ 45', 'art. 5 (1)', 'a\nb'],
    ['', 'x'.repeat(41), 'a;b', '№'],
  ],
  [
    'a document number',
    documentNumber,
    ['AB1234567', '№ ab 12-34', 'TT/045'],
    ['', 'A'.repeat(41), '?', 'A;B'],
  ],
  [
    'a phone number',
    phone,
    ['+37322123456', '+373 22 123456', '00373 22 12 34 56', 'tel. +373 (22) 123-456'],
    ['022123456', '+0123456789', '+12345678901234567', 'nobody'],
  ],
  [
    'an IDNP',
    idnp,
    ['2000000000004', '2 000 000 000 004', 'IDNP: 2000000000004'],
    ['200000000000', '2'.repeat(14)],
  ],
  ['a room', roomCode, ['12', 'b3', 'nr. 12', 'В 3'], ['room', '1234', 'ABC']],
  ['a zone', zone, ['Europe/Chisinau', 'UTC'], ['Europe/Nowhere', '', 'Europe/Chisinau '.repeat(4)]],
  ['a text', text(5), ['ab', 'ștțăâ'], ['', '   ', 'abcdef']],
  [
    'a return id',
    returnId,
    ['1XGE0000000000000000000000000A'],
    [
      '1XGE8000000000000000000000000A',
      '1XGE000000000000000000000000',
      '1xge0000000000000000000000000a',
      '1XGE000000000000000000000000IL',
    ],
  ],
] as const)('%s', (_what, form, good, bad) => {
  for (const text of good) expect([text, form.safeParse(text).success]).toEqual([text, true])
  for (const text of bad) expect([text, form.safeParse(text).success]).toEqual([text, false])
})

test('a text has one spelling: spaces around it go, letters and their marks are composed', () => {
  expect(text(20).parse('  S\u0326tefania ')).toBe('\u0218tefania')
  expect(name().parse('  S\u0326tefania ')).toBe('\u0218tefania')
})
