import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type * as z from 'zod/mini'
import type { People, RosterRecord, rosterChanges } from '../../../schemas/api/people.ts'
import type { Route } from '../../../schemas/api/routes.ts'
import type { Author } from '../../../schemas/events/events.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { isOverdue } from '../../domain/directory/roster.ts'
import { type PersonName, readNames } from '../../exchange/names.ts'
import { readRoster, readRosters } from '../../trail/roster.ts'
import { firstRecord, type HttpAnswer, type HttpEvent, json } from '../http/http.ts'
import { tableName } from '../http/session.ts'

/** Changes on a page: at their largest, half of what one query reads (1 MB). */
const pageSize = 15

/** Who administers people, and by which client. */
export interface RosterEditor {
  by: Author
  db: DynamoDBClient
}

/** A request about the people of a party. */
export interface PeopleRequest {
  editor: RosterEditor
  event: HttpEvent
  route: Route
  party: PartyId
}

/** Who works for a party, as a change leaves it. */
export type CurrentRoster = Omit<RosterRecord, 'n' | 'prev'>

/** `GET …/people`: who works for a party, with names; administrators see the sign-in names too. */
export async function listPeople({ editor: { by, db }, party }: PeopleRequest): Promise<HttpAnswer> {
  const [roster, names] = await Promise.all([
    readRoster(db, tableName('roster'), party),
    readNames(db, tableName('people'), party),
  ])
  const answer = peopleOf(party, roster, names, { signIns: by.role === 'administrator' })
  return json(200, answer, answer.version)
}

/** The people of a party with their names. A party whose roster was never written has version 0. */
export function peopleOf(
  party: PartyId,
  roster: CurrentRoster | undefined,
  names: ReadonlyMap<string, PersonName>,
  { signIns }: { signIns: boolean },
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
        ...(signIns && signIn ? { signIn } : {}),
        ...(reviewed && person.added <= reviewed ? { reviewed } : {}),
      }
    }),
  }
}

/** `GET /v1/oversight/people/changes`: every change of every party, in order, a page at a time. */
export async function listRosterChanges({ editor, event }: PeopleRequest): Promise<HttpAnswer> {
  const n = firstRecord(event)
  // One more than a page has: a page that is the last leads to none.
  const found = await readRosters(editor.db, tableName('roster'), n, pageSize + 1)
  const answer: z.infer<typeof rosterChanges> = {
    changes: found.slice(0, pageSize),
    ...(found.length > pageSize ? { next: String(n + pageSize) } : {}),
  }
  return json(200, answer)
}
