import { refusal } from '../../../schemas/api/problems.ts'
import { commandShape } from '../../../schemas/commands/commands.ts'
import { afterJourney } from '../../../schemas/procedure/phases.ts'
import type { Purpose } from '../../../schemas/values/basis.ts'
import { type DataClass, dataClassNames } from '../../../schemas/values/classes.ts'
import type { HolderId, PartyId } from '../../../schemas/values/parties.ts'
import type { Command } from '../command.ts'
import type { Folded } from '../state.ts'
import { groundsOf, keepsPurpose } from './legal-basis.ts'
import type { Facts } from './opened-sections.ts'
import { accompanying, journeyEnded, leftOut, type Participants } from './participants.ts'
import { addressed, journeyClasses, readersOf } from './readers.ts'

/** What is destroyed with an event: whole sections, or wraps of holders by class. */
export type Destroys =
  | { sections: readonly string[] }
  | { wraps: readonly { holder: HolderId; classes: readonly DataClass[] }[] }

/** Who is on the return once somebody was left out or reads less, and the wraps that go with it. */
interface Leaving {
  after: Participants
  destroys: Destroys
}

const butLog = dataClassNames.filter((cls) => cls !== 'log')

/** What a withdrawal from a recipient leads to. Throws unknown-target and nothing-to-do. */
export function withdrawing(state: Folded, recipient: HolderId): Leaving {
  const ground = state.basis.get(recipient)
  if (ground === 'withdrawn' || ground === 'accompanying') throw refusal('nothing-to-do')
  // Who answers for the return, and the consular department, stay on it whatever its grounds.
  const stays = addressed(leftOut(state, recipient)).some((party) => party === recipient)
  if (ground === undefined || ground === 'none' || ground === 'ended' || stays)
    throw refusal('unknown-target', { fields: ['case.recipient'] })
  const keeps = accompanies(state, recipient)
  const classes = butLog.filter((cls) => !keeps || !(journeyClasses as readonly string[]).includes(cls))
  return {
    after: leftOut(state, recipient, keeps),
    destroys: { wraps: [{ holder: recipient, classes }] },
  }
}

/**
 * Whether a withdrawal leaves a recipient out: not where a duty by law or a child's protection stands, nor where the
 * person still agrees to some purpose.
 */
export function withdrawalExcludes(
  { basis }: Folded,
  facts: Facts,
  recipient: HolderId,
  taken: readonly Purpose[] | undefined,
): boolean {
  const ground = groundsOf(facts).get(recipient)
  if (basis.get(recipient) === 'consent') return !keepsPurpose(ground, taken)
  return (
    basis.get(recipient) !== 'other-basis' ||
    (ground?.kind !== 'legal-duty' && ground?.kind !== 'child-protection')
  )
}

/** Whether a recipient is with her on the way: who arranges the journey, or was asked to accompany her. */
function accompanies(state: Folded, recipient: HolderId): boolean {
  const onTheWay: readonly string[] = ['accompany', 'police-transport', 'help-in-transit']
  return (
    state.phase === 'travelling' &&
    (state.arranger === recipient ||
      state.tasks.some(({ to, task }) => to === recipient && onTheWay.includes(task)))
  )
}

/** Who answered for the return until another post did is left out with all that it reads. */
export function succeeded(before: PartyId): Destroys {
  return { wraps: [{ holder: before, classes: butLog }] }
}

/** Where the journey of somebody on the way ends with a command, who accompanied her reads no longer. */
export function onArrival(state: Folded, command: Command): Partial<Leaving> {
  const { to } = commandShape(command.name)
  const left = accompanying(state)
  if (left.length === 0 || !to || !afterJourney.includes(to)) return {}
  return {
    after: journeyEnded(state),
    destroys: { wraps: left.map((holder) => ({ holder, classes: butLog })) },
  }
}

/** What a party reads before and not after a change: its own notes and talk until it leaves, the log key too. */
export function losing(state: Folded, after: Participants, holder: PartyId): Leaving {
  const left = !addressed(after).includes(holder)
  const withdrawal = state.withdrawals.get(holder)
  const classes = dataClassNames.filter((cls): cls is DataClass => {
    if (cls === 'talk' || cls === 'note') return left
    // Its answer still has to be written under it.
    if (cls === 'log') return left && !(withdrawal && !withdrawal.answer)
    return !readersOf(after, cls).includes(holder)
  })
  return { after, destroys: { wraps: [{ holder, classes }] } }
}
