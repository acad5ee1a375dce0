import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { newReturnId, newSectionId, parseReference, referenceOf } from '../../../functions/trail/ids.ts'
import { reference } from '../../../schemas/api/answers.ts'
import { returnId, sectionId } from '../../../schemas/values/texts.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const refused = expect.objectContaining({ code: 'bad-input' })

/** An id for each run: its randomness is its own, so failures print the reference that was drawn. */
const drawn = fc.constant(null).map(() => referenceOf(newReturnId('K7QX')))
const placeOf = fc.integer({ min: 0, max: 7 })

test('ids are of their form, begin with the code, and do not repeat', () => {
  const ids = Array.from({ length: 500 }, () => newReturnId('K7QX'))
  for (const id of ids) {
    expect(returnId.safeParse(id).success).toBe(true)
    expect(id.startsWith('K7QX')).toBe(true)
    expect(reference.safeParse(referenceOf(id)).success).toBe(true)
  }
  expect(new Set(ids).size).toBe(500)
  const sections = Array.from({ length: 500 }, newSectionId)
  expect(sections.every((sec) => sectionId.safeParse(sec).success)).toBe(true)
  expect(new Set(sections).size).toBe(500)
})

test('a reference comes from the random part alone', () => {
  const id = newReturnId('K7QX')
  expect(referenceOf(`0000${id.slice(4)}`)).toBe(referenceOf(id))
  expect(referenceOf(id).replaceAll('-', '').slice(3, 10)).toBe(id.slice(4, 11))
})

test.each(['RET-0000-0011', 'ret 0000 0011', 'RET-OOOO-OOLI', '0000oo1l', ' ret0000-00i1 '])(
  '%j is read as RET-0000-0011',
  (typed) => {
    expect(parseReference(typed)).toBe('RET-0000-0011')
  },
)

test('a reference is read however it was typed', () => {
  fc.assert(
    fc.property(drawn, (written) => {
      const bare = written.replaceAll('-', '').slice(3)
      const spoken = bare.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
      for (const typed of [written, bare, spoken, `ret ${spoken}`, ` RET-${bare} `]) {
        expect(parseReference(typed)).toBe(written)
      }
    }),
  )
})

test.each(['', 'RET', 'RET-0000', 'RET-0000-00000', 'RET-UUUU-UUUU', 'XYZ-0000-0000', '7K3M9QF*', 'ștț'])(
  '%j is refused',
  (typed) => {
    expect(() => parseReference(typed)).toThrow(refused)
  },
)

test('an id that is too short has no reference', () => {
  expect(() => referenceOf('K7QX123')).toThrow(refused)
})

test('every single wrong character is found', () => {
  fc.assert(
    fc.property(drawn, placeOf, fc.constantFrom(...alphabet), (written, place, other) => {
      const bare = written.replaceAll('-', '').slice(3)
      fc.pre(bare[place] !== other)
      expect(() => parseReference(bare.slice(0, place) + other + bare.slice(place + 1))).toThrow(refused)
    }),
    { numRuns: 1000 },
  )
})

test('every swap of neighbours is found', () => {
  fc.assert(
    fc.property(drawn, fc.integer({ min: 0, max: 6 }), (written, place) => {
      const bare = written.replaceAll('-', '').slice(3)
      const [left = '', right = ''] = bare.slice(place, place + 2)
      fc.pre(left !== right)
      const swapped = bare.slice(0, place) + right + left + bare.slice(place + 2)
      expect(() => parseReference(swapped)).toThrow(refused)
    }),
    { numRuns: 1000 },
  )
})
