import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { contentIn, formEntriesOf, memberAt } from '../../../functions/desk/form/form-data.ts'
import { shapeOf } from '../../../functions/desk/form/shape.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { codeOf, nameOrCode, namesOf } from '../../../functions/desk/messages/names.ts'
import { childrenFirst } from '../../../functions/desk/parts/children-first.ts'
import { daysLater, departureText, withWhatFollows } from '../../../functions/desk/return/legs-typed.ts'
import { travelSlots } from '../../../schemas/sections/journey.ts'
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

describe('what follows from the typed legs of a journey', () => {
  const shape = shapeOf(
    z.strictObject({ travel: z.strictObject({ legs: travelSlots.itinerary.shape.legs }) }),
  )
  const typed = (fields: Readonly<Record<string, string>>) =>
    new Map(Object.entries(fields).map(([field, value]) => [`travel.legs.${field}`, [value]] as const))
  const legsOf = (fields: Readonly<Record<string, string>>) =>
    memberAt(contentIn(shape, withWhatFollows(typed(fields)), []), ['travel', 'legs'])
  const two = {
    '0.mode': 'air',
    '0.from.name': 'Istanbul',
    '0.from.country': 'Turkey',
    '0.to.name': 'Otopeni',
    '0.to.country': 'Romania',
    '0.departs._day': '5.12.2026',
    '0.departs._time': '09:10',
    '0.arrives._time': '10:40',
    '1.mode': 'road',
    '1.to.name': 'Chișinău',
    '1.to.country': 'Moldova',
    '1.departs._time': '22:00',
    '1.arrives._time': '06:30',
    '1.arrives._after': '1',
  }
  const [istanbul, otopeni, chisinau] = [
    { name: 'Istanbul', country: 'TR', zone: 'Europe/Istanbul' },
    { name: 'Otopeni', country: 'RO', zone: 'Europe/Bucharest' },
    { name: 'Chișinău', country: 'MD', zone: 'Europe/Chisinau' },
  ]

  test('a leg begins where and on the day on which the last one ends; a place has the time of its country', () => {
    expect(legsOf(two)).toEqual([
      { mode: 'air', from: istanbul, to: otopeni, departs: '2026-12-05T09:10', arrives: '2026-12-05T10:40' },
      { mode: 'road', from: otopeni, to: chisinau, departs: '2026-12-05T22:00', arrives: '2026-12-06T06:30' },
    ])
  })

  test('what was typed stands, though something else would follow', () => {
    const own = { '1.from.name': 'Iași', '1.from.country': 'RO', '1.departs._day': '7.12.2026' }
    expect(legsOf({ ...two, ...own })).toMatchObject([
      { to: otopeni },
      {
        from: { name: 'Iași', zone: 'Europe/Bucharest' },
        departs: '2026-12-07T22:00',
        arrives: '2026-12-08T06:30',
      },
    ])
  })

  test('nothing is made up where nothing was typed', () => {
    expect(legsOf({ '0._row': '1' })).toEqual([])
    expect(legsOf({ '0.to.country': 'US', '0.to.name': 'Sacramento' })).toEqual([
      { from: {}, to: { country: 'US', name: 'Sacramento' } },
    ])
  })

  test('a plan that is shown and sent again is the same plan', () => {
    const legs = [
      { mode: 'sea', from: istanbul, to: otopeni, departs: '2026-12-30T23:00', arrives: '2027-01-02T10:40' },
      { mode: 'air', from: istanbul, to: chisinau, departs: '2027-01-03T08:00', arrives: '2027-01-03T09:00' },
    ]
    const shown = new Map(formEntriesOf(shape, { travel: { legs } }, []))
    const sentByPage = new Map(
      [...shown].filter(([field]) => !/\.(?:_month|_year)$|arrives\._day$|\.zone$/.test(field)),
    )
    for (const leg of [0, 1]) {
      sentByPage.set(`travel.legs.${leg}.departs._day`, [departureText(shown, leg)])
      sentByPage.set(`travel.legs.${leg}.arrives._after`, [String(daysLater(shown, leg))])
    }
    expect(contentIn(shape, withWhatFollows(sentByPage), [])).toEqual({ travel: { legs } })
  })
})
