/** The languages of the desk. The first is the default. */
export const languages = ['ro', 'en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Each language by its own name. */
export const ownNames: Record<Language, string> = { ro: 'Română', en: 'English', ru: 'Русский' }

/** Whether a text is the code of one of them. */
export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text)
}
