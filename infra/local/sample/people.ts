/** A made-up person. The family name means `made up` in its own language; nobody has such a name. */
export interface MadeUpPerson {
  family: string
  given: string
  sex: 'female' | 'male'
  language: 'ro' | 'ru' | 'uk'
  idnp?: string
}

interface Names {
  language: MadeUpPerson['language']
  family: readonly string[]
  given: readonly string[]
}

const women: readonly Names[] = [
  {
    language: 'ro',
    family: ['Exemplescu', 'Plăsmuianu', 'Închipuitu', 'Probaru', 'Mostrescu', 'Născocitu', 'Ficțeanu'],
    given: [
      'Maria',
      'Elena',
      'Ana',
      'Cristina',
      'Ștefania',
      'Doina',
      'Natalia',
      'Ludmila',
      'Țvetana',
      'Ioana',
      'Rodica',
    ],
  },
  {
    language: 'ru',
    family: ['Примерова', 'Выдумкина', 'Образцова', 'Небылицына', 'Пробникова'],
    given: ['Ольга', 'Татьяна', 'Светлана', 'Ирина', 'Наталья', 'Вера', 'Людмила'],
  },
  { language: 'uk', family: ['Вигаданко', 'Зразкова'], given: ['Оксана', 'Ганна', 'Соломія'] },
]

const men: readonly Names[] = [
  {
    language: 'ro',
    family: ['Exemplescu', 'Plăsmuianu', 'Probaru', 'Mostrescu', 'Ficțeanu'],
    given: ['Ion', 'Vasile', 'Mihai', 'Andrei', 'Ștefan', 'Gheorghe', 'Tudor'],
  },
  {
    language: 'ru',
    family: ['Примеров', 'Выдумкин', 'Образцов'],
    given: ['Сергей', 'Николай', 'Виктор', 'Павел'],
  },
]

/** Numbers with valid check digits, from a series that no register has given to anybody. */
export const idnps = [
  '2000000000118',
  '2000000000129',
  '2000000000130',
  '2000000000141',
  '2000000000152',
  '2000000000163',
  '2000000000174',
  '2000000000185',
  '2000000000196',
  '2000000000200',
  '2000000000211',
  '2000000000222',
  '2000000000233',
  '2000000000244',
  '2000000000255',
  '2000000000266',
  '2000000000277',
  '2000000000288',
  '2000000000299',
  '2000000000303',
  '2000000000314',
  '2000000000325',
  '2000000000336',
  '2000000000347',
  '2000000000358',
] as const

const pick = <T>(list: readonly T[], at: number, otherwise: T): T => list[at % list.length] ?? otherwise

/** The n-th made-up woman or man. Every third name is in Cyrillic script; two of three persons know their number. */
export function madeUpPerson(n: number, sex: MadeUpPerson['sex']): MadeUpPerson {
  const all = sex === 'female' ? women : men
  const own = n % 3 === 2
  const names = own ? pick(all.slice(1), Math.floor(n / 3), all[1]) : all[0]
  if (!names) throw new Error('The sample has no names.')
  const known = n % 3 === 0 ? undefined : idnps[n % idnps.length]
  return {
    family: pick(names.family, n, ''),
    // Shifts with each round of family names, so that the pairs of names differ.
    given: pick(names.given, n + Math.floor(n / names.family.length), ''),
    sex,
    language: names.language,
    ...(known ? { idnp: known } : {}),
  }
}
