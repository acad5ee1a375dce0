import type { Operation } from '../../schemas/api/operations.ts'
import { refusal } from '../../schemas/api/problems.ts'
import type { PartyKind } from '../../schemas/values/parties.ts'
import { listAudit } from './administration/audit.ts'
import { checkRange } from './administration/check-range.ts'
import { readFigures } from './administration/figures.ts'
import { changePost, getOwnPost, listPostChanges, listPosts } from './administration/posts.ts'
import { getRota } from './administration/rota.ts'
import { getForecast } from './centre/forecast.ts'
import { changeRoom, listRoomChanges, listRooms } from './centre/rooms.ts'
import { httpFunction, routesAnsweredBy } from './http/http.ts'
import type { Handler } from './http/request.ts'
import { callerOf, sessionOf } from './http/session.ts'
import { getMatch, listMatches } from './matching/matches.ts'
import { searchReturns } from './matching/search.ts'
import { checkReturn } from './returns/check-return.ts'
import { decideOnMatch } from './returns/decide-match.ts'
import { beginDraft, discardDraft, getDraft, listDrafts, saveDraftWhole } from './returns/drafts.ts'
import { exportHtcds } from './returns/export-htcds.ts'
import { exportTrail } from './returns/export-trail.ts'
import { fileRequest } from './returns/file-request.ts'
import { giveCommand } from './returns/give-command.ts'
import { onReturn } from './returns/on-return.ts'
import { openSections } from './returns/open-sections.ts'
import { getWithdrawalPreview } from './returns/preview-withdrawal.ts'
import { raiseAlert } from './returns/raise-alert.ts'
import { readTimeline } from './returns/read-timeline.ts'
import { viewReturn } from './returns/view-return.ts'
import { getWork, getWorkCount, getWorkList } from './worklist/work.ts'
import { listRequest, listReturns } from './worklist/worklist.ts'

/** The handler of each operation; those of people and of the contract are answered by functions of their own. */
const handlers: Record<Exclude<Operation, PeopleOperation | 'contract'>, Handler> = {
  list: listReturns,
  work: getWork,
  'work-list': getWorkList,
  'work-count': getWorkCount,
  manifest: listRequest,
  file: fileRequest,
  alert: raiseAlert,
  drafts: listDrafts,
  'begin-draft': beginDraft,
  draft: getDraft,
  'save-draft': saveDraftWhole,
  'delete-draft': discardDraft,
  posts: listPosts,
  post: getOwnPost,
  'change-post': changePost,
  'post-changes': listPostChanges,
  rooms: listRooms,
  'change-room': changeRoom,
  'room-changes': listRoomChanges,
  forecast: getForecast,
  rota: getRota,
  figures: readFigures,
  audit: listAudit,
  'audit-check': checkRange,
  search: searchReturns,
  matches: listMatches,
  match: getMatch,
  'decide-match': decideOnMatch,
  view: onReturn(viewReturn),
  open: onReturn(openSections),
  events: onReturn(readTimeline),
  export: onReturn(exportTrail),
  htcds: onReturn(exportHtcds),
  check: onReturn(checkReturn),
  'withdrawal-preview': onReturn(getWithdrawalPreview),
  command: onReturn(giveCommand),
}
type PeopleOperation = 'people' | 'change-people' | 'people-changes'

const isHandled = (operation: string): operation is keyof typeof handlers =>
  Object.hasOwn(handlers, operation)

/** The HTTP function of a kind of party: its routes, each with the handler of its operation. */
export function partyFunction(kind: PartyKind) {
  return httpFunction(routesAnsweredBy(kind), async (event, route) => {
    const session = sessionOf(callerOf(event, kind))
    try {
      if (route.operation === 'nothing' || !isHandled(route.operation)) throw refusal('not-found')
      return await handlers[route.operation]({ session, event, route })
    } finally {
      // A caller who does not work for the party is refused as that, whatever else the answer would have been.
      await session.roster
    }
  })
}
