import { chisinau } from '../../../schemas/values/clocks.ts'
import { countries } from '../../../schemas/values/codes.ts'
import type { Messages } from '../messages/messages.ts'

/** The zone that a country's people mean where it has others too: islands, exclaves, land that is not its own. */
const mainZones: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  ES: 'Europe/Madrid',
  MD: chisinau,
  PT: 'Europe/Lisbon',
  UA: 'Europe/Kyiv',
}

/** Names of places that the ids of zones write in another way. */
const placeNames: Readonly<Record<string, string>> = {
  [chisinau]: 'Chișinău',
  'Europe/Kiev': 'Kyiv',
  'Asia/Calcutta': 'Kolkata',
}

const known = new Map<string, readonly string[]>()

/** The time zones of a country (ISO 3166-1), by the platform's own tables. */
export function zonesOf(country: string): readonly string[] {
  if (!countries.includes(country)) return []
  const found = known.get(country) ?? readZones(country)
  known.set(country, found)
  return found
}

function readZones(country: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?(): string[] } = new Intl.Locale(`und-${country}`)
  const zones = (locale.getTimeZones?.() ?? []).map((zone) => (zone === 'Europe/Kiev' ? 'Europe/Kyiv' : zone))
  const main = mainZones[country]
  return main ? [main, ...zones.filter((zone) => zone !== main)] : zones
}

/**
 * The zone of a place by its country, and by its name where that is the name of a zone: New York. Nothing where only the
 * user can say.
 */
export function zoneOfPlace(country: string, name: string): string | undefined {
  const zones = zonesOf(country)
  const named = zones.find((zone) => folded(placeOf(zone)) === folded(name))
  return named ?? mainZones[country] ?? (zones.length === 1 ? zones[0] : undefined)
}

/** Whether a country has zones between which its name alone does not decide. */
export const hasManyZones = (country: string) => zonesOf(country).length > 1

const folded = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

const placeOf = (zone: string) => placeNames[zone] ?? (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

let countriesByZone: ReadonlyMap<string, string> | undefined

/** A zone in words: its place and its country. */
export function zoneName(messages: Messages, zone: string): string {
  countriesByZone ??= new Map(countries.flatMap((country) => zonesOf(country).map((own) => [own, country])))
  const country = countriesByZone.get(zone)
  return country
    ? messages('form.zoneOf', { place: placeOf(zone), country: messages.country(country) })
    : placeOf(zone)
}

/** The zones that come up: those of Moldova, of its posts, and of places where journeys change. */
const usual: readonly string[] = [
  'Europe/Chisinau',
  'Africa/Cairo',
  'America/Chicago',
  'America/Los_Angeles',
  'America/New_York',
  'America/Toronto',
  'Asia/Almaty',
  'Asia/Amman',
  'Asia/Baku',
  'Asia/Beirut',
  'Asia/Dubai',
  'Asia/Jerusalem',
  'Asia/Kuwait',
  'Asia/Nicosia',
  'Asia/Qatar',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Tbilisi',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Amsterdam',
  'Europe/Athens',
  'Europe/Belgrade',
  'Europe/Berlin',
  'Europe/Brussels',
  'Europe/Bucharest',
  'Europe/Budapest',
  'Europe/Copenhagen',
  'Europe/Dublin',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'Europe/Kyiv',
  'Europe/Lisbon',
  'Europe/London',
  'Europe/Madrid',
  'Europe/Malta',
  'Europe/Minsk',
  'Europe/Moscow',
  'Europe/Oslo',
  'Europe/Paris',
  'Europe/Prague',
  'Europe/Riga',
  'Europe/Rome',
  'Europe/Skopje',
  'Europe/Sofia',
  'Europe/Stockholm',
  'Europe/Tallinn',
  'Europe/Tirane',
  'Europe/Vienna',
  'Europe/Vilnius',
  'Europe/Warsaw',
  'Europe/Zurich',
]

const named = new Map<string, readonly (readonly [string, string])[]>()

/** The usual zones with their words, Moldova's first and then in the order of the words. */
export function usualZones(messages: Messages): readonly (readonly [string, string])[] {
  const found = named.get(messages.language) ?? wordsOf(messages)
  named.set(messages.language, found)
  return found
}

function wordsOf(messages: Messages): readonly (readonly [string, string])[] {
  const { compare } = new Intl.Collator(messages.language)
  return usual
    .map((zone) => [zone, zoneName(messages, zone)] as const)
    .toSorted(([first, words], [second, other]) =>
      first === chisinau ? -1 : second === chisinau ? 1 : compare(words, other),
    )
}
