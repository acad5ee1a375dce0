import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockTyped, dayTyped } from '../../../functions/desk/form/typed-days.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'

const may = (day: string, month: string, year: string) => dayTyped({ day, month, year })

test.each(['5', '05', 'mai', 'Mai', 'май', 'мая', 'May', 'may.', 'V', 'v', 'MAI', '\u200Bmai'.slice(1)])(
  'the month %s is May',
  (month) => {
    expect(may('7', month, '2026')).toBe('2026-05-07')
  },
)

test('every month is known by its name in each language, whole and short', () => {
  for (const language of [...languages, 'uk'])
    for (const style of ['long', 'short'] as const)
      for (let month = 1; month <= 12; month++) {
        const date = new Date(Date.UTC(2026, month - 1, 7))
        const names = [
          new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' }).format(date),
          ...new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' })
            .formatToParts(date)
            .flatMap(({ type, value }) => (type === 'month' ? [value] : [])),
        ]
        for (const named of names)
          expect([named, may('7', named, '2026')]).toEqual([
            named,
            `2026-${String(month).padStart(2, '0')}-07`,
          ])
      }
})

test.each(['27.05.2026', '27/5/2026', '27 mai 2026', '2026-05-27', '27-05-2026'])(
  'a whole day in the first field, %s, is a day',
  (day) => {
    expect(may(day, '', '')).toBe('2026-05-27')
  },
)

test('what is no day stays as it was typed, and an empty day is none', () => {
  expect(may('', '', '')).toBeUndefined()
  expect(may('31', '2', '2026')).toBe('2026-02-31')
  expect(may('7', 'Mayday', '26')).toBe('26-05-07')
  expect(may('x', 'y', 'z')).toBe('-y-x'.replace('-y-x', '-0y-0x'))
})

test('a time is read with any sign between hour and minute, or none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom(':', '.', ',', ' ', 'h', '-', ' : ', '\u00A0'),
      (hour, minute, sign) => {
        const [hours, minutes] = [String(hour), String(minute).padStart(2, '0')]
        const clock = `${hours.padStart(2, '0')}:${minutes}`
        expect(clockTyped(`${hours}${sign}${minutes}`)).toBe(clock)
        expect(clockTyped(clock)).toBe(clock)
      },
    ),
  )
  expect(['830', '0830', '8', 'ora 8.30', '8 h'].map(clockTyped)).toEqual([
    '08:30',
    '08:30',
    '08:00',
    '08:30',
    '08:00',
  ])
  expect(clockTyped('soon')).toBe('soon')
})
