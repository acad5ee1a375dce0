import * as z from 'zod/mini'
import type { CommandName } from '../commands/commands.ts'

/** Parts of a return of which one person must not do too many: each is a command, or an amendment of what it wrote. */
export const duties = [
  'accept',
  'assess-risk',
  'approve',
  'fund',
  'plan-travel',
  'override',
  'confirm-travel',
  'clear-to-leave',
  'evacuate',
  'confirm-evacuation',
] as const satisfies readonly CommandName[]
export type Duty = (typeof duties)[number]

/** Slots that an amendment puts right, and the duty that wrote them. */
export const dutyOfSlot: Readonly<Record<string, Duty>> = { risk: 'assess-risk', assessment: 'assess-risk' }

/** Of each list, no two duties are done by the same person on one return. */
export const separations = z.array(
  z.array(z.enum(duties)).check(
    z.minLength(2),
    z.refine((all) => new Set(all).size === all.length),
  ),
)
export type Separations = z.infer<typeof separations>

/** What no deployment can switch off: who orders an evacuation does not confirm it. */
export const alwaysSeparate: Separations = [['evacuate', 'confirm-evacuation']]

/**
 * What `cdk.json` ships with. Who assesses the risk, who says what is paid for, and who confirms the journey are three
 * persons; so are who answers for a condition that is not met, and who confirms.
 */
export const separatedByDefault: Separations = [
  ['assess-risk', 'fund', 'confirm-travel'],
  ['override', 'confirm-travel'],
]

/** The duties that nobody does who has done this one. */
export function separatedFrom(duty: Duty, settled: Separations): Duty[] {
  const apart = [...alwaysSeparate, ...settled].filter((group) => group.includes(duty)).flat()
  return [...new Set(apart)].filter((other) => other !== duty)
}
