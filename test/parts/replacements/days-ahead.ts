import * as escalation from '../../../functions/domain/schedule/escalation.ts'
import { aheadMs } from '../days-ahead.ts'

export * from '../../../functions/domain/schedule/escalation.ts'

/** In place of today: what is due by a clock that a test moves. */
export const noticesAt: typeof escalation.noticesAt = (state, now, ...about) =>
  escalation.noticesAt(state, now + aheadMs(), ...about)

/** Every tick looks at every return: when the clock will be moved nobody knows. */
export const nextLook: typeof escalation.nextLook = () => 0
