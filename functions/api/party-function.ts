import type { PartyKind } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import { type Route, routes } from '../../schemas/routes.ts'
import { returnId } from '../../schemas/texts.ts'
import { giveCommand } from './commanding.ts'
import { fileRequest } from './filing.ts'
import { type HttpAnswer, type HttpEvent, httpFunction } from './http.ts'
import { exportTrail, openSections, readTimeline, seeReturn, tellStops } from './looking.ts'
import { mayAskFor } from './membership.ts'
import { callerOf, type Session, sessionOf } from './session.ts'
import { listReturns } from './worklist.ts'

/** The HTTP function of a kind of party: its routes, and for each the act that answers. */
export function partyFunction(kind: PartyKind) {
  const own = new Map(
    routes.filter((route) => route.kind === kind).map((route) => [`${route.method} ${route.path}`, route]),
  )
  const routeOf = (event: HttpEvent): Route => {
    const route = own.get(event.routeKey)
    if (!route) throw new Error('The gateway sent a route that is not of this function.')
    return route
  }
  return httpFunction(routeOf, (event, route) => answer(sessionOf(callerOf(event, kind)), event, route))
}

async function answer(session: Session, event: HttpEvent, route: Route): Promise<HttpAnswer> {
  switch (route.act) {
    case 'list':
      return listReturns(session, event.queryStringParameters?.cursor)
    case 'file':
      return fileRequest(session, event, route)
    case 'see':
      return seeReturn(session, retOf(session, event))
    case 'open':
      return openSections(session, event, retOf(session, event))
    case 'events':
      return readTimeline(session, retOf(session, event))
    case 'export':
      return exportTrail(session, retOf(session, event), event.queryStringParameters?.for)
    case 'stops':
      return tellStops(session, retOf(session, event), event.queryStringParameters?.recipient)
    case 'command':
      return giveCommand(session, event, route, retOf(session, event))
    case 'contract':
      throw refusal('not-found')
  }
}

/** The return in the path, if the caller may ask for it. What cannot be an id is answered like an unknown one. */
function retOf({ by }: Session, event: HttpEvent): string {
  const ret = returnId.safeParse(event.pathParameters?.ret)
  if (!ret.success) throw refusal('not-found')
  mayAskFor(by.party, ret.data)
  return ret.data
}
