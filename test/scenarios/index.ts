import { albacete } from './albacete.ts'
import { byHerself } from './by-herself.ts'
import { childFromUkraine } from './child-from-ukraine.ts'
import { evacuation } from './evacuation.ts'
import { fullHouse } from './full-house.ts'
import { mindAtTheGate } from './gate.ts'
import { suspectedGuardian } from './guardian.ts'
import { handedOver } from './handed-over.ts'
import { hospital } from './hospital.ts'
import { istanbul } from './istanbul.ts'
import { lebanon } from './lebanon.ts'
import { atLeuseni } from './leuseni.ts'
import type { Scenario } from './scene.ts'
import { sentBack } from './sent-back.ts'
import { expiringTitlu } from './titlu.ts'
import { consentInTransit } from './transit.ts'
import { twins } from './twins.ts'
import { wakesAndRefuses } from './wakes.ts'
import { wrongMerge } from './wrong-merge.ts'

/** Every scenario, in the order in which they are told; the first is played when none is named. */
export const scenarios: readonly Scenario[] = [
  istanbul,
  // From here on the Centre keeps rooms, and nobody is held a place by its word: the others are told either way.
  fullHouse,
  sentBack,
  hospital,
  expiringTitlu,
  evacuation,
  consentInTransit,
  suspectedGuardian,
  wakesAndRefuses,
  handedOver,
  childFromUkraine,
  albacete,
  lebanon,
  atLeuseni,
  mindAtTheGate,
  twins,
  wrongMerge,
  byHerself,
]
