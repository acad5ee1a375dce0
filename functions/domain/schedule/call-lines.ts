import type { Rota } from '../../../schemas/deployment/rota.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import type { State } from '../state.ts'
import type { Call } from './calls.ts'

/** A line of the rota that is called, by its name, for an event. */
export interface CallOut {
  seq: number
  party: PartyId
  line: string
}

const minuteMs = 60_000

/** The calls of parties that are on the return; who leaves it is not called any more. */
export function openCalls(state: State): readonly Call[] {
  const on = addressed(state)
  return state.calls.filter(({ party }) => on.includes(party))
}

const linesOf = (party: PartyId, rota: Rota) => rota.parties[party]?.calls ?? rota.calls

/** The name of a party's line by its number; none where the rota has become shorter. */
export function nameOf(rota: Rota, party: PartyId, line: number): string | undefined {
  return linesOf(party, rota)[line]?.line
}

/** The lines of a call that were not called yet, each with the instant (epoch ms) at which it is. */
export function linesAhead({ party, since, lines }: Call, rota: Rota): { line: number; at: number }[] {
  return linesOf(party, rota)
    .map(({ afterMinutes }, line) => ({ line, at: Date.parse(since) + afterMinutes * minuteMs }))
    .filter(({ line }) => line >= lines)
}

/** Of a call that went through its lines: when it was last to be made again, if it was, and when it next is. */
function rounds({ party, since }: Call, rota: Rota, now: number): { last: number | undefined; next: number } {
  const through = Date.parse(since) + (linesOf(party, rota).at(-1)?.afterMinutes ?? 0) * minuteMs
  const every = rota.againMinutes * minuteMs
  const round = Math.max(0, Math.floor((now - through) / every))
  return { last: round > 0 ? through + round * every : undefined, next: through + (round + 1) * every }
}

/** When a call is next to be made: its next line or, after the last, the next round of all. Epoch ms. */
export function nextCall(call: Call, now: number, rota: Rota): number {
  return linesAhead(call, rota)[0]?.at ?? rounds(call, rota, now).next
}

/**
 * The lines to call once more, without an event: those of each call that went through all of them and had a round
 * after the last look and by now (epoch ms).
 */
export function callsAgain(state: State, looked: number, now: number, rota: Rota): CallOut[] {
  return openCalls(state)
    .filter(
      (call) => linesAhead(call, rota).length === 0 && (rounds(call, rota, now).last ?? looked) > looked,
    )
    .flatMap(({ seq, party }) =>
      [...new Set(linesOf(party, rota).map(({ line }) => line))].map((line) => ({ seq, party, line })),
    )
}
