import * as library from '@aws-sdk/util-dynamodb'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { marshall, type Plain, type Row, unmarshall } from '../../../functions/dynamodb/attributes.ts'

/** Names that no object has by itself: the library cannot take a member that is called `constructor`, for one. */
const name = fc.string({ minLength: 1 }).filter((text) => !(text in {}))

const { row } = fc.letrec<{ row: Row; value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(fc.option(tie('value'), { nil: undefined }), { maxLength: 3 }),
    tie('row'),
  ),
  row: fc.dictionary(name, fc.option(tie('value'), { nil: undefined }), { maxKeys: 4 }),
}))

test('a row is stored as the library of the SDK stores it', () => {
  fc.assert(
    fc.property(row, (plain) => {
      expect(marshall(plain)).toEqual(library.marshall(plain, { removeUndefinedValues: true }))
    }),
  )
})

test('an item is read as the library of the SDK reads it', () => {
  fc.assert(
    fc.property(row, (plain) => {
      const item = library.marshall(plain, { removeUndefinedValues: true })
      expect(unmarshall(item)).toEqual(library.unmarshall(item))
    }),
  )
})

test('an attribute of a type that is never stored has no value', () => {
  expect(unmarshall({ none: { NULL: true }, some: { SS: ['a'] } })).toEqual({
    none: undefined,
    some: undefined,
  })
})
