import { istanbul } from './istanbul.ts'
import type { Scenario } from './scene.ts'

/** Every scenario, in the order in which they are told; the first is played when none is named. */
export const scenarios: readonly Scenario[] = [istanbul]
