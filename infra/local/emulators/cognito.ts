import * as z from 'zod/mini'
import type { PreparedCall } from '../aws/prepared-call.ts'
import { awsFault, jsonResponse } from '../aws/responses.ts'
import type { Template } from '../template/template.ts'
import type { Account, Accounts } from './user-pool.ts'

export interface Cognito {
  /** Reads a call. Throws an `AwsFault` where AWS refuses it, and another error where it is not known here. */
  prepare(operation: string, body: unknown): PreparedCall
}

const ofUser = { UserPoolId: z.string(), Username: z.string().check(z.minLength(1), z.maxLength(128)) }
const user = z.strictObject(ofUser)
const inGroup = z.strictObject({ ...ofUser, GroupName: z.string() })
const created = z.strictObject({
  ...ofUser,
  TemporaryPassword: z.string(),
  // The pool keeps no address: without this Cognito would look for an address to write to.
  MessageAction: z.literal('SUPPRESS'),
})
const password = z.strictObject({ ...ofUser, Password: z.string(), Permanent: z.literal(false) })

const poolShape = z.object({
  Policies: z.object({
    PasswordPolicy: z.object({
      MinimumLength: z.number(),
      RequireLowercase: z.optional(z.boolean()),
      RequireNumbers: z.optional(z.boolean()),
      RequireSymbols: z.optional(z.boolean()),
      RequireUppercase: z.optional(z.boolean()),
    }),
  }),
})
const groupShape = z.object({ GroupName: z.string() })

/** The errors of these actions, as Cognito's reference words them. */
const faults = {
  UserNotFoundException: 'User does not exist.',
  UsernameExistsException: 'User account already exists',
  ResourceNotFoundException: 'It does not exist.',
  InvalidPasswordException: 'Password did not conform with policy',
  InvalidParameterException: 'User has not set up software token mfa',
}
const fault = (name: keyof typeof faults) => awsFault(name, faults[name])

/**
 * The user pool's actions for administrators, on the accounts of this machine. Passwords are checked, but not stored.
 */
export function startCognito(template: Template, accounts: Accounts): Cognito {
  const [pool] = template.ofType('AWS::Cognito::UserPool')
  const groups = new Set(
    template
      .ofType('AWS::Cognito::UserPoolGroup')
      .map(({ properties }) => groupShape.parse(properties).GroupName),
  )

  function operation<T extends z.ZodMiniType<{ UserPoolId: string; Username: string }>>(
    shape: T,
    run: (call: z.output<T>) => object | undefined,
  ) {
    return (action: string, body: unknown): PreparedCall => {
      const call = shape.parse(body)
      if (!pool || call.UserPoolId !== template.refOf(pool.logicalId))
        throw new Error('The template has no such user pool.')
      return {
        permissions: [
          { action: `cognito-idp:${action}`, resource: template.arnOf(pool.logicalId), context: {} },
        ],
        perform: () => jsonResponse(200, run(call) ?? {}, '1.1'),
      }
    }
  }
  const accountOf = (username: string): Account => {
    const account = accounts.find(username)
    if (!account) throw fault('UserNotFoundException')
    return account
  }
  const changeAccount = (change: (account: Account) => Parameters<Accounts['change']>[1]) =>
    operation(user, ({ Username }) => {
      const account = accountOf(Username)
      accounts.change(account.sub, change(account))
    })
  const changeGroups = (change: (groups: readonly string[], name: string) => string[]) =>
    operation(inGroup, ({ Username, GroupName }) => {
      if (!groups.has(GroupName)) throw fault('ResourceNotFoundException')
      const account = accountOf(Username)
      accounts.change(account.sub, { groups: change(account.groups, GroupName) })
    })

  function requirePassword(text: string): void {
    const { MinimumLength, ...kinds } = poolShape.parse(pool?.properties).Policies.PasswordPolicy
    const lacksKind =
      (kinds.RequireLowercase && !/[a-z]/.test(text)) ||
      (kinds.RequireNumbers && !/\d/.test(text)) ||
      (kinds.RequireSymbols && !/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/.test(text)) ||
      (kinds.RequireUppercase && !/[A-Z]/.test(text))
    if (lacksKind || text.length < MinimumLength) throw fault('InvalidPasswordException')
  }

  const operations = {
    AdminCreateUser: operation(created, ({ Username, TemporaryPassword }) => {
      if (accounts.find(Username)) throw fault('UsernameExistsException')
      requirePassword(TemporaryPassword)
      const { name, sub, enabled, status } = accounts.create(Username)
      const Attributes = [{ Name: 'sub', Value: sub }]
      return { User: { Username: name, Attributes, Enabled: enabled, UserStatus: status } }
    }),
    AdminAddUserToGroup: changeGroups((all, name) => [...new Set([...all, name])]),
    AdminRemoveUserFromGroup: changeGroups((all, name) => all.filter((group) => group !== name)),
    AdminDisableUser: changeAccount(() => ({ enabled: false })),
    AdminEnableUser: changeAccount(() => ({ enabled: true })),
    AdminUserGlobalSignOut: changeAccount(() => ({ signedOutAt: Date.now() })),
    AdminDeleteSoftwareToken: changeAccount(({ hasSecondFactor }) => {
      if (!hasSecondFactor) throw fault('InvalidParameterException')
      return { hasSecondFactor: false }
    }),
    AdminSetUserPassword: operation(password, ({ Username, Password }) => {
      requirePassword(Password)
      accounts.change(accountOf(Username).sub, { status: 'FORCE_CHANGE_PASSWORD' })
    }),
    AdminDeleteUser: operation(user, ({ Username }) => {
      accounts.remove(accountOf(Username).sub)
    }),
  }
  const byName = new Map(Object.entries(operations))
  return {
    prepare(action, body) {
      const run = byName.get(action)
      if (!run) throw new Error(`The edge does not know the operation ${action} of Cognito.`)
      return run(action, body)
    },
  }
}
