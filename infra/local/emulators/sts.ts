import { accessDenied, awsFault, xmlAnswer } from '../aws/answers.ts'
import type { Need, Prepared } from '../aws/prepared-call.ts'
import type { Caller, Callers } from '../iam/callers.ts'
import type { Role } from '../iam/identities.ts'

export interface Sts {
  /** Reads a call in the query protocol; the needs of AssumeRole are judged by the role's trust policy. */
  prepare(form: URLSearchParams, caller: Caller): Prepared
}

/** Seconds. A session that is assumed from a role's credentials lasts an hour at most, whatever the role says. */
const shortest = 900
const chained = 3600

const assumeRoleFields =
  /^(Action|Version|RoleArn|RoleSessionName|DurationSeconds|Tags\.member\.\d+\.(Key|Value)|TransitiveTagKeys\.member\.\d+)$/

/** STS on this machine: AssumeRole with session tags, GetCallerIdentity. */
export function startSts(options: { account: string; roles: readonly Role[]; callers: Callers }): Sts {
  const { account, callers } = options

  function assumeRole(form: URLSearchParams, caller: Caller): Prepared {
    const odd = [...form.keys()].find(
      (field) => !assumeRoleFields.test(field) || form.getAll(field).length > 1,
    )
    // A session policy that was not read would be one that does not bound.
    if (odd) throw new Error(`The edge does not know ${odd} of AssumeRole.`)
    const role = options.roles.find(({ arn }) => arn === form.get('RoleArn'))
    if (!role) throw accessDenied('sts', 'The template has no such role.')
    const name = form.get('RoleSessionName') ?? ''
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw invalid('RoleSessionName')
    const seconds = Number(form.get('DurationSeconds') ?? chained)
    if (!Number.isInteger(seconds) || seconds < shortest || seconds > Math.min(role.maxSession, chained)) {
      throw invalid('DurationSeconds')
    }
    const tags = sessionTags(form)
    const passedOn = listOf(form, 'TransitiveTagKeys')
    const inherited = Object.fromEntries(
      Object.entries(caller.tags).filter(([key]) => caller.transitive.includes(key)),
    )
    if (passedOn.some((key) => !(key in tags))) throw invalid('TransitiveTagKeys')
    // A tag that follows from the session before cannot be set anew; IAM compares tag keys without case.
    const fixed = new Set(Object.keys(inherited).map((key) => key.toLowerCase()))
    if (Object.keys(tags).some((key) => fixed.has(key.toLowerCase()))) throw invalid('Tags')

    const context: Need['context'] = {
      'sts:RoleSessionName': name,
      'aws:TagKeys': Object.keys(tags),
      'sts:TransitiveTagKeys': passedOn,
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    }
    const need = (action: string): Need => ({ action: `sts:${action}`, resource: role.arn, context })
    const tagged = Object.keys(tags).length > 0
    return {
      needs: [need('AssumeRole'), ...(tagged ? [need('TagSession')] : [])],
      perform: () => {
        const session: Caller = {
          role,
          arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${name}`,
          tags: overlay(role.tags, { ...inherited, ...tags }),
          transitive: [...Object.keys(inherited), ...passedOn],
          function: caller.function,
        }
        const { accessKeyId, secretAccessKey, sessionToken, expires } = callers.openSession(session, seconds)
        return xmlAnswer('sts', 'AssumeRole', {
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
          // AWS asks for no permission here.
          return {
            needs: [],
            perform: () =>
              xmlAnswer('sts', operation, {
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

function sessionTags(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {}
  for (let i = 1; form.has(`Tags.member.${i}.Key`); i++) {
    const key = form.get(`Tags.member.${i}.Key`) ?? ''
    const value = form.get(`Tags.member.${i}.Value`) ?? ''
    const known = Object.keys(tags).some((other) => other.toLowerCase() === key.toLowerCase())
    if (known || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)) throw invalid('Tags')
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

/** A session's tags take the place of a role's tags whose keys differ in case at most. */
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
