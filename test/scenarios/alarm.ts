import { day } from './journey.ts'

/** What somebody says who calls about a woman in Antalya; nobody has a name. */
export const alarm = (urgency: string, more: Record<string, unknown> = {}) => ({
  case: {
    urgency,
    country: 'TR',
    place: 'Antalya',
    heardOn: day(0),
    referrer: 'relatives',
    persons: 1,
    children: 0,
    ...more,
  },
  contacts: {
    safeWay: 'Her sister answers, in the morning only. Say that it is about the shop.',
    phone: '+447700900124',
    reported: 'Made up for a trial. She is kept in a house behind the bazaar.',
  },
})
