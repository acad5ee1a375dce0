/** The languages of the desk; the first is that of who says nothing. */
export const languages = ['ro', 'en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Each by its own name. */
export const ownNames: Record<Language, string> = { ro: 'Română', en: 'English', ru: 'Русский' }

/** Whether a text names one of them. */
export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text)
}

/** The first of a browser's languages that the desk has (`Accept-Language`, RFC 9110 12.5.4; weights are in order). */
export function preferred(accepted: string | undefined): Language {
  const wanted = (accepted ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? languages[0]
}
