import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { codeOf, nameOrCode, namesOf } from '../../../functions/desk/messages/names.ts'
import { childrenFirst } from '../../../functions/desk/parts/children-first.ts'
import { startingWhereLastLegEnds } from '../../../functions/desk/return/legs.ts'
import { ageBand, countries, languageCodes as tongues } from '../../../schemas/values/codes.ts'

test.each(languages)(
  'the name that a page shows in %s leads to its country or language',
  async (language) => {
    const messages = await messagesIn(language)
    for (const [kind, codes] of [
      ['country', countries],
      ['language', tongues],
    ] as const)
      for (const code of codes) {
        const name = nameOrCode(messages, kind, code)
        expect([name, codeOf(kind, name)]).toEqual([name, code])
        expect([name, codeOf(kind, ` ${name.toLocaleUpperCase(language)} `)]).toEqual([name, code])
        expect(namesOf(messages, kind).map(([known]) => known)).toContain(code)
      }
  },
)

test.each([
  ['country', 'Turcia', 'TR'],
  ['country', 'turkiye', 'TR'],
  ['country', 'Turkey', 'TR'],
  ['country', 'Турция', 'TR'],
  ['country', 'UK', 'GB'],
  ['country', 'tr', 'TR'],
  ['language', 'romana', 'ro'],
  ['language', 'Русский', 'ru'],
  ['country', 'Nowhereland', 'Nowhereland'],
] as const)('the text of a %s field %s stands for %s', (kind, written, code) => {
  expect(codeOf(kind, written)).toBe(code)
})

const line = fc.record({
  urgency: fc.integer({ min: 0, max: 2 }),
  next: fc.constantFrom('2026-11-21', '2026-11-22'),
  label: fc.record({ initials: fc.constant('A.'), ageBand: fc.constantFrom(...ageBand.options) }),
})

test('children come before others of the same urgency and day; no other line moves', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (some) => {
      const came = some.toSorted((a, b) => b.urgency - a.urgency || a.next.localeCompare(b.next))
      const ordered = childrenFirst(came)
      expect(ordered.map(({ urgency, next }) => [urgency, next])).toEqual(
        came.map(({ urgency, next }) => [urgency, next]),
      )
      expect(new Set(ordered)).toEqual(new Set(came))
      const young = ({ label }: (typeof came)[number]) => /^(0-5|6-11|12-15|16-17)$/.test(label.ageBand)
      for (const [at, next] of ordered.entries()) {
        const before = ordered[at - 1]
        if (before && before.urgency === next.urgency && before.next === next.next)
          expect(young(next) && !young(before)).toBe(false)
      }
    }),
  )
})

test('an added leg begins where the leg before it ends, unless its start was typed', () => {
  const formData = new Map([
    ['travel.legs.0.to.name', ['Otopeni']],
    ['travel.legs.0.to.zone', ['Europe/Bucharest']],
    ['travel.legs.1._row', ['1']],
  ])
  expect(startingWhereLastLegEnds(formData).get('travel.legs.1.from.name')).toEqual(['Otopeni'])
  expect(startingWhereLastLegEnds(formData).get('travel.legs.1.from.zone')).toEqual(['Europe/Bucharest'])
  const typedStart = new Map([...formData, ['travel.legs.1.from.name', ['Iași']] as [string, string[]]])
  expect(startingWhereLastLegEnds(typedStart)).toEqual(typedStart)
  expect(startingWhereLastLegEnds(new Map([['travel.legs.0._row', ['1']]]))).toEqual(
    new Map([['travel.legs.0._row', ['1']]]),
  )
})
