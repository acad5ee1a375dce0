import { bodyOf, type Form, requestBodyOf } from '../commands/bodies.ts'
import { type CommandName, commands, commandsOf, isOwner } from '../commands/commands.ts'
import { readingRota } from '../deployment/rota.ts'
import { mayRead, type SectionClass, sectionClassNames } from '../values/classes.ts'
import { addressedKinds, type PartyKind, partyKindNames } from '../values/parties.ts'
import { draftBody, draftDeletion, draftingKinds } from './drafts.ts'
import { readingFigures } from './figures.ts'
import { decidingKinds, matchDecision } from './matches.ts'
import type { Operation } from './operations.ts'
import {
  listActionNames,
  listActions,
  type PeopleAction,
  personActionNames,
  personActions,
} from './people.ts'
import { postChange } from './posts.ts'
import { opening } from './requests.ts'
import { roomChange } from './rooms.ts'
import { search, searchingKinds } from './search.ts'

export interface Route {
  method: 'GET' | 'POST'
  /** As API Gateway writes it: `{ret}` for the return, and so `{request}`, `{draft}`, `{post}`, `{room}`, `{match}`, `{user}`. */
  path: string
  /** The kind whose function answers; `contract` is for everyone. */
  kind: PartyKind | 'contract'
  operation: Operation
  command?: CommandName
  action?: PeopleAction
  /** The schema of the body of a POST. */
  body?: Form
}

/**
 * The most that a body may hold, in bytes. A request and its draft hold fifty persons, each with all remarks written full; a
 * function takes no more than 6 MB.
 */
export const bodyLimit = { request: 3 * 1024 * 1024, draft: 3 * 1024 * 1024, other: 64 * 1024 } as const

/** The classes whose sections a kind of party may ever open. */
export function openable(kind: string): SectionClass[] {
  return sectionClassNames.filter((cls) => mayRead(kind, cls))
}

function routesOf(kind: PartyKind): Route[] {
  const base = `/v1/${kind}/returns`
  const ofReturn = `${base}/{ret}`
  const routes: Route[] = [
    { method: 'GET', path: base, kind, operation: 'list' },
    { method: 'GET', path: `/v1/${kind}/work/all`, kind, operation: 'work' },
    { method: 'GET', path: `/v1/${kind}/work/count`, kind, operation: 'work-count' },
    { method: 'GET', path: `/v1/${kind}/work/{list}`, kind, operation: 'work-list' },
    { method: 'GET', path: `/v1/${kind}/requests/{request}`, kind, operation: 'manifest' },
    { method: 'GET', path: ofReturn, kind, operation: 'view' },
    { method: 'GET', path: `${ofReturn}/events`, kind, operation: 'events' },
    { method: 'GET', path: `${ofReturn}/check`, kind, operation: 'check' },
    ...(kind === 'partner'
      ? []
      : [{ method: 'GET', path: `${ofReturn}/export`, kind, operation: 'export' } as const]),
  ]
  if (openable(kind).length > 0)
    routes.push(
      { method: 'POST', path: `${ofReturn}/open`, kind, operation: 'open', body: opening },
      { method: 'GET', path: `${ofReturn}/htcds`, kind, operation: 'htcds' },
    )
  if ((commands.withdraw.owners as readonly PartyKind[]).includes(kind))
    routes.push({
      method: 'GET',
      path: `${ofReturn}/withdrawal-preview`,
      kind,
      operation: 'withdrawal-preview',
    })
  if (isOwner(kind, 'file'))
    routes.push({
      method: 'POST',
      path: `/v1/${kind}/requests`,
      kind,
      operation: 'file',
      command: 'file',
      body: requestBodyOf(kind),
    })
  if (isOwner(kind, 'alert'))
    routes.push({
      method: 'POST',
      path: `/v1/${kind}/alerts`,
      kind,
      operation: 'alert',
      command: 'alert',
      body: bodyOf('alert', kind),
    })
  for (const command of commandsOf(kind))
    routes.push({
      method: 'POST',
      path: `${ofReturn}/commands/${command}`,
      kind,
      operation: 'command',
      command,
      body: bodyOf(command, kind),
    })
  return routes
}

/** Drafts: a party that files may begin a request and continue it on another day. */
const draftRoutes = draftingKinds.flatMap((kind): Route[] => {
  const base = `/v1/${kind}/drafts`
  const ofDraft = `${base}/{draft}`
  return [
    { method: 'GET', path: base, kind, operation: 'drafts' },
    { method: 'POST', path: base, kind, operation: 'begin-draft', body: draftBody },
    { method: 'GET', path: ofDraft, kind, operation: 'draft' },
    { method: 'POST', path: ofDraft, kind, operation: 'save-draft', body: draftBody },
    { method: 'POST', path: `${ofDraft}/delete`, kind, operation: 'delete-draft', body: draftDeletion },
  ]
})

/** The consular department changes posts, oversight reads the changes, and each post reads its own. */
const postRoutes: readonly Route[] = [
  ...(['consular', 'oversight'] as const).flatMap((kind): Route[] => [
    { method: 'GET', path: `/v1/${kind}/posts`, kind, operation: 'posts' },
    { method: 'GET', path: `/v1/${kind}/posts/changes`, kind, operation: 'post-changes' },
  ]),
  {
    method: 'POST',
    path: '/v1/consular/posts/{post}',
    kind: 'consular',
    operation: 'change-post',
    body: postChange,
  },
  { method: 'GET', path: '/v1/mission/post', kind: 'mission', operation: 'post' },
]

/** A centre changes its rooms, and reads what is free in the coming days. */
const placeRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/centre/rooms', kind: 'centre', operation: 'rooms' },
  { method: 'GET', path: '/v1/centre/rooms/changes', kind: 'centre', operation: 'room-changes' },
  {
    method: 'POST',
    path: '/v1/centre/rooms/{room}',
    kind: 'centre',
    operation: 'change-room',
    body: roomChange,
  },
  { method: 'GET', path: '/v1/centre/forecast', kind: 'centre', operation: 'forecast' },
]

const figureRoutes = readingFigures.map(
  (kind): Route => ({ method: 'GET', path: `/v1/${kind}/figures`, kind, operation: 'figures' }),
)

const rotaRoutes = readingRota.map(
  (kind): Route => ({ method: 'GET', path: `/v1/${kind}/rota`, kind, operation: 'rota' }),
)

/** The routes by which an administrator manages the people of a party. */
function peopleRoutes(kind: PartyKind, base: string): Route[] {
  const changing = { method: 'POST', kind, operation: 'change-people' } as const
  return [
    { method: 'GET', path: base, kind, operation: 'people' },
    ...listActionNames.map((action) => ({
      ...changing,
      path: `${base}/${action}`,
      action,
      body: listActions[action],
    })),
    ...personActionNames.map((action) => ({
      ...changing,
      path: `${base}/{user}/${action}`,
      action,
      body: personActions[action],
    })),
  ]
}

/** Every party manages its own people, the consular department those of posts too; oversight reads all changes. */
const allPeopleRoutes: readonly Route[] = [
  ...partyKindNames.flatMap((kind) => peopleRoutes(kind, `/v1/${kind}/people`)),
  ...peopleRoutes('consular', '/v1/consular/posts/{post}/people'),
  { method: 'GET', path: '/v1/oversight/people/changes', kind: 'oversight', operation: 'people-changes' },
]

/** Oversight reads the access records of all returns. */
const auditRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/oversight/audit', kind: 'oversight', operation: 'audit' },
  { method: 'GET', path: '/v1/oversight/audit/check', kind: 'oversight', operation: 'audit-check' },
]

/** Kinds that read names can search their own returns; kinds that decide on matches can list them. */
const matchRoutes: readonly Route[] = [
  ...searchingKinds.map(
    (kind): Route => ({
      method: 'POST',
      path: `/v1/${kind}/search`,
      kind,
      operation: 'search',
      body: search,
    }),
  ),
  ...decidingKinds.flatMap((kind): Route[] => [
    { method: 'GET', path: `/v1/${kind}/matches`, kind, operation: 'matches' },
    { method: 'GET', path: `/v1/${kind}/matches/{match}`, kind, operation: 'match' },
    {
      method: 'POST',
      path: `/v1/${kind}/matches/{match}/decision`,
      kind,
      operation: 'decide-match',
      body: matchDecision,
    },
  ]),
]

/** Every route of the API. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/openapi.json', kind: 'contract', operation: 'contract' },
  ...partyKindNames.flatMap(routesOf),
  ...draftRoutes,
  ...postRoutes,
  ...placeRoutes,
  ...figureRoutes,
  ...rotaRoutes,
  ...allPeopleRoutes,
  ...auditRoutes,
  ...matchRoutes,
]

/** The function that answers. People have a function of their own: only that one may change the user pool. */
export function answeredBy({ kind, operation }: Route): Route['kind'] | 'people' {
  return operation === 'people' || operation === 'change-people' || operation === 'people-changes'
    ? 'people'
    : kind
}

const lastSegment = /[^/]+$/

const workOperations: readonly Operation[] = ['work', 'work-count', 'work-list']

/**
 * The address of a route at the gateway. All commands of a kind share one address, and so do all actions and all lists of
 * work: each address is a resource of the stack, and a stack holds 500.
 */
export function addressOf({ method, path, command, action, operation }: Route): string {
  if (operation === 'command' && command) return `${method} ${path.replace(lastSegment, '{command}')}`
  if (workOperations.includes(operation)) return `${method} ${path.replace(lastSegment, '{list}')}`
  return `${method} ${action ? path.replace(lastSegment, '{action}') : path}`
}

/** Kinds of party that give commands. */
export const commandingKinds = addressedKinds.filter((kind) => commandsOf(kind).length > 0)
