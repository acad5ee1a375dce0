/**
 * Days that are noted of a stay: its end; what was to be done of a service; asking again how she is; coming back from
 * some days away.
 */
export const stayItems = ['stay', 'service', 'follow-up', 'coming-back'] as const
export type StayItem = (typeof stayItems)[number]
