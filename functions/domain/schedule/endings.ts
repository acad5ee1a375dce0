import type { Rota } from '../../../schemas/deployment/rota.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import { lockOf, mostLocked, unread } from '../access/retention.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../calendar/days.ts'
import type { Folded } from '../state.ts'
import type { WatchNotice } from './watch-notice.ts'

/** What ends by itself, and the instant (epoch ms) from which it does. */
interface Ending {
  at: number
  notice: (now: number) => WatchNotice
}

/** Where the day after a day begins in Chișinău. */
const after = (day: string) => instantOf(`${daysAfter(day, 1)}T00:00`, chisinau)

/** What `watch` ends on a return, whatever phase it is in: locked sections, and the time of missions and who filed. */
export function endings(state: Folded, rota: Rota): Ending[] {
  return [...erasures(state), ...farewells(state, rota)]
}

/** Locked sections are erased once their day has passed. */
function erasures(state: Folded): Ending[] {
  const to = addressed(state)
  const days = Map.groupBy(state.locked, ([, until]) => until)
  return [...days].map(([until, locked]) => {
    const sections = locked.map(([sec]) => sec).slice(0, mostLocked)
    return {
      at: after(until),
      notice: () => ({ type: 'erased', to, data: { sections }, destroys: { sections } }),
    }
  })
}

/** So many days after the arrival missions read no longer, nor a partner that filed; they see on what is in clear. */
function farewells(state: Folded, { limits }: Rota): Ending[] {
  if (!state.arrivedAt) return []
  const last = daysAfter(dayIn(Date.parse(state.arrivedAt), chisinau), limits.missionDays)
  return addressed(state)
    .filter((party) => readsForATime(state, party) && !state.over.has(party))
    .map((party, index, all) => {
      // One after the other: the last of them may be the last reader.
      const before = { ...state, over: new Set([...state.over, ...all.slice(0, index)]) }
      return { at: after(last), notice: (now) => farewell(before, party, now, limits.lockDays) }
    })
}

const readsForATime = ({ responsible }: Folded, party: PartyId) =>
  kindOf(party) === 'mission' || (kindOf(party) === 'partner' && party === responsible)

function farewell(state: Folded, party: PartyId, now: number, lockDays: number): WatchNotice {
  const sections = unread(state, { ...state, over: new Set([...state.over, party]) })
  return {
    type: 'access-ended',
    to: addressed(state),
    data: { party, ...lockOf(sections, new Date(now).toISOString(), lockDays) },
    // What it said to somebody, and noted for itself, stays its own.
    destroys: {
      wraps: [
        { holder: party, classes: sectionClassNames.filter((cls) => cls !== 'talk' && cls !== 'note') },
      ],
    },
  }
}
