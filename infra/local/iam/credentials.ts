import { randomBytes } from 'node:crypto'
import { awsFault } from '../aws/responses.ts'
import type { Role } from './roles.ts'

/** Who calls: a function's role, or a session of a role that the function has assumed. */
export interface CallerIdentity {
  role: Role
  /** `arn:aws:sts::…:assumed-role/<role>/<session>` */
  arn: string
  /** The tags of the session, and those tags of the role that the session does not set. */
  tags: Readonly<Record<string, string>>
  /** Keys of the session tags that the next session inherits. */
  transitive: readonly string[]
  /** The logical id of the function at the start of the chain. */
  function: string
}

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
}
export interface SessionCredentials extends Credentials {
  sessionToken: string
  expires: Date
}

/** The callers that the edge knows, by access key id. Nothing on this machine checks a signature. */
export interface CredentialStore {
  /** The long-lived key of a function's role, the same at each call. */
  keyFor(caller: CallerIdentity): Credentials
  /** A key and a token for a session that lasts so many seconds. */
  openSession(caller: CallerIdentity, seconds: number): SessionCredentials
  /** Throws an `AwsFault` for an unknown key, a wrong token or an expired session. */
  find(accessKeyId: string, token: string | undefined): CallerIdentity
}

interface Entry {
  caller: CallerIdentity
  token?: string
  /** Milliseconds since the epoch. */
  expires?: number
}

export function openCredentialStore(): CredentialStore {
  const entries = new Map<string, Entry>()
  const functions = new Map<string, Credentials>()
  const randomCapitals = (bytes: number) => randomBytes(bytes).toString('hex').toUpperCase()

  /** Forgets a session one hour after its end: until then a late caller still gets the error `ExpiredToken`. */
  function forgetExpired(): void {
    const past = Date.now() - 3_600_000
    for (const [key, { expires }] of entries) if (expires !== undefined && expires < past) entries.delete(key)
  }
  return {
    keyFor(caller) {
      const known = functions.get(caller.role.arn)
      if (known) return known
      const credentials = { accessKeyId: `AKIA${randomCapitals(8)}`, secretAccessKey: randomCapitals(20) }
      entries.set(credentials.accessKeyId, { caller })
      functions.set(caller.role.arn, credentials)
      return credentials
    },
    openSession(caller, seconds) {
      forgetExpired()
      const expires = new Date(Date.now() + seconds * 1000)
      const credentials = {
        accessKeyId: `ASIA${randomCapitals(8)}`,
        secretAccessKey: randomCapitals(20),
        expires,
      }
      const sessionToken = randomCapitals(32)
      entries.set(credentials.accessKeyId, { caller, token: sessionToken, expires: expires.getTime() })
      return { ...credentials, sessionToken }
    },
    find(accessKeyId, token) {
      const entry = entries.get(accessKeyId)
      if (!entry || entry.token !== token) {
        throw awsFault(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        )
      }
      if (entry.expires !== undefined && entry.expires < Date.now()) {
        throw awsFault('ExpiredTokenException', 'The security token included in the request is expired', 403)
      }
      return entry.caller
    },
  }
}
