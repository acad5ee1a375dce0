import type { Service } from '../../infra/local/aws/responses.ts'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'

/** What some work costs: calls to AWS, the rounds of waiting among them, and the calls by service. */
export interface Cost {
  calls: number
  serialRounds: number
  services: Record<Service, number>
}

const noCalls: Readonly<Record<Service, number>> = {
  dynamodb: 0,
  kms: 0,
  sqs: 0,
  sts: 0,
  sns: 0,
  'cognito-idp': 0,
}
/** The services in the order in which tables show them. */
export const serviceNames = Object.keys(noCalls) as Service[]

export function costOf(calls: readonly RecordedCall[]): Cost {
  const services = { ...noCalls }
  for (const { service } of calls) services[service]++
  return { calls: calls.length, serialRounds: serialRounds(calls), services }
}

/**
 * The length of the longest chain of calls in which each begins after the one before it has ended.
 *
 * A call that waited for another's answer never overlaps it, so no dependency is missed; and since answers are held back
 * until the function is quiet, calls that do not wait for each other overlap, however quick the emulators are.
 * On a busy machine a parallel call may still come after the hold: the number can be too high, never too low.
 * Calls are intervals, and a chain is a set of intervals that do not overlap: the largest such set is found by
 * always taking, of those that begin after the last one taken, the one that ends first.
 */
export function serialRounds(calls: readonly Pick<RecordedCall, 'start' | 'end'>[]): number {
  let rounds = 0
  let ended = Number.NEGATIVE_INFINITY
  for (const { start, end } of calls.toSorted((left, right) => left.end - right.end)) {
    if (start < ended) continue
    rounds++
    ended = end
  }
  return rounds
}

/** The middle value; of an even number of them, the higher of the two in the middle. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new Error('There is no median of nothing.')
  return middle
}
