import { refusal } from '../../../schemas/api/problems.ts'
import { kindOf, partyCodeOf } from '../../../schemas/values/parties.ts'
import { isListed } from '../../exchange/worklist.ts'
import { filerIn } from '../../trail/ids.ts'
import { type Session, sessionOn, tableName } from '../http/session.ts'

/**
 * The session in which a caller works on a return. A mission may ask for the returns that it filed, and for those on its
 * worklist: where it helps, or once did. Throws not-found as for a return that does not exist; so also in the moment
 * between an invitation and its delivery.
 */
export async function sessionFor(session: Session, ret: string): Promise<Session> {
  const { party } = session.by
  if (kindOf(party) !== 'mission' || filerIn(ret) === partyCodeOf(party)) return session
  if (!(await isListed(session.db, tableName('worklists'), party, ret))) throw refusal('not-found')
  return sessionOn(session, ret)
}
