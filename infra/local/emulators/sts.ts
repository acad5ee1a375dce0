import type { PreparedCall, RequiredPermission } from '../aws/prepared-call.ts'
import { accessDenied, awsFault, xmlResponse } from '../aws/responses.ts'
import type { CallerIdentity, CredentialStore } from '../iam/credentials.ts'
import type { Role } from '../iam/roles.ts'

export interface Sts {
  /** Reads a call in the query protocol. The role's trust policy decides about AssumeRole. */
  prepare(form: URLSearchParams, caller: CallerIdentity): PreparedCall
}

/** Seconds. A session that a role assumes lasts one hour at most, whatever the role declares. */
const shortestSession = 900
const longestSession = 3600

const assumeRoleFields =
  /^(Action|Version|RoleArn|RoleSessionName|DurationSeconds|Tags\.member\.\d+\.(Key|Value)|TransitiveTagKeys\.member\.\d+)$/

/** STS on this machine: AssumeRole with session tags, GetCallerIdentity. */
export function startSts(options: {
  account: string
  roles: readonly Role[]
  credentials: CredentialStore
}): Sts {
  const { account, credentials } = options

  function assumeRole(form: URLSearchParams, caller: CallerIdentity): PreparedCall {
    const unknown = [...form.keys()].find(
      (field) => !assumeRoleFields.test(field) || form.getAll(field).length > 1,
    )
    // To ignore a session policy would give the session more rights than it asked for.
    if (unknown) throw new Error(`The edge does not know ${unknown} of AssumeRole.`)
    const role = options.roles.find(({ arn }) => arn === form.get('RoleArn'))
    if (!role) throw accessDenied('sts', 'The template has no such role.')
    const name = form.get('RoleSessionName') ?? ''
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw invalid('RoleSessionName')
    const seconds = sessionSeconds(form, role)
    const { tags, transitive, inherited } = sessionTags(form, caller)
    const context: RequiredPermission['context'] = {
      'sts:RoleSessionName': name,
      'aws:TagKeys': Object.keys(tags),
      'sts:TransitiveTagKeys': transitive,
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    }
    const permission = (action: string): RequiredPermission => ({
      action: `sts:${action}`,
      resource: role.arn,
      context,
    })
    const tagged = Object.keys(tags).length > 0
    return {
      permissions: [permission('AssumeRole'), ...(tagged ? [permission('TagSession')] : [])],
      perform: () => {
        const session: CallerIdentity = {
          role,
          arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`,
          tags: overlay(role.tags, { ...inherited, ...tags }),
          transitive: [...Object.keys(inherited), ...transitive],
          function: caller.function,
        }
        const { accessKeyId, secretAccessKey, sessionToken, expires } = credentials.openSession(
          session,
          seconds,
        )
        return xmlResponse('sts', 'AssumeRole', {
          AssumedRoleUser: { AssumedRoleId: `AROA${role.name}:${name}`, Arn: session.arn },
          Credentials: {
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            SessionToken: sessionToken,
            Expiration: expires.toISOString(),
          },
        })
      },
    }
  }

  return {
    prepare(form, caller) {
      const operation = form.get('Action')
      switch (operation) {
        case 'AssumeRole':
          return assumeRole(form, caller)
        case 'GetCallerIdentity':
          // AWS requires no permission for this operation.
          return {
            permissions: [],
            perform: () =>
              xmlResponse('sts', operation, {
                UserId: `AROA${caller.role.name}`,
                Account: account,
                Arn: caller.arn,
              }),
          }
        default:
          throw new Error(`The edge does not know the operation ${operation} of STS.`)
      }
    },
  }
}

function sessionSeconds(form: URLSearchParams, role: Role): number {
  const seconds = Number(form.get('DurationSeconds') ?? longestSession)
  const longest = Math.min(role.maxSession, longestSession)
  if (!Number.isInteger(seconds) || seconds < shortestSession || seconds > longest)
    throw invalid('DurationSeconds')
  return seconds
}

/** The tags of the call, those of them that are transitive, and the tags that the session inherits. */
function sessionTags(form: URLSearchParams, caller: CallerIdentity) {
  const tags = tagsOf(form)
  const transitive = listOf(form, 'TransitiveTagKeys')
  if (transitive.some((key) => !(key in tags))) throw invalid('TransitiveTagKeys')
  const inherited = Object.fromEntries(
    Object.entries(caller.tags).filter(([key]) => caller.transitive.includes(key)),
  )
  // A session cannot set an inherited tag again. IAM compares tag keys without case.
  const fixed = new Set(Object.keys(inherited).map((key) => key.toLowerCase()))
  if (Object.keys(tags).some((key) => fixed.has(key.toLowerCase()))) throw invalid('Tags')
  return { tags, transitive, inherited }
}

function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {}
  for (let i = 1; form.has(`Tags.member.${i}.Key`); i++) {
    const key = form.get(`Tags.member.${i}.Key`) ?? ''
    const value = form.get(`Tags.member.${i}.Value`) ?? ''
    const isRepeated = Object.keys(tags).some((other) => other.toLowerCase() === key.toLowerCase())
    if (isRepeated || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) throw invalid('Tags')
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) throw invalid('Tags')
    tags[key] = value
  }
  const fields = [...form.keys()].filter((field) => field.startsWith('Tags.')).length
  if (fields !== 2 * Object.keys(tags).length || fields > 100) throw invalid('Tags')
  return tags
}

function listOf(form: URLSearchParams, name: string): string[] {
  const given = [...form].filter(([field]) => field.startsWith(`${name}.member.`)).map(([, value]) => value)
  if (new Set(given).size !== given.length) throw invalid(name)
  return given
}

/** The tags of a session replace those tags of the role whose keys are the same without case. */
function overlay(under: Readonly<Record<string, string>>, over: Readonly<Record<string, string>>) {
  const taken = new Set(Object.keys(over).map((key) => key.toLowerCase()))
  return {
    ...Object.fromEntries(Object.entries(under).filter(([key]) => !taken.has(key.toLowerCase()))),
    ...over,
  }
}

function invalid(field: string) {
  return awsFault('ValidationError', `${field} is not valid.`)
}
