import type { Phase } from '../../../schemas/procedure/phases.ts'
import { releaseBed } from '../centre/bed-hold.ts'
import { enterPhase } from './phase.ts'
import type { Reducers } from './reducer.ts'

const withPlan: readonly Phase[] = ['planned', 'confirmed']

/** The assessment, the ministry's ruling, and who pays. */
export const decisionReducers = {
  'risk-assessed': (state) => ({ ...state, riskAssessed: true }),
  approved: (state) => ({ ...state, ruling: 'approved' }),
  // A plan for which nobody pays is no plan, and the bed is for somebody else.
  refused: (state, event) => {
    const released = releaseBed(state)
    const replanned = withPlan.includes(state.phase) ? enterPhase(released, 'accepted', event) : released
    return { ...replanned, ruling: 'refused' }
  },
  'put-on-hold': (state) => ({ ...state, ruling: 'on-hold' }),
  funded: (state) => ({ ...state, funded: true }),
} satisfies Reducers
