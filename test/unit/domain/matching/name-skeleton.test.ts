import { describe, expect, test } from 'vitest'
import { skeletonOf } from '../../../../functions/domain/matching/name-skeleton.ts'

/** Made-up people, each as four clerks could write them: a birth certificate, a machine, Kyiv, Moscow or Sofia. */
const same: readonly (readonly string[])[] = [
  ['Țurcanu', 'Ţurcanu', 'TURCANU', 'Цуркану', 'Tsurcanu'],
  ['Șoltan', 'Şoltan', 'SOLTAN', 'Шолтан', 'Sholtan'],
  ['Câmpeanu', 'CAMPEANU', 'Кымпяну', 'Кымпеану'],
  ['Cebotari', 'CEBOTARI', 'Чеботарь', 'Чеботарі', 'Chebotar'],
  ['Ciobanu', 'CIOBANU', 'Чобану', 'Chobanu'],
  ['Vărzaru', 'VARZARU', 'Варзару', 'Вэрзару'],
  ['Gheorghiță', 'GHEORGHITA', 'Георгицэ', 'Георгица'],
  ['Jitari', 'JITARI', 'Житарь', 'Zhitar'],
  ['Bătrânac', 'BATRANAC', 'Бэтрынак', 'Батранак'],
  ['Munteanu', 'MUNTEANU', 'Мунтяну', 'Мунтеану'],
  ['Rîbac', 'RIBAC', 'Рыбак', 'Rybak', 'Ribak'],
  ['Popușoi', 'POPUSOI', 'Попушой', 'Popushoy'],
  ['Lupașcu', 'LUPASCU', 'Лупашку', 'Lupashku'],
  ['Ursachi', 'URSACHI', 'Урсаки', 'Ursaki'],
  ['Grigoriță', 'GRIGORITA', 'Григорица', 'Григорицэ', 'Hryhoritsa'],
  ['Ștefăniță', 'STEFANITA', 'Штефаницэ', 'Stefanitsa'],
  ['Zaharia', 'ZAHARIA', 'Захария', 'Захарія', 'Zakhariya'],
  ['Ojog', 'OJOG', 'Ожог', 'Ozhog', 'Ожоґ'],
  ['Hâncu', 'HANCU', 'Хынку', 'Гынку'],
  ['Iațco', 'IATCO', 'Яцко', 'Yatsko'],
  ['Șcerbina', 'SCERBINA', 'Щербина', 'Шчербина'],
  ['Kovalciuc', 'COVALCIUC', 'Ковальчук', 'Kovalchuk'],
  ['Melnic', 'MELNIC', 'Мельник', 'Melnyk', 'Мелник'],
  ['Gluhov', 'GLUHOV', 'Глухов', 'Hlukhov'],
  ['Lungu-Rotaru', 'ROTARU LUNGU', 'Лунгу-Ротару', 'Rotaru-Lungu'],
  ['Alexandru', 'ALEXANDRU', 'Александру', 'Aleksandru'],
  ['Xenia', 'XENIA', 'Ксения', 'Ксенія', 'Kseniya'],
  ['Natalia', 'NATALIA', 'Наталья', 'Наталія', 'Nataliya', 'Natalya'],
  ['Tatiana', 'TATIANA', 'Татьяна', 'Тат’яна', 'Tatyana'],
  ['Evghenii', 'EVGHENII', 'Евгений', 'Євгеній', 'Yevhenii', 'Evgeniy'],
  ['Ecaterina', 'ECATERINA', 'Екатерина', 'Yekaterina', 'Ekaterina'],
  ['Iurii', 'IURII', 'Юрий', 'Юрій', 'Yuriy', 'Yuri'],
  ['Serghei', 'SERGHEI', 'Сергей', 'Sergey'],
  ['Mihail', 'MIHAIL', 'Михаил', 'Михаїл', 'Mikhail'],
  ['Jana', 'JANA', 'Жана', 'Zhanna', 'Жанна'],
  ['Eduard', 'EDUARD', 'Эдуард', 'Едуард'],
  ['Ștefan', 'Stefan', 'Штефан'],
  ['Gina', 'GINA', 'Джина', 'Ӂина', 'Dzhina'],
  ['Ana-Maria', 'MARIA ANA', 'Анна-Мария', 'Анна-Марія'],
  ['Liubovi', 'LIUBOVI', 'Любовь', 'Любов', 'Liubov'],
]

/** Near, and somebody else: another family, another sex, a national form that is a choice and no spelling. */
const different: readonly (readonly [string, string])[] = [
  ['Țurcanu', 'Țurcan'],
  ['Munteanu', 'Muntean'],
  ['Rusu', 'Руссова'],
  ['Rotaru', 'Rotari'],
  ['Ion', 'Ioana'],
  ['Ион', 'Иоана'],
  ['Mihai', 'Mihail'],
  ['Ștefan', 'Ștefania'],
  ['Alexandru', 'Alexandra'],
  ['Александр', 'Александра'],
  ['Gheorghe', 'Георгий'],
  ['Ion', 'Иван'],
  ['Popov', 'Popova'],
  ['Ceban', 'Cebanu'],
  ['Lungu', 'Lunca'],
  ['Melnic', 'Melniciuc'],
]

test('the table has forty names, each in both scripts', () => {
  expect(same).toHaveLength(40)
  for (const spellings of same)
    for (const script of [/^[\p{Script=Latin}\s-]+$/u, /^[\p{Script=Cyrillic}\s’-]+$/u])
      expect([spellings[0], spellings.some((spelling) => script.test(spelling))]).toEqual([
        spellings[0],
        true,
      ])
})

test.each(same)('%s is one name in every spelling', (...spellings) => {
  const [first = ''] = spellings
  expect(spellings.map((spelling) => [spelling, skeletonOf(spelling)])).toEqual(
    spellings.map((spelling) => [spelling, skeletonOf(first)]),
  )
})

test('no two names of the table have one skeleton', () => {
  const skeletons = same.map(([first = '']) => skeletonOf(first))
  expect(new Set(skeletons).size).toBe(skeletons.length)
})

test.each(different)('%s is not %s', (first, second) => {
  expect(skeletonOf(first)).not.toBe(skeletonOf(second))
})

describe('letters that Unicode does not take apart', () => {
  test.each([
    ['Đorđe', 'Dorde'],
    ['Łukasz', 'Lukasz'],
    ['Søren', 'Soren'],
    ['Søren', 'Soeren'],
    ['Jürgen', 'Juergen'],
    ['Ħal', 'Hal'],
    ['Işıl', 'ISIL'],
    ['İlknur', 'Ilknur'],
    ['Ŧordu', 'Tordu'],
    ['Guðrun', 'Gudrun'],
    ['Þor', 'Thor'],
    ['Æbel', 'Aebel'],
    ['Œuvre', 'Oeuvre'],
    ['Groß', 'Gross'],
    ['Əliyev', 'Eliyev'],
    ['Ŀull', 'Lull'],
    ['Ƶeno', 'Zeno'],
    ['Ġorġ', 'Gorg'],
    ['Ŋoma', 'Noma'],
  ])('%s is %s', (first, second) => {
    expect(skeletonOf(first)).toBe(skeletonOf(second))
  })

  test('every small Latin letter of documents is folded: what is left has letters a to z alone', () => {
    const blocks = [
      [0xc0, 0x24f],
      [0x1e00, 0x1ef9],
    ] as const
    const lacking = blocks
      .flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
      )
      .filter((letter) => /\p{L}/u.test(letter) && /\p{Script=Latin}/u.test(letter))
      .filter((letter) => !/^[a-z]+$/.test(skeletonOf(`M${letter}n`)))
    // Letters of phonetic and old writing, which no passport has.
    expect(lacking.join('')).toBe('ƄƅƍƛƜƢƣƦƧƨƪƸƹƺƻƼƽƾǀǁǂǃȜȝȸȹɁɂẟ')
  })
})

describe('a skeleton', () => {
  test('a skeleton has lower-case Latin letters and single spaces, and is never empty for a name', () => {
    for (const name of same.flat()) expect(skeletonOf(name)).toMatch(/^[a-z]+( [a-z]+)*$/)
  })

  test('a skeleton depends neither on case, nor on signs, nor on how marks are encoded', () => {
    for (const name of same.flat()) {
      const skeleton = skeletonOf(name)
      for (const way of [name.toUpperCase(), name.normalize('NFD'), ` ${name} `, name.replace('-', ' - ')])
        expect([way, skeletonOf(way)]).toEqual([way, skeleton])
    }
  })
})
