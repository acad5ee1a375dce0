import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newDraftId } from '../../../functions/trail/ids.ts'
import { draftBody } from '../../../schemas/api/drafts.ts'
import { dataClassNames, draftClass } from '../../../schemas/values/classes.ts'
import { draftId } from '../../../schemas/values/texts.ts'

/** Objects in each other, so many. */
const nested = (levels: number): object => (levels === 1 ? {} : { in: nested(levels - 1) })

describe('the content of a draft', () => {
  test.each<[string, unknown]>([
    ['nothing yet', {}],
    ['what is half-filled and wrong', { persons: [{ idnp: '12', birth: { on: '31.02.', aged: null } }] }],
    ['fields named as a form names them', { 'persons[0].name': 'X', 'care:needs': true, step_2: 1.5 }],
    ['sixteen levels', nested(16)],
  ])('may be %s', (_, content) => {
    expect(draftBody.parse({ content })).toEqual({ content })
  })

  test.each<[string, unknown]>([
    ['a list', []],
    ['a text', 'x'],
    ['seventeen levels', nested(17)],
    ['seventeen levels of lists', { a: JSON.parse('['.repeat(16) + ']'.repeat(16)) }],
    ['a field with a name for a name', { 'Maria Exemplescu': 1 }],
    ['a field deep inside so named', { a: [{ 'Maria Exemplescu': 1 }] }],
    ['a field without a name', { '': 1 }],
    ['a field that is no field', JSON.parse('{"a":{"__proto__":{"b":1}}}')],
  ])('may not be %s, and the refusal names no field of it', (_, content) => {
    const parsed = draftBody.safeParse({ content })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['content']])
  })

  test('comes to have one spelling, at any depth, and nothing else changes', () => {
    const decomposed = 'S\u0326tefan'
    const composed = 'Ștefan'
    expect(draftBody.parse({ content: { a: [decomposed, { b: decomposed }] } }).content).toEqual({
      a: [composed, { b: composed }],
    })
    const field = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree')),
        fc.dictionary(field, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(field, tree), (content) => {
        const once = draftBody.parse({ content }).content
        expect(draftBody.parse({ content: once }).content).toEqual(once)
        const inOneSpelling: unknown = JSON.parse(JSON.stringify(content), (_, value: unknown) =>
          typeof value === 'string' ? value.normalize('NFC') : value,
        )
        expect(JSON.parse(JSON.stringify(once))).toEqual(inOneSpelling)
      }),
    )
  })
})

test.each<[string, unknown, boolean]>([
  ['initials alone', { initials: 'M.E.' }, true],
  ['nothing', {}, true],
  ['a whole number', { idnpEnd: '2000000000004' }, false],
  ['a name', { name: 'Maria' }, false],
])('the mask of a draft may hold %s: %s', (_, label, good) => {
  expect(draftBody.safeParse({ content: {}, label }).success).toBe(good)
})

test('a keeper is a person as the issuer knows them, never a name', () => {
  expect(draftBody.safeParse({ content: {}, assignee: 'maria' }).success).toBe(false)
})

test('a draft is no class of a return: no event, basis or grant can name it', () => {
  expect(dataClassNames).not.toContain(draftClass)
})

test('ids stand in the order in which drafts were begun', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), fc.integer({ min: 1, max: 1000 }), (now, later) => {
      const [first, second] = [newDraftId(now), newDraftId(Math.min(now + later, 2 ** 48 - 1))]
      expect(first < second).toBe(true)
      expect(draftId.safeParse(first).success && draftId.safeParse(second).success).toBe(true)
    }),
  )
})
