import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { errors, interactionPolicy } from 'oidc-provider'
import type { Accounts } from '../emulators/user-pool.ts'
import { messagePage } from '../gateway/page.ts'
import { pageLanguageOf } from '../gateway/page-language.ts'
import type { AppClient, IssuerSecrets } from './issuer-clients.ts'
import { issuerMemory } from './issuer-memory.ts'
import { authorizationUrl, exchangeCode, newVerifier } from './sign-in.ts'
import { signInPage, tokenPage } from './sign-in-pages.ts'
import type { AccessClaims } from './token-claims.ts'

export interface IssuerOptions {
  /** The issuer's identifier, and where it is mounted: `http://127.0.0.1:4400/sign-in`. */
  issuer: string
  clients: readonly AppClient[]
  scopes: readonly string[]
  accounts: Accounts
  secrets: IssuerSecrets
  accessClaims: AccessClaims
}

export interface Issuer {
  /** Handles every path below the issuer's own. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** Makes the provider's access tokens JWTs. Cognito itself uses no resource indicators here. */
const resource = 'urn:acasa:api'

/** Seconds. */
const workingDay = 10 * 3600

/**
 * Emulates the user pool's sign-in: OpenID Connect with PKCE, and a page that lists the users and asks for no
 * password.
 */
export function openIssuer(options: IssuerOptions): Issuer {
  const { issuer, accounts } = options
  const mount = new URL(issuer).pathname
  const provider = new Provider(issuer, configuration(options, mount))
  provider.on('server_error', (_context, error) => process.stderr.write(`sign-in: ${String(error)}\n`))
  const callback = provider.callback()
  const browserClient = options.clients.find(({ flow }) => flow === 'code')

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const path = url.pathname.slice(mount.length)
    if (path.startsWith('/interaction/')) return chooseUser(request, response)
    if (path === '' || path === '/') return startSignIn(response)
    if (path === '/callback') return finishSignIn(request, response, url)
    if (path === '/logout') return signOut(response, url)
    // The provider finds its mount path by comparing `originalUrl` with `url`.
    const mounted = Object.assign(request, { originalUrl: request.url })
    mounted.url = request.url?.slice(mount.length) || '/'
    await callback(mounted, response)
  }

  async function chooseUser(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
    if (!interaction)
      return page(response, 400, messagePage('No sign-in', 'This sign-in has ended. Start again.'))
    if (request.method !== 'POST')
      return page(
        response,
        200,
        signInPage(
          accounts.all().filter(({ enabled }) => enabled),
          pageLanguageOf(request),
        ),
      )
    const name = new URLSearchParams(await formOf(request)).get('user')
    const user = accounts.find(name ?? '')
    if (!user?.enabled) return page(response, 400, messagePage('No sign-in', 'There is no such user.'))
    // The click stands for a password of the user's own and a second factor.
    if (user.status !== 'CONFIRMED' || !user.hasSecondFactor)
      accounts.change(user.sub, { status: 'CONFIRMED', hasSecondFactor: true })
    await provider.interactionFinished(request, response, { login: { accountId: user.sub } })
  }

  /** Starts a sign-in by hand. It is the flow of every client, and ends on a page that shows the token. */
  async function startSignIn(response: ServerResponse): Promise<void> {
    if (!browserClient)
      return page(response, 404, messagePage('No sign-in', 'The user pool has no client for people.'))
    const verifier = newVerifier()
    response.setHeader('set-cookie', [
      `verifier=${verifier}; HttpOnly; SameSite=Lax; Path=${mount}/callback`,
      // A person who is signed in already may choose another user.
      '_session=; Max-Age=0; Path=/',
    ])
    const start = { issuer, clientId: browserClient.clientId, verifier }
    response.writeHead(303, { location: authorizationUrl(start) }).end()
  }
  async function finishSignIn(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const verifier = /(?:^|; *)verifier=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    const code = url.searchParams.get('code')
    if (!browserClient || !verifier || !code) {
      return page(
        response,
        400,
        messagePage('No sign-in', 'This is the last address of a sign-in. Start again.'),
      )
    }
    const token = await exchangeCode({ issuer, clientId: browserClient.clientId, verifier }, code)
    page(response, 200, tokenPage(token, new URL('/', issuer).origin))
  }

  /** Ends the issuer's own session and goes back to a page of the client, as Cognito does. */
  function signOut(response: ServerResponse, url: URL): void {
    const client = options.clients.find(({ clientId }) => clientId === url.searchParams.get('client_id'))
    const back = client?.logoutUris.find((uri) => uri === url.searchParams.get('logout_uri'))
    if (back)
      response.writeHead(303, { location: back, 'set-cookie': ['_session=; Max-Age=0; Path=/'] }).end()
    else page(response, 400, messagePage('No sign-out', 'The client has no such page.'))
  }

  return { handle }
}

function configuration(options: IssuerOptions, mount: string) {
  const { issuer, clients, scopes, accounts, secrets, accessClaims } = options
  const policy = interactionPolicy.base()
  // Administrators give rights by groups: users need not consent.
  policy.remove('consent')
  const { Check } = interactionPolicy
  // A session whose account was disabled meanwhile must sign in again.
  policy
    .get('login')
    ?.checks.add(
      new Check('account_gone', 'The account of this session is no longer active', (context) =>
        context.oidc.session?.accountId && !context.oidc.account
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    )
  /** The user who may have a token. A disabled user may not, nor may a grant from before a sign-out renew one. */
  const userOf = (sub: string | undefined, grant?: { iat?: number }) => {
    const user = accounts.find(sub ?? '')
    const isSignedOut =
      grant?.iat !== undefined && user !== undefined && grant.iat <= Math.floor(user.signedOutAt / 1000)
    return user?.enabled && !isSignedOut ? user : undefined
  }
  const lifetime = (clientId: string | undefined) =>
    clients.find((client) => client.clientId === clientId)?.accessTokenSeconds ?? 600

  return {
    clients: clients.map((client) => clientMetadata(client, issuer, secrets)),
    jwks: { keys: [secrets.jwk] },
    cookies: { keys: [secrets.cookieKey] },
    adapter: issuerMemory(),
    ttl: {
      AccessToken: (_context, _token, client) => lifetime(client.clientId),
      ClientCredentials: (_context, _token, client) => lifetime(client.clientId),
      IdToken: 600,
      RefreshToken: workingDay,
      Interaction: 3600,
      Session: workingDay,
      Grant: workingDay,
    },
    routes: { jwks: '/.well-known/jwks.json', authorization: '/authorize' },
    scopes: ['openid', 'offline_access', ...scopes],
    pkce: { required: () => true },
    claims: { openid: ['sub'] },
    // As Cognito: with every code, and the same refresh token until it expires.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    interactions: { policy, url: (_context, { uid }) => `${mount}/interaction/${uid}` },
    renderError(context, { error, error_description }) {
      context.type = 'html'
      context.body = messagePage('No sign-in', `${error}: ${error_description ?? ''}`)
    },
    findAccount: (_context, sub, token) => userOf(sub, token) && { accountId: sub, claims: () => ({ sub }) },
    async loadExistingGrant(context) {
      const { client, session, params, provider } = context.oidc
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
      grant.addOIDCScope(String(params?.scope ?? ''))
      grant.addResourceScope(resource, String(params?.scope ?? ''))
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: ['openid', ...scopes].join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        async jwt(context, token, parts) {
          const entities = context.oidc.entities
          const grant = entities.AuthorizationCode ?? entities.RefreshToken
          const { iss, exp, iat, jti } = parts.payload
          const scope = token.scope ?? context.oidc.client?.scope ?? ''
          const payload = await accessClaims({
            clientId: String(token.clientId),
            scopes: scope.split(' ').filter(Boolean),
            user: userOf(grant?.accountId),
            authTime: grant?.authTime ?? Number(iat),
          }).catch((error: unknown) => {
            throw new errors.InvalidRequest(String(error))
          })
          // The provider requires an audience, but Cognito's access tokens have none: it is not enumerable, so not
          // written.
          Object.defineProperty(payload, 'aud', { value: resource, writable: true, enumerable: false })
          parts.payload = Object.assign(payload, { iss, exp, iat, jti })
          parts.header = { typ: undefined }
        },
      },
    },
  } satisfies ConstructorParameters<typeof Provider>[1]
}

function clientMetadata(client: AppClient, issuer: string, secrets: IssuerSecrets) {
  const byCode = client.flow === 'code'
  return {
    client_id: client.clientId,
    client_name: client.name,
    scope: client.scopes.join(' '),
    grant_types: byCode ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
    response_types: byCode ? (['code'] as const).slice() : [],
    redirect_uris: byCode ? [...client.redirectUris, `${issuer}/callback`] : [],
    ...(client.hasSecret
      ? { client_secret: secrets.clientSecrets[client.clientId] }
      : { token_endpoint_auth_method: 'none' as const }),
  }
}

async function formOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function page(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(html)
}
