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
  /** Whose function answers; `contract` is for everyone. */
  kind: PartyKind | 'contract'
  operation: Operation
  command?: CommandName
  action?: PeopleAction
  /** The form of the body of a POST. */
  body?: Form
}

/** The most that a body may hold, in bytes. */
export const bodyLimit = { request: 256 * 1024, other: 64 * 1024 } as const

/** The classes whose sections a kind of party may ever open. */
export function openable(kind: string): SectionClass[] {
  return sectionClassNames.filter((cls) => mayRead(kind, cls))
}

function routesOf(kind: PartyKind): Route[] {
  const base = `/v1/${kind}/returns`
  const one = `${base}/{ret}`
  const routes: Route[] = [
    { method: 'GET', path: base, kind, operation: 'list' },
    { method: 'GET', path: `/v1/${kind}/requests/{request}`, kind, operation: 'manifest' },
    { method: 'GET', path: one, kind, operation: 'view' },
    { method: 'GET', path: `${one}/events`, kind, operation: 'events' },
    { method: 'GET', path: `${one}/check`, kind, operation: 'check' },
    ...(kind === 'partner'
      ? []
      : [{ method: 'GET', path: `${one}/export`, kind, operation: 'export' } as const]),
  ]
  if (openable(kind).length > 0)
    routes.push(
      { method: 'POST', path: `${one}/open`, kind, operation: 'open', body: opening },
      { method: 'GET', path: `${one}/htcds`, kind, operation: 'htcds' },
    )
  if ((commands.withdraw.owners as readonly PartyKind[]).includes(kind))
    routes.push({ method: 'GET', path: `${one}/withdrawal-preview`, kind, operation: 'withdrawal-preview' })
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
      path: `${one}/commands/${command}`,
      kind,
      operation: 'command',
      command,
      body: bodyOf(command, kind),
    })
  return routes
}

/** Who files may write first, and go on another day. */
const draftRoutes = draftingKinds.flatMap((kind): Route[] => {
  const base = `/v1/${kind}/drafts`
  const one = `${base}/{draft}`
  return [
    { method: 'GET', path: base, kind, operation: 'drafts' },
    { method: 'POST', path: base, kind, operation: 'begin-draft', body: draftBody },
    { method: 'GET', path: one, kind, operation: 'draft' },
    { method: 'POST', path: one, kind, operation: 'save-draft', body: draftBody },
    { method: 'POST', path: `${one}/delete`, kind, operation: 'delete-draft', body: draftDeletion },
  ]
})

/** The consular department keeps the posts, oversight sees that it does, and each post sees its own. */
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

/** A centre keeps its rooms, and sees what is free of them in the coming days. */
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

/** The routes by which an administrator keeps the people of a party. */
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

/** Every party keeps its own; the consular department those of posts too; oversight sees all changes. */
const allPeopleRoutes: readonly Route[] = [
  ...partyKindNames.flatMap((kind) => peopleRoutes(kind, `/v1/${kind}/people`)),
  ...peopleRoutes('consular', '/v1/consular/posts/{post}/people'),
  { method: 'GET', path: '/v1/oversight/people/changes', kind: 'oversight', operation: 'people-changes' },
]

/** Oversight sees who looked at what, and why, over all returns. */
const auditRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/oversight/audit', kind: 'oversight', operation: 'audit' },
  { method: 'GET', path: '/v1/oversight/audit/check', kind: 'oversight', operation: 'audit-check' },
]

/** Who reads names searches among its own returns; who decides on matches lists them. */
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

/** Whose function answers: people are kept by one of its own, which alone may change the user pool. */
export function answeredBy({ kind, operation }: Route): Route['kind'] | 'people' {
  return operation === 'people' || operation === 'change-people' || operation === 'people-changes'
    ? 'people'
    : kind
}

const lastSegment = /[^/]+$/

/**
 * The address of a route at the gateway, which knows all commands of a kind as one, and all deeds: each address is a
 * resource of the stack, and a stack holds 500.
 */
export function addressOf({ method, path, command, action, operation }: Route): string {
  if (operation === 'command' && command) return `${method} ${path.replace(lastSegment, '{command}')}`
  return `${method} ${action ? path.replace(lastSegment, '{action}') : path}`
}

/** Kinds of party that give commands. */
export const commandingKinds = addressedKinds.filter((kind) => commandsOf(kind).length > 0)
