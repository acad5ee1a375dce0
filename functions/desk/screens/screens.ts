import { Hono } from 'hono'
import type { DeskEnv } from '../context.ts'
import { alerts } from './alerts.tsx'
import { board } from './centre/board.tsx'
import { intake } from './centre/intake.tsx'
import { place } from './centre/place.tsx'
import { roomScreens } from './centre/rooms.tsx'
import { decisions } from './decisions.tsx'
import { check } from './filing/check.tsx'
import { danger } from './filing/danger.tsx'
import { handOverDraft } from './filing/hand.tsx'
import { removal } from './filing/remove.tsx'
import { requests } from './filing/requests.tsx'
import { filingTasks } from './filing/tasks.tsx'
import { topic } from './filing/topic.tsx'
import { find } from './find.tsx'
import { matchList } from './matches/list.tsx'
import { matchScreen } from './matches/match.tsx'
import { audit } from './oversight/audit.tsx'
import { figures } from './oversight/figures.tsx'
import { blankForm } from './paper/blank-form.tsx'
import { travelDay } from './paper/day.tsx'
import { guide } from './paper/guide.tsx'
import { handoverSheet } from './paper/handover-sheet.tsx'
import { personSheet } from './paper/sheet.tsx'
import { travelSheet } from './paper/travel-sheet.tsx'
import { amend } from './return/amend.tsx'
import { byReference } from './return/by-reference.tsx'
import { commandScreen } from './return/give-command.tsx'
import { openingScreen } from './return/open-sections.tsx'
import { otherActions } from './return/other-actions.tsx'
import { overview } from './return/overview.tsx'
import { proof } from './return/proof.tsx'
import { several } from './return/several.tsx'
import { timeline } from './return/timeline.tsx'
import { withdraw } from './return/withdraw.tsx'
import { returnsList } from './returns-list.tsx'
import { searchScreen } from './search.tsx'
import { actions } from './settings/actions.tsx'
import { deadlines } from './settings/deadlines.tsx'
import { settings } from './settings/overview.tsx'
import { people } from './settings/people.tsx'
import { postScreen } from './settings/post.tsx'
import { posts } from './settings/posts.tsx'
import { rota } from './settings/rota.tsx'
import { changeItinerary } from './travel/change-itinerary.tsx'
import { itinerary } from './travel/itinerary.tsx'
import { travelList } from './travel/list.tsx'
import { work } from './work.tsx'

/** Every screen, each with its own paths below `/desk`. */
export const screens = new Hono<DeskEnv>()
  .route('/', work)
  .route('/', returnsList)
  .route('/', find)
  .route('/', byReference)
  .route('/', overview)
  .route('/', otherActions)
  .route('/', travelList)
  .route('/', itinerary)
  .route('/', changeItinerary)
  .route('/', travelDay)
  .route('/', personSheet)
  .route('/', travelSheet)
  .route('/', handoverSheet)
  .route('/', blankForm)
  .route('/', guide)
  .route('/', timeline)
  .route('/', board)
  .route('/', place)
  .route('/', roomScreens)
  .route('/', intake)
  .route('/', proof)
  .route('/', audit)
  .route('/', figures)
  .route('/', openingScreen)
  .route('/', withdraw)
  .route('/', amend)
  .route('/', commandScreen)
  .route('/', several)
  .route('/', danger)
  .route('/', removal)
  .route('/', filingTasks)
  .route('/', check)
  .route('/', handOverDraft)
  .route('/', topic)
  .route('/', requests)
  .route('/', searchScreen)
  .route('/', alerts)
  .route('/', decisions)
  .route('/', settings)
  .route('/', people)
  .route('/', actions)
  .route('/', posts)
  .route('/', postScreen)
  .route('/', deadlines)
  .route('/', rota)
  .route('/', matchList)
  .route('/', matchScreen)
