import { type DataClass, mayRead } from '../../schemas/classes.ts'
import { type HolderId, kindOf, type PartyId, partyId, partyKinds } from '../../schemas/parties.ts'
import type { State } from './state.ts'

const consular = partyId.parse('consular')
const oversight = partyId.parse('oversight')

/** The grounds and the filer decide who is told; the state of a return that is being filed has just these. */
export type Circle = Pick<State, 'filer' | 'basis'>

const stands = (circle: Circle, holder: HolderId) => {
  const ground = circle.basis.get(holder)
  return ground === 'consent' || ground === 'other-basis'
}

const isAddressed = (holder: HolderId): holder is PartyId => {
  const kind = kindOf(holder)
  return kind in partyKinds && partyKinds[kind as keyof typeof partyKinds].queue
}

/** Whom events are for: the filing mission, the consular department, and each recipient with a basis. */
export function addressed(circle: Circle): PartyId[] {
  const recipients = [...circle.basis.keys()].filter((holder) => stands(circle, holder)).filter(isAddressed)
  return [...new Set([circle.filer, consular, ...recipients])]
}

/**
 * How a party stands to a return: it sees what is in clear, it was told to delete what it holds, or the return is
 * unknown to it. Oversight is told of nothing, and sees what is in clear of every return.
 */
export function standingOf(circle: Circle, party: PartyId): 'on' | 'ended' | 'none' {
  if (party === oversight || addressed(circle).includes(party)) return 'on'
  return circle.basis.get(party) === 'withdrawn' ? 'ended' : 'none'
}

/**
 * Who gets a wrap of a section of a class: the parties on the return whose kind may read it and, with a basis,
 * `figures`; `watch` holds log keys. `talk` is for its writer and the one it is written to, `note` for its writer alone.
 */
export function readersOf(
  circle: Circle,
  cls: DataClass,
  between?: { by: HolderId; for?: PartyId | undefined },
): HolderId[] {
  const on: HolderId[] = addressed(circle)
  if (cls === 'note') return between ? on.filter((party) => party === between.by) : []
  if (cls === 'talk')
    return between ? on.filter((party) => party === between.by || party === between.for) : []
  if (cls === 'log') return [...on.filter((party) => mayRead(kindOf(party), cls)), 'watch']
  if (stands(circle, 'figures')) on.push('figures')
  return on.filter((holder) => mayRead(kindOf(holder), cls))
}
