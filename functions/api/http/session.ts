import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { LRUCache } from 'lru-cache'
import type { Roster } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { TableName } from '../../../schemas/deployment/tables.ts'
import { type Author, author } from '../../../schemas/events/events.ts'
import {
  type HolderId,
  kindOf,
  type PartyId,
  type PartyKind,
  partyCodeOf,
  partyKinds,
} from '../../../schemas/values/parties.ts'
import { filerIn } from '../../trail/ids.ts'
import { admit, type Caller, writingAfter } from './admission.ts'
import type { HttpEvent } from './http.ts'

/** The code that the ids of a party's returns begin with: its own, or the one that the deployment gives it. */
export const ownCode = (party: PartyId) => partyCodeOf(party) ?? setting(variable.ownCode)

/** Who calls, and the clients that have the caller's rights and no more. */
export interface Session {
  by: Author
  db: DynamoDBClient
  kms: KMSClient
  /** The roster of the caller's party; rejects with signed-out where the caller is not on it. Writes wait for it. */
  roster: Promise<Roster>
}

/** The physical name of a table. */
export const tableName = (name: TableName) => setting(variable.table(name))

/** The key that wraps data keys for a holder. */
export const keyArn = (holder: HolderId) => setting(variable.key(kindOf(holder)))

/**
 * The caller that the token names: its party has to be of the function's kind. Throws unauthorized, wrong-party.
 */
export function callerOf(event: HttpEvent, kind: PartyKind): Caller {
  const { sub, party, role, iat } = event.requestContext.authorizer.jwt.claims
  const caller = author.safeParse({ party, role, user: sub })
  if (!caller.success) throw refusal('unauthorized')
  if (kindOf(caller.data.party) !== kind) throw refusal('wrong-party')
  return { ...caller.data, issued: Number(iat) }
}

/** Chained roles end after an hour; ours are renewed at fifty minutes, five before the SDK would think of it. */
const sessionSeconds = 3600
const trustedSeconds = 55 * 60

/** Milliseconds. The SDK would wait for ever for an answer that does not come; the gateway gives up at 30 s. */
export const requestHandler = { connectionTimeout: 1000, requestTimeout: 6000 }

const own = { db: new DynamoDBClient({ requestHandler }), kms: new KMSClient({ requestHandler }) }
const sts = new STSClient({ requestHandler })
const clients = new LRUCache<string, { db: DynamoDBClient; kms: KMSClient }>({ max: 50 })

/** The two tags of a session: whose it is, and whose returns it touches. */
interface Tags {
  code: string
  filer: string
}

/** The clients of a party: of the function's own role, or of its session role under the party's code and a filer's. */
function clientsOf(party: PartyId, filer: string): { db: DynamoDBClient; kms: KMSClient } {
  const kind = kindOf(party)
  if (!partyKinds[kind].many) return own
  const tags = { code: partyCodeOf(party) ?? '', filer }
  const known = clients.get(`${party}#${filer}`)
  if (known) return known
  const credentials = credentialsOf(kind, tags)
  const made = {
    // One connection pool for all: the handler is shared, the credentials are not.
    db: new DynamoDBClient({ credentials, requestHandler: own.db.config.requestHandler }),
    kms: new KMSClient({ credentials, requestHandler: own.kms.config.requestHandler }),
  }
  clients.set(`${party}#${filer}`, made)
  return made
}

/** Credentials of the session role under two tags; the SDK keeps them until they run out. */
function credentialsOf(kind: PartyKind, tags: Tags) {
  let current: Promise<Granted> | undefined
  // Both clients of a party ask here, and share what one AssumeRole gave.
  return async () => {
    const granted = await current?.catch(() => undefined)
    if (granted && granted.expiration.getTime() - Date.now() > 5 * 60_000) return granted
    current = assume(kind, tags)
    return current
  }
}

interface Granted {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: Date
}

async function assume(kind: PartyKind, { code, filer }: Tags): Promise<Granted> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: setting(variable.sessionRole),
      RoleSessionName: `${kind}-${code}`,
      DurationSeconds: sessionSeconds,
      Tags: [
        { Key: 'code', Value: code },
        { Key: 'filer', Value: filer },
      ],
    }),
  )
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) throw refusal('internal')
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: new Date(Date.now() + trustedSeconds * 1000),
  }
}

/**
 * The session of a caller. The roster is read beside what the operation itself reads first, so that it costs no time; a
 * write waits for it.
 */
export function sessionOf({ issued, ...by }: Caller): Session {
  const { db, kms } = clientsOf(by.party, partyCodeOf(by.party) ?? '')
  const roster = admit(db, tableName('roster'), { ...by, issued })
  // Whoever awaits it gets the error; an operation that fails before that does not end the process.
  roster.catch(() => {})
  return { by, kms, roster, db: writingAfter(db, roster) }
}

/**
 * The same caller's session for one return: a mission's session reaches the returns of the mission that filed this one.
 * Only for a return that the caller may ask for (`membership.ts`), because IAM knows no more than this tag.
 */
export function sessionOn(session: Session, ret: string): Session {
  const { by, roster } = session
  if (kindOf(by.party) !== 'mission' || filerIn(ret) === partyCodeOf(by.party)) return session
  const { db, kms } = clientsOf(by.party, filerIn(ret))
  return { by, kms, roster, db: writingAfter(db, roster) }
}
