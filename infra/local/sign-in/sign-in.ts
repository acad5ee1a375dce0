import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'

/**
 * One authorization code flow: its issuer and app client, and the secret that binds the code to the token (RFC 7636).
 */
export interface Flow {
  issuer: string
  clientId: string
  verifier: string
}

export function newVerifier(): string {
  return randomBytes(32).toString('base64url')
}

export function authorizationUrl({ issuer, clientId, verifier }: Flow): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: `${issuer}/callback`,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return `${issuer}/authorize?${query}`
}

const tokenResponse = z.object({ access_token: z.string() })

/** Exchanges the code for an access token. Throws with the issuer's error. */
export async function exchangeCode({ issuer, clientId, verifier }: Flow, code: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: `${issuer}/callback`,
      code,
      code_verifier: verifier,
    }),
  })
  return tokenFrom(response)
}

/** A machine's access token, by its own credentials. */
export async function machineToken(issuer: string, clientId: string, secret: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return tokenFrom(response)
}

async function tokenFrom(response: Response): Promise<string> {
  const body = await response.text()
  if (!response.ok) throw new Error(`The issuer gave no token: ${response.status} ${body}`)
  return tokenResponse.parse(JSON.parse(body)).access_token
}

/** A user's access token: signs the user in over HTTP, as a browser would. */
export async function userToken(issuer: string, clientId: string, userName: string): Promise<string> {
  const flow = { issuer, clientId, verifier: newVerifier() }
  return exchangeCode(flow, await codeFor(flow, userName))
}

interface Step {
  url: string
  form?: URLSearchParams
}

/** Makes one request with the cookies so far, and keeps the cookies of the response. */
async function visit({ url, form }: Step, cookies: Map<string, string>): Promise<Response> {
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form && { body: form }),
  })
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';')
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  return response
}

/** Follows the issuer's redirects, chooses the user on its page, and returns the code. */
export async function codeFor(flow: Flow, userName: string): Promise<string> {
  const cookies = new Map<string, string>()
  let step: Step = { url: authorizationUrl(flow) }
  // Authorize, page, choice, resume, callback: eight hops mean a loop.
  for (let hop = 0; hop < 8; hop++) {
    const response = await visit(step, cookies)
    const location = response.headers.get('location')
    if (location) {
      const next = new URL(location, step.url)
      const code = next.searchParams.get('code')
      if (code && next.href.startsWith(`${flow.issuer}/callback`)) return code
      step = { url: next.href }
    } else if (response.ok && !step.form) {
      step = { url: step.url, form: new URLSearchParams({ user: userName }) }
    } else {
      throw new Error(`The sign-in page responded with ${response.status} for ${userName}.`)
    }
  }
  throw new Error(`The sign-in of ${userName} did not end.`)
}
