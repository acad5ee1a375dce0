import type { TaskName } from '../../../schemas/procedure/tasks.ts'
import type { BasisCode } from '../../../schemas/values/basis.ts'
import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'

/**
 * On which ground a recipient is told, or what has become of it: `to-ask` while the person has still to be asked anew,
 * `accompanying` for who was left out and goes on reading the journey until she has arrived, `withdrawn` after that,
 * `ended` once its last task is over; `raised` for who raised an alert.
 */
export type BasisStatus = BasisCode | 'to-ask' | 'accompanying' | 'withdrawn' | 'ended' | 'raised'

/** What another post or a partner was asked to do, and has not ended. */
export interface OpenTask {
  /** The event that gave it. */
  seq: number
  task: TaskName
  to: PartyId
  by: PartyId
  at: string
  until?: string
}

/** Who is on a return, and why: what decides on who is told, and who reads. */
export interface Participants {
  /** Who answers for the return: the post that filed it, or whoever else did for somebody who is home. */
  responsible: PartyId
  /** Who plans the journey. */
  arranger: PartyId
  basis: ReadonlyMap<HolderId, BasisStatus>
  tasks: readonly OpenTask[]
  /** Posts whose time with the sections is over. */
  over: ReadonlySet<PartyId>
}

/** Whether a party is on a return for its tasks alone: a partner or a post that does not answer for it. */
export function isHelper({ responsible }: Participants, holder: HolderId): boolean {
  const kind = kindOf(holder)
  return (kind === 'partner' || kind === 'mission') && holder !== responsible
}

const withGround = <C extends Participants>(circle: C, holder: HolderId, ground: BasisStatus): C => ({
  ...circle,
  basis: new Map([...circle.basis, [holder, ground]]),
})

/** The circle with a ground that a recipient was given. */
export function agreed<C extends Participants>(circle: C, holder: HolderId, code: BasisCode): C {
  return withGround(circle, holder, code)
}

/** The circle with recipients of whom the person has to be asked anew; who is told of nothing is not asked about. */
export function toBeAsked<C extends Participants>(circle: C, holders: readonly HolderId[]): C {
  return holders
    .filter((holder) => ['consent', 'other-basis'].includes(circle.basis.get(holder) ?? 'none'))
    .reduce((so, holder) => withGround(so, holder, 'to-ask'), circle)
}

/**
 * The circle without a recipient; `keeps`: it goes on reading the journey until that has ended. What it was asked to do
 * is over, and what it arranged is the responsible post's.
 */
export function leftOut<C extends Participants>(circle: C, holder: HolderId, keeps = false): C {
  const { responsible, arranger, tasks } = circle
  return {
    ...withGround(circle, holder, keeps ? 'accompanying' : 'withdrawn'),
    arranger: arranger === holder ? responsible : arranger,
    tasks: keeps ? tasks : tasks.filter(({ to }) => to !== holder),
  }
}

/** Who accompanied her is left out for good once she has arrived. */
export function journeyEnded<C extends Participants>(circle: C): C {
  return accompanying(circle).reduce((so, holder) => leftOut(so, holder), circle)
}

/** Who was left out on the way, and goes on reading the journey. */
export function accompanying({ basis }: Participants): HolderId[] {
  return [...basis].flatMap(([holder, ground]) => (ground === 'accompanying' ? [holder] : []))
}

/** The circle with a task, on a ground of its own. */
export function taskGiven<C extends Participants>(circle: C, task: OpenTask, code: BasisCode): C {
  return { ...withGround(circle, task.to, code), tasks: [...circle.tasks, task] }
}

/** The circle without a task; with its last one, a party that was there for tasks alone leaves. */
export function taskEnded<C extends Participants>(circle: C, seq: number): C {
  const ended = circle.tasks.find((task) => task.seq === seq)
  if (!ended) return circle
  const tasks = circle.tasks.filter((task) => task.seq !== seq)
  const stays = !isHelper(circle, ended.to) || tasks.some(({ to }) => to === ended.to)
  const arranger =
    ended.task === 'arrange' && circle.arranger === ended.to ? circle.responsible : circle.arranger
  // Who was left out before, and went on reading the journey, still has to say what it did with what it held.
  const ground = circle.basis.get(ended.to) === 'accompanying' ? 'withdrawn' : 'ended'
  return { ...(stays ? circle : withGround(circle, ended.to, ground)), tasks, arranger }
}

/** The circle once another post has accepted the case: the one before is left out. */
export function takenOver<C extends Participants>(circle: C, by: PartyId): C {
  const before = circle.responsible
  return leftOut(
    {
      ...circle,
      responsible: by,
      arranger: circle.arranger === before ? by : circle.arranger,
      tasks: circle.tasks.filter(({ to }) => to !== by),
    },
    before,
  )
}
