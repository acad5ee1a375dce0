import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { contentIn, formEntriesOf } from '../../../functions/desk/form/form-data.ts'
import { decimalOf, hundredthsTyped } from '../../../functions/desk/form/money.ts'
import { shapeOf } from '../../../functions/desk/form/shape.ts'
import { usualZones, zoneName, zoneOfPlace, zonesOf } from '../../../functions/desk/form/zones.ts'
import { languages } from '../../../functions/desk/messages/languages.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { happened } from '../../../schemas/sections/parts.ts'
import { countries } from '../../../schemas/values/codes.ts'
import { currency } from '../../../schemas/values/money.ts'
import { zone } from '../../../schemas/values/texts.ts'

describe('an amount', () => {
  test.each([
    ['12', 1200],
    ['12.50', 1250],
    ['12,5', 1250],
    ['1 234,50', 123_450],
    ['1 234', 123_400],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1,234', 123_400],
    ['0,05', 5],
    ['12.345.678', 1_234_567_800],
  ])('%s is so many hundredths', (typed, hundredths) => {
    expect(hundredthsTyped(typed)).toBe(hundredths)
  })

  test.each(['twelve', '12.5.', '1,23,4', '-3', '12 EUR', ''])('%s stays as it was typed', (typed) => {
    expect(hundredthsTyped(typed)).toBe(typed)
  })

  test('what a field shows is read as the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (hundredths) => {
        expect(hundredthsTyped(decimalOf(hundredths))).toBe(hundredths)
      }),
    )
  })

  test('a currency is known by its code, whatever letters it is typed in', () => {
    expect(currency.parse(' eur ')).toBe('EUR')
    expect(currency.safeParse('EUX').success).toBe(false)
  })
})

describe('when something happened', () => {
  const shape = shapeOf(z.strictObject({ at: happened.shape.at }))

  test('is one field: with a time it is a time, without one it is a day', () => {
    expect(shape).toMatchObject({ members: [{ name: 'at', shape: { kind: 'moment' } }] })
    for (const at of ['2026-11-28', '2026-11-28T08:30'])
      expect(contentIn(shape, new Map(formEntriesOf(shape, { at }, [])), [])).toEqual({ at })
  })
})

describe('a time zone', () => {
  test('follows from every country that has one, and from the main one where others have few people', () => {
    expect(zoneOfPlace('TR', 'Istanbul')).toBe('Europe/Istanbul')
    expect(zoneOfPlace('MD', 'Chișinău')).toBe('Europe/Chisinau')
    expect(zoneOfPlace('ES', 'Madrid')).toBe('Europe/Madrid')
    expect(zoneOfPlace('UA', 'Odesa')).toBe('Europe/Kyiv')
  })

  test('is asked where only the user can say, unless the place names it', () => {
    expect(zoneOfPlace('US', 'Sacramento')).toBeUndefined()
    expect(zoneOfPlace('US', 'new york')).toBe('America/New_York')
    expect(zoneOfPlace('RU', 'Moscow')).toBe('Europe/Moscow')
  })

  test('is one that the contract takes, whichever country is named', () => {
    const all = countries.flatMap((country) => zonesOf(country))
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter((id) => !zone.safeParse(id).success)).toEqual([])
  })

  test.each(languages)('stands in words in %s, with Moldova first', async (language) => {
    const messages = await messagesIn(language)
    const all = usualZones(messages)
    expect(all[0]).toEqual(['Europe/Chisinau', `Chișinău (${messages.country('MD')})`])
    for (const [id, words] of all)
      expect([id, words.includes('/'), words]).toEqual([id, false, zoneName(messages, id)])
    expect(all.map(([id]) => id)).toContain('Europe/Istanbul')
  })
})
