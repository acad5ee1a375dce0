import { fieldsOn, pageShape, personPath, personShape, topics } from '../../functions/desk/filing/topics.ts'
import { formEntriesOf } from '../../functions/desk/form/form-data.ts'
import { assessment, identityCheck, stay, titlu } from '../scenarios/journey.ts'
import { desksOf } from '../scenarios/way.ts'
import { alarm } from './alarm.ts'
import { sample } from './bodies.ts'
import { draftsOf } from './drafts.ts'
import { compared, decideAs, filingOf, fiveDesks, matchBetween } from './likenesses.ts'
import { keepHouse, placeIn } from './rooms.ts'
import { fileOne, type RunningStack } from './running-stack.ts'

/** What the screens show: made once for a stack by what the parties do. */
export interface ShownScreen {
  /** A return filed in Istanbul, which IOM has acknowledged. */
  ret: string
  /** The request that it was filed with. */
  request: string
  /** A filing of Istanbul's that is half written. */
  draft: string
  /** One of the Centre's that is empty. */
  unplanned: string
  /** An alert of the hotline's. */
  alert: string
  /** What waits for IOM to decide, and what it has decided on: two returns of one person. */
  match: string
  linked: string
  /** Somebody of Istanbul's, whom an administrator looks at. */
  colleague: string
}

/** One screen as somebody sees it. */
export interface Screen {
  name: string
  user: string
  path: string | ((shown: ShownScreen) => string)
  /** The status that the page is answered with; 200 unless said. */
  status?: number
  /** A form of very many choices, or a list beside a calendar: heavier than a page should be (`weight.ts`). */
  long?: boolean
  /** Calls of the API that it takes where it takes more than a page should. */
  calls?: number
}

/** The return, its record, and who the colleagues are in it; and the number beside "My work". */
const callsOfTimeline = 4

/** Every screen and who sees it; whoever builds one adds it here. */
export const screens: readonly Screen[] = [
  { name: 'My work of a mission', user: 'istanbul', path: '/desk' },
  { name: 'My work of IOM', user: 'iom', path: '/desk' },
  { name: 'My work of a partner, empty', user: 'la-strada', path: '/desk' },
  { name: 'one list of My work', user: 'iom', path: '/desk/work/waits' },
  { name: 'one list of My work, empty', user: 'la-strada', path: '/desk/work/late' },
  { name: 'finding a return', user: 'iom', path: '/desk/find' },
  { name: 'a reference of no return', user: 'iom', path: '/desk/returns/RET-0000-0000', status: 404 },
  { name: 'returns of a mission', user: 'istanbul', path: '/desk/returns' },
  {
    name: 'returns, filtered',
    user: 'consular',
    path: '/desk/returns?phase=filed&arrivingFrom=tomorrow',
    status: 422,
  },
  { name: 'returns of the consular department', user: 'consular', path: '/desk/returns' },
  { name: 'returns of a mission that has none', user: 'rome', path: '/desk/returns' },
  { name: 'a return, of its mission', user: 'istanbul', path: ({ ret }) => `/desk/returns/${ret}` },
  { name: 'a return, of IOM', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}` },
  { name: 'a request', user: 'istanbul', path: ({ request }) => `/desk/requests/${request}` },
  {
    name: 'a timeline',
    user: 'istanbul',
    path: ({ ret }) => `/desk/returns/${ret}/timeline`,
    calls: callsOfTimeline,
  },
  {
    name: 'a timeline with names',
    user: 'iom',
    path: ({ ret }) => `/desk/returns/${ret}/timeline?names=yes`,
    calls: callsOfTimeline,
  },
  { name: 'the proof of a return', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/proof` },
  { name: 'the audit', user: 'oversight', path: '/desk/audit' },
  { name: 'the audit, asked amiss', user: 'oversight', path: '/desk/audit?from=never', status: 422 },
  { name: 'places at the Centre', user: 'centre', path: '/desk/board' },
  { name: 'a place for somebody', user: 'centre', path: ({ ret }) => `/desk/board/${ret}` },
  { name: 'rooms of the Centre', user: 'centre', path: '/desk/rooms' },
  { name: 'a room', user: 'centre', path: '/desk/rooms/5' },
  { name: 'a room to add', user: 'centre', path: '/desk/rooms/new' },
  { name: 'changes of rooms', user: 'centre', path: '/desk/rooms/changes' },
  { name: 'intake and arrival', user: 'centre', path: ({ ret }) => `/desk/returns/${ret}/intake` },
  { name: 'search', user: 'istanbul', path: '/desk/search' },
  { name: 'filings of the Centre', user: 'centre', path: '/desk/filing' },
  { name: 'figures', user: 'ministry', path: '/desk/figures' },
  { name: 'a command', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/do/accept` },
  { name: 'putting right', user: 'istanbul', path: ({ ret }) => `/desk/returns/${ret}/do/amend` },
  { name: 'withdrawing', user: 'istanbul', path: ({ ret }) => `/desk/returns/${ret}/withdraw` },
  {
    name: 'what a withdrawal stops',
    user: 'istanbul',
    path: ({ ret }) => `/desk/returns/${ret}/withdraw?from=iom`,
  },
  {
    name: 'putting a section right, before it is opened',
    user: 'istanbul',
    path: ({ ret }) => `/desk/returns/${ret}/do/amend/identity/person`,
  },
  { name: 'travel', user: 'iom', path: '/desk/travel', long: true },
  { name: 'travel, what nobody keeps and is none', user: 'iom', path: '/desk/travel?phase=closed' },
  { name: 'an itinerary, masked', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/itinerary` },
  {
    name: 'changing a journey, before it is opened',
    user: 'iom',
    path: ({ ret }) => `/desk/returns/${ret}/itinerary/change`,
  },
  { name: 'several returns at once', user: 'iom', path: ({ ret }) => `/desk/several?do=accept&ret=${ret}` },
  { name: 'several returns, none chosen', user: 'iom', path: '/desk/several?do=arrive' },
  {
    name: 'planning a journey',
    user: 'iom',
    path: ({ ret }) => `/desk/returns/${ret}/do/plan-travel`,
  },
  { name: 'people of a return, masked', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/people` },
  { name: 'travel of a return, masked', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/travel` },
  { name: 'documents of a return, masked', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/documents` },
  { name: 'filings', user: 'istanbul', path: '/desk/filing' },
  { name: 'filings of a partner', user: 'la-strada', path: '/desk/filing' },
  { name: 'danger today', user: 'istanbul', path: '/desk/danger' },
  {
    name: 'danger today, from a draft',
    user: 'istanbul',
    path: ({ draft }) => `/desk/danger?draft=${draft}`,
  },
  {
    name: 'danger today, sent',
    user: 'istanbul',
    path: ({ ret, request }) =>
      `/desk/danger/sent?request=${request}&ret=${ret}&reference=RET-0000-0000&at=2026-11-28T12:05:00.000Z`,
  },
  { name: 'what is rarely done on a return', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/do` },
  {
    name: 'six questions at the door',
    user: 'centre',
    path: ({ unplanned }) => `/desk/filing/${unplanned}/0/short`,
    long: true,
  },
  { name: 'handing a filing over', user: 'istanbul', path: ({ draft }) => `/desk/filing/${draft}/hand` },
  { name: 'alerts of a post, empty', user: 'rome', path: '/desk/alerts' },
  { name: 'alerts of the consular department', user: 'consular', path: '/desk/alerts' },
  { name: 'raising an alert', user: 'hotline', path: '/desk/alerts/new' },
  { name: 'an alert', user: 'hotline', path: ({ alert }) => `/desk/returns/${alert}` },
  { name: 'matches', user: 'iom', path: '/desk/matches' },
  { name: 'a match', user: 'iom', path: ({ match }) => `/desk/matches/${match}` },
  { name: 'a match that is linked', user: 'iom', path: ({ linked }) => `/desk/matches/${linked}` },
  { name: 'tasks of a filing', user: 'istanbul', path: ({ draft }) => `/desk/filing/${draft}` },
  ...topics.map((topic) => ({
    name: `filing: ${topic}`,
    user: 'istanbul',
    path: ({ draft }: ShownScreen) => `/desk/filing/${draft}/0/${topic}`,
    // A legal basis of its own for each recipient.
    long: topic === 'consent',
  })),
  {
    name: 'a filing before it is sent',
    user: 'istanbul',
    path: ({ draft }) => `/desk/filing/${draft}/check`,
  },
  { name: 'settings of a post', user: 'istanbul', path: '/desk/settings' },
  { name: 'settings of the consular department', user: 'consular', path: '/desk/settings' },
  { name: 'people, for an officer', user: 'istanbul', path: '/desk/settings/people' },
  { name: 'people, for an administrator', user: 'istanbul-administrator', path: '/desk/settings/people' },
  { name: 'inviting', user: 'istanbul-administrator', path: '/desk/settings/people/invite' },
  {
    name: 'one of the people',
    user: 'istanbul-administrator',
    path: ({ colleague }) => `/desk/settings/people/${colleague}`,
  },
  ...(['role', 'disable', 'stand-in', 'reset-factor'] as const).map((action) => ({
    name: `one of the people: ${action}`,
    user: 'istanbul-administrator',
    path: ({ colleague }: ShownScreen) => `/desk/settings/people/${colleague}/${action}`,
  })),
  { name: 'inviting, for an officer', user: 'istanbul', path: '/desk/settings/people/invite', status: 403 },
  { name: 'the own post', user: 'istanbul', path: '/desk/settings/post' },
  { name: 'posts', user: 'consular', path: '/desk/settings/posts' },
  { name: 'posts, for oversight', user: 'oversight', path: '/desk/settings/posts' },
  { name: 'countries without a post', user: 'consular', path: '/desk/settings/posts/uncovered' },
  { name: 'changes of posts, none', user: 'consular', path: '/desk/settings/posts/changes' },
  { name: 'a post', user: 'consular-administrator', path: '/desk/settings/posts/mission:1XGE' },
  {
    name: 'people of a post',
    user: 'consular-administrator',
    path: '/desk/settings/posts/mission:1XGE/people',
  },
  { name: 'deadlines', user: 'istanbul', path: '/desk/settings/deadlines' },
  { name: 'the rota', user: 'iom', path: '/desk/settings/rota' },
  { name: 'decisions', user: 'ministry', path: '/desk/decisions' },
  { name: 'a decision', user: 'ministry', path: ({ ret }) => `/desk/returns/${ret}/do/approve` },
  { name: 'My work of the ministry', user: 'ministry', path: '/desk' },
  { name: 'My work of oversight', user: 'oversight', path: '/desk' },
  ...(['istanbul', 'consular', 'iom', 'centre', 'ministry', 'la-strada', 'oversight'] as const).map(
    (user) => ({
      name: 'the guide',
      user,
      path: '/desk/guide',
    }),
  ),
  { name: 'a blank filing form', user: 'istanbul', path: '/desk/blank-form', long: true },
  { name: 'travel of the day, on paper', user: 'iom', path: '/desk/travel/day' },
  { name: 'asking for the sheet', user: 'istanbul', path: ({ ret }) => `/desk/returns/${ret}/sheet` },
  { name: 'asking for a travel sheet', user: 'iom', path: ({ ret }) => `/desk/returns/${ret}/travel-sheet` },
  {
    name: 'asking for a handover sheet',
    user: 'centre',
    path: ({ ret }) => `/desk/returns/${ret}/handover-sheet`,
  },
  { name: 'a hidden screen', user: 'istanbul', path: '/desk/hidden?to=/desk/returns' },
  { name: 'no such page', user: 'istanbul', path: '/desk/nothing-here', status: 404 },
  { name: 'after signing out', user: 'istanbul', path: '/desk/signed-out' },
]

/** The path of a screen on a stack on which `showing` was made. */
export function pathOf({ path }: Pick<Screen, 'path'>, shown: ShownScreen): string {
  return typeof path === 'string' ? path : path(shown)
}

/** Makes what the screens show, and waits until everyone has got it. */
export async function showing(running: RunningStack): Promise<ShownScreen> {
  const [mission, iom] = [await running.desk('istanbul'), await running.desk('iom')]
  const centre = await running.desk('centre')
  const freeRoom = await keepHouse(centre)
  const ret = await fileOne(mission)
  await running.settled()
  await iom.command(ret, 'acknowledge')
  await centre.command(ret, 'hold-place', placeIn(await freeRoom('5'), 2, { from: 2, cots: 1 }))
  const staying = await fileOne(mission)
  await centre.command(staying, 'hold-place', placeIn(await freeRoom('8'), 1, { from: 0 }))
  await centre.command(staying, 'admit', stay())
  await running.settled()
  const { draft } = await draftsOf(mission).begin({ content: halfWritten() })
  const { draft: unplanned } = await draftsOf(centre).begin({ content: {} })
  const { ret: alert } = await (await running.desk('hotline')).alert(alarm)
  const [match, linked] = await twoMatches(running)
  await toDecide(running)
  const { request } = await mission.see(ret)
  const colleague = running.stack.users.find(({ name }) => name === 'istanbul')?.sub ?? ''
  return { ret, request, draft, unplanned, alert, match, linked, colleague }
}

/** Two pairs of returns that may be of one person, as two posts file them; of the second IOM has said that they are. */
async function twoMatches(running: RunningStack): Promise<[string, string]> {
  const { istanbul, rome, iom } = await fiveDesks(running)
  const pairs: string[] = []
  for (const [index, family] of ['Rusu', 'Munteanu'].entries()) {
    const person = { name: { family, given: 'Elena' }, birth: { year: 1990 + index } }
    const rets = [await fileOne(istanbul, filingOf(person)), await fileOne(rome, filingOf(person))]
    await compared(running)
    const raised = await matchBetween(iom, rets, 'open')
    if (!raised) throw new Error('The two returns were not raised.')
    if (index === 1) await decideAs(iom, raised, 'same')
    pairs.push(raised.match)
  }
  const [first = '', second = ''] = pairs
  return [first, second]
}

/** A return that waits for the ministry's decision. */
async function toDecide(running: RunningStack): Promise<void> {
  const { mission, iom } = await desksOf(running)
  const ret = await fileOne(mission)
  await iom.command(ret, 'acknowledge')
  await iom.command(ret, 'accept')
  await mission.command(ret, 'confirm-identity', identityCheck())
  await mission.command(ret, 'issue-document', titlu())
  await iom.command(ret, 'assess-risk', assessment())
  await running.settled()
}

/** What stands in a filing when its first topics were told. */
function halfWritten(): Record<string, string[]> {
  const result = formEntriesOf(personShape('mission'), sample, personPath(0))
  const fields = topics.slice(0, 3).flatMap((topic) => fieldsOn(pageShape('mission', topic)))
  const names = fields.map((field) => [...personPath(0), field].join('.'))
  return Object.fromEntries(
    result.filter(([name]) => names.some((item) => name === item || name.startsWith(`${item}.`))),
  )
}
