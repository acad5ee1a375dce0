import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import en from '../../../functions/desk/messages/en.json' with { type: 'json' }
import { languages } from '../../../functions/desk/messages/languages.ts'
import { type Messages, messagesIn } from '../../../functions/desk/messages/messages.ts'
import ro from '../../../functions/desk/messages/ro.json' with { type: 'json' }
import ru from '../../../functions/desk/messages/ru.json' with { type: 'json' }
import { routes } from '../../../schemas/api/routes.ts'
import { amendments } from '../../../schemas/commands/amend.ts'
import { sections, sentForm } from '../../../schemas/sections/sections.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'
import { bare, foreign, harmful, harmfulTexts, lists, sameInBoth } from '../../parts/words.ts'

const trees = { ro, en, ru }

/** The ends of a tree, `work.title`; what counts something is one end, however many forms it has. */
function endsOf(node: unknown, path: readonly string[] = []): (readonly [string, readonly string[]])[] {
  if (typeof node === 'string') return [[path.join('›'), [node]]]
  if (typeof node !== 'object' || node === null) throw new Error(`No words at ${path.join('›')}.`)
  if ('#other' in node) return [[path.join('›'), Object.values(node).map(String)]]
  return Object.entries(node).flatMap(([key, value]) => endsOf(value, [...path, key]))
}

const texts = (tree: unknown) => endsOf(tree).flatMap(([at, all]) => all.map((text) => [at, text] as const))

/** Every field of a shape with its path, and every value and tag that it can have. */
function fieldsOf(
  shape: Shape,
  path: readonly string[],
): { path: readonly string[]; values: readonly string[] }[] {
  const own = (values: readonly string[] = []) => (path.length > 0 ? [{ path, values }] : [])
  switch (shape.kind) {
    case 'group':
      return [
        ...own(),
        ...shape.members.flatMap(({ name, shape: member }) => fieldsOf(member, [...path, name])),
      ]
    case 'array':
      return [...own(), ...fieldsOf(shape.item, [...path, '0'])]
    case 'union':
      return [
        ...own(shape.options.map(({ tag }) => tag)),
        ...shape.options.flatMap((option) =>
          option.shape?.kind === 'group' ? fieldsOf(option.shape, path) : [],
        ),
      ]
    case 'choice':
    case 'choices':
      return own(shape.values)
    case 'constant':
      return own([])
    default:
      return own()
  }
}

/** The fields and values without a text: the messages fall back on their names. */
function withoutText(messages: Messages, shape: Shape, path: readonly string[] = []): string[] {
  return fieldsOf(shape, path).flatMap((field) => {
    const name = field.path.findLast((step) => !/^\d+$/.test(step)) ?? ''
    const at = field.path.join('.')
    return [
      ...(messages.field(field.path) === name ? [at] : []),
      ...field.values.flatMap((value) =>
        messages.value(field.path, value) === value ? [`${at}=${value}`] : [],
      ),
    ]
  })
}

/** Drafts have no form of their own: they hold the form of a filing. */
const drafts: readonly string[] = ['begin-draft', 'save-draft', 'delete-draft']
const forms = routes.flatMap(({ kind, operation, command, action, body }) =>
  body && command !== 'amend' && !drafts.includes(operation)
    ? [{ kind, operation, sent: command ?? action, body }]
    : [],
)

describe.each(languages)('in %s', async (language) => {
  const messages = await messagesIn(language)

  test.each(forms)('every field and value of $kind $operation $sent has a text', ({ sent, body }) => {
    const shape = shapeOf(body)
    expect(fieldsOf(shape, []).length === 0).toBe(shape.kind === 'group' && shape.members.length === 0)
    expect(withoutText(messages, shape)).toEqual([])
    if (sent) expect(withoutText(messages.about(sent), shape)).toEqual([])
  })

  const amendable = partyKindNames.flatMap((kind) => amendments(kind))
  test.each(amendable)('every field of an amendment to $cls $slot has a text', ({ cls, slot }) => {
    const shape = shapeOf(z.strictObject({ [cls]: sentForm(cls, slot) }))
    expect(withoutText(messages.about('amend', { [cls]: slot }), shape)).toEqual([])
  })

  const slots = sectionClassNames.flatMap((cls) =>
    Object.entries<z.ZodMiniType>(sections[cls]).map(([slot, content]) => ({ cls, slot, content })),
  )
  test.each(slots)('every field and value of a section $cls $slot has a text', ({ cls, slot, content }) => {
    expect(messages.slot(cls, slot)).toMatch(/^\p{Lu}/u)
    const fields = fieldsOf(shapeOf(content), [cls, slot]).filter(({ path }) => path.length > 2)
    expect(fields.length).toBeGreaterThan(0)
    expect(
      withoutText(messages, shapeOf(content), [cls, slot]).filter((at) => at !== `${cls}.${slot}`),
    ).toEqual([])
  })

  test('a replaced telephone has another text than a seat that somebody else took', () => {
    const textOf = (sent: 'reset-factor' | 'did-not-come', path: string[]) =>
      messages.about(sent).value(path, 'replaced')
    expect(textOf('reset-factor', ['reason'])).not.toBe(textOf('did-not-come', ['case', 'reason']))
  })

  test('an alert has other texts for persons and children than a family that travels', () => {
    for (const field of ['persons', 'children'])
      expect(messages.about('alert').field(['case', field])).not.toBe(messages.field([field]))
  })

  test.each(Object.entries(lists))('every code of %s has a text', (list, members) => {
    const codes: Record<string, unknown> = trees[language].codes
    expect(members.length).toBeGreaterThan(0)
    expect(members.filter((member) => !Object.hasOwn(Object(codes[list]), member))).toEqual([])
  })

  test('no text does harm', () => {
    for (const text of harmfulTexts[language])
      expect([text, harmful[language].some((word) => word.test(text))]).toEqual([text, true])
    for (const [at, text] of texts(trees[language]))
      for (const word of harmful[language]) expect([at, word.exec(text)?.[0]]).toEqual([at, undefined])
  })

  test('no text is empty or has stray spaces', () => {
    for (const [at, text] of texts(trees[language])) {
      expect([at, text]).toEqual([at, text.trim().replace(/ {2,}/g, ' ')])
      expect([at, text.length > 0]).toEqual([at, true])
    }
  })
})

test('the three languages have the same keys', () => {
  const keys = (tree: unknown) =>
    endsOf(tree)
      .map(([at]) => at)
      .sort()
  expect(keys(en)).toEqual(keys(ro))
  expect(keys(ru)).toEqual(keys(ro))
  expect(keys(ro).length).toBeGreaterThan(900)
})

test('every text has the same placeholders in each language', () => {
  const holes = (tree: unknown) =>
    endsOf(tree).map(
      ([at, all]) => [at, all.map((text) => [...(text.match(/\{\w+\}/g) ?? [])].sort().join())] as const,
    )
  const first = new Map(holes(ro))
  for (const tree of [en, ru])
    for (const [at, found] of holes(tree))
      expect([at, [...new Set(found)]]).toEqual([at, [...new Set(first.get(at))]])
})

test('every text that counts has the plural forms of its language', () => {
  const counted = (node: unknown): Record<string, unknown>[] => {
    if (typeof node !== 'object' || node === null) return []
    if ('#other' in node) return [{ ...node }]
    return Object.values(node).flatMap(counted)
  }
  for (const language of languages) {
    const forms = new Intl.PluralRules(language)
      .resolvedOptions()
      .pluralCategories.map((pluralCategory) => `#${pluralCategory}`)
    const all = counted(trees[language])
    expect(all.length).toBeGreaterThan(0)
    for (const counter of all) expect(Object.keys(counter).sort()).toEqual(forms.sort())
  }
})

test('the dictionaries stand in the order of their keys', () => {
  for (const tree of Object.values(trees))
    for (const part of [tree.fields, tree.hints, tree.values, tree.codes])
      for (const node of [part, ...Object.values(part)])
        if (typeof node === 'object') {
          const keys = Object.keys(node).filter((key) => !/^\d+$/.test(key))
          expect(keys).toEqual([...keys].sort())
        }
})

describe('texts stay in their language', () => {
  test('Romanian has its own letters, with a comma below', () => {
    const all = texts(ro)
    for (const [at, text] of all) expect([at, text]).not.toEqual([at, expect.stringMatching(/[şţŞŢãÃǎ]/)])
    const marked = all.filter(([, text]) => /[ăâîșțĂÂÎȘȚ]/.test(text))
    expect(marked.length / all.length).toBeGreaterThan(0.5)
  })

  test.each(['ro', 'ru'] as const)('no English is left in %s', (language) => {
    for (const [at, text] of texts(trees[language])) expect([at, foreign[language](text)]).toEqual([at, []])
    // The same eyes on the English words: what they look for, they see.
    const sentences = texts(en).filter(([, text]) => text.split(' ').length > 3)
    const seen = sentences.filter(([, text]) => foreign[language](text).length > 0)
    expect(seen.length / sentences.length).toBeGreaterThan(0.9)
  })

  test('a text that is the same in Romanian and in English is a name', () => {
    const english = new Map(texts(en))
    const same = texts(ro).flatMap(([at, text]) => (english.get(at) === text ? [bare(text)] : []))
    expect(same.filter((text) => /\p{L}/u.test(text) && !sameInBoth.test(text))).toEqual([])
    expect(same.length).toBeGreaterThan(0)
  })
})
