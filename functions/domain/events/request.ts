import type { BasisCode } from '../../../schemas/values/basis.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import { filingParticipants } from '../access/readers.ts'
import { initialState } from '../initial-state.ts'
import { dueIn, filesForPersonsAtHome, stepsDoneAtFiling } from '../schedule/steps.ts'
import { enterPhaseOfCommand } from './phase.ts'
import type { Reducers, TrailBeginning } from './reducer.ts'

/** A return begins: abroad, or, where the person is home already, after the journey. */
export const stateOnFiling: TrailBeginning<'filed'> = (event) => {
  const { basis, urgency, procedure, alert } = event.data
  const { party } = event.by
  return {
    ...initialState(event),
    ...filingParticipants(party, new Map(Object.entries(basis) as [HolderId, BasisCode][])),
    phase: filesForPersonsAtHome(party) ? 'arrived' : 'filed',
    urgency,
    procedure,
    done: new Set(stepsDoneAtFiling(party)),
    due: dueIn(event),
    ...(alert ? { alert } : {}),
  }
}

/** The arranger takes the request, or sends it back. */
export const requestReducers = {
  acknowledged: enterPhaseOfCommand,
  accepted: enterPhaseOfCommand,
  'sent-back': enterPhaseOfCommand,
} satisfies Reducers
