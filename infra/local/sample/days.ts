/** A day, so many days from today: everything in the sample counts from the day on which it is filled. */
export const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)

/** When somebody of the own staff saw something happen, at a place's clock; of today only the day is said. */
export const seenOn = (count: number, zone = 'Europe/Chisinau', at = '14:05') => ({
  at: count === 0 ? day(0) : `${day(count)}T${at}`,
  zone,
  known: count === 0 ? 'day-only' : 'exactly',
  reportedBy: 'own-officer',
})
