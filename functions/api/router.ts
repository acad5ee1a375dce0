import { refusal } from '../../schemas/api/problems.ts'
import type { PartyKind } from '../../schemas/values/parties.ts'
import { returnId } from '../../schemas/values/texts.ts'
import { listAudit } from './administration/audit.ts'
import { readFigures } from './administration/figures.ts'
import { changePost, getOwnPost, listChanges, listPosts } from './administration/posts.ts'
import { getRota } from './administration/rota.ts'
import { getForecast } from './centre/forecast.ts'
import { changeRoom, listRoomChanges, listRooms } from './centre/rooms.ts'
import {
  type HttpAnswer,
  type HttpEvent,
  httpFunction,
  type RequestedRoute,
  routesAnsweredBy,
} from './http/http.ts'
import { recordingRefusal } from './http/refusal-audit.ts'
import { callerOf, type Session, sessionOf } from './http/session.ts'
import { decideOnMatch, getMatch, listMatches } from './matching/matches.ts'
import { searchReturns } from './matching/search.ts'
import { checkRange, checkReturn } from './returns/check-return.ts'
import { beginDraft, discardDraft, getDraft, listDrafts, saveDraftWhole } from './returns/drafts.ts'
import { fileRequest } from './returns/file-request.ts'
import { giveCommand } from './returns/give-command.ts'
import { getHtcds } from './returns/htcds.ts'
import { sessionFor } from './returns/membership.ts'
import { raiseAlert } from './returns/raise-alert.ts'
import {
  exportTrail,
  getWithdrawalPreview,
  openSections,
  readTimeline,
  viewReturn,
} from './returns/view-return.ts'
import { listRequest, listReturns } from './worklist/worklist.ts'

/** The HTTP function of a kind of party: its routes, and for each the act that answers. */
export function partyFunction(kind: PartyKind) {
  return httpFunction(routesAnsweredBy(kind), async (event, route) => {
    const session = sessionOf(callerOf(event, kind))
    try {
      return await answer(session, event, route)
    } finally {
      // Who does not work for the party is told that, whatever else there was to say.
      await session.roster
    }
  })
}

async function answer(session: Session, event: HttpEvent, route: RequestedRoute): Promise<HttpAnswer> {
  switch (route.operation) {
    case 'list':
      return listReturns(session, event.queryStringParameters)
    case 'manifest':
      return listRequest(session, event.pathParameters?.request, event.queryStringParameters?.cursor)
    case 'file':
      return fileRequest(session, event, route)
    case 'alert':
      return raiseAlert(session, event, route)
    case 'drafts':
      return listDrafts(session, event.queryStringParameters?.cursor)
    case 'begin-draft':
      return beginDraft(session, event, route)
    case 'draft':
      return getDraft(session, event)
    case 'save-draft':
      return saveDraftWhole(session, event)
    case 'delete-draft':
      return discardDraft(session, event)
    case 'posts':
      return listPosts(session)
    case 'post':
      return getOwnPost(session)
    case 'change-post':
      return changePost(session, event)
    case 'post-changes':
      return listChanges(session, event.queryStringParameters?.cursor)
    case 'rooms':
      return listRooms(session)
    case 'change-room':
      return changeRoom(session, event)
    case 'room-changes':
      return listRoomChanges(session, event.queryStringParameters?.cursor)
    case 'forecast':
      return getForecast(session, event.queryStringParameters?.days)
    case 'rota':
      return getRota()
    case 'figures':
      return readFigures(session, event.queryStringParameters?.for)
    case 'audit':
      return listAudit(session, event)
    case 'audit-check':
      return checkRange(session, event.queryStringParameters ?? {})
    case 'search':
      return searchReturns(session, event)
    case 'matches':
      return listMatches(session, event.queryStringParameters?.state, event.queryStringParameters?.cursor)
    case 'match':
      return getMatch(session, event.pathParameters?.match)
    case 'decide-match':
      return decideOnMatch(session, event)
    case 'view':
      return onReturn(session, event, route, viewReturn)
    case 'open':
      return onReturn(session, event, route, (on, ret) => openSections(on, event, ret))
    case 'events':
      return onReturn(session, event, route, readTimeline)
    case 'export':
      return onReturn(session, event, route, (on, ret) =>
        exportTrail(on, ret, event.queryStringParameters?.for),
      )
    case 'htcds':
      return onReturn(session, event, route, (on, ret) =>
        getHtcds(on, ret, event.queryStringParameters?.reason),
      )
    case 'check':
      return onReturn(session, event, route, checkReturn)
    case 'withdrawal-preview':
      return onReturn(session, event, route, (on, ret) =>
        getWithdrawalPreview(on, ret, event.queryStringParameters?.recipient),
      )
    case 'command':
      return onReturn(session, event, route, (on, ret) => giveCommand(on, event, route, ret))
    case 'people':
    case 'change-people':
    case 'people-changes':
    case 'contract':
    case 'nothing':
      throw refusal('not-found')
  }
}

/** Acts on the return in the path, if the caller may ask for it. What cannot be an id is answered like an unknown one. */
async function onReturn(
  session: Session,
  event: HttpEvent,
  route: RequestedRoute,
  operation: (session: Session, ret: string) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const ret = returnId.safeParse(event.pathParameters?.ret)
  if (!ret.success) throw refusal('not-found')
  return recordingRefusal(session, { event, route, ret: ret.data }, async () =>
    operation(await sessionFor(session, ret.data), ret.data),
  )
}
