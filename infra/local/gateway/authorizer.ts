import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import * as z from 'zod/mini'
import type { TemplateResource } from '../template/template.ts'

/** The decision of a JWT authorizer of API Gateway about a token for a route's scopes. */
export type TokenDecision =
  | { kind: 'allowed'; claims: Record<string, string>; scopes: string[] }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }

export type Authorize = (header: string | undefined, scopes: readonly string[]) => Promise<TokenDecision>

const authorizerShape = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
})
const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() })

/**
 * A JWT authorizer as the template declares it. API Gateway checks the signature (RSA only), `iss`, `exp`, `nbf`,
 * `iat`, the audience in `aud` or, without `aud`, in `client_id`, and that the token has one of the route's scopes.
 */
export function jwtAuthorizer(resource: TemplateResource): Authorize {
  const { Issuer: issuer, Audience: audience } = authorizerShape.parse(resource.properties).JwtConfiguration
  const keys = once(async () => {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    const found = discovery.parse(await response.json())
    return createRemoteJWKSet(new URL(found.jwks_uri))
  })

  return async (header, scopes) => {
    const token = header?.replace(/^Bearer /i, '')
    if (!token) return { kind: 'unauthorized' }
    const claims = await verified(token)
    if (!claims || !isForAudience(claims, audience)) return { kind: 'unauthorized' }
    const scopesOfToken = String(claims.scope ?? claims.scp ?? '').split(' ')
    const granted = scopes.filter((scope) => scopesOfToken.includes(scope))
    if (scopes.length > 0 && granted.length === 0) return { kind: 'forbidden' }
    return { kind: 'allowed', claims: asStrings(claims), scopes: granted }
  }

  async function verified(token: string): Promise<JWTPayload | undefined> {
    const keySet = await keys()
    try {
      const options = { issuer, algorithms: ['RS256', 'RS384', 'RS512'], requiredClaims: ['exp'] }
      const { payload } = await jwtVerify(token, keySet, options)
      const fromFuture = payload.iat !== undefined && payload.iat > Date.now() / 1000 + 1
      return fromFuture ? undefined : payload
    } catch {
      return undefined
    }
  }
}

function isForAudience(claims: JWTPayload, audience: readonly string[]): boolean {
  const named = claims.aud ?? claims.client_id
  const names = Array.isArray(named) ? named : [named]
  return names.some((name) => typeof name === 'string' && audience.includes(name))
}

/** API Gateway passes claims on as strings. A list becomes `[a b]`. */
function asStrings(claims: JWTPayload): Record<string, string> {
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]))
}

/** Remembers the first success. After a failure, the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= make().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}
