import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { DeskContext } from '../context.ts'
import { isLanguage, type Language, preferred } from '../messages/languages.ts'
import { isSecret, type Secret } from './secret.ts'

/** `__Host-`: of this host alone, over TLS alone, for every path (RFC 6265bis 4.1.3.2). */
const names = { session: '__Host-acasa', entry: '__Host-acasa-entry' } as const
const language = 'acasa-language'
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
const yearSeconds = 365 * 86_400

/** The secret that a visit brings of a kind, if it can be one. */
export function secretIn(context: DeskContext, kind: keyof typeof names): Secret | undefined {
  const value = getCookie(context, names[kind])
  return isSecret(value) ? value : undefined
}

/** Gives the browser a secret, until it is closed. */
export function giveSecret(context: DeskContext, kind: keyof typeof names, secret: Secret): void {
  setCookie(context, names[kind], secret, attributes)
}

export function takeSecret(context: DeskContext, kind: keyof typeof names): void {
  deleteCookie(context, names[kind], attributes)
}

/** The language of a visit: the one chosen before, else the browser's. */
export function languageOf(context: DeskContext): Language {
  const chosen = getCookie(context, language)
  return isLanguage(chosen) ? chosen : preferred(context.req.header('accept-language'))
}

export function keepLanguage(context: DeskContext, chosen: Language): void {
  setCookie(context, language, chosen, { ...attributes, path: '/desk', maxAge: yearSeconds })
}
