import { parse } from 'mrz'

/** What a paper says of itself and its holder besides its machine-readable zone; the birth as `1974-08-12`. */
interface Paper {
  number: string
  born: string | undefined
}

/** Whether the lines of a machine-readable zone (ICAO 9303) hold together, and are those of a number and a birth. */
export function isZoneOf(lines: readonly string[], { number, born }: Paper): boolean {
  try {
    const { valid, documentNumber, fields } = parse([...lines])
    const birthDate = born?.slice(2).replaceAll('-', '') ?? fields.birthDate
    return valid && documentNumber === bare(number) && fields.birthDate === birthDate
  } catch {
    // Lines of no form that the standard knows.
    return false
  }
}

/** A number as a zone writes it: without spaces and signs. */
const bare = (number: string) => number.toUpperCase().replace(/[^A-Z0-9]/g, '')
