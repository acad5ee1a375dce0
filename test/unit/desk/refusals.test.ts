import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { errorsFrom, idOf } from '../../../functions/desk/form/errors.ts'
import { formEntriesOf, nameOf, parts } from '../../../functions/desk/form/form-data.ts'
import { type Path, type Shape, shapeOf } from '../../../functions/desk/form/shape.ts'
import { formShape, validate } from '../../../functions/desk/form/validate.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { type Messages, messagesIn } from '../../../functions/desk/messages/messages.ts'
import { roomChange } from '../../../schemas/api/rooms.ts'
import { routes } from '../../../schemas/api/routes.ts'
import { amendments } from '../../../schemas/commands/amend.ts'
import { sentForm } from '../../../schemas/sections/sections.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'
import { typingRules } from '../../../schemas/values/rules.ts'

/** Every form of the desk: what is sent to each route, and what can be amended. */
const forms = new Map<string, z.ZodMiniType>([
  ...routes.flatMap(({ kind, operation, command, action, body }) =>
    body && command !== 'amend' && !operation.endsWith('-draft')
      ? // Only the form of a filing depends on who sends it.
        [[command === 'file' ? `file of ${kind}` : (command ?? action ?? operation), body] as const]
      : [],
  ),
  ...partyKindNames.flatMap((kind) =>
    amendments(kind).map(
      ({ cls, slot }) => [`amend ${cls} ${slot}`, z.strictObject({ [cls]: sentForm(cls, slot) })] as const,
    ),
  ),
])

type Typed = [name: string, values: string[]][]

/** What can be typed wrongly into the fields of a shape, one field at a time, each with the path of the field. */
function wrongly(shape: Shape, path: Path): { path: Path; typed: Typed }[] {
  const values = (...all: string[]) =>
    all.map((value) => ({ path, typed: [[nameOf(path), [value]]] as Typed }))
  const inParts = (...all: Record<string, string>[]) =>
    all.map((given) => ({
      path,
      typed: Object.entries(given).map(([part, value]): Typed[number] => [nameOf(path, part), [value]]),
    }))
  switch (shape.kind) {
    case 'constant':
    case 'yes-no':
      return []
    case 'group':
      return shape.members.flatMap(({ name, shape: member }) => wrongly(member, [...path, name]))
    case 'array': {
      const tooMany = Array.from({ length: shape.most + 1 }, (_, row) =>
        firstTyped(shape.item, [...path, String(row)]),
      ).flat()
      const at = [...path, '0']
      const row: Typed[number] = [nameOf(at, parts.row), ['1']]
      return [
        { path, typed: tooMany },
        ...wrongly(shape.item, at).map((each) => ({ ...each, typed: [row, ...each.typed] })),
      ]
    }
    case 'union':
      return shape.options.flatMap(({ tag, shape: form }) =>
        form
          ? wrongly(form, path).map(({ path: at, typed }) => ({
              path: at,
              typed: [[nameOf(path, parts.as), [tag]], ...typed] as Typed,
            }))
          : [],
      )
    case 'day':
      return inParts({ _day: '31', _month: '2', _year: '2026' }, { _day: '1', _month: 'x', _year: '26' })
    case 'time':
      return inParts({ _day: '31', _month: '2', _year: '2026', _time: '25.77' }, { _time: 'soon' })
    case 'number':
      return values('many', '-1', '999999999')
    case 'countries':
      return values('Nowhere', 'Moldova, Moldova', 'Moldova\nRomania\nUkraine\nItaly\nFrance\nSpain')
    case 'lines':
      return values('x'.repeat(6000), Array.from({ length: 40 }, () => 'line').join('\n'), '@\n@')
    default:
      return values('@@', '7*', 'x'.repeat(6000), '¿', '123', 'Ivanovna')
  }
}

/** Something that can be typed into a row, so that it counts as one. */
const firstTyped = (shape: Shape, path: Path): Typed => wrongly(shape, path)[0]?.typed ?? []

const seen = new Map<string, Set<string>>()

describe.each(languages)('in %s', async (language) => {
  const messages = await messagesIn(language)
  const others = [...forms]

  test.each(others)('every wrong value of %s is refused with a cure', (name, form) => {
    const [subject = ''] = name.split(' ')
    const about = subjectOf(messages, subject)
    for (const { path, typed } of wrongly(formShape(form), [])) {
      const { errors } = validate(about, form, new Map(typed))
      const found = errors.filter(({ id }) => id === idOf(path) || id.startsWith(`${idOf(path)}-`))
      for (const { text } of found)
        expect([path.join('.'), cureIn(about, path, text)]).toEqual([path.join('.'), text])
      for (const { id, text } of errors) expect([id, isCure(text)]).toEqual([id, true])
      for (const { text } of errors) note(language, text)
    }
  })

  test('what the API refuses by field has a cure, whatever the field', () => {
    const fields = [
      'case.ageBand',
      'identity.birth',
      'contacts.persons.0.phone',
      'identity.idnp',
      'case.nothing',
    ]
    for (const code of ['bad-input', 'unknown-target', 'guardian-suspected', 'check-failed', 'not-readable'])
      for (const { text } of errorsFrom(messages.about('file'), { code, fields }))
        expect([text, isCure(text)]).toEqual([text, true])
  })

  test('rules about two fields have a cure of their own', () => {
    const place = (from: string, until: string, beds: number) => ({
      case: { room: '1', beds, cots: 0, from, until },
    })
    const holdPlace = z.strictObject({ case: sentForm('case', 'place') })
    const texts = [
      ...errorsIn(messages, holdPlace, place('2026-11-28', '2026-11-27', 1)),
      ...errorsIn(messages, holdPlace, place('2026-11-28', '2026-11-29', 0)),
      ...errorsIn(messages, roomChange, {
        beds: 1,
        cots: 0,
        tags: [],
        blocked: [{ beds: 1, cots: 0, reason: 'repair', from: '2026-11-28', until: '2026-11-27' }],
      }),
      ...errorsIn(messages, z.strictObject({ travel: sentForm('travel', 'itinerary') }), {
        travel: { legs: [{ from: { name: 'Bălți', country: 'MD', zone: 'Europe/Rome' } }] },
      }),
      ...errorsIn(messages, z.strictObject({ contacts: sentForm('contacts', 'family') }), {
        contacts: { persons: [{ relation: 'parent', mayContact: true }], children: [] },
      }),
    ]
    for (const text of texts) {
      expect([text, isCure(text)]).toEqual([text, true])
      note(language, text)
    }
    for (const rule of ['until-before-from', 'beds-missing', 'moldovan-zone', 'contact-missing'] as const)
      expect(texts.some((text) => text.endsWith(endOf(messages, rule)))).toBe(true)
  })

  test('every rule of a schema was met on some form', () => {
    // An empty child is no row of a page.
    const unmet = typingRules.filter(
      (rule) => ![...(seen.get(language) ?? [])].some((text) => text.endsWith(endOf(messages, rule))),
    )
    expect(unmet).toEqual(['child-missing'])
  })
})

function subjectOf(messages: Messages, subject: string): Messages {
  const about = messages.about as (subject: string) => Messages
  return about.call(messages, subject)
}

function errorsIn(messages: Messages, form: z.ZodMiniType, content: unknown): string[] {
  const typed = new Map(formEntriesOf(shapeOf(form), content, []))
  return validate(messages, form, typed).errors.map(({ text }) => text)
}

/** The text of a rule behind the name of the field. */
const endOf = (messages: Messages, rule: (typeof typingRules)[number]) =>
  messages(`form.rule.${rule}`, { field: '' })

const note = (language: string, text: string) =>
  seen.set(language, (seen.get(language) ?? new Set()).add(text))

/** Whether a text says what to do: more than the field's name, no gap left, and no "check this". */
function isCure(text: string): boolean {
  const [, cure = ''] = /^.+?: (.+)$/s.exec(text) ?? []
  return cure.length > 12 && !/[{}]|form\.|check this|verificați$|проверьте$/i.test(text)
}

/** The text, if it names its field and is a cure. */
function cureIn(messages: Messages, path: Path, text: string): string | undefined {
  const names = path.map((_, index) => messages.field(path.slice(0, path.length - index)))
  return isCure(text) && names.some((name) => text.startsWith(`${name}:`)) ? text : undefined
}
