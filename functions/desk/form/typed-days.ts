import { proseOf } from '../../../schemas/values/typed-text.ts'

/** The first letters of the months, as Romanian, English, Russian and Ukrainian write them, without marks. */
const months: readonly string[] = [
  'ian jan янв січ',
  'feb фев лют',
  'mar мар бер',
  'apr апр кві кви',
  'mai may маи мая тра',
  'iun jun июн чер',
  'iul jul июл лип',
  'aug авг сер',
  'sep сен вер',
  'oct окт жов',
  'noi nov ноя лис',
  'dec дек гру',
]
const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']
/** A whole date in one field: day, month and year, or as ISO 8601 writes it. */
const whole = /^(\d{1,2})[ ./-]+(\d{1,2}|\p{L}+\.?)[ ./-]+(\d{4})\.?$/u
const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/

/** What stands in the three fields of a day. */
export interface TypedDay {
  day: string
  month: string
  year: string
}

/**
 * A day as it was typed, `27 mai 2026` as `2026-05-27`; nothing where nothing was typed. What is no day stays as it was
 * typed, and the schema refuses it.
 */
export function dayTyped(typed: TypedDay): string | undefined {
  const { day, month, year } = apart(typed)
  if (!day && !month && !year) return undefined
  return [year.replace(/\D+$/, ''), monthTyped(month).padStart(2, '0'), numberIn(day).padStart(2, '0')].join(
    '-',
  )
}

/** The three parts, also where all of them were typed into the first field. */
function apart(typed: TypedDay): TypedDay {
  if (typed.month || typed.year) return typed
  const [, day, month, year] = whole.exec(typed.day) ?? []
  if (day && month && year) return { day, month, year }
  const [, isoYear, isoMonth, isoDay] = iso.exec(typed.day) ?? []
  return isoYear && isoMonth && isoDay ? { day: isoDay, month: isoMonth, year: isoYear } : typed
}

/** The number of a month from its number, its name or its Roman number; anything else as it was typed. */
function monthTyped(text: string): string {
  const word = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.\s]+$/, '')
  if (/^\d*$/.test(word)) return word
  const numeral = roman.indexOf(word.replaceAll('х', 'x').replaceAll('і', 'i'))
  const named = months.findIndex((starts) => starts.split(' ').includes(word.slice(0, 3)))
  const index = numeral < 0 ? named : numeral
  return index < 0 ? text : String(index + 1)
}

const numberIn = (day: string) => day.replace(/(?<=^\d{1,2})(?:\.|-?(?:st|nd|rd|th|го|е|a))$/, '')

/** A time on a clock as it was typed, `8.30` or `830` as `08:30`; anything else as it was typed. */
export function clockTyped(text: string): string {
  const typed = proseOf(text)
    .toLowerCase()
    .replace(/^(?:ora|at|в)\s+/, '')
    .replace(/\s*(?:h|ч|час)\.?$/, '')
  const [, hours, minutes = '00'] =
    /^(\d{1,2})(?:\s*[.:,h\s–-]\s*(\d{2}))?$/.exec(typed) ?? /^(\d{1,2})(\d{2})$/.exec(typed) ?? []
  return hours ? `${hours.padStart(2, '0')}:${minutes}` : text
}
