import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Context } from 'aws-lambda'
import type { Operation } from '../../../schemas/api/operations.ts'
import { firstPeople } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { beginRoster, changePeople } from '../administration/change-people.ts'
import { listPeople, listRosterChanges, type PeopleRequest } from '../administration/people.ts'
import { admitNow } from '../http/admission.ts'
import { type HttpAnswer, type HttpEvent, httpFunction, routesAnsweredBy } from '../http/http.ts'
import type { Handler } from '../http/request.ts'
import { callerOf, requestHandler, tableName } from '../http/session.ts'

const db = new DynamoDBClient({ requestHandler })

const handlers: Record<
  Extract<Operation, 'people' | 'change-people' | 'people-changes'>,
  Handler<PeopleRequest>
> = {
  people: listPeople,
  'change-people': changePeople,
  'people-changes': listRosterChanges,
}
const isHandled = (operation: string): operation is keyof typeof handlers =>
  Object.hasOwn(handlers, operation)

/** The people of all parties are administered by this function alone: no other may call the user pool. */
const answering = httpFunction(routesAnsweredBy('people'), async (event, route) => {
  if (route.operation === 'nothing' || route.kind === 'contract' || !isHandled(route.operation))
    throw refusal('not-found')
  const { issued, ...by } = callerOf(event, route.kind)
  // Software is not one of the people, and administers none.
  if (by.role === 'system') throw refusal('not-your-role')
  await admitNow(db, tableName('roster'), { ...by, issued })
  const post = event.pathParameters?.post
  // A party's people may see their own list. Changes, and the lists of other parties, are for an administrator.
  if ((route.operation === 'change-people' || post) && by.role !== 'administrator')
    throw refusal('not-your-role')
  const party = post === undefined ? by.party : postIn(post)
  return handlers[route.operation]({ editor: { db, by }, event, route, party })
})

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
  const first = firstPeople.safeParse(event)
  return first.success ? { begun: await beginRoster(db, first.data) } : answering(event, context)
}
