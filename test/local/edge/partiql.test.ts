import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStatement } from '../../../infra/local/edge/partiql.ts'

describe('statements of our functions', () => {
  test.each([
    [
      `INSERT INTO "acasa-trail" VALUE {'ret': ?, 'seq': ?}`,
      'PartiQLInsert',
      'acasa-trail',
      { ret: 0, seq: 1 },
      2,
    ],
    [`INSERT INTO "t.x_1" VALUE { 'ret' : ? }`, 'PartiQLInsert', 't.x_1', { ret: 0 }, 1],
    [
      `UPDATE "heads" SET "head"=? WHERE "ret"=? AND "head"."version"=?`,
      'PartiQLUpdate',
      'heads',
      { ret: 1, 'head.version': 2 },
      3,
    ],
    [
      `DELETE FROM "keys"\n  WHERE "ret" = ?\n  AND "wrap" = ?`,
      'PartiQLDelete',
      'keys',
      { ret: 0, wrap: 1 },
      2,
    ],
  ] as const)('the edge reads the statement %s', (statement, action, table, equals, parameters) => {
    const read = readStatement(statement)
    expect(read).toMatchObject({ action, table, parameters })
    expect(Object.fromEntries(read.equals)).toEqual(equals)
  })
})

describe('other statements', () => {
  test.each([
    ['nothing', ''],
    ['a comment to the end of the line', `DELETE FROM "keys" WHERE "ret"=? -- AND "wrap"=?`],
    ['a comment inside', `DELETE FROM "keys" /* x */ WHERE "ret"=?`],
    ['two statements', `DELETE FROM "keys" WHERE "ret"=?; DELETE FROM "trail" WHERE "ret"=?`],
    ['a semicolon at the end', `DELETE FROM "keys" WHERE "ret"=?;`],
    ['a quote inside a name', `DELETE FROM "ke""ys" WHERE "ret"=?`],
    ['a name without quotes', `DELETE FROM keys WHERE "ret"=?`],
    ['an attribute without quotes', `DELETE FROM "keys" WHERE ret=?`],
    ['a text in place of a parameter', `DELETE FROM "keys" WHERE "ret"='x'`],
    ['a number in place of a parameter', `DELETE FROM "keys" WHERE "ret"=1`],
    ['an attribute in place of a parameter', `DELETE FROM "keys" WHERE "ret"="ret"`],
    ['an IN list', `DELETE FROM "keys" WHERE "ret" IN [?, ?]`],
    ['an OR', `DELETE FROM "keys" WHERE "ret"=? OR "ret"=?`],
    ['a NOT', `DELETE FROM "keys" WHERE NOT "ret"=?`],
    ['another comparison', `DELETE FROM "keys" WHERE "ret">=?`],
    ['a function', `DELETE FROM "keys" WHERE begins_with("ret", ?)`],
    ['parentheses', `DELETE FROM "keys" WHERE ("ret"=?)`],
    ['one attribute compared twice', `DELETE FROM "keys" WHERE "ret"=? AND "ret"=?`],
    ['one attribute given twice', `INSERT INTO "trail" VALUE {'ret': ?, 'ret': ?}`],
    ['a dot inside a name', `UPDATE "heads" SET "head"=? WHERE "head.version"=? AND "head"."version"=?`],
    ['no WHERE', `DELETE FROM "keys"`],
    ['two assignments', `UPDATE "heads" SET "a"=? SET "b"=? WHERE "ret"=?`],
    ['a REMOVE', `UPDATE "heads" REMOVE "a" WHERE "ret"=?`],
    ['a RETURNING', `DELETE FROM "keys" WHERE "ret"=? RETURNING ALL OLD *`],
    ['a SELECT', `SELECT * FROM "keys" WHERE "ret"=?`],
    ['an EXISTS', `EXISTS(SELECT * FROM "keys" WHERE "ret"=?)`],
    ['an index', `DELETE FROM "keys"."by-rank" WHERE "ret"=?`],
    ['an empty item', `INSERT INTO "trail" VALUE {}`],
    ['a list of items', `INSERT INTO "trail" VALUE [{'ret': ?}]`],
    ['a nested item', `INSERT INTO "trail" VALUE {'ret': ?, 'head': {'a': ?}}`],
    ['another kind of space', `DELETE\u00a0FROM "keys" WHERE "ret"=?`],
    ['small letters', `delete from "keys" where "ret"=?`],
    ['a quote that does not end', `DELETE FROM "keys WHERE "ret"=?`],
  ])('the edge refuses %s', (_, statement) => {
    expect(() => readStatement(statement)).toThrow()
  })
})

test('a text that is added to a statement leads to an error or to the same reading', () => {
  const statement = `UPDATE "heads" SET "head"=? WHERE "ret"=? AND "head"."version"=?`
  const read = readStatement(statement)
  const piece = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(' ', '\n', '?', '"', "'", 'AND', ';', '--', '"ret"=?', 'OR "ret"=?', '}', ','),
  )
  fc.assert(
    fc.property(fc.nat(statement.length), piece, (at, text) => {
      const changed = statement.slice(0, at) + text + statement.slice(at)
      let again: ReturnType<typeof readStatement>
      try {
        again = readStatement(changed)
      } catch {
        return
      }
      // A longer name is another table or attribute; the shape and the positions of the parameters must stay.
      expect(again.action).toBe(read.action)
      expect([...again.equals.values()]).toEqual([...read.equals.values()])
      expect(again.parameters).toBe(read.parameters)
    }),
    { numRuns: 2000 },
  )
})
