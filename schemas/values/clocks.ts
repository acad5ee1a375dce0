/** Local times of zones, by the platform's own tables (`Intl`). */

/** The zone of arrival. Days without a zone are days of Chișinău. */
export const chisinau = 'Europe/Chisinau'

const millisecondsOfDay = 86_400_000

/** The day `count` days after `day`. */
export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * millisecondsOfDay).toISOString().slice(0, 10)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  clocks.set(zone, clock)
  return clock
}

/** What the clock of a zone shows at an instant (epoch milliseconds): `2026-11-21 18:55`, the form of Swedish dates. */
const shown = (instant: number, zone: string) => clockOf(zone).format(instant)

/** The day in a zone at an instant, in epoch milliseconds. */
export function dayIn(instant: number, zone: string): string {
  return shown(instant, zone).slice(0, 10)
}

/** The hour, 0 to 23, that a clock in a zone shows at an instant, in epoch milliseconds. */
export function hourIn(instant: number, zone: string): number {
  return Number(shown(instant, zone).slice(11, 13))
}

/** The instant of a local time in a zone, in epoch milliseconds; where clocks change, one of the possible instants. */
export function instantOf(localTime: string, zone: string): number {
  const asUtc = Date.parse(`${localTime}Z`)
  const ahead = (instant: number) => Date.parse(`${shown(instant, zone).replace(' ', 'T')}Z`) - instant
  return asUtc - ahead(asUtc - ahead(asUtc))
}

/** A local time of a zone as local time in Chișinău: `2026-11-21T18:55`. */
export function inChisinau(localTime: string, zone: string): string {
  return shown(instantOf(localTime, zone), chisinau).replace(' ', 'T')
}
