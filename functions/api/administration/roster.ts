import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import {
  type Beginning,
  listActions,
  type People,
  type PeopleChanged,
  personActions,
  type RosterRecord,
  type rosterChanges,
} from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Route } from '../../../schemas/api/routes.ts'
import type { Author } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { personId } from '../../../schemas/values/texts.ts'
import { type Change, changed, isOverdue, personIn } from '../../domain/directory/roster.ts'
import { type Named, nameStatement, readNames, unnameStatement } from '../../exchange/names.ts'
import { appendRoster, readLastRoster, readRoster, readRosters } from '../../trail/roster.ts'
import { bodyOf, expectedVersion, type HttpAnswer, type HttpEvent, json } from '../http/http.ts'
import { table } from '../http/session.ts'
import {
  createAccount,
  giveRights,
  letIn,
  newPassword,
  removeAccount,
  resetFactor,
  shutOut,
} from './user-pool.ts'

/** Changes on a page: at their largest, half of what one query reads (1 MB). */
const pageSize = 15
/** How often a change is tried again when one of another party came first. */
const maxAttempts = 5

/** Who asks, and by which client. */
export interface RosterEditor {
  by: Author
  db: DynamoDBClient
}

/** `GET …/people`: who works for a party, with names; sign-in names are told to administrators. */
export async function listPeople(editor: RosterEditor, party: PartyId): Promise<HttpAnswer> {
  const [roster, names] = await Promise.all([
    readRoster(editor.db, table('roster'), party),
    readNames(editor.db, table('people'), party),
  ])
  const answer = listOf(party, roster, names, editor.by.role === 'administrator')
  return json(200, answer, answer.version)
}

/** A list without a version is one that nobody has begun. */
function listOf(
  party: PartyId,
  roster: CurrentRoster | undefined,
  names: ReadonlyMap<string, Named>,
  whole: boolean,
): People {
  const { version = 0, reviewed, people = [] } = roster ?? {}
  return {
    party,
    version,
    ...(reviewed ? { reviewed } : {}),
    overdue: roster !== undefined && isOverdue(roster, new Date().toISOString()),
    people: people.map((person) => {
      const { name, signIn } = names.get(person.user) ?? {}
      return {
        ...person,
        ...(name ? { name } : {}),
        ...(whole && signIn ? { signIn } : {}),
        ...(reviewed && person.added <= reviewed ? { reviewed } : {}),
      }
    }),
  }
}

/**
 * `POST …/people/{action}` and `…/people/{user}/{action}`, on the version in `If-Match`. What is kept here comes first, for it
 * is what functions go by; the pool follows. Where that failed, the same deed asked again does the pool's part.
 */
export async function changePeople(
  editor: RosterEditor,
  event: HttpEvent,
  route: Route,
  party: PartyId,
): Promise<HttpAnswer> {
  const expected = expectedVersion(event)
  if (expected === undefined) throw refusal('bad-header', { fields: ['If-Match'] })
  const asked = askedOf(event, route)
  const password = asked.action === 'invite' || asked.action === 'reset-factor' ? newPassword() : ''
  const { change, named } = await prepare(editor, party, asked, password, expected)
  const after = await keep(editor, party, change, named, expected)
  await follow(party, change, after.people, password)
  const names = await readNames(editor.db, table('people'), party)
  const answer: PeopleChanged = {
    ...listOf(party, after, names, true),
    ...(password && 'user' in change ? { account: { user: change.user, password } } : {}),
  }
  return json(200, answer, answer.version)
}

/** What is asked for; who is invited has no id yet. */
type RosterRequest =
  | Exclude<Change, { action: 'invite' }>
  | { action: 'invite'; account: z.infer<(typeof listActions)['invite']> }

function askedOf(event: HttpEvent, { action }: Route): RosterRequest {
  if (action === 'invite') return { action, account: bodyOf(event, listActions.invite).content }
  if (action === 'review') return { action, ...bodyOf(event, listActions.review).content }
  const id = personId.safeParse(event.pathParameters?.user)
  if (!id.success) throw refusal('not-found')
  const user = id.data
  switch (action) {
    case 'role':
      return { action, user, ...bodyOf(event, personActions.role).content }
    case 'disable':
      return { action, user, ...bodyOf(event, personActions.disable).content }
    case 'enable':
      return { action, user, ...bodyOf(event, personActions.enable).content }
    case 'reset-factor':
      return { action, user, ...bodyOf(event, personActions['reset-factor']).content }
    case 'stand-in':
      return { action, user, ...bodyOf(event, personActions['stand-in']).content }
    case 'forget':
      return { action, user, ...bodyOf(event, personActions.forget).content }
    case undefined:
      throw refusal('not-found')
  }
}

/** Makes the account of who is invited, once nothing else stands in the way: an account cannot be part of a transaction. */
async function prepare(
  { db, by }: RosterEditor,
  party: PartyId,
  asked: RosterRequest,
  password: string,
  expected: number,
): Promise<{ change: Change; named?: Named }> {
  const roster = await readRoster(db, table('roster'), party)
  const { version = 0, people = [] } = roster ?? {}
  if (version !== expected) throw refusal('version-stale', { version })
  if (asked.action !== 'invite') return { change: asked }
  const { name, signIn, role } = asked.account
  changed(people, { action: 'invite', user: by.user, role }, by.user, new Date().toISOString())
  const user = await createAccount(signIn, password)
  await giveRights(user, party, role)
  return { change: { action: 'invite', user, role }, named: { user, name, signIn } }
}

/** Who works for a party, as a change leaves it. */
type CurrentRoster = Omit<RosterRecord, 'n' | 'prev'>

/** Writes a change with what belongs to it; how the party's people stand then, or stood already. */
async function keep(
  { db, by }: RosterEditor,
  party: PartyId,
  change: Change,
  named: Named | undefined,
  expected: number,
): Promise<CurrentRoster> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [last, roster] = await Promise.all([
      readLastRoster(db, table('roster')),
      readRoster(db, table('roster'), party),
    ])
    const { version = 0, people = [] } = roster ?? {}
    if (version !== expected) throw refusal('version-lost', { version })
    const at = new Date().toISOString()
    const made = changed(people, change, by.user, at)
    if (!made && roster) return roster
    if (!made) throw refusal('not-found')
    const reviewed = made.reviewed ?? roster?.reviewed
    const after: CurrentRoster = {
      at,
      by,
      done: made.done,
      party,
      version: version + 1,
      begun: roster?.begun ?? at,
      ...(reviewed ? { reviewed } : {}),
      people: made.people,
    }
    const beside = [
      ...(named ? [nameStatement(table('people'), party, named)] : []),
      ...(change.action === 'forget' ? [unnameStatement(table('people'), party, change.user)] : []),
    ]
    if (await appendRoster(db, table('roster'), last, after, beside)) return after
  }
  throw refusal('busy')
}

/** The pool after a change; each step can be repeated. */
async function follow(
  party: PartyId,
  change: Change,
  people: CurrentRoster['people'],
  password: string,
): Promise<void> {
  switch (change.action) {
    case 'role':
      return giveRights(change.user, party, personIn(people, change.user).role)
    case 'disable':
      return shutOut(change.user)
    case 'enable':
      return letIn(change.user)
    case 'reset-factor':
      return resetFactor(change.user, password)
    case 'forget':
      return removeAccount(change.user)
    case 'invite':
    case 'review':
    case 'stand-in':
  }
}

/** `GET /v1/oversight/people/changes`: every change of every party, in order, a page at a time. */
export async function listRosterChanges({ db }: RosterEditor, from: string | undefined): Promise<HttpAnswer> {
  const first = z
    .string()
    .check(z.regex(/^[1-9]\d{0,8}$/))
    .safeParse(from ?? '1')
  if (!first.success) throw refusal('bad-cursor')
  const n = Number(first.data)
  const found = await readRosters(db, table('roster'), n, pageSize)
  const answer: z.infer<typeof rosterChanges> = {
    changes: found,
    ...(found.length === pageSize ? { next: String(n + pageSize) } : {}),
  }
  return json(200, answer)
}

/** Writes the first people of a party, whose accounts are there; false where the party has people already. */
export async function beginPeople(db: DynamoDBClient, { begin }: Beginning): Promise<boolean> {
  const { party } = begin
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [last, roster] = await Promise.all([
      readLastRoster(db, table('roster')),
      readRoster(db, table('roster'), party),
    ])
    if (roster) return false
    const at = new Date().toISOString()
    const first: CurrentRoster = {
      at,
      by: { party: 'deployment', role: 'system', user: 'deployment' },
      done: { action: 'begin' },
      party,
      version: 1,
      begun: at,
      people: begin.people.map(({ user, role }) => ({ user, role, enabled: true, added: at })),
    }
    const names = begin.people.map((person) => nameStatement(table('people'), party, person))
    if (await appendRoster(db, table('roster'), last, first, names)) return true
  }
  throw refusal('busy')
}
