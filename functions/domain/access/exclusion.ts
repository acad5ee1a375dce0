import { refusal } from '../../../schemas/api/problems.ts'
import { afterJourney, type Phase } from '../../../schemas/procedure/phases.ts'
import type { Purpose } from '../../../schemas/values/basis.ts'
import { type DataClass, dataClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import type { Participants, State } from '../state.ts'
import { basesOf, keepsPurpose } from './legal-basis.ts'
import type { Facts } from './opened-sections.ts'
import { accompanyingHolders, endJourney, exclude } from './participants.ts'
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

/** Where a command leads to the end of the journey, removed recipients that accompanied the person read no longer. */
export function excludeAccompanying(state: State, leadsTo: Phase | undefined): Partial<Exclusion> {
  const holders = accompanyingHolders(state)
  if (holders.length === 0 || !leadsTo || !afterJourney.includes(leadsTo)) return {}
  return {
    after: endJourney(state),
    destroys: { wraps: holders.map((holder) => ({ holder, classes: allButLog })) },
  }
}

/** The wraps that a party loses by a change: of each class that it does not read any more. */
export function excludeFromClasses(state: State, after: Participants, holder: PartyId): Exclusion {
  const leaves = !addressed(after).includes(holder)
  const withdrawal = state.withdrawals.get(holder)
  const classes = dataClassNames.filter((cls): cls is DataClass => {
    // Its own notes and talk stay with it until it leaves.
    if (cls === 'talk' || cls === 'note') return leaves
    // The answer that it still owes has to be written with the log key.
    if (cls === 'log') return leaves && !(withdrawal && !withdrawal.answer)
    return !readersOf(after, cls).includes(holder)
  })
  return { after, destroys: { wraps: [{ holder, classes }] } }
}
