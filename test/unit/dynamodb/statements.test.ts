import { expect, test } from 'vitest'
import { deleteStatement, insertStatement, replaceStatement } from '../../../functions/dynamodb/statements.ts'
import { readStatement } from '../../../infra/local/edge/partiql.ts'

test('an insertion names every attribute that is there, in order, and passes its value as a parameter', () => {
  const blob = new Uint8Array([1, 2])
  expect(insertStatement('T', { ret: 'R', seq: 3, none: undefined, blob })).toEqual({
    Statement: `INSERT INTO "T" VALUE {'ret': ?, 'seq': ?, 'blob': ?}`,
    Parameters: [{ S: 'R' }, { N: '3' }, { B: blob }],
  })
})

test('a deletion names the whole key', () => {
  expect(deleteStatement('T', { ret: 'R', wrap: 'W' })).toEqual({
    Statement: `DELETE FROM "T" WHERE "ret"=? AND "wrap"=?`,
    Parameters: [{ S: 'R' }, { S: 'W' }],
  })
})

test('a replacement sets one map, on the condition of the version that was read', () => {
  expect(replaceStatement('T', { ret: 'R' }, ['head', { version: 8, hash: 'h' }], 7)).toEqual({
    Statement: `UPDATE "T" SET "head"=? WHERE "ret"=? AND "head"."version"=?`,
    Parameters: [{ M: { version: { N: '8' }, hash: { S: 'h' } } }, { S: 'R' }, { N: '7' }],
  })
})

test('the local edge reads every shape that is made here', () => {
  const made = [
    insertStatement('T', { ret: 'R', seq: 3 }),
    deleteStatement('T', { ret: 'R', wrap: 'W' }),
    replaceStatement('T', { ret: 'R' }, ['head', { version: 8 }], 7),
  ]
  expect(made.map(({ Statement }) => readStatement(Statement).action)).toEqual([
    'PartiQLInsert',
    'PartiQLDelete',
    'PartiQLUpdate',
  ])
})
