import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Context } from 'aws-lambda'
import { beginning } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import {
  beginPeople,
  changePeople,
  listPeople,
  listRosterChanges,
  type RosterEditor,
} from '../administration/roster.ts'
import { admitNow } from '../http/admission.ts'
import {
  type HttpAnswer,
  type HttpEvent,
  httpFunction,
  type RequestedRoute,
  routesAnsweredBy,
} from '../http/http.ts'
import { callerOf, requestHandler, table } from '../http/session.ts'

const db = new DynamoDBClient({ requestHandler })

/** The people of all parties are kept by this function alone: no other may call the user pool. */
const answering = httpFunction(routesAnsweredBy('people'), async (event, route) => {
  if (route.operation === 'nothing' || route.kind === 'contract') throw refusal('not-found')
  const { issued, ...by } = callerOf(event, route.kind)
  // Software is none of the people, and keeps none.
  if (by.role === 'system') throw refusal('not-your-role')
  await admitNow(db, table('roster'), { ...by, issued })
  return answer({ db, by }, event, route)
})

async function answer(editor: RosterEditor, event: HttpEvent, route: RequestedRoute): Promise<HttpAnswer> {
  const ofPost = event.pathParameters?.post
  // Whose names these are may see them; whatever is changed, and whatever is another's, is an administrator's.
  if ((route.operation === 'change-people' || ofPost) && editor.by.role !== 'administrator')
    throw refusal('not-your-role')
  const party = ofPost === undefined ? editor.by.party : postIn(ofPost)
  switch (route.operation) {
    case 'people':
      return listPeople(editor, party)
    case 'change-people':
      return changePeople(editor, event, route, party)
    case 'people-changes':
      return listRosterChanges(editor, event.queryStringParameters?.cursor)
    default:
      throw refusal('not-found')
  }
}

/** A post of the deployment. Throws not-found. */
function postIn(id: string): PartyId {
  if (!setting(variable.missions).split(',').includes(id)) throw refusal('not-found')
  return partyId.parse(id)
}

/**
 * A request of the gateway's, whose events name a route; or, by hand and with a right of its own to invoke this function,
 * the first people of a party (`beginning`), which answers whether they were written.
 */
export async function handler(event: HttpEvent, context: Context): Promise<HttpAnswer | { begun: boolean }> {
  const first = beginning.safeParse(event)
  return first.success ? { begun: await beginPeople(db, first.data) } : answering(event, context)
}
