import { daysOfJourney, lastDayOf, servesOn } from '../../../../schemas/procedure/papers.ts'
import { type Itinerary, type Section, sectionsOf } from '../../return/legs.ts'

/** A paper compared with the days of a journey: until when it is valid, and whether that is long enough. */
export interface TravelPaper {
  type: string
  until?: string
  serves: 'yes' | 'no' | 'not-known'
}

/** The travel document that the gate requires; without one, the papers that the person has. */
export function papersOn({ legs }: Itinerary, sections: readonly Section[]): TravelPaper[] {
  const days = daysOfJourney(legs)
  const document = sectionsOf(sections, 'identity', 'document').at(-1)?.content
  if (document)
    return [
      { type: document.type, until: lastDayOf(document), serves: servesOn(document, days) ? 'yes' : 'no' },
    ]
  const held = sectionsOf(sections, 'identity', 'person').at(-1)?.content.documents ?? []
  return held.map(({ type, expiresOn }) => ({
    type,
    ...(expiresOn ? { until: expiresOn } : {}),
    serves: expiresOn ? (days.every((day) => day <= expiresOn) ? 'yes' : 'no') : 'not-known',
  }))
}
