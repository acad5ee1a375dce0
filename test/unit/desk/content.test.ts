import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { Content } from '../../../functions/desk/parts/content.tsx'
import { variable } from '../../../schemas/deployment/settings.ts'
import { sections } from '../../../schemas/sections/sections.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { countries, languageCodes as tongues } from '../../../schemas/values/codes.ts'

beforeAll(() => {
  process.env[variable.partyNames] = JSON.stringify({ 'mission:1XGE': 'Istanbul' })
})

const freeText = 'As it was typed, 7'

/** Any content of a shape, as this desk or an older one may have written it. */
function contentOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'group':
      return fc.record(
        Object.fromEntries(shape.members.map((member) => [member.name, memberOf(member.shape)])),
      )
    case 'choice':
      return fc.constantFrom(...shape.values)
    case 'choices':
      return fc.subarray([...shape.values], { minLength: 1 })
    case 'yes-no':
      return fc.boolean()
    case 'day':
      return fc.constantFrom('2026-11-21', '1990-02-28')
    case 'time':
      return fc.constant('2026-11-21T18:55')
    case 'moment':
      return fc.constantFrom('2026-11-21', '2026-11-21T18:55')
    case 'money':
      return fc.constantFrom(1, 1250, 31_900)
    case 'zone':
      return fc.constant('Europe/Istanbul')
    case 'countries':
      return fc.uniqueArray(fc.constantFrom(...countries), { minLength: 1, maxLength: 3 })
    case 'country':
      return fc.constantFrom(...countries)
    case 'language':
      return fc.constantFrom(...tongues)
    case 'number':
      return fc.integer({ min: 0, max: 30 })
    case 'party':
      return fc.constantFrom('iom', 'mission:1XGE')
    case 'line':
    case 'text':
      return fc.constant(freeText)
    case 'lines':
      return fc.array(fc.constant(freeText), { minLength: 1, maxLength: 3 })
    case 'array':
      return fc.array(contentOf(shape.item), { minLength: 1, maxLength: 2 })
    case 'union':
      return fc.oneof(
        ...shape.options.map(({ tag, shape: form, by }) =>
          form
            ? contentOf(form).map((content) =>
                by === undefined ? content : { [by]: tag, ...(Object(content) satisfies object) },
              )
            : fc.constant(tag),
        ),
      )
    case 'constant':
      return fc.constant(shape.value)
  }
}

const memberOf = (shape: Shape) =>
  shape.optional ? fc.option(contentOf(shape), { nil: undefined }) : contentOf(shape)

/** All names and codes in a content. */
function codesIn(content: unknown): string[] {
  if (Array.isArray(content)) return content.flatMap(codesIn)
  if (typeof content === 'object' && content !== null)
    return Object.entries(content).flatMap(([name, value]) =>
      value === undefined ? [] : [name, ...codesIn(value)],
    )
  return typeof content === 'string' ? [content] : []
}

/** The number of values in a content. Each has to be shown. */
function valueCount(content: unknown): number {
  if (Array.isArray(content)) return content.reduce((sum: number, value) => sum + valueCount(value), 0)
  if (typeof content === 'object' && content !== null)
    return Object.values(content).reduce((sum: number, value) => sum + valueCount(value), 0)
  return content === undefined ? 0 : 1
}

const asIs: readonly string[] = [freeText]
const slots = sectionClassNames.flatMap((cls) =>
  Object.entries<z.ZodMiniType>(sections[cls]).map(([slot, content]) => ({ cls, slot, content })),
)
const textsIn = (html: string, tag: 'dt' | 'p') =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)

describe.each(languages)('in %s', async (language) => {
  const messages = await messagesIn(language)

  test.each(slots)(
    'the section $cls $slot is shown whole, and shows no code',
    ({ cls, slot, content: schema }) => {
      const shape = shapeOf(schema)
      fc.assert(
        fc.property(contentOf(shape), (content) => {
          const html = String(Content({ messages, cls, slot, content }))
          const codes = codesIn(content).filter((code) => !asIs.includes(code))
          // Of a section without values the page says so, in one line.
          expect(textsIn(html, 'p')).toHaveLength(valueCount(content) || 1)
          for (const text of [...textsIn(html, 'dt'), ...textsIn(html, 'p')])
            expect(codes).not.toContain(text)
        }),
        { numRuns: 15 },
      )
    },
  )
})

const messages = await messagesIn('en')

test('the first leg has the number 1 on a page', () => {
  const left = String(
    Content({ messages, cls: 'travel', slot: 'departure', content: { leg: 0, seenOff: true } }),
  )
  expect(textsIn(left, 'p')).toEqual(['1', 'Yes'])
  const bookings = [{ leg: 1, reference: 'X1' }]
  const shown = String(Content({ messages, cls: 'travel', slot: 'bookings', content: { bookings } }))
  expect(textsIn(shown, 'p')).toContain('2')
})

test('days, times, countries and languages are written out, a year is no amount, and a party has its name', () => {
  const birth = {
    name: 'not-known',
    birth: { year: 1990 },
    citizenship: ['MD'],
    language: 'ro',
    documents: [],
  }
  const person = textsIn(String(Content({ messages, cls: 'identity', slot: 'person', content: birth })), 'p')
  expect(person).toEqual(['Not known', '1990', 'Moldova', 'Romanian', 'none'])
  const at = { at: '2026-11-21T18:55', zone: 'Europe/Istanbul', known: 'exactly', reportedBy: 'companion' }
  const left = String(Content({ messages, cls: 'case', slot: 'departure', content: { happened: at } }))
  expect(textsIn(left, 'p')).toEqual([
    '21 November 2026 at 18:55',
    'Istanbul (Türkiye)',
    'Exactly',
    'The companion',
  ])
  const ground = { recipient: 'mission:1XGE', basis: { kind: 'child-protection', on: '2026-11-20' } }
  expect(textsIn(String(Content({ messages, cls: 'case', slot: 'basis', content: ground })), 'p')).toEqual([
    'Istanbul (diplomatic mission)',
    'Protection of a child',
    '20 November 2026',
  ])
})

test('a section of an older version of the contract is shown whole, as it stands', () => {
  const older = {
    learnedOn: 'in spring',
    country: 'Utopia',
    colour: 'green',
    urgency: 'soon',
    list: [{ a: 1 }],
  }
  const html = String(Content({ messages, cls: 'case', slot: 'request', content: older }))
  for (const text of ['in spring', 'Utopia', 'green', 'soon', '1']) expect(textsIn(html, 'p')).toContain(text)
  expect(textsIn(String(Content({ messages, cls: 'case', slot: 'gone', content: { x: 'y' } })), 'p')).toEqual(
    ['y'],
  )
})

test('what was typed is text on the page and never a tag', () => {
  const html = String(Content({ messages, cls: 'note', slot: 'note', content: { text: '<b>1</b>' } }))
  expect(html).toContain('&lt;b&gt;1&lt;/b&gt;')
})
