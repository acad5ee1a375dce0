/** What a hotline is told: where, how urgent, and how to call back. Nobody has a name. */
export const alarm = {
  case: {
    urgency: 'none',
    country: 'TR',
    place: 'Antalya',
    heardOn: '2026-11-21',
    referrer: 'relatives',
    persons: 2,
    children: 1,
  },
  contacts: {
    safeWay: 'Only between 10 and 12, and only to her sister.',
    phone: '+447700900124',
    reported: 'Made up for a test.',
  },
} as const
