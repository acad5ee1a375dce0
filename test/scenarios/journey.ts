/** Contents of the commands of an ordinary journey, for scenarios and tests. Every person is made up. */

/** A day, so many days from today. */
export const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)

/** What the clock of a zone shows now. */
const nowIn = (zone: string) =>
  new Date()
    .toLocaleString('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .replace(' ', 'T')

/** A time that somebody on the spot knows exactly. */
export const happenedNow = (zone = 'Europe/Chisinau') => ({
  at: nowIn(zone),
  zone,
  known: 'exactly',
  reportedBy: 'own-officer',
})

export const identityCheck = () => ({ identity: { method: 'state-register', on: day(0) } })

/** A travel document approved today. */
export const titlu = (approvedOn = day(0)) => ({
  identity: { type: 'titlu', number: 'TC 0000001', approvedOn },
})

export const assessment = () => ({
  protection: {
    themes: [
      { theme: 'traffickers', level: 'medium' },
      { theme: 'family', level: 'low' },
    ],
  },
  decision: { recommendation: 'return-with-conditions', needs: ['companion', 'reception'] },
})

export const ruling = () => ({ decision: { reason: 'The file is complete, and the risk can be met.' } })

export const funding = () => ({
  decision: {
    source: 'state-budget',
    lines: [
      { cost: 'ticket', amount: 31_900, currency: 'EUR' },
      { cost: 'companion', amount: 12_000, currency: 'EUR' },
      { cost: 'local-transport', amount: 60_000, currency: 'MDL' },
    ],
  },
})

/** Istanbul to Bucharest by air, and on to Chișinău, `inDays` days from today, with a companion on both legs. */
export const twoLegs = (inDays = 5) => {
  const companion = { kind: 'social', name: 'Însoțitoare Exemplu', phone: '+447700900456' }
  const istanbul = { name: 'Istanbul', country: 'TR', zone: 'Europe/Istanbul' }
  const bucharest = { name: 'Bucharest', country: 'RO', zone: 'Europe/Bucharest' }
  const chisinau = { name: 'Chișinău', country: 'MD', zone: 'Europe/Chisinau' }
  const leaves = day(inDays)
  return {
    travel: {
      legs: [
        {
          mode: 'air',
          from: istanbul,
          to: bucharest,
          departs: `${leaves}T09:10`,
          arrives: `${leaves}T10:40`,
          carrier: 'XX 101',
          meetingPoint: 'Information desk, departures.',
          companion,
        },
        {
          mode: 'air',
          from: bucharest,
          to: chisinau,
          departs: `${leaves}T13:15`,
          arrives: `${leaves}T14:25`,
          carrier: 'XX 202',
          companion,
        },
      ],
      arrivesAt: 'RMO',
    },
  }
}

export const bookings = () => ({
  travel: {
    bookings: [
      { leg: 0, reference: 'PRB1X2' },
      { leg: 1, reference: 'PRB3Y4' },
    ],
  },
})

export const placeUntil = (inDays = 7) => ({ until: day(inDays) })

/** She left now, or so many days ago. */
export const departure = (daysAgo = 0) => ({
  case: {
    happened: {
      ...happenedNow('Europe/Istanbul'),
      ...(daysAgo > 0 ? { at: `${day(-daysAgo)}T14:05` } : {}),
    },
  },
  travel: { leg: 0, seenOff: true },
})

export const arrival = () => ({
  case: { happened: happenedNow(), point: 'RMO', companionPresent: 'yes' },
  care: { condition: 'tired' },
})

export const handover = () => ({
  case: { happened: happenedNow(), from: 'companion', to: 'centre', sides: 'both', paper: 'PV 12/2026' },
})

export const stay = () => ({
  case: { happened: happenedNow(), choice: 'centre' },
  care: {
    services: [
      { service: 'medical', answer: 'accepted', owner: 'Medic Exemplu', dueOn: day(6) },
      { service: 'psychological', answer: 'accepted' },
      { service: 'legal', answer: 'later' },
      { service: 'work', answer: 'refused' },
    ],
  },
})

export const exitChecked = () => ({
  travel: { exitPapers: 'in-hand', fine: 'paid', ban: 'none', transit: 'not-needed' },
})
