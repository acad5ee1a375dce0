import { randomInt } from 'node:crypto'
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import { type PersonRole, personActions } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'

/** Milliseconds, as for the other services (`session.ts`). */
const pool = new CognitoIdentityProviderClient({
  requestHandler: { connectionTimeout: 1000, requestTimeout: 6000 },
})
const roles = personActions.role.shape.role.options

/** An account of the pool: Cognito takes the id in place of a name. */
const accountOf = (user: string) => ({ UserPoolId: setting(variable.userPool), Username: user })

/** A password that an administrator gives a person at the desk or by phone; it is good for three days and one sign-in. */
export function newPassword(): string {
  // Without characters that look or sound alike.
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=#']
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? ''
  const more = Array.from({ length: 14 }, () => pick(kinds.slice(0, 3).join('')))
  return [...kinds.map(pick), ...more]
    .map((letter) => ({ letter, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ letter }) => letter)
    .join('')
}

/** Makes an account in no group, and answers its id. Cognito sends no message. Throws sign-in-taken. */
export async function createAccount(signIn: string, password: string): Promise<string> {
  const { User: made } = await sent(
    pool.send(
      new AdminCreateUserCommand({
        UserPoolId: setting(variable.userPool),
        Username: signIn,
        TemporaryPassword: password,
        MessageAction: 'SUPPRESS',
      }),
    ),
  )
  const sub = made?.Attributes?.find(({ Name }) => Name === 'sub')?.Value
  if (!sub) throw refusal('internal')
  return sub
}

/** Puts a person into the groups of a party and a role, and out of the groups of other roles. It can be repeated. */
export async function giveRights(user: string, party: PartyId, role: PersonRole): Promise<void> {
  const others = roles.filter((other) => other !== role)
  // Removed before it is added: a person in the groups of two roles has no role.
  for (const other of others)
    await sent(
      pool.send(new AdminRemoveUserFromGroupCommand({ ...accountOf(user), GroupName: `role:${other}` })),
    )
  for (const GroupName of [party, `role:${role}`])
    await sent(pool.send(new AdminAddUserToGroupCommand({ ...accountOf(user), GroupName })))
}

/** Ends sign-in and the renewal of tokens; functions refuse the tokens that were issued before (`admission.ts`). */
export async function shutOut(user: string): Promise<void> {
  await sent(pool.send(new AdminDisableUserCommand(accountOf(user))))
  await sent(pool.send(new AdminUserGlobalSignOutCommand(accountOf(user))))
}

export async function letIn(user: string): Promise<void> {
  await sent(pool.send(new AdminEnableUserCommand(accountOf(user))))
}

/**
 * Removes the second factor, and the password with it: otherwise a person who knows the old password could register a new
 * factor first. The next sign-in sets both again.
 */
export async function resetFactor(user: string, password: string): Promise<void> {
  await sent(
    pool.send(new AdminSetUserPasswordCommand({ ...accountOf(user), Password: password, Permanent: false })),
  )
  await pool.send(new AdminDeleteSoftwareTokenCommand(accountOf(user))).catch((error: unknown) => {
    // A person who never signed in has no second factor.
    if (!isNamed(error, 'InvalidParameterException')) throw known(error)
  })
  await sent(pool.send(new AdminUserGlobalSignOutCommand(accountOf(user))))
}

/** Removes the account; nothing where it is gone. */
export async function removeAccount(user: string): Promise<void> {
  await pool.send(new AdminDeleteUserCommand(accountOf(user))).catch((error: unknown) => {
    if (!isNamed(error, 'UserNotFoundException')) throw known(error)
  })
}

function sent<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw known(error)
  })
}

/** The errors of the pool that a caller can do something about, as refusals. */
function known(error: unknown): unknown {
  if (isNamed(error, 'UsernameExistsException')) return refusal('sign-in-taken', {}, error)
  if (isNamed(error, 'TooManyRequestsException') || isNamed(error, 'TimeoutError'))
    return refusal('busy', {}, error)
  return error
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}
