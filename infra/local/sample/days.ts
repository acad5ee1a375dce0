/** The date so many days from today. All dates of the sample count from the day on which it is filled. */
export const dayFromToday = (count: number) =>
  new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)

/**
 * The time at which a member of the own staff saw something happen, on a place's clock. Of today only the day is
 * known.
 */
export const witnessedOn = (count: number, zone = 'Europe/Chisinau', at = '14:05') => ({
  at: count === 0 ? dayFromToday(0) : `${dayFromToday(count)}T${at}`,
  zone,
  known: count === 0 ? 'day-only' : 'exactly',
  reportedBy: 'own-officer',
})
