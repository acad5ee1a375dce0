import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes, parseCanonical } from '../../../functions/trail/canonical.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (json: string) => new TextEncoder().encode(json)
const refused = expect.objectContaining({ code: 'not-canonical' })

test('the form is that of RFC 8785: no space, keys by UTF-16 code unit, its escapes', () => {
  // RFC 8785 §3.2.3's example, less its U+FB33, which NFC takes apart.
  const value = {
    '\u20ac': 1,
    '\r': 2,
    '1': 3,
    '\u{1f600}': 4,
    '\u0080': 5,
    '\u00f6': 6,
    a: ['\u000f\n/"\\', null],
  }
  expect(text(canonicalBytes(value))).toBe(
    '{"\\r":2,"1":3,"a":["\\u000f\\n/\\"\\\\",null],"\u0080":5,"\u00f6":6,"\u20ac":1,"\u{1f600}":4}',
  )
})

test.each<[string, unknown]>([
  ['a fraction', 0.5],
  ['an unsafe integer', 2 ** 53],
  ['minus zero', -0],
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a big integer', 1n],
  ['undefined', undefined],
  ['a member that is undefined', { a: undefined }],
  ['a hole in an array', new Array(1)],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['bytes', new Uint8Array(1)],
  ['a boxed string', Object('a')],
  ['an object that says how to write itself', { toJSON: () => 'b' }],
  ['a lone surrogate', '\ud800'],
  ['a lone surrogate in a name', { '\udc00': 1 }],
  ['a string that is not NFC', 's\u0326'],
  ['a name that is not NFC', { 's\u0326': 1 }],
  ['what nests too deep', JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`)],
])('%s is refused, inside and alone', (_, value) => {
  expect(() => canonicalBytes(value)).toThrow(refused)
  expect(() => canonicalBytes({ a: [value] })).toThrow(refused)
})

test.each([
  ['a space', '{"a": 1}'],
  ['a line end', '{"a":1}\n'],
  ['keys in another order', '{"b":1,"a":2}'],
  ['a key twice', '{"a":1,"a":1}'],
  ['a number written otherwise', '{"a":1.0}'],
  ['an exponent', '{"a":1e2}'],
  ['a needless escape', '{"a":"\\u0041"}'],
  ['a byte order mark', '\ufeff{"a":1}'],
  ['what is not NFC', '{"a":"s\u0326"}'],
  ['no JSON', '{"a":'],
  ['nothing', ''],
])('bytes with %s are refused', (_, json) => {
  expect(() => parseCanonical(bytes(json))).toThrow(refused)
})

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(refused)
})

test('a name that JavaScript treats specially is a name like any other', () => {
  const json = '{"__proto__":{"a":1},"constructor":2}'
  expect(text(canonicalBytes(parseCanonical(bytes(json))))).toBe(json)
})

const restricted = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.string({ unit: 'binary' }).map((s) => s.normalize('NFC')),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).map((s) => s.normalize('NFC')),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value

test('a value that is written is read back, and has one form for any order of its members', () => {
  fc.assert(
    fc.property(restricted, (value) => {
      fc.pre(JSON.stringify(value).split(/[[{]/).length < 16)
      const written = canonicalBytes(value)
      expect(parseCanonical(written)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalBytes(reversed(value))).toEqual(written)
    }),
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
