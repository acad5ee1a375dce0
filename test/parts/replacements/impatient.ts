export * from '../../../functions/exchange/overdue-deliveries.ts'

/** In place of the minute for which an event may still be on its ordinary way: a test does not wait for it. */
export const patienceMs = 0

/** Every tick is a round of its own. */
export const roundOf = (): number => Date.now()
