import type { Rota } from '../../../schemas/deployment/rota.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { addressed } from '../access/readers.ts'
import { lockOf, mostLocked, sectionsWithoutReader } from '../access/retention.ts'
import { chisinau, dayIn, daysAfter, instantOf } from '../calendar/days.ts'
import type { Folded } from '../state.ts'
import type { WatchNotice } from './watch-notice.ts'

/** Something that ends by itself: from which instant (epoch ms), and the event that `watch` then writes. */
interface Ending {
  at: number
  watchNotice: (now: number) => WatchNotice
}

/** The instant (epoch ms) at which the day after a day begins in Chișinău. */
const endOf = (day: string) => instantOf(`${daysAfter(day, 1)}T00:00`, chisinau)

/** What `watch` ends on a return in any phase: locked sections, and the access of missions and of a partner that filed. */
export function endings(state: Folded, rota: Rota): Ending[] {
  return [...erasures(state), ...accessEndings(state, rota)]
}

/** Locked sections are erased once their last day has passed. */
function erasures(state: Folded): Ending[] {
  const to = addressed(state)
  const days = Map.groupBy(state.locked, ([, until]) => until)
  return [...days].map(([until, locked]) => {
    const sections = locked.map(([sec]) => sec).slice(0, mostLocked)
    return {
      at: endOf(until),
      watchNotice: () => ({ type: 'erased', to, data: { sections }, destroys: { sections } }),
    }
  })
}

/**
 * Some days after the arrival, the access of missions and of a partner that filed ends: they cannot read the sections any
 * more, and still see what is in clear.
 */
function accessEndings(state: Folded, { limits }: Rota): Ending[] {
  if (!state.arrivedAt) return []
  const last = daysAfter(dayIn(Date.parse(state.arrivedAt), chisinau), limits.missionDays)
  return addressed(state)
    .filter((party) => hasLimitedAccess(state, party) && !state.accessEnded.has(party))
    .map((party, index, parties) => {
      // Their access ends one after the other, because the last of them may be the last reader of a section.
      const before = { ...state, accessEnded: new Set([...state.accessEnded, ...parties.slice(0, index)]) }
      return { at: endOf(last), watchNotice: (now) => accessEnded(before, party, now, limits.lockDays) }
    })
}

const hasLimitedAccess = ({ responsible }: Folded, party: PartyId) =>
  kindOf(party) === 'mission' || (kindOf(party) === 'partner' && party === responsible)

function accessEnded(state: Folded, party: PartyId, now: number, lockDays: number): WatchNotice {
  const sections = sectionsWithoutReader(state, {
    ...state,
    accessEnded: new Set([...state.accessEnded, party]),
  })
  return {
    type: 'access-ended',
    to: addressed(state),
    data: { party, ...lockOf(sections, new Date(now).toISOString(), lockDays) },
    // Its own talk and notes stay readable for it.
    destroys: {
      wraps: [
        { holder: party, classes: sectionClassNames.filter((cls) => cls !== 'talk' && cls !== 'note') },
      ],
    },
  }
}
