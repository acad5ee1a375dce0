import { accepts } from 'hono/accepts'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { DeskContext } from '../context.ts'
import { isLanguage, type Language, languages } from '../messages/languages.ts'
import { isSecret, type Secret } from './secret.ts'

/** `__Host-`: only for this host, only over TLS, for every path (RFC 6265bis 4.1.3.2). */
const names = { session: '__Host-acasa', entry: '__Host-acasa-entry' } as const
const language = 'acasa-language'
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
const yearSeconds = 365 * 86_400

/** The secret of a kind in the request's cookies, if it can be one. */
export function secretIn(context: DeskContext, kind: keyof typeof names): Secret | undefined {
  const value = getCookie(context, names[kind])
  return isSecret(value) ? value : undefined
}

/** Gives the browser a secret, which it keeps until it is closed. */
export function giveSecret(context: DeskContext, kind: keyof typeof names, secret: Secret): void {
  setCookie(context, names[kind], secret, attributes)
}

/** Takes a secret from the browser. */
export function takeSecret(context: DeskContext, kind: keyof typeof names): void {
  deleteCookie(context, names[kind], attributes)
}

/** The language of a request: the one that the user chose, else the browser's. */
export function languageOf(context: DeskContext): Language {
  const chosen = getCookie(context, language)
  return isLanguage(chosen) ? chosen : acceptedLanguage(context)
}

/** The language of the desk that the browser likes best (`Accept-Language`, RFC 9110 12.5.4). */
function acceptedLanguage(context: DeskContext): Language {
  const [byDefault] = languages
  const accepted = accepts(context, {
    header: 'Accept-Language',
    supports: [...languages],
    default: byDefault,
    match: (wanted) =>
      wanted
        .filter(({ q }) => q > 0)
        .map(({ type }) => primaryTag(type))
        .find(isLanguage) ?? byDefault,
  })
  return isLanguage(accepted) ? accepted : byDefault
}

/** `ro` of `ro-MD`. */
const primaryTag = (tag: string) => tag.split('-')[0]?.toLowerCase()

/** Stores the language that the user chose. */
export function keepLanguage(context: DeskContext, chosen: Language): void {
  setCookie(context, language, chosen, { ...attributes, path: '/desk', maxAge: yearSeconds })
}
