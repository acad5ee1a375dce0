import type { EventOf } from '../../../schemas/events/events.ts'
import { endTask, giveTask } from '../access/participants.ts'
import { lockSections, stopAsking, unlockSections } from '../access/participation.ts'
import type { State } from '../state.ts'
import type { Reducers } from './reducer.ts'

/** A task ends, in whichever way. Its partner may have been the last reader of sections, or the last one to ask about. */
function taskEnded(state: State, { data }: EventOf<'task-reported' | 'task-declined' | 'task-ended'>): State {
  return stopAsking(lockSections(endTask(state, data.task), data.lock))
}

/** Tasks of partners and of other posts. */
export const taskReducers = {
  'task-given': (state, { seq, by, at, data }) => {
    const { partner: to, task, until, basis, grants } = data
    const open = { seq, task, to, by: by.party, at, ...(until ? { until } : {}) }
    return unlockSections(giveTask(state, open, basis), grants)
  },
  // A task that is not done yet goes on, and its last day may begin anew.
  'task-reported': (state, event) => {
    const { task, goesOn, until } = event.data
    if (!goesOn) return taskEnded(state, event)
    const tasks = state.tasks.map((open) => (open.seq === task && until ? { ...open, until } : open))
    return { ...state, tasks }
  },
  'task-declined': taskEnded,
  'task-ended': taskEnded,
} satisfies Reducers
