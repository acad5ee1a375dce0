import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import {
  documentNumber,
  idnp,
  name,
  paperNumber,
  phone,
  placeName,
  roomCode,
  text,
  zoneLine,
} from '../../../schemas/values/texts.ts'
import * as typed from '../../../schemas/values/typed-text.ts'

/** Anything that can be pasted: letters of every script, marks, spaces, signs, half characters. */
const pasted = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      ...'aȘß№nr.-–‑ \u00A0\u200B\u00AD\u2028\r\n\t’`«<(0)+00373'.split(''),
      'ǰ',
      'ΐ',
      'Ⅳ',
      '(0)',
      'nr.',
      'tel. ',
    ),
  }),
)

test.each(Object.entries(typed).filter(([called]) => called !== 'latin'))(
  '%s, done twice, is done once',
  (_, normalize) => {
    fc.assert(
      fc.property(pasted, (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text))
      }),
    )
  },
)

/** What people type and paste between, before and after the characters of a text. */
const unseen = fc.constantFrom('\u200B', '\u200E', '\u202A', '\u00AD', '\uFEFF', '\u2060', '\u0000')
const spaces = fc.constantFrom(' ', '\u00A0', '\u2009', '\u202F', '\t')
const hyphens = fc.constantFrom('-', '‐', '‑', '–', '—', '−', '－')

/** A text with noise: at each of its characters, what stands for it, and what nobody sees. */
function noisy(clean: string, instead: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const characters = [...clean].map((character) =>
    fc.tuple(fc.option(unseen, { nil: '' }), instead[character] ?? fc.constant(character)),
  )
  return fc
    .tuple(fc.option(spaces, { nil: '' }), fc.tuple(...characters), fc.option(spaces, { nil: '' }))
    .map(([before, all, after]) => before + all.map((pair) => pair.join('')).join('') + after)
}

const anyCase = (letter: string) => fc.constantFrom(letter, letter.toLowerCase())
const capitals = Object.fromEntries([...'ABDE'].map((letter) => [letter, anyCase(letter)]))
const digitSigns = fc.constantFrom('', ' ', '.', '\u00A0', '-')
const spaced = Object.fromEntries(
  [...'0123456789'].map((digit) => [digit, digitSigns.map((sign) => `${sign}${digit}`)]),
)

const fields: readonly [string, z.ZodMiniType<string>, string, Record<string, fc.Arbitrary<string>>][] = [
  [
    'a name',
    name(),
    'Țurcan-Lungu D’Arc',
    { '-': hyphens, ' ': spaces, '’': fc.constantFrom('’', "'", '‘', '`', 'ʼ') },
  ],
  ['a decomposed name', name(), 'Ștefăniță', { ș: fc.constant('s\u0326'), ă: fc.constant('a\u0306') }],
  ['a place', placeName(), 'Ivano-Frankivsk 2', { '-': hyphens, ' ': spaces }],
  ['the number of an act', paperNumber, 'HG 948-2008', { '-': hyphens, ' ': spaces }],
  [
    'a document number',
    documentNumber,
    'AB-12345',
    { ...capitals, '-': hyphens, 1: fc.constantFrom('1', ' 1') },
  ],
  ['a machine-readable line', zoneLine, `P<MDA${'ABDE<'.repeat(7)}`, capitals],
  ['an IDNP', idnp, '2000000000004', spaced],
  ['a room', roomCode, 'B3', { B: fc.constantFrom('B', 'b', 'В'), 3: fc.constantFrom('3', ' 3', '-3') }],
  [
    'a phone number',
    phone,
    '+37322123456',
    { '+': fc.constantFrom('+', '00', 'tel. +'), 2: fc.constantFrom('2', ' 2', '(2') },
  ],
  ['a remark', text(200), 'one\ntwo\nthree', { '\n': fc.constantFrom('\n', '\r\n', '\r', ' \n', '\u2028') }],
]

test.each(fields)('%s that is typed with noise is what is typed clean', (_, schema, clean, instead) => {
  expect(schema.parse(clean)).toBe(clean)
  fc.assert(
    fc.property(noisy(clean, instead), (typed) => {
      expect(schema.parse(typed)).toBe(clean)
    }),
  )
})

describe('a text of several lines', () => {
  test('a line break counts once, however a browser sends it', () => {
    const lines = Array.from({ length: 50 }, () => 'a').join('\r\n')
    expect(text(99).safeParse(lines).success).toBe(true)
    expect(text(98).safeParse(lines).success).toBe(false)
  })

  test('its own dashes, quotation marks and capitals stay', () => {
    const remark = 'She said „nu” – and left. № 5'
    expect(text(100).parse(remark)).toBe(remark)
  })
})

test('a sign that only says that a number follows is no part of it', () => {
  for (const number of ['№ 12/3', 'Nr. 12/3', 'nr.12/3', 'no. 12/3', '# 12/3', 'N° 12/3'.replace('N°', '№')])
    expect(paperNumber.parse(number)).toBe('12/3')
})
