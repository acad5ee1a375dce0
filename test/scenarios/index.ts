import { evacuation } from './evacuation.ts'
import { hospital } from './hospital.ts'
import { istanbul } from './istanbul.ts'
import type { Scenario } from './scene.ts'
import { sentBack } from './sent-back.ts'
import { expiringTitlu } from './titlu.ts'

/** Every scenario, in the order in which they are told; the first is played when none is named. */
export const scenarios: readonly Scenario[] = [istanbul, sentBack, hospital, expiringTitlu, evacuation]
