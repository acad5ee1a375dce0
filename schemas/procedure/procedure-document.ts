import type { CommandShape } from '../commands/command-shape.ts'
import { commandNames, commandShape } from '../commands/commands.ts'
import { categories } from '../values/codes.ts'
import { gateNames, gates, gatesBefore } from './gates.ts'
import { alertPhases, openAnywhere, returnPhases } from './phases.ts'
import {
  type Category,
  type Deadline,
  type Procedure,
  procedures,
  type Step,
  stepNames,
} from './procedure.ts'
import { rightsOf } from './task-rights.ts'
import { type TaskName, taskNames, taskShape } from './tasks.ts'

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
const table = (heads: string[], rows: string[][]) =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')

/** The whole procedure as a document that a lawyer can read: phases, commands, gates, and the steps of each category. */
export function procedureDocument(): string {
  return [
    '# The procedure',
    'Written by `npm run procedure` from `schemas/`; a test holds it to them.',
    '## Phases',
    `A return stands in one of these: ${returnPhases.join(', ')}. Every phase but *closed* is open. Whoever is home before anything is filed begins in *arrived*, with all done that comes before.`,
    `An alert, before there is a return, stands in one of these: ${alertPhases.join(', ')}.`,
    '## Who does what',
    'A **permission** can be refused, by a gate or a phase. A **fact** happened, and is accepted in every open phase.',
    table(['command', 'who', 'kind', 'from', 'to', 'gates'], commandNames.map(commandRow)),
    '## Gates',
    table(
      ['gate', 'whose', 'asks', 'before'],
      gateNames.map((name) => [name, gates[name].owner, gates[name].asks, gates[name].before.join(', ')]),
    ),
    '## Tasks',
    'What another post or a partner can be asked to do. Until it ends, whoever has it reads these classes and nothing else, is notified of what concerns it, and may ask, answer, report and decline.',
    table(
      ['task', 'for', 'where those have no arm', 'reads', 'reports in', 'may also'],
      taskNames.map(taskRow),
    ),
    ...procedures.map(versionPart),
    '',
  ].join('\n\n')
}

function taskRow(name: TaskName): string[] {
  const { to, standsIn = '', classes, report } = taskShape(name)
  return [name, to.join(', '), standsIn, classes.join(', '), report, rightsOf(name).join(', ')]
}

/** Who gives a command: the kinds of party, and of those the arranger or certain roles alone. */
function givers({ owners, roles, arranges, afterExclusion }: CommandShape): string {
  const narrowed = [
    ...(arranges ? ['whoever arranges the journey'] : []),
    ...(afterExclusion ? ['once left out'] : []),
    ...(roles ? [roles.join(' or ')] : []),
  ]
  return narrowed.length > 0 ? `${owners.join(', ')}: ${narrowed.join('; ')}` : owners.join(', ')
}

function startOf(from: CommandShape['from']): string {
  if (from === 'open') return 'any open phase'
  if (from === openAnywhere) return 'any open phase, an alert too'
  return from === returnPhases ? 'any phase' : from.join(', ')
}

function commandRow(name: (typeof commandNames)[number]): string[] {
  const shape = commandShape(name)
  const { states = 'permission', from, to } = shape
  const start = startOf(from)
  return [
    name,
    givers(shape),
    states,
    start || (name === 'alert' ? 'nothing: it begins an alert' : 'nothing: it begins a return'),
    to ?? 'stays',
    gatesBefore(name).join(', '),
  ]
}

function versionPart(procedure: Procedure): string {
  const { version, effectiveFrom, placeholder, asking, checkDocument, monitorChild, steps } = procedure
  return [
    `## Steps, version ${version}, for returns filed from ${effectiveFrom}`,
    ...(placeholder
      ? [
          '**Placeholder.** These deadlines are not confirmed by the law as it stands; nobody may be held to them yet.',
        ]
      : []),
    `A person who can answer for herself again is asked within ${inWords(asking)}; a document is looked at again ${inWords(checkDocument)} after its issue, whatever its kind; who monitors a child (HG 948/2008 pt 47) tells how it is within ${inWords(monitorChild)}, unless another day is named.`,
    ...categories.flatMap((category: Category) => [
      `### ${category}`,
      table(
        ['step', 'whose', 'after', 'done by', 'deadline', 'where it is written'],
        stepNames.map((name) => stepRow(name, steps[category][name])),
      ),
    ]),
  ].join('\n\n')
}

function stepRow(name: string, { owner, otherwise, after, done, deadline, basis }: Step): string[] {
  return [
    name,
    otherwise ? `${owner}, or else ${otherwise}` : owner,
    after.join(', ') || 'filing',
    done.join(', '),
    deadline ? inWords(deadline) : 'none',
    basis,
  ]
}

function inWords({ amount, unit, calendar }: Deadline): string {
  if (unit === 'working-days')
    return `${amount} working days (${calendar === 'post' ? "the post's" : 'Moldovan'})`
  return `${amount} ${unit === 'days' ? 'calendar days' : 'hours'}`
}
