import { alertEvents, alerted } from './alert.ts'
import { amendEvents } from './amend.ts'
import { basisEvents } from './basis.ts'
import { callEvents } from './calls.ts'
import { dailyWorkEvents } from './daily-work.ts'
import { decisionEvents } from './decision.ts'
import { endingEvents } from './ending.ts'
import { factEvents } from './facts.ts'
import { identityEvents } from './identity.ts'
import { placeEvents } from './place.ts'
import type { Beginning, FirstEvent, LaterEvent, Reducer } from './reducer.ts'
import { filed, requestEvents } from './request.ts'
import { responsibilityEvents } from './responsibility.ts'
import { stayEvents } from './stay.ts'
import { talkEvents } from './talk.ts'
import { taskEvents } from './tasks.ts'
import { travelEvents } from './travel.ts'
import { watchEvents } from './watch.ts'
import { wayEvents } from './way.ts'

/** The first event of each trail; a type without an entry does not compile. */
export const beginnings: { readonly [T in FirstEvent]: Beginning<T> } = { filed, alerted }

/** Every later event; a type without a reducer does not compile. */
export const reducers: { readonly [T in LaterEvent]: Reducer<T> } = {
  ...requestEvents,
  ...talkEvents,
  ...identityEvents,
  ...decisionEvents,
  ...placeEvents,
  ...dailyWorkEvents,
  ...amendEvents,
  ...endingEvents,
  ...callEvents,
  ...travelEvents,
  ...factEvents,
  ...wayEvents,
  ...basisEvents,
  ...taskEvents,
  ...responsibilityEvents,
  ...stayEvents,
  ...alertEvents,
  ...watchEvents,
}
