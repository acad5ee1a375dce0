import { refusal } from '../../schemas/api/problems.ts'
import { amendments } from '../../schemas/commands/amend.ts'
import { type CommandName, commandShape } from '../../schemas/commands/commands.ts'
import { checks, type Finding } from '../../schemas/values/checks.ts'
import {
  bandOfBirth,
  categoryOfAge,
  childrenOfPerson,
  comesOfAgeBeforeTravel,
  factsInOrder,
  noneAndSome,
  pregnancyOfPerson,
} from './answers.ts'
import { type CheckInput, type Contents, placeOf } from './check-input.ts'
import { daysInWrongOrder, daysLongAgo, daysOutOfBounds } from './days.ts'
import { journeyHome, journeyToCome, legsInOrder, legsThatAreThere, newTimesOfLeg } from './journey.ts'
import { wrongIdnp, wrongPhones, wrongZones } from './numbers.ts'

/** The one table of checks: of every command, of every page that has a part of it. */
const table: readonly ((input: CheckInput) => readonly Finding[] | Promise<readonly Finding[]>)[] = [
  daysOutOfBounds,
  daysLongAgo,
  daysInWrongOrder,
  legsInOrder,
  journeyHome,
  journeyToCome,
  legsThatAreThere,
  newTimesOfLeg,
  factsInOrder,
  noneAndSome,
  bandOfBirth,
  categoryOfAge,
  comesOfAgeBeforeTravel,
  childrenOfPerson,
  pregnancyOfPerson,
  wrongIdnp,
  wrongZones,
  wrongPhones,
]

type Body = Readonly<Record<string, unknown>>

/** The sections of a body by class and slot, by the row of its command. */
function contentsOf(command: CommandName, kind: string, body: Body): Contents {
  const { seals, maySeal } = commandShape(command)
  const rows: readonly (readonly [string, string])[] =
    command === 'amend'
      ? amendments(kind).flatMap(({ cls, slot }) => (slot === body.slot ? [[cls, slot] as const] : []))
      : Object.entries({ ...seals, ...maySeal })
  return new Map(
    rows.flatMap(([cls, slot]) =>
      body[cls] === undefined ? [] : [[placeOf(cls, slot), body[cls]] as const],
    ),
  )
}

/** What a body is compared with, besides itself. */
export interface Circumstances {
  /** Epoch milliseconds. */
  now: number
  before?: Contents
  filedOn?: string
  travelling?: boolean
}

/**
 * What the checks find in a body, or in the part of one that was typed so far; `kind`: of the party that sends it. What
 * an override answers for is left out.
 */
export async function findingsIn(
  command: CommandName,
  kind: string,
  body: Body,
  { now, before = new Map(), travelling = false, filedOn }: Circumstances,
): Promise<Finding[]> {
  const contents = contentsOf(command, kind, body)
  const input: CheckInput = { command, body, contents, before, now, travelling, filedOn }
  const all = (await Promise.all(table.map((find) => find(input)))).flat()
  return all.filter((finding) => !isAnswered(finding, contents))
}

/** Whether an override in the section of the first field answers for what looks unlikely. */
function isAnswered({ check, fields: [field = ''] }: Finding, contents: Contents): boolean {
  if (checks[check] === 'impossible') return false
  const [cls = ''] = field.split('.')
  return [...contents].some(
    ([place, content]) =>
      place.startsWith(`${cls}/`) && overridesIn(content).some((override) => override.field === field),
  )
}

function overridesIn(content: unknown): readonly { field?: unknown }[] {
  if (typeof content !== 'object' || content === null || !('overrides' in content)) return []
  return Array.isArray(content.overrides) ? content.overrides : []
}

const fieldsOf = (findings: readonly Finding[]) => [...new Set(findings.flatMap(({ fields }) => fields))]

/**
 * Throws where the checks find something: `bad-input` for what cannot be so, `check-failed` for what looks wrong and no
 * override answers for. A warning never blocks: the officer, who has the paper in hand, may override it.
 */
export async function requireChecked(
  command: CommandName,
  kind: string,
  body: Body,
  circumstances: Circumstances,
): Promise<void> {
  const found = await findingsIn(command, kind, body, circumstances)
  const impossible = found.filter(({ check }) => checks[check] === 'impossible')
  if (impossible.length > 0) throw refusal('bad-input', { fields: fieldsOf(impossible), checks: impossible })
  // An override names the first field of each; what it is compared with needs none.
  const fields = [...new Set(found.flatMap(({ fields }) => fields.slice(0, 1)))]
  if (found.length > 0) throw refusal('check-failed', { fields, checks: found })
}
