import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeJwt, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose'
import * as z from 'zod/mini'

const kept = z.object({ jwk: z.record(z.string(), z.string()) })

/** A token with the issuer's own signature and other claims than it gives; `undefined` takes a claim away. */
export async function tokenLike(
  dataDir: string,
  token: string,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { jwk } = kept.parse(JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8')))
  return signed(token, claims, await importJWK(jwk, 'RS256'), jwk.kid)
}

/** The same token, signed by somebody who is not the issuer under the name of the issuer's key. */
export async function forgedToken(dataDir: string, token: string): Promise<string> {
  const { jwk } = kept.parse(JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8')))
  return signed(token, {}, (await generateKeyPair('RS256')).privateKey, jwk.kid)
}

/** The same claims, signed by nobody (RFC 7515 §4.1.1, `none`). */
export function unsignedToken(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}

function signed(
  token: string,
  claims: Readonly<Record<string, unknown>>,
  key: Parameters<SignJWT['sign']>[0],
  kid: string | undefined,
): Promise<string> {
  const payload: JWTPayload = Object.fromEntries(
    Object.entries({ ...decodeJwt(token), ...claims }).filter(([, value]) => value !== undefined),
  )
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...(kid ? { kid } : {}) }).sign(key)
}
