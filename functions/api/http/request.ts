import type { Route } from '../../../schemas/api/routes.ts'
import type { HttpAnswer, HttpEvent } from './http.ts'
import type { Session } from './session.ts'

/** A request as every handler gets it: who calls, what the gateway sent, and the route of the table that it is for. */
export interface ApiRequest {
  session: Session
  event: HttpEvent
  route: Route
}

/** A request that is about one return; the session is the one in which the caller works on it. */
export interface ReturnRequest extends ApiRequest {
  ret: string
}

/** Answers a request, or throws a refusal. */
export type Handler<R = ApiRequest> = (request: R) => Promise<HttpAnswer>
