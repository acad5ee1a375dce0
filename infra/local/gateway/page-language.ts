import type { IncomingMessage } from 'node:http'

/** The languages of the desk, of which the pages of this machine are too. The first is the default. */
export const pageLanguages = ['ro', 'en', 'ru'] as const
export type PageLanguage = (typeof pageLanguages)[number]

/** The language of a page: the one in its address (`?language=ru`), else the one that the browser likes best. */
export function pageLanguageOf({ url, headers }: Pick<IncomingMessage, 'url' | 'headers'>): PageLanguage {
  const chosen = new URL(url ?? '/', 'http://127.0.0.1').searchParams.get('language')
  const accepted = (headers['accept-language'] ?? '').split(',').map((tag) => tag.trim().split(/[-;]/)[0])
  return (
    [chosen, ...accepted].flatMap((tag) => pageLanguages.find((language) => language === tag) ?? [])[0] ??
    'ro'
  )
}
