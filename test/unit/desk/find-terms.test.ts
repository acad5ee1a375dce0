import { expect, test } from 'vitest'
import { findTermsOf, referenceFrom } from '../../../functions/desk/parts/find-terms.ts'

test.each([
  'RET-7K3M-9QF0',
  'ret-7k3m-9qf0',
  'ret 7k3m 9qfo',
  ' RET7K3M9QF0 ',
  'RET–7K3M–9QFO',
  '\u200BRET-7K3M-9QF0\u00AD',
  '7k3m-9qfO',
])('%s is a reference', (typed) => {
  expect(findTermsOf(typed)[0]).toEqual({ reference: 'RET-7K3M-9QF0' })
})

test('I and L stand for 1, as they are read', () => {
  expect(referenceFrom('ret-IL00-0000')).toBe('RET-1100-0000')
})

test.each([
  ['2000000000016', [{ idnp: '2000000000016' }]],
  ['2 000 000 000 016', [{ idnp: '2000000000016' }]],
  ['2000.0000.0001.6', [{ idnp: '2000000000016' }]],
  ['№ B 1234 56', [{ document: 'B123456' }]],
  ['nr. AB1234567', [{ document: 'AB1234567' }]],
  ['AB 123456', [{ reference: 'RET-AB12-3456' }, { document: 'AB123456' }]],
  ['200000000001', [{ document: '200000000001' }]],
])('%s can mean %j', (typed, terms) => {
  expect(findTermsOf(typed)).toEqual(terms)
})

test.each(['', '   ', '\u200B', '-', 'RET-', '?'])('%j means nothing', (typed) => {
  expect(findTermsOf(typed)).toEqual([])
})

test('what begins as a reference and has its length is looked for as nothing else', () => {
  expect(findTermsOf('RET-0000-0000')).toEqual([{ reference: 'RET-0000-0000' }])
})
