import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type * as z from 'zod/mini'
import {
  type FirstPeople,
  listActions,
  type PeopleChanged,
  personActions,
} from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Route } from '../../../schemas/api/routes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { personId } from '../../../schemas/values/texts.ts'
import { type Change, type Changed, changed, personIn } from '../../domain/directory/roster.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { nameStatement, type PersonName, readNames, unnameStatement } from '../../exchange/names.ts'
import { appendRoster, readLastRoster, readRoster, type StoredRoster } from '../../trail/roster.ts'
import { type HttpAnswer, type HttpEvent, json, readBody, requiredVersion } from '../http/http.ts'
import { tableName } from '../http/session.ts'
import { type CurrentRoster, type PeopleRequest, peopleOf, type RosterEditor } from './people.ts'
import {
  createAccount,
  giveRights,
  letIn,
  newPassword,
  removeAccount,
  resetFactor,
  shutOut,
} from './user-pool.ts'

/** Attempts at a change; a change of another party may come first. */
const maxAttempts = 5

/**
 * `POST …/people/{action}` and `…/people/{user}/{action}`, on the version in `If-Match`. The roster is written first, because
 * functions go by it; the user pool follows. Where that failed, the same action sent again does the pool's part.
 */
export async function changePeople({ editor, event, route, party }: PeopleRequest): Promise<HttpAnswer> {
  const expected = requiredVersion(event)
  const request = requestIn(event, route)
  const password = request.action === 'invite' || request.action === 'reset-factor' ? newPassword() : ''
  const { change, named } = await prepare(editor, party, request, password, expected)
  const after = await writeChange(editor, party, change, named, expected)
  await updateUserPool(party, change, after.people, password)
  const names = await readNames(editor.db, tableName('people'), party)
  const answer: PeopleChanged = {
    ...peopleOf(party, after, names, { signIns: true }),
    ...(password && 'user' in change ? { account: { user: change.user, password } } : {}),
  }
  return json(200, answer, answer.version)
}

/** A change as it is requested: a person who is invited has no id yet. */
type RosterRequest =
  | Exclude<Change, { action: 'invite' }>
  | { action: 'invite'; account: z.infer<(typeof listActions)['invite']> }

function requestIn(event: HttpEvent, { action }: Route): RosterRequest {
  if (action === 'invite') return { action, account: readBody(event, listActions.invite).content }
  if (action === 'review') return { action, ...readBody(event, listActions.review).content }
  const id = personId.safeParse(event.pathParameters?.user)
  if (!id.success) throw refusal('not-found')
  const user = id.data
  switch (action) {
    case 'role':
      return { action, user, ...readBody(event, personActions.role).content }
    case 'disable':
      return { action, user, ...readBody(event, personActions.disable).content }
    case 'enable':
      return { action, user, ...readBody(event, personActions.enable).content }
    case 'reset-factor':
      return { action, user, ...readBody(event, personActions['reset-factor']).content }
    case 'stand-in':
      return { action, user, ...readBody(event, personActions['stand-in']).content }
    case 'forget':
      return { action, user, ...readBody(event, personActions.forget).content }
    case undefined:
      throw refusal('not-found')
  }
}

/**
 * Makes the account of a person who is invited, once the change is known to be allowed: an account cannot be part of a
 * transaction.
 */
async function prepare(
  { db, by }: RosterEditor,
  party: PartyId,
  request: RosterRequest,
  password: string,
  expected: number,
): Promise<{ change: Change; named?: PersonName }> {
  const roster = await readRoster(db, tableName('roster'), party)
  const { version = 0, people = [] } = roster ?? {}
  if (version !== expected) throw refusal('version-stale', { version })
  if (request.action !== 'invite') return { change: request }
  const { name, signIn, role } = request.account
  changed(people, { action: 'invite', user: by.user, role }, by.user, new Date().toISOString())
  const user = await createAccount(signIn, password)
  await giveRights(user, party, role)
  return { change: { action: 'invite', user, role }, named: { user, name, signIn } }
}

/** Writes a change with the names that belong to it; the roster after it, or as it was where nothing changes. */
async function writeChange(
  { db, by }: RosterEditor,
  party: PartyId,
  change: Change,
  named: PersonName | undefined,
  expected: number,
): Promise<CurrentRoster> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [last, roster] = await readCurrent(db, party)
    const { version = 0, people = [] } = roster ?? {}
    if (version !== expected) throw refusal('version-lost', { version })
    const at = new Date().toISOString()
    const made = changed(people, change, by.user, at)
    if (!made) return requireRoster(roster)
    const after = rosterAfter(roster, made, { at, by, party })
    if (await appendRoster(db, tableName('roster'), last, after, nameStatements(party, change, named)))
      return after
  }
  throw refusal('busy')
}

/** The last change of any party, and the roster of this one. */
const readCurrent = (db: DynamoDBClient, party: PartyId) =>
  Promise.all([readLastRoster(db, tableName('roster')), readRoster(db, tableName('roster'), party)])

function requireRoster(roster: StoredRoster | undefined): CurrentRoster {
  if (!roster) throw refusal('not-found')
  return roster
}

function rosterAfter(
  before: StoredRoster | undefined,
  { done, people, reviewed = before?.reviewed }: Changed,
  written: Pick<CurrentRoster, 'at' | 'by' | 'party'>,
): CurrentRoster {
  return {
    ...written,
    done,
    version: (before?.version ?? 0) + 1,
    begun: before?.begun ?? written.at,
    ...(reviewed ? { reviewed } : {}),
    people,
  }
}

/** What changes of the names: an invited person gets one, and a person who is forgotten loses it. */
function nameStatements(party: PartyId, change: Change, named: PersonName | undefined): Statement[] {
  return [
    ...(named ? [nameStatement(tableName('people'), party, named)] : []),
    ...(change.action === 'forget' ? [unnameStatement(tableName('people'), party, change.user)] : []),
  ]
}

/** Makes the user pool follow a change; each step can be repeated. */
async function updateUserPool(
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

/** Writes the first people of a party, whose accounts are there; false where the party has people already. */
export async function beginRoster(db: DynamoDBClient, { begin }: FirstPeople): Promise<boolean> {
  const { party } = begin
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const [last, roster] = await readCurrent(db, party)
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
    const names = begin.people.map((person) => nameStatement(tableName('people'), party, person))
    if (await appendRoster(db, tableName('roster'), last, first, names)) return true
  }
  throw refusal('busy')
}
