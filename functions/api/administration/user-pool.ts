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

/** Somebody of the pool: where a name is no alias, Cognito takes the id in its place. */
const one = (user: string) => ({ UserPoolId: setting(variable.userPool), Username: user })

/** What an administrator tells somebody at the desk or by phone; it holds for three days and one sign-in. */
export function newPassword(): string {
  // Without what looks alike when it is read out or written down.
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=#']
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? ''
  const more = Array.from({ length: 14 }, () => pick(kinds.slice(0, 3).join('')))
  return [...kinds.map(pick), ...more]
    .map((letter) => ({ letter, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ letter }) => letter)
    .join('')
}

/** Makes an account in no group; its id. Nobody is written to. Throws sign-in-taken. */
export async function createAccount(signIn: string, password: string): Promise<string> {
  const { User: made } = await asked(
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

/** Puts somebody into the groups of a party and a role, and out of those of other roles; again as often as need be. */
export async function giveRights(user: string, party: PartyId, role: PersonRole): Promise<void> {
  const others = roles.filter((other) => other !== role)
  // Taken before it is given: in two roles somebody has none.
  for (const other of others)
    await asked(pool.send(new AdminRemoveUserFromGroupCommand({ ...one(user), GroupName: `role:${other}` })))
  for (const GroupName of [party, `role:${role}`])
    await asked(pool.send(new AdminAddUserToGroupCommand({ ...one(user), GroupName })))
}

/** Ends sign-in, and what renews tokens; those that were given are refused by the functions (`admission.ts`). */
export async function shutOut(user: string): Promise<void> {
  await asked(pool.send(new AdminDisableUserCommand(one(user))))
  await asked(pool.send(new AdminUserGlobalSignOutCommand(one(user))))
}

export async function letIn(user: string): Promise<void> {
  await asked(pool.send(new AdminEnableUserCommand(one(user))))
}

/**
 * Takes the second factor away, and the password with it: else whoever knows the old one would be the first to register a
 * new factor. The next sign-in sets both anew.
 */
export async function resetFactor(user: string, password: string): Promise<void> {
  await asked(
    pool.send(new AdminSetUserPasswordCommand({ ...one(user), Password: password, Permanent: false })),
  )
  await pool.send(new AdminDeleteSoftwareTokenCommand(one(user))).catch((error: unknown) => {
    // Who never signed in has none.
    if (!isNamed(error, 'InvalidParameterException')) throw known(error)
  })
  await asked(pool.send(new AdminUserGlobalSignOutCommand(one(user))))
}

/** Removes the account; nothing where it is gone. */
export async function removeAccount(user: string): Promise<void> {
  await pool.send(new AdminDeleteUserCommand(one(user))).catch((error: unknown) => {
    if (!isNamed(error, 'UserNotFoundException')) throw known(error)
  })
}

function asked<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw known(error)
  })
}

/** What of the pool's errors a caller can do something about. */
function known(error: unknown): unknown {
  if (isNamed(error, 'UsernameExistsException')) return refusal('sign-in-taken', {}, error)
  if (isNamed(error, 'TooManyRequestsException') || isNamed(error, 'TimeoutError'))
    return refusal('busy', {}, error)
  return error
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}
