import * as z from 'zod/mini'
import { type PartyId, partyId, partyKindNames, partyKinds, partyOf } from '../../schemas/values/parties.ts'
import { log } from '../log.ts'

/** What is read of Cognito's event, which is Cognito's to extend; the rest is handed back as it came. */
const tokenEvent = z.looseObject({
  triggerSource: z.string(),
  request: z.looseObject({
    groupConfiguration: z.nullish(z.looseObject({ groupsToOverride: z.nullish(z.array(z.string())) })),
    scopes: z.nullish(z.array(z.string())),
  }),
})

/** Who asks for a token: a user of these groups, or a machine whose client was granted these scopes. */
export interface TokenRequest {
  machine: boolean
  groups: readonly string[]
  scopes: readonly string[]
}

/** What the trigger changes in an access token, in Cognito's words. */
export interface AccessToken {
  claimsToAddOrOverride: { party?: PartyId; role?: string }
  scopesToAdd: string[]
  scopesToSuppress: string[]
}

/** Lets a token change its own user: password, attributes, devices. Here administrators do that. */
const selfService = 'aws.cognito.signin.user.admin'
const ours = 'acasa/'
const rolePrefix = 'role:'

/**
 * What an access token says of its bearer: a user's party and role, from groups; a machine's party, from the one
 * scope that its client was granted. In no party or in two: no claim, and no scope that opens the API.
 */
export function accessTokenFor({ machine, groups, scopes }: TokenRequest): AccessToken {
  const bearer = machine ? systemOf(scopes) : userOf(groups)
  const granted = bearer.party ? [`${ours}${bearer.party.split(':')[0]}`] : []
  return {
    claimsToAddOrOverride: bearer,
    scopesToAdd: granted,
    scopesToSuppress: [
      selfService,
      ...scopes.filter((scope) => scope.startsWith(ours) && !granted.includes(scope)),
    ],
  }
}

function userOf(groups: readonly string[]): AccessToken['claimsToAddOrOverride'] {
  // Every other group is a party's, of a kind known here or not: it counts as one of two.
  const [party, ...more] = groups.filter((group) => !group.startsWith(rolePrefix))
  const known = partyId.safeParse(party)
  if (!known.success || more.length > 0) return {}
  const [role, ...others] = groups.filter((group) => group.startsWith(rolePrefix))
  if (role === undefined || others.length > 0) return { party: known.data }
  return { party: known.data, role: role.slice(rolePrefix.length) }
}

function systemOf(scopes: readonly string[]): AccessToken['claimsToAddOrOverride'] {
  const [kind, ...more] = scopes.filter((scope) => scope.startsWith(ours)).map((s) => s.slice(ours.length))
  const single = partyKindNames.find((name) => name === kind && !partyKinds[name].many)
  return single && more.length === 0 ? { party: partyOf(single), role: 'system' } : {}
}

/**
 * Cognito's trigger before it makes a token (pre token generation, event version 3).
 * Throws at an event that it cannot read: then no token is made.
 */
export const handler = async (event: unknown) => {
  const known = tokenEvent.parse(event)
  const { groupConfiguration, scopes } = known.request
  const groups = groupConfiguration?.groupsToOverride ?? []
  const token = accessTokenFor({
    machine: known.triggerSource === 'TokenGeneration_ClientCredentials',
    groups,
    scopes: scopes ?? [],
  })
  if (!token.claimsToAddOrOverride.party) log('token-without-party', { groups: groups.length })
  return {
    ...known,
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: token } },
  }
}
