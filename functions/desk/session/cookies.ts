import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Visit } from '../context.ts'
import { isLanguage, type Language, preferred } from '../messages/languages.ts'
import { isSecret, type Secret } from './secret.ts'

/** `__Host-`: of this host alone, over TLS alone, for every path (RFC 6265bis 4.1.3.2). */
const names = { session: '__Host-acasa', entry: '__Host-acasa-entry' } as const
const language = 'acasa-language'
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
const yearSeconds = 365 * 86_400

/** The secret that a visit brings of a kind, if it can be one. */
export function secretIn(visit: Visit, kind: keyof typeof names): Secret | undefined {
  const value = getCookie(visit, names[kind])
  return isSecret(value) ? value : undefined
}

/** Gives the browser a secret, until it is closed. */
export function giveSecret(visit: Visit, kind: keyof typeof names, secret: Secret): void {
  setCookie(visit, names[kind], secret, attributes)
}

export function takeSecret(visit: Visit, kind: keyof typeof names): void {
  deleteCookie(visit, names[kind], attributes)
}

/** The language of a visit: the one chosen before, else the browser's. */
export function languageOf(visit: Visit): Language {
  const chosen = getCookie(visit, language)
  return isLanguage(chosen) ? chosen : preferred(visit.req.header('accept-language'))
}

export function keepLanguage(visit: Visit, chosen: Language): void {
  setCookie(visit, language, chosen, { ...attributes, path: '/desk', maxAge: yearSeconds })
}
