import { alertReducers, stateOnAlert } from './alert.ts'
import { amendReducers } from './amend.ts'
import { basisReducers } from './basis.ts'
import { callReducers } from './calls.ts'
import { dailyWorkReducers } from './daily-work.ts'
import { decisionReducers } from './decision.ts'
import { endingReducers } from './ending.ts'
import { factReducers } from './facts.ts'
import { identityReducers } from './identity.ts'
import { linkReducers } from './link.ts'
import { placeReducers } from './place.ts'
import type { FirstEvent, LaterEvent, Reducer, TrailBeginning } from './reducer.ts'
import { requestReducers, stateOnFiling } from './request.ts'
import { responsibilityReducers } from './responsibility.ts'
import { stayReducers } from './stay.ts'
import { talkReducers } from './talk.ts'
import { taskReducers } from './tasks.ts'
import { travelReducers } from './travel.ts'
import { watchReducers } from './watch.ts'
import { wayReducers } from './way.ts'

/** The first event of each trail; a type without an entry does not compile. */
export const beginnings: { readonly [T in FirstEvent]: TrailBeginning<T> } = {
  filed: stateOnFiling,
  alerted: stateOnAlert,
}

/** Every later event; a type without a reducer does not compile. */
export const reducers: { readonly [T in LaterEvent]: Reducer<T> } = {
  ...requestReducers,
  ...talkReducers,
  ...identityReducers,
  ...decisionReducers,
  ...placeReducers,
  ...dailyWorkReducers,
  ...amendReducers,
  ...endingReducers,
  ...callReducers,
  ...travelReducers,
  ...factReducers,
  ...wayReducers,
  ...basisReducers,
  ...taskReducers,
  ...responsibilityReducers,
  ...stayReducers,
  ...alertReducers,
  ...linkReducers,
  ...watchReducers,
}
