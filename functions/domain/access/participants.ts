import { outlastsReturn } from '../../../schemas/procedure/tasks.ts'
import type { BasisCode } from '../../../schemas/values/basis.ts'
import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { BasisStatus, OpenTask, Participants } from '../state.ts'

/** Whether a party is on a return for its tasks alone: a partner or a post that does not answer for it. */
export function isHelper({ responsible }: Participants, holder: HolderId): boolean {
  const kind = kindOf(holder)
  return (kind === 'partner' || kind === 'mission') && holder !== responsible
}

const withBasis = <P extends Participants>(participants: P, holder: HolderId, status: BasisStatus): P => ({
  ...participants,
  basis: new Map([...participants.basis, [holder, status]]),
})

/** The participants once a recipient has a new legal basis. */
export function giveBasis<P extends Participants>(participants: P, holder: HolderId, code: BasisCode): P {
  return withBasis(participants, holder, code)
}

/** The participants once the person has to be asked anew about recipients; only a basis that stands can wait for her. */
export function markToAsk<P extends Participants>(participants: P, holders: readonly HolderId[]): P {
  return holders
    .filter((holder) => ['consent', 'other-basis'].includes(participants.basis.get(holder) ?? 'none'))
    .reduce((marked, holder) => withBasis(marked, holder, 'to-ask'), participants)
}

/**
 * The participants without a recipient. Its tasks are over, and the responsible party plans the journey in its place.
 * `accompanies`: it goes on reading the journey until the arrival, and keeps its tasks until then.
 */
export function exclude<P extends Participants>(participants: P, holder: HolderId, accompanies = false): P {
  const { responsible, arranger, tasks } = participants
  return {
    ...withBasis(participants, holder, accompanies ? 'accompanying' : 'withdrawn'),
    arranger: arranger === holder ? responsible : arranger,
    tasks: accompanies ? tasks : tasks.filter(({ to }) => to !== holder),
  }
}

/** The participants once the journey is over: removed recipients that still accompanied the person read no longer. */
export function endJourney<P extends Participants>(participants: P): P {
  return accompanyingHolders(participants).reduce((left, holder) => exclude(left, holder), participants)
}

/** The recipients that were removed during the journey, and go on reading it until the arrival. */
export function accompanyingHolders({ basis }: Participants): HolderId[] {
  return [...basis].flatMap(([holder, status]) => (status === 'accompanying' ? [holder] : []))
}

/** The participants with one task more, which has a legal basis of its own. */
export function giveTask<P extends Participants>(participants: P, task: OpenTask, code: BasisCode): P {
  return { ...withBasis(participants, task.to, code), tasks: [...participants.tasks, task] }
}

/** The participants without a task. A party that was there for tasks alone leaves with its last one. */
export function endTask<P extends Participants>(participants: P, seq: number): P {
  const ended = participants.tasks.find((task) => task.seq === seq)
  if (!ended) return participants
  const { arranger, responsible } = participants
  const tasks = participants.tasks.filter((task) => task.seq !== seq)
  const stays = !isHelper(participants, ended.to) || tasks.some(({ to }) => to === ended.to)
  // A removed recipient that accompanied the person still has to answer about the data that it held.
  const status = participants.basis.get(ended.to) === 'accompanying' ? 'withdrawn' : 'ended'
  return {
    ...(stays ? participants : withBasis(participants, ended.to, status)),
    tasks,
    arranger: ended.task === 'arrange' && arranger === ended.to ? responsible : arranger,
  }
}

/** The participants once a return is over: tasks that do not go on then are ended, each as if by itself. */
export function endTasksOfReturn<P extends Participants>(participants: P, isReceived: boolean): P {
  return participants.tasks
    .filter(({ task }) => !outlastsReturn(task, isReceived))
    .reduce((left, { seq }) => endTask(left, seq), participants)
}

/** The participants once another party has accepted the case: the responsible party before it is removed. */
export function takeOverCase<P extends Participants>(participants: P, by: PartyId): P {
  const before = participants.responsible
  return exclude(
    {
      ...participants,
      responsible: by,
      arranger: participants.arranger === before ? by : participants.arranger,
      tasks: participants.tasks.filter(({ to }) => to !== by),
    },
    before,
  )
}
