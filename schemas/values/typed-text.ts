/**
 * Text as people type and paste it, written in one way. Each function is idempotent, and none of them complains: what is
 * still wrong afterwards is refused by the schema that the text belongs to. Desk and API share them (`texts.ts`).
 */

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** What nobody sees: zero-width signs, marks of direction, soft hyphens, control characters. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]|(?![\n\t])\p{Cc}/gu
const spaces = /[\t\p{Zs}]/gu
/** Hyphens and dashes of every kind, also the minus sign. */
const dashes = /[\p{Pd}\u2212\u2043]/gu
const apostrophes = /['\u2018\u2019\u201B\u02B9\u02BB\u02BC\u02BD\u2032\u00B4\u0060\uFF07]/g
/** Cyrillic letters that are typed in place of Latin ones, because they look the same. */
const lookalikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ѕ: 'S',
  Ј: 'J',
}

/** A text of several lines: each line break counts once, nothing is invisible, and every word has one spelling (NFC). */
export function proseOf(text: string): string {
  return text
    .toWellFormed()
    .replace(lineEnds, '\n')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(spaces, ' ')
    .replaceAll('\u2011', '-')
    .replace(/ +(?=\n|$)/g, '')
    .trim()
}

/** A text of one line, with single spaces. */
function lineOf(text: string): string {
  return proseOf(text).replace(/\s+/g, ' ')
}

/** A name: one kind of hyphen and one kind of apostrophe, and no space around a hyphen. */
export function nameTyped(text: string): string {
  return lineOf(text)
    .replace(dashes, '-')
    .replace(apostrophes, '’')
    .replace(/ ?- ?/g, '-')
    .replace(/^[-.,\s]+|[-,\s]+$/g, '')
}

/** The name of a place: as it is written, with one kind of hyphen. */
export function placeTyped(text: string): string {
  return lineOf(text).replace(dashes, '-').replace(apostrophes, '’')
}

/** The number of an act, a booking, a paper: one kind of hyphen, and no sign that only says that it is a number. */
export function numberTyped(text: string): string {
  return lineOf(text)
    .replace(dashes, '-')
    .replace(/[№#°º]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:n(?:r|o|um)?[.:]+ *)+(?=\S)/i, '')
}

/** The number of a document: capitals and digits, as a machine-readable zone has them; hyphens and strokes stay. */
export function documentNumberTyped(text: string): string {
  return capitals(numberTyped(text)).replace(/[\s.]/g, '')
}

/** A line of a machine-readable zone. */
export function zoneLineTyped(text: string): string {
  const line = lineOf(text).replaceAll('«', '<<').replaceAll('‹', '<')
  return latin(capitals(line)).replace(/\s/g, '')
}

/** The code of a room. A mark joins its letter once the space between them is gone. */
export function roomTyped(text: string): string {
  return latin(capitals(numberTyped(text)))
    .replace(/[\s.-]/g, '')
    .normalize('NFC')
}

/** `tel.`, `IDNP:` before a number, once the signs are gone. */
const leadingWord = /^[\p{L}\p{M}:]+/u

/** A phone number as E.164: no spaces, dots, hyphens or brackets, `+` for `00`, and no zero in brackets. */
export function phoneTyped(text: string): string {
  return lineOf(text)
    .normalize('NFKC')
    .replace(dashes, '-')
    .replaceAll('(0)', '')
    .replace(/[\s()./-]/g, '')
    .replace(leadingWord, '')
    .replace(/^00(?=[1-9])/, '+')
}

/** A number of digits alone, such as an IDNP, without what stands between them. */
export function digitsTyped(text: string): string {
  return lineOf(text)
    .normalize('NFKC')
    .replace(dashes, '-')
    .replace(/[\s.-]/g, '')
    .replace(leadingWord, '')
}

/** Capitals, and one spelling of what has several (full-width digits, ligatures). */
const capitals = (text: string) => text.normalize('NFKC').toUpperCase().normalize('NFKC')

/** Latin capitals in place of the Cyrillic ones that look the same. */
export function latin(text: string): string {
  return text.replace(/\p{Script=Cyrillic}/gu, (letter) => lookalikes[letter] ?? letter)
}
