import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { neededBy } from '../../../functions/desk/filing/needed.ts'
import { fieldsOn, inOrder, pageShape, topics } from '../../../functions/desk/filing/topics.ts'
import { Blank } from '../../../functions/desk/form/blank.tsx'
import { type Path, type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { type Words, wordsIn } from '../../../functions/desk/messages/messages.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { contentOf } from '../../../schemas/sections/sections.ts'
import { basis } from '../../../schemas/values/basis.ts'

beforeAll(() => {
  process.env[variable.partyNames] = '{}'
})

/** What a blank of a shape says, without its marks. */
function said(
  words: Words,
  shape: Shape,
  path: Path,
  isNeeded?: (path: Path, shape: Shape) => boolean,
): string {
  const html = String(Blank({ words, shape, path, isNeeded }))
  return html
    .replace(/<[^>]*>/g, '\n')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

/** Every word that a shape is asked in: the name of each field, and each value that can be chosen. */
function wordsOf(words: Words, shape: Shape, path: Path): string[] {
  const name = words.field(path)
  switch (shape.kind) {
    case 'constant':
      return []
    case 'group':
      return [
        name,
        ...shape.members.flatMap((member) => wordsOf(words, member.shape, [...path, member.name])),
      ]
    case 'rows':
      return [
        name,
        ...(shape.item.kind === 'group'
          ? shape.item.members.flatMap((member) =>
              // Of things that are counted by kind, the list of kinds asks for both.
              member.shape.kind === 'choice'
                ? member.shape.values.map((value) => words.value([...path, member.name], value))
                : [],
            )
          : []),
      ]
    case 'choice':
    case 'choices':
      return [name, ...shape.values.map((value) => words.value(path, value))]
    case 'either':
      return [
        name,
        ...shape.options.map(({ tag }) => words.value(path, tag)),
        ...shape.options.flatMap(({ shape: form }) =>
          form?.kind === 'group'
            ? form.members.flatMap((member) => wordsOf(words, member.shape, [...path, member.name]))
            : [],
        ),
      ]
    default:
      return [name]
  }
}

describe.each(languages)('in %s', (language) => {
  let words: Words
  beforeAll(async () => {
    words = await wordsIn(language)
  })
  test.each(['mission', 'centre', 'partner'])('a blank of %s asks all that the pages ask', (kind) => {
    const asked = topics.flatMap((topic) => fieldsOn(pageShape(kind, topic)))
    expect(asked.length).toBeGreaterThan(15)
    for (const topic of topics)
      for (const { path, shape } of inOrder(kind, pageShape(kind, topic), topic)) {
        const text = said(words.about('file'), shape, path)
        for (const word of wordsOf(words.about('file'), shape, path))
          expect([path, text]).toEqual([path, expect.stringContaining(word)])
      }
  })

  test('what came with her is counted by kind, each kind once', () => {
    const text = said(words.about('hand-over'), shapeOf(contentOf('care', 'condition')), ['care'])
    const paper = words.about('hand-over').value(['care', 'papers', 'paper'], 'birth-certificate')
    expect(text.split(paper)).toHaveLength(2)
  })
})

test('a new field of the contract appears by itself', async () => {
  const words = await wordsIn('en')
  const form = z.strictObject({ remarks: z.optional(z.string()), shelterOnTheWay: z.enum(['one', 'two']) })
  const text = said(words, shapeOf(form), ['case'])
  for (const one of ['Remarks', 'shelterOnTheWay', 'one', 'two']) expect(text).toContain(one)
})

test.each([
  ['case.category', true],
  ['case.urgency', true],
  ['case.learnedOn', true],
  ['case.reasons', true],
  ['case.childrenAlong', true],
  ['identity.name', true],
  ['identity.birth', true],
  ['identity.language', true],
  ['identity.idnp', false],
  ['identity.ageDisputed', false],
  ['care.pregnant', true],
  // None is an answer: the list may be empty.
  ['care.health', false],
  ['safety.dangers', false],
  ['safety.safeWay', false],
  ['case.wishes', false],
])('%s of a mission’s form is needed: %s', async (field, isNeeded) => {
  const path = field.split('.')
  const shape = topics
    .flatMap((topic) => inOrder('mission', pageShape('mission', topic), topic))
    .find((one) => one.path.join('.') === field)?.shape
  if (!shape) throw new Error(`No page asks ${field}.`)
  expect(neededBy('mission')(path, shape)).toBe(isNeeded)
  const text = said((await wordsIn('en')).about('file'), shape, path, neededBy('mission'))
  expect(text.slice(0, 200).includes('*')).toBe(isNeeded)
})

test('within a ground, what that ground requires is marked: its purposes too', async () => {
  const text = said(
    (await wordsIn('en')).about('file'),
    shapeOf(basis),
    ['case', 'basis'],
    neededBy('mission'),
  )
  expect(text).toMatch(/For which purposes\?\s*\*/)
  expect(text).toMatch(/Legal act\s*\*/)
  expect(text).not.toMatch(/Article or point\s*\*/)
})

test('whoever registers somebody who is home needs less than a mission', () => {
  const needed = (kind: string) =>
    topics
      .flatMap((topic) => inOrder(kind, pageShape(kind, topic), topic))
      .filter(({ path, shape }) => neededBy(kind)(path, shape)).length
  expect(needed('centre')).toBeGreaterThan(5)
  expect(needed('centre')).toBeLessThan(needed('mission'))
})
