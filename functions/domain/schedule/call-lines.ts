import type { Rota } from '../../../schemas/deployment/rota.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import type { Call, State } from '../state.ts'

/** A line of the rota that is called for an event, by its name. */
export interface CallOut {
  seq: number
  party: PartyId
  line: string
}

const minuteMs = 60_000

/** The open calls of parties that are on the return; a party that leaves it is not called any more. */
export function openCalls(state: State): readonly Call[] {
  const on = addressed(state)
  return state.calls.filter(({ party }) => on.includes(party))
}

const linesOf = (party: PartyId, rota: Rota) => rota.parties[party]?.calls ?? rota.calls

/** The name of a party's line by its number; undefined where the rota has become shorter. */
export function lineName(rota: Rota, party: PartyId, line: number): string | undefined {
  return linesOf(party, rota)[line]?.line
}

/** The lines of a call that were not called yet, each with the instant (epoch ms) at which it will be. */
export function linesAhead({ party, since, lines }: Call, rota: Rota): { line: number; at: number }[] {
  return linesOf(party, rota)
    .map(({ afterMinutes }, line) => ({ line, at: Date.parse(since) + afterMinutes * minuteMs }))
    .filter(({ line }) => line >= lines)
}

/**
 * The rounds of a call that went through all its lines (epoch ms): when the last round was due, if there was one, and
 * when the next is.
 */
function rounds({ party, since }: Call, rota: Rota, now: number): { last: number | undefined; next: number } {
  const allCalled = Date.parse(since) + (linesOf(party, rota).at(-1)?.afterMinutes ?? 0) * minuteMs
  const every = rota.againMinutes * minuteMs
  const round = Math.max(0, Math.floor((now - allCalled) / every))
  return { last: round > 0 ? allCalled + round * every : undefined, next: allCalled + (round + 1) * every }
}

/** When a call is made next (epoch ms): its next line or, after the last line, the next round of all lines. */
export function nextCall(call: Call, now: number, rota: Rota): number {
  return linesAhead(call, rota)[0]?.at ?? rounds(call, rota, now).next
}

/**
 * The lines to call once more, without an event: all lines of each call that has a round due between the last evaluation
 * and now (epoch ms).
 */
export function callsAgain(state: State, evaluated: number, now: number, rota: Rota): CallOut[] {
  return openCalls(state)
    .filter(
      (call) =>
        linesAhead(call, rota).length === 0 && (rounds(call, rota, now).last ?? evaluated) > evaluated,
    )
    .flatMap(({ seq, party }) =>
      [...new Set(linesOf(party, rota).map(({ line }) => line))].map((line) => ({ seq, party, line })),
    )
}
