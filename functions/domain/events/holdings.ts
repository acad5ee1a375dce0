import { overPhases } from '../../../schemas/procedure/phases.ts'
import { wasReceived } from '../access/exclusion.ts'
import { endTasksOfReturn } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import { releaseBed } from '../centre/bed-hold.ts'
import type { State } from '../state.ts'

/**
 * What a return holds is given back where it ends, and what a party holds where it leaves: one place for every event, so that
 * no ending can keep a bed. Steps, calls and days of a stay are read by phase and so end with it.
 */

/** The state without what the return holds, once it is over: the bed, what was asked, next steps, tasks that end with it. */
export function releaseAtEnd(before: State, after: State): State {
  const isEnding = before.phase !== after.phase || before.since !== after.since
  if (!isEnding || !overPhases.includes(after.phase)) return after
  const { moveTo: _, ...released } = releaseBed(endTasksOfReturn(after, wasReceived(after)))
  return { ...released, questions: [], nextSteps: new Map() }
}

/** The state without what parties hold that have left: a bed, questions of and to them, their next steps, their officer. */
export function releaseOfLeavers(before: State, after: State): State {
  if (before.basis === after.basis && before.responsible === after.responsible) return after
  const on = addressed(after)
  const left = addressed(before).filter((party) => !on.includes(party))
  if (left.length === 0) return after
  const isLeft = (party: string) => left.some((leaver) => leaver === party)
  const { placeHeld } = after
  return {
    ...(placeHeld && isLeft(placeHeld.by) ? releaseBed(after) : after),
    questions: after.questions.filter(({ by, for: asked }) => !isLeft(by) && !isLeft(asked)),
    nextSteps: new Map([...after.nextSteps].filter(([party]) => !isLeft(party))),
    assignees: new Map([...after.assignees].filter(([party]) => !isLeft(party))),
  }
}
