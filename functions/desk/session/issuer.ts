import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import * as z from 'zod/mini'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { authorRoles, partyId } from '../../../schemas/values/parties.ts'
import { userId } from '../../../schemas/values/texts.ts'
import type { Entry, StoredSession } from './store.ts'

const issuer = () => new URL(setting(variable.issuer))
const client = (): oauth.Client => ({ client_id: setting(variable.deskClient) })
/** The address to which the issuer sends users back. */
const callback = () => `${setting(variable.deskOrigin)}/desk/callback`
/** The issuer of a trial is on this machine and has no TLS. Any other issuer has to have it. */
const options = () =>
  issuer().protocol === 'http:' && issuer().hostname === '127.0.0.1'
    ? { [oauth.allowInsecureRequests]: true }
    : {}

let discovered: Promise<oauth.AuthorizationServer> | undefined

/** The issuer's addresses, by OpenID Connect Discovery. They are read once, and again after a failure. */
function discover(): Promise<oauth.AuthorizationServer> {
  discovered ??= oauth
    .discoveryRequest(issuer(), { algorithm: 'oidc', ...options() })
    .then((response) => oauth.processDiscoveryResponse(issuer(), response))
    .catch((error: unknown) => {
      discovered = undefined
      throw error
    })
  return discovered
}

/** A new entry: the secrets of PKCE (RFC 7636), state and nonce, which the way back is checked with. */
export function newEntry(rest: Pick<Entry, 'to' | 'savedPost'>): Entry {
  return {
    kind: 'entry',
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    ...rest,
  }
}

/** The address to which a browser is sent to sign in. */
export async function authorizationAddress(entry: Entry): Promise<string> {
  const { authorization_endpoint: endpoint } = await discover()
  const address = new URL(endpoint ?? '')
  const query = {
    client_id: setting(variable.deskClient),
    response_type: 'code',
    redirect_uri: callback(),
    scope: 'openid',
    state: entry.state,
    nonce: entry.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(entry.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  return address.href
}

const claims = z.object({ sub: userId, party: partyId, role: z.enum(authorRoles) })

/** The session of a token, or nothing if the token names no party: a user without a group works at no desk. */
function signedWith(tokens: oauth.TokenEndpointResponse, before?: StoredSession): StoredSession | undefined {
  // The token comes from the issuer itself over TLS (OpenID Connect Core 3.1.3.7), and the API checks it at every call.
  const claimed = claims.safeParse(decodeJwt(tokens.access_token))
  if (!claimed.success) return undefined
  const { sub, party, role } = claimed.data
  const refresh = tokens.refresh_token ?? before?.refresh
  return {
    kind: 'session',
    user: sub,
    party,
    role,
    access: tokens.access_token,
    accessUntil: Date.now() + (tokens.expires_in ?? 60) * 1000,
    ...(refresh ? { refresh } : {}),
  }
}

/** Whether the issuer, or the address that the browser brought, refuses the sign-in. Anything else is a fault. */
const isRefusal = (error: unknown) =>
  error instanceof oauth.AuthorizationResponseError ||
  error instanceof oauth.ResponseBodyError ||
  error instanceof oauth.OperationProcessingError

/**
 * Ends a sign-in: exchanges the code of the callback's address for tokens. Gives nothing if the issuer refuses (cancelled,
 * disabled, of no party) or if the address does not answer this entry.
 */
export async function signedFrom(entry: Entry, address: URL): Promise<StoredSession | undefined> {
  const server = await discover()
  try {
    const answer = oauth.validateAuthResponse(server, client(), address, entry.state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client(),
      oauth.None(),
      answer,
      callback(),
      entry.verifier,
      options(),
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client(), response, {
      expectedNonce: entry.nonce,
      requireIdToken: true,
    })
    return signedWith(tokens)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** New tokens for a session, or nothing if the issuer gives none: the user was disabled or has signed out elsewhere. */
export async function refreshed(signed: StoredSession): Promise<StoredSession | undefined> {
  if (!signed.refresh) return undefined
  const server = await discover()
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client(),
    oauth.None(),
    signed.refresh,
    options(),
  )
  try {
    return signedWith(await oauth.processRefreshTokenResponse(server, client(), response), signed)
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return undefined
    throw error
  }
}

/** Tells the issuer that a session's refresh token is not used any more (RFC 7009). */
export async function revoke({ refresh }: StoredSession): Promise<void> {
  const server = await discover()
  if (!refresh || !server.revocation_endpoint) return
  const response = await oauth.revocationRequest(server, client(), oauth.None(), refresh, options())
  await oauth.processRevocationResponse(response)
}

/** The address at which the issuer ends its own session. It sends the browser on to the desk's last page. */
export function signOutAddress(): string {
  const address = new URL(setting(variable.signOut))
  address.searchParams.set('client_id', setting(variable.deskClient))
  address.searchParams.set('logout_uri', `${setting(variable.deskOrigin)}/desk/signed-out`)
  return address.href
}

/** The origins of sign-in and sign-out, to which a form may lead besides the desk's own. */
export async function issuerOrigins(): Promise<string[]> {
  const { authorization_endpoint: endpoint } = await discover()
  return [
    ...new Set(
      [endpoint ?? setting(variable.issuer), setting(variable.signOut)].map(
        (address) => new URL(address).origin,
      ),
    ),
  ]
}
