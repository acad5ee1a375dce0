import type { MadeUpPerson } from './people.ts'

/** Names as they are known: one alone, a double surname, a patronymic, a second name. */
export function knownNames(n: number, { family, given, language, sex }: MadeUpPerson) {
  switch (n % 17) {
    case 4:
      return { family }
    case 7:
      return { given }
    case 10:
      return { family: `${family}-${language === 'ro' ? 'Probaru' : 'Примерова'}`, given }
    case 13:
      return { family, given, second: sex === 'female' ? 'Maria' : 'Ion' }
    default:
      return language === 'ro'
        ? { family, given }
        : { family, given, second: sex === 'female' ? 'Ивановна' : 'Иванович' }
  }
}

/** Citizenships: most people have one, some two or three. */
export function knownCitizenships(n: number): readonly string[] {
  if (n % 11 === 3) return ['MD', 'RO']
  return n % 13 === 5 ? ['MD', 'UA', 'RU'] : ['MD']
}

/** The language that the person speaks best: also a sign language, Romani and Gagauz. */
export function knownLanguage(
  n: number,
  { language }: MadeUpPerson,
): { language: string; languageNote?: string } {
  if (n % 19 === 6) return { language: 'vsi', languageNote: 'limba semnelor, nu citește' }
  if (n % 23 === 9) return { language: 'rom', languageNote: 'ursari' }
  return { language: n % 31 === 12 ? 'gag' : language }
}
