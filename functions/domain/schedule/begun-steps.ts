import { commandShape, commands } from '../../../schemas/commands/commands.ts'
import type { Due } from '../../../schemas/events/data-forms.ts'
import type { Calendar } from '../../../schemas/procedure/calendars.ts'
import {
  type Category,
  ownerOf,
  type Procedure,
  procedureOf,
  type StepName,
  stepsDoneBy,
} from '../../../schemas/procedure/procedure.ts'
import { kindOf, type PartyId, partyCodeOf } from '../../../schemas/values/parties.ts'
import { type Facts, latest } from '../access/opened-sections.ts'
import { addressed } from '../access/readers.ts'
import { instantOf } from '../calendar/days.ts'
import { dueSteps } from '../calendar/deadlines.ts'
import type { CommandContext, LaterCommand } from '../command.ts'
import type { Folded, Participants } from '../state.ts'
import { mayBegin, stepsDoneAtFiling } from './steps.ts'

/** The calendar of a post, where it has one of its own. */
function calendarOf({ config }: Pick<CommandContext, 'config'>, post: PartyId): Calendar | undefined {
  return config.posts[partyCodeOf(post) ?? '']
}

/** Whether the owner of a step is on the return: nobody is late with what nobody was asked. */
function hasOwner(participants: Participants, procedure: Procedure, step: StepName): boolean {
  const owner = ownerOf(procedure, step, kindOf(participants.arranger))
  return addressed(participants).some((party) => kindOf(party) === owner)
}

/** The steps that begin with a filing: a person who is home has only to be received. */
export function firstSteps(
  procedure: Procedure,
  category: Category,
  context: CommandContext,
  participants: Participants,
): Due[] {
  const known = { done: new Set(stepsDoneAtFiling(context.by.party)), due: new Map<StepName, string>() }
  const begins = {
    begins: () => Date.parse(context.at),
    post: calendarOf(context, participants.responsible),
  }
  return dueSteps(procedure, category, known, begins).filter(({ step }) =>
    hasOwner(participants, procedure, step),
  )
}

/** The steps that begin with the event of a command; none at all for an event that finishes no step. */
export function begunSteps(
  state: Folded,
  facts: Facts,
  command: LaterCommand,
  ruling: Folded['ruling'],
): Due[] | undefined {
  const { name, at } = command
  const procedure = procedureOf(state.procedure)
  const finished = stepsDoneBy(procedure, commands[name].event)
  if (finished.length === 0) return undefined
  const category = latest(facts, 'case', 'request')?.category
  if (!category) return []
  const isFact = commandShape(name).states === 'fact'
  // A fact that is reported again says again what follows from it: the first report may be corrected, and this one left.
  const follows = (step: StepName) =>
    isFact && procedure.steps.victim[step].after.some((before) => finished.includes(before))
  const begins = {
    begins: (step: StepName) => (follows(step) ? happenedAt(command) : Date.parse(at)),
    post: calendarOf(command, state.responsible),
  }
  const known = {
    done: new Set([...state.done, ...finished]),
    due: new Map([...state.due].filter(([step]) => !follows(step))),
  }
  return dueSteps(procedure, category, known, begins).filter(
    ({ step }) => mayBegin(step, ruling) && hasOwner(state, procedure, step),
  )
}

/**
 * When a fact happened (epoch ms), as it was stated: legal time runs from then, and not from the report. Never later than
 * the report, so that no day to come gets into the clear. A day alone is taken at noon, which is the same day in Chișinău.
 */
function happenedAt({ body, at }: LaterCommand): number {
  const reportedAt = Date.parse(at)
  const stated = 'case' in body && body.case && 'happened' in body.case ? body.case.happened : undefined
  if (!stated) return reportedAt
  const time = stated.at.includes('T') ? stated.at : `${stated.at}T12:00`
  return Math.min(reportedAt, instantOf(time, stated.zone))
}
