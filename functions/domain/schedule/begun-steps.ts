import { commandShape, commands, type LaterCommandName } from '../../../schemas/commands/commands.ts'
import type { Due } from '../../../schemas/events/data-forms.ts'
import type { Calendar } from '../../../schemas/procedure/calendars.ts'
import { beforeLeaving, overPhases } from '../../../schemas/procedure/phases.ts'
import {
  type Category,
  type Procedure,
  procedureOf,
  type StepName,
  stepsDoneBy,
} from '../../../schemas/procedure/procedure.ts'
import { type PartyId, partyCodeOf } from '../../../schemas/values/parties.ts'
import { choiceOf } from '../access/legal-basis.ts'
import { type Facts, latest } from '../access/opened-sections.ts'
import { instantOf } from '../calendar/days.ts'
import { dueSteps } from '../calendar/deadlines.ts'
import type { CommandContext, LaterCommand } from '../command.ts'
import { sectionsIn } from '../plan.ts'
import type { Situation } from '../rule.ts'
import type { Participants, State } from '../state.ts'
import { afterLeaving, mayBegin, ownerOn, stepsDoneAtFiling } from './steps.ts'

/** The calendar of a post, where it has one of its own. */
function calendarOf({ config }: Pick<CommandContext, 'config'>, post: PartyId): Calendar | undefined {
  return config.posts[partyCodeOf(post) ?? '']
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
  // Nobody is late with what nobody was asked.
  return dueSteps(procedure, category, known, begins).filter(
    ({ step }) => ownerOn(procedure, step, participants) !== undefined,
  )
}

/** What of a situation decides which steps begin and end. */
type StepSituation = Pick<Situation<LaterCommandName>, 'state' | 'facts' | 'command' | 'plan'>

/**
 * The steps that begin with the event of a command, and those that run no longer; `after` is the state to which the event
 * leads. Every step that can be done has a day from then on, whatever the event was and whatever its author could not
 * read. Without a due list: the event finishes no step, and none begins.
 */
export function stepsMovedBy(situation: StepSituation, after: State): { due?: Due[]; ends?: StepName[] } {
  const { state, command } = situation
  const finished = stepsDoneBy(procedureOf(state.procedure), commands[command.name].event)
  const chosen = choiceAfter(situation)
  const due = begunSteps(situation, after, finished).filter(
    ({ step }) => step !== 'hold-place' || needsPlace(chosen, isOpen(state, step)),
  )
  const isFutile = chosen !== undefined && !needsPlace(chosen, true) && after.due.has('hold-place')
  return {
    ...(finished.length > 0 || due.length > 0 ? { due } : {}),
    ...(isFutile ? { ends: ['hold-place'] } : {}),
  }
}

function begunSteps({ state, facts, command }: StepSituation, after: State, finished: StepName[]): Due[] {
  // Nothing is asked of anybody; what can be done is due again once the return is reopened.
  if (overPhases.includes(after.phase)) return []
  const { name, at } = command
  const procedure = procedureOf(state.procedure)
  const isFact = commandShape(name).states === 'fact'
  // A fact that is reported again says again what follows from it: the first report may be corrected, and this one left.
  const follows = (step: StepName) =>
    isFact && procedure.steps.victim[step].after.some((before) => finished.includes(before))
  const begins = {
    begins: (step: StepName) => (follows(step) ? happenedAt(command) : Date.parse(at)),
    post: calendarOf(command, after.responsible),
  }
  const known = {
    // Also where it is done: whoever did it may have been mistaken, and take it back.
    done: new Set([...after.done].filter((step) => !follows(step))),
    due: new Map([...after.due].filter(([step]) => !follows(step))),
  }
  const hasLeft = !beforeLeaving.includes(after.phase)
  return dueSteps(procedure, latest(facts, 'case', 'request')?.category, known, begins).filter(
    ({ step }) =>
      (!hasLeft || afterLeaving.includes(step)) &&
      mayBegin(step, after) &&
      ownerOn(procedure, step, after) !== undefined,
  )
}

/** Whether a step could be done before: it had begun by then, or was left out for a reason. */
function isOpen({ done, procedure }: State, step: StepName): boolean {
  return (
    !done.has(step) && procedureOf(procedure).steps.victim[step].after.every((before) => done.has(before))
  )
}

type Choice = ReturnType<typeof choiceOf>

/**
 * Whether a place has to be held for a choice: the Centre is not asked for what the person did not choose. Where nobody
 * could read the choice it is asked once, when the step can first be done.
 */
function needsPlace(chosen: Choice, wasOpen: boolean): boolean {
  return chosen === undefined ? !wasOpen : chosen === 'centre' || chosen === 'not-asked'
}

/** What the person has chosen once the command is given, as far as its author knows. */
function choiceAfter({ state, facts, command, plan }: StepSituation): Choice {
  const { body } = command
  const gone: readonly (string | undefined)[] =
    'strikes' in body ? body.strikes : 'supersedes' in body ? [body.supersedes] : []
  const corrected = 'corrects' in body ? body.corrects : undefined
  const sent = sectionsIn(body)
  const fresh: Facts['opened'] = plan.seals.flatMap(({ cls, slot }) =>
    cls === 'case' && sent[cls]
      ? [{ section: { sec: '', cls, slot, seq: state.version, by: command.by.party }, content: sent[cls] }]
      : [],
  )
  const opened = facts.opened.filter(({ section: { sec, seq } }) => !gone.includes(sec) && seq !== corrected)
  return choiceOf({ opened: [...opened, ...fresh], unseen: facts.unseen })
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
