import { refusal } from '../../../schemas/api/problems.ts'
import { afterJourney, overPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import type { Purpose } from '../../../schemas/values/basis.ts'
import { type DataClass, dataClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import type { Participants, State } from '../state.ts'
import { basesOf, keepsPurpose } from './legal-basis.ts'
import type { Facts } from './opened-sections.ts'
import { accompanyingHolders, endJourney, endTasksOfReturn, exclude } from './participants.ts'
import { addressed, journeyClasses, readersOf } from './readers.ts'

/** What is destroyed with an event: whole sections, or the wraps of holders by class. */
export type Destroys =
  | { sections: readonly string[] }
  | { wraps: readonly { holder: HolderId; classes: readonly DataClass[] }[] }

/** Who is on the return once a holder was removed or reads less, and the wraps that are destroyed with it. */
interface Exclusion {
  after: Participants
  destroys: Destroys
}

const allButLog = dataClassNames.filter((cls) => cls !== 'log')

/** What a withdrawal removes where it removes its recipient. Throws unknown-target and nothing-to-do. */
export function excludeByWithdrawal(state: State, recipient: HolderId): Exclusion {
  const status = state.basis.get(recipient)
  if (status === 'withdrawn' || status === 'accompanying') throw refusal('nothing-to-do')
  // The responsible party and the consular department stay on the return whatever their basis.
  const stays = addressed(exclude(state, recipient)).some((party) => party === recipient)
  if (status === undefined || status === 'none' || status === 'ended' || stays)
    throw refusal('unknown-target', { fields: ['case.recipient'] })
  const goesAlong = isOnTheWayWithPerson(state, recipient)
  const classes = allButLog.filter(
    (cls) => !goesAlong || !(journeyClasses as readonly string[]).includes(cls),
  )
  return {
    after: exclude(state, recipient, goesAlong),
    destroys: { wraps: [{ holder: recipient, classes }] },
  }
}

/**
 * Whether a withdrawal removes its recipient. It does not where a legal duty or the protection of a child stands, nor
 * where the person still agrees to some purpose.
 */
export function withdrawalExcludes(
  { basis }: State,
  facts: Facts,
  recipient: HolderId,
  withdrawnPurposes: readonly Purpose[] | undefined,
): boolean {
  const known = basesOf(facts).get(recipient)
  if (basis.get(recipient) === 'consent') return !keepsPurpose(known, withdrawnPurposes)
  return (
    basis.get(recipient) !== 'other-basis' ||
    (known?.kind !== 'legal-duty' && known?.kind !== 'child-protection')
  )
}

/** Whether a recipient is with the person on the way: it arranges the journey, or was asked to accompany her. */
function isOnTheWayWithPerson({ phase, arranger, tasks }: State, recipient: HolderId): boolean {
  const onTheWay: readonly string[] = ['accompany', 'police-transport', 'help-in-transit']
  return (
    phase === 'travelling' &&
    (arranger === recipient || tasks.some(({ to, task }) => to === recipient && onTheWay.includes(task)))
  )
}

/** What is destroyed when another party accepts the case: the wraps of the responsible party before it. */
export function excludePredecessor(before: PartyId): Destroys {
  return { wraps: [{ holder: before, classes: allButLog }] }
}

/**
 * Where a command leads to the end of the journey, removed recipients that accompanied the person read no longer. Where it
 * leads to the end of the return, helpers lose what they read for tasks that end with it.
 */
export function excludeAtEnd(state: State, leadsTo: Phase | undefined): Partial<Exclusion> {
  if (!leadsTo || !afterJourney.includes(leadsTo)) return {}
  const arrived = endJourney(state)
  const after = overPhases.includes(leadsTo) ? endTasksOfReturn(arrived, wasReceived(state)) : arrived
  if (after === state) return {}
  const accompanied = accompanyingHolders(state)
  const ended = state.tasks.flatMap(({ to, seq }) =>
    accompanied.includes(to) || after.tasks.some((task) => task.seq === seq) ? [] : [to],
  )
  return {
    after,
    destroys: {
      wraps: [
        ...accompanied.map((holder) => ({ holder, classes: allButLog })),
        ...[...new Set(ended)].map((holder) => ({ holder, classes: classesLost(state, after, holder) })),
      ],
    },
  }
}

/** Whether the person was received: her return had an end of its own before it was closed or cancelled. */
export function wasReceived({ outcome }: Pick<State, 'outcome'>): boolean {
  return outcome === 'admitted' || outcome === 'referred-home'
}

/** The wraps that a party loses by a change: of each class that it does not read any more. */
export function excludeFromClasses(state: State, after: Participants, holder: PartyId): Exclusion {
  return { after, destroys: { wraps: [{ holder, classes: classesLost(state, after, holder) }] } }
}

function classesLost(state: State, after: Participants, holder: PartyId): DataClass[] {
  const leaves = !addressed(after).includes(holder)
  const withdrawal = state.withdrawals.get(holder)
  return dataClassNames.filter((cls): cls is DataClass => {
    // Its own notes and talk stay with it until it leaves.
    if (cls === 'talk' || cls === 'note') return leaves
    // The answer that it still owes has to be written with the log key.
    if (cls === 'log') return leaves && !(withdrawal && !withdrawal.answer)
    return !readersOf(after, cls).includes(holder)
  })
}
