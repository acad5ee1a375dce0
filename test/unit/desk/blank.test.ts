import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { requiredBy } from '../../../functions/desk/filing/required.ts'
import { fieldsOn, inOrder, pageShape, topics } from '../../../functions/desk/filing/topics.ts'
import { Blank } from '../../../functions/desk/form/blank.tsx'
import { type Path, type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { type Messages, messagesIn } from '../../../functions/desk/messages/messages.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { contentOf } from '../../../schemas/sections/sections.ts'
import { basis } from '../../../schemas/values/basis.ts'

beforeAll(() => {
  process.env[variable.partyNames] = '{}'
})

/** The text of a blank form, without tags. */
function blankText(
  messages: Messages,
  shape: Shape,
  path: Path,
  isRequired?: (path: Path, shape: Shape) => boolean,
): string {
  const html = String(Blank({ messages, shape, path, isRequired: isRequired }))
  return html
    .replace(/<[^>]*>/g, '\n')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

/** The names of a shape's fields, and the values that can be chosen. */
function wordsOf(messages: Messages, shape: Shape, path: Path): string[] {
  const name = messages.field(path)
  switch (shape.kind) {
    case 'constant':
      return []
    case 'group':
      return [
        name,
        ...shape.members.flatMap((member) => wordsOf(messages, member.shape, [...path, member.name])),
      ]
    case 'array':
      return [
        name,
        ...(shape.item.kind === 'group'
          ? shape.item.members.flatMap((member) =>
              // Of things that are counted by kind, the list of kinds asks for both.
              member.shape.kind === 'choice'
                ? member.shape.values.map((value) => messages.value([...path, member.name], value))
                : [],
            )
          : []),
      ]
    case 'choice':
    case 'choices':
      return [name, ...shape.values.map((value) => messages.value(path, value))]
    case 'union':
      return [
        name,
        ...shape.options.map(({ tag }) => messages.value(path, tag)),
        ...shape.options.flatMap(({ shape: form }) =>
          form?.kind === 'group'
            ? form.members.flatMap((member) => wordsOf(messages, member.shape, [...path, member.name]))
            : [],
        ),
      ]
    default:
      return [name]
  }
}

describe.each(languages)('in %s', (language) => {
  let messages: Messages
  beforeAll(async () => {
    messages = await messagesIn(language)
  })
  test.each(['mission', 'centre', 'partner'])('the blank form of %s asks all that the pages ask', (kind) => {
    const asked = topics.flatMap((topic) => fieldsOn(pageShape(kind, topic)))
    expect(asked.length).toBeGreaterThan(15)
    for (const topic of topics)
      for (const { path, shape } of inOrder(kind, pageShape(kind, topic), topic)) {
        const text = blankText(messages.about('file'), shape, path)
        for (const word of wordsOf(messages.about('file'), shape, path))
          expect([path, text]).toEqual([path, expect.stringContaining(word)])
      }
  })

  test('the blank form counts each kind of her papers once', () => {
    const text = blankText(messages.about('hand-over'), shapeOf(contentOf('care', 'condition')), ['care'])
    const paper = messages.about('hand-over').value(['care', 'papers', 'paper'], 'birth-certificate')
    expect(text.split(paper)).toHaveLength(2)
  })
})

test('a new field of the contract appears on the blank form by itself', async () => {
  const messages = await messagesIn('en')
  const form = z.strictObject({ remarks: z.optional(z.string()), shelterOnTheWay: z.enum(['one', 'two']) })
  const text = blankText(messages, shapeOf(form), ['case'])
  for (const word of ['Remarks', 'shelterOnTheWay', 'one', 'two']) expect(text).toContain(word)
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
])('the form of a mission requires %s: %s', async (field, isRequired) => {
  const path = field.split('.')
  const shape = topics
    .flatMap((topic) => inOrder('mission', pageShape('mission', topic), topic))
    .find(({ path }) => path.join('.') === field)?.shape
  if (!shape) throw new Error(`No page asks ${field}.`)
  expect(requiredBy('mission')(path, shape)).toBe(isRequired)
  const text = blankText((await messagesIn('en')).about('file'), shape, path, requiredBy('mission'))
  expect(text.slice(0, 200).includes('*')).toBe(isRequired)
})

test('the blank form marks what a basis requires, its purposes too', async () => {
  const text = blankText(
    (await messagesIn('en')).about('file'),
    shapeOf(basis),
    ['case', 'basis'],
    requiredBy('mission'),
  )
  expect(text).toMatch(/For which purposes\?\s*\*/)
  expect(text).toMatch(/Legal act\s*\*/)
  expect(text).not.toMatch(/Article or point\s*\*/)
})

test('a party that registers people who are home needs fewer fields than a mission', () => {
  const needed = (kind: string) =>
    topics
      .flatMap((topic) => inOrder(kind, pageShape(kind, topic), topic))
      .filter(({ path, shape }) => requiredBy(kind)(path, shape)).length
  expect(needed('centre')).toBeGreaterThan(5)
  expect(needed('centre')).toBeLessThan(needed('mission'))
})
