import { refusal } from '../../../schemas/api/problems.ts'
import type { taskCommands } from '../../../schemas/commands/tasks.ts'
import { overPhases } from '../../../schemas/procedure/phases.ts'
import { procedureOf } from '../../../schemas/procedure/procedure.ts'
import { canTake, endsTask, outlastsReturn, type TaskName, tasks } from '../../../schemas/procedure/tasks.ts'
import { basisCodeOf } from '../../../schemas/values/basis.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { excludeFromClasses, wasReceived } from '../access/exclusion.ts'
import { endTask, giveTask } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import { lockOf, sectionsWithoutReader } from '../access/retention.ts'
import { dueDay } from '../calendar/deadlines.ts'
import type { CommandOf } from '../command.ts'
import { sectionsIn } from '../plan.ts'
import type { RulesOf, Situation } from '../rule.ts'
import type { Folded, OpenTask } from '../state.ts'
import { type CommandTarget, requireTarget } from '../target.ts'

type EndingName = 'report-task' | 'decline-task' | 'end-task'

/** A task, or the case, is offered to a party that reads from now on what it needs for it. */
export function offering(
  state: Folded,
  { by, at, body }: Pick<CommandOf<'give-task' | 'hand-over-case'>, 'by' | 'at' | 'body'>,
  { task, to }: Pick<OpenTask, 'task' | 'to'>,
): CommandTarget {
  const { recipient, basis } = body.case
  if (recipient !== to || basis.kind === 'none') throw refusal('bad-input', { fields: ['case'] })
  if (state.tasks.some((open) => open.task === task && open.to === to)) throw refusal('nothing-to-do')
  const given = { seq: state.version, task, to, by: by.party, at }
  return { after: giveTask(state, given, basisCodeOf(basis)), grants: to }
}

/** The open task that a command names. Throws unknown-target where the author cannot end it. */
function namedTask(
  state: Folded,
  { body }: Pick<CommandOf<EndingName>, 'body'>,
  mayEnd: (task: OpenTask) => boolean,
): OpenTask {
  const task = state.tasks.find(({ seq }) => seq === body.task)
  if (!task || !mayEnd(task)) throw refusal('unknown-target', { fields: ['task'] })
  return task
}

/** How a report says that it went. */
function outcomeOf({ body }: CommandOf<'report-task'>): ReportOutcome {
  const { identity, protection, care, travel } = body
  return (identity ?? protection ?? care ?? travel)?.outcome ?? 'done'
}

type ReportOutcome = NonNullable<CommandOf<'report-task'>['body']['care']>['outcome']

/** The party that did a task loses what it read for it. */
const ending = (state: Folded, { seq, to }: OpenTask): CommandTarget =>
  excludeFromClasses(state, endTask(state, seq), to)

const endData = ({
  state,
  command: { at, config, body },
}: Pick<Situation<EndingName>, 'state'> & {
  command: Pick<CommandOf<EndingName>, 'at' | 'config' | 'body'>
}) => ({
  task: body.task,
  ...lockOf(sectionsWithoutReader(state, endTask(state, body.task)), at, config.lockDays),
})

/** The last day of a task whose giver names none, and again after a report that ends nothing: no child is forgotten. */
function lastDay({ procedure }: Folded, task: TaskName, at: string): string | undefined {
  return task === 'monitor-child' ? dueDay(procedureOf(procedure).monitorChild, Date.parse(at)) : undefined
}

export const taskRules: RulesOf<keyof typeof taskCommands> = {
  'give-task': {
    target(state, command) {
      const { partner: to, task } = command.body
      const { missions, partners } = command.config
      const kind = missions.includes(to) ? 'mission' : partners[to]
      requireTarget(kind !== undefined && to !== state.responsible && to !== command.by.party, 'partner')
      // An offer of the case is a command of its own.
      requireTarget(kind !== undefined && canTake(task, kind) && task !== 'take-over', 'task')
      if (overPhases.includes(state.phase) && !outlastsReturn(task, wasReceived(state)))
        throw refusal('unknown-target', { fields: ['task'] })
      return { ...offering(state, command, { task, to }), for: to }
    },
    data({ state, command: { at, body }, granted }) {
      const { partner, task, case: given } = body
      const basis = basisCodeOf(given.basis)
      const until = body.until ?? lastDay(state, task, at)
      return { partner, task, basis, grants: [...granted], ...(until ? { until } : {}) }
    },
  },
  'report-task': {
    target(state, command) {
      const task = namedTask(state, command, ({ to }) => to === command.by.party)
      const sent = sectionsIn(command.body)
      const reported = sectionClassNames.filter((cls) => sent[cls])
      const { report } = tasks[task.task]
      if (reported.length !== 1 || reported[0] !== report) throw refusal('bad-input', { fields: [report] })
      return endsTask(task.task, outcomeOf(command)) ? ending(state, task) : {}
    },
    data(situation) {
      const { state, command } = situation
      const { seq, task, until } = namedTask(state, command, ({ to }) => to === command.by.party)
      if (endsTask(task, outcomeOf(command))) return endData(situation)
      const day = lastDay(state, task, command.at) ?? until
      return { task: seq, goesOn: true as const, ...(day ? { until: day } : {}) }
    },
  },
  'decline-task': {
    target(state, command) {
      const task = namedTask(state, command, ({ to }) => to === command.by.party)
      const isGiverOn = addressed(state).includes(task.by)
      return { ...ending(state, task), for: isGiverOn ? task.by : state.responsible }
    },
    data: endData,
  },
  'end-task': {
    target(state, command) {
      const { party } = command.by
      const task = namedTask(state, command, ({ by }) => [by, state.responsible].includes(party))
      return ending(state, task)
    },
    data: endData,
  },
}
