import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { contentIn, formEntriesOf, rowCount } from '../../../functions/desk/form/form-data.ts'
import { type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import { validate } from '../../../functions/desk/form/validate.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { codeOf, nameOrCode, namesOf } from '../../../functions/desk/messages/names.ts'
import { amendments } from '../../../schemas/commands/amend.ts'
import { bodyOf, requestBody } from '../../../schemas/commands/bodies.ts'
import { commandNames, commands } from '../../../schemas/commands/commands.ts'
import { happened } from '../../../schemas/sections/parts.ts'
import { sentForm } from '../../../schemas/sections/sections.ts'
import { contentsOf } from '../../parts/shape-contents.ts'

/** The forms of pages: each command's body, each section that can be amended, and a request. */
const forms: [string, z.ZodMiniType][] = [
  ...commandNames
    .filter((name) => name !== 'amend')
    .flatMap((name) =>
      commands[name].owners.map((kind): [string, z.ZodMiniType] => [
        `${name} of ${kind}`,
        bodyOf(name, kind),
      ]),
    ),
  ...amendments('mission').map(({ cls, slot }): [string, z.ZodMiniType] => [
    `amend ${slot}`,
    z.strictObject({ [cls]: sentForm(cls, slot) }),
  ]),
  ['requests', requestBody],
]
const typedOf = (fields: Record<string, string | string[]>) =>
  new Map(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]))
const messages = await messagesIn('en')

test.each(forms)('the form of %s gives back the content that it was filled from', (_, form) => {
  const shape = shapeOf(form)
  fc.assert(
    fc.property(contentsOf(shape), (content) => {
      expect(contentIn(shape, new Map(formEntriesOf(shape, content, [])), [])).toEqual(content)
    }),
    { numRuns: 20 },
  )
})

test('every language and every country is known by its name on the pages of each language', async () => {
  for (const language of languages) {
    const messages = await messagesIn(language)
    for (const kind of ['language', 'country'] as const) {
      const misread = namesOf(messages, kind).filter(
        ([code, name]) => codeOf(kind, name) !== code && nameOrCode(messages, kind, code) !== code,
      )
      expect([language, misread]).toEqual([language, []])
    }
  }
  expect(
    ['limba semnelor', 'жестовый язык', 'Romani', 'gagauza', 'necunoscuta'].map((name) =>
      codeOf('language', name),
    ),
  ).toEqual(['sgn', 'sgn', 'rom', 'gag', 'und'])
})

test('an empty form has no content', () => {
  for (const [, form] of forms) {
    const shape = shapeOf(form)
    const valuesOf = (content: unknown): unknown[] =>
      typeof content === 'object' && content !== null ? Object.values(content).flatMap(valuesOf) : [content]
    const constants = (part: Shape): unknown[] =>
      part.kind === 'constant'
        ? [part.value]
        : part.kind === 'group'
          ? part.members.flatMap((m) => constants(m.shape))
          : []
    expect(valuesOf(contentIn(shape, new Map(), []) ?? [])).toEqual(constants(shape))
  }
})

test('an impossible day stays as it was typed, and is an error', () => {
  const form = z.strictObject({ happened })
  const formData = typedOf({
    'happened.at._as': 'day',
    'happened.at._day': '31',
    'happened.at._month': '2',
    'happened.at._year': '2026',
    'happened.zone': 'Europe/Chisinau',
    'happened.known': 'exactly',
    'happened.reportedBy': 'the-person',
  })
  const { content, errors } = validate(messages, form, formData)
  expect(content).toMatchObject({ happened: { at: '2026-02-31' } })
  expect(errors.map(({ id }) => id)).toEqual(['happened-at'])
})

test('an error names the field and the cure, never the value', () => {
  const form = z.strictObject({ happened })
  const formData = typedOf({
    'happened.zone': 'Atlantis/Centre',
    'happened.known': 'exactly',
    'happened.reportedBy': 'nobody',
  })
  const { errors } = validate(messages, form, formData)
  expect(errors.map(({ id }) => id).sort()).toEqual(['happened-at', 'happened-reportedBy', 'happened-zone'])
  expect(JSON.stringify(errors)).not.toMatch(/Atlantis|nobody/)
})

test('the answer of an officer to a warning stands in the section of its field', () => {
  const form = z.strictObject({
    identity: z.strictObject({
      idnp: z.string(),
      overrides: z.optional(z.array(z.strictObject({ field: z.string(), reason: z.string() }))),
    }),
  })
  const formData = typedOf({ 'identity.idnp': '2000000000000', 'checked:identity.idnp': 'as-on-paper' })
  expect(validate(messages, form, formData)).toEqual({
    content: {
      identity: { idnp: '2000000000000', overrides: [{ field: 'identity.idnp', reason: 'as-on-paper' }] },
    },
    errors: [],
  })
})

test('the highest row counts the rows of a list, and empty rows at its end are left out', () => {
  const form = z.strictObject({
    items: z.array(z.strictObject({ a: z.string(), b: z.optional(z.string()) })),
  })
  const formData = typedOf({ 'items.0._row': '1', 'items.0.a': 'one', 'items.1._row': '1', 'items.1.a': '' })
  expect(rowCount(formData, ['items'])).toBe(2)
  expect(validate(messages, form, formData)).toEqual({ content: { items: [{ a: 'one' }] }, errors: [] })
})

test('a page counts legs from 1, the API from 0', () => {
  const leg = bodyOf('depart', 'mission')
  const typedAs = (text: string) => validate(messages.about('depart'), leg, typedOf({ 'travel.leg': text }))
  expect(typedAs('1').content).toMatchObject({ travel: { leg: 0 } })
  expect(formEntriesOf(shapeOf(leg), { travel: { leg: 1 } }, [])).toContainEqual(['travel.leg', ['2']])
  const complaints = (text: string) => typedAs(text).errors.filter(({ id }) => id === 'travel-leg')
  expect([complaints('0').length, complaints('1').length, complaints('31').length]).toEqual([1, 0, 0])
  expect(complaints('32')).toHaveLength(1)
})
