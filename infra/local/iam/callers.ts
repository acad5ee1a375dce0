import { randomBytes } from 'node:crypto'
import { awsFault } from '../aws/answers.ts'
import type { Role } from './identities.ts'

/** Who calls: a function's role, or a session of a role that it assumed. */
export interface Caller {
  role: Role
  /** `arn:aws:sts::…:assumed-role/<role>/<session>` */
  arn: string
  /** The role's own tags, and over them the session's. */
  tags: Readonly<Record<string, string>>
  /** Keys of session tags that follow into the next session. */
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

/** The callers that the edge knows, by access key id: signatures are not checked on this machine. */
export interface Callers {
  /** The long-lived key of a function's role; the same one each time. */
  keyFor(caller: Caller): Credentials
  /** A key and token for a session of so many seconds. */
  openSession(caller: Caller, seconds: number): SessionCredentials
  /** Throws an `AwsFault` for a key that is not known, another token, or a session that is over. */
  find(accessKeyId: string, token: string | undefined): Caller
}

interface Entry {
  caller: Caller
  token?: string
  /** Milliseconds since the epoch. */
  expires?: number
}

export function startCallers(): Callers {
  const entries = new Map<string, Entry>()
  const functions = new Map<string, Credentials>()
  const letters = (bytes: number) => randomBytes(bytes).toString('hex').toUpperCase()

  /** Only after an hour more: until then a late caller is told that its session is over. */
  function forgetExpired(): void {
    const past = Date.now() - 3_600_000
    for (const [key, { expires }] of entries) if (expires !== undefined && expires < past) entries.delete(key)
  }
  return {
    keyFor(caller) {
      const known = functions.get(caller.role.arn)
      if (known) return known
      const credentials = { accessKeyId: `AKIA${letters(8)}`, secretAccessKey: letters(20) }
      entries.set(credentials.accessKeyId, { caller })
      functions.set(caller.role.arn, credentials)
      return credentials
    },
    openSession(caller, seconds) {
      forgetExpired()
      const expires = new Date(Date.now() + seconds * 1000)
      const credentials = { accessKeyId: `ASIA${letters(8)}`, secretAccessKey: letters(20), expires }
      const sessionToken = letters(32)
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
