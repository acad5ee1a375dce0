import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import en from '../../../functions/desk/messages/en.json' with { type: 'json' }
import { type Language, languages } from '../../../functions/desk/messages/languages.ts'
import ro from '../../../functions/desk/messages/ro.json' with { type: 'json' }
import ru from '../../../functions/desk/messages/ru.json' with { type: 'json' }
import { callText } from '../../../schemas/deployment/call-text.ts'
import { bare } from '../../parts/words.ts'

const trees = { ro, en, ru }

/** Every text with its key: `work.title`. */
function textsOf(node: unknown, path: readonly string[] = []): [key: string, text: string][] {
  if (typeof node === 'string') return [[path.join('.'), node]]
  return Object.entries(Object(node)).flatMap(([key, value]) => textsOf(value, [...path, key]))
}

/**
 * Words that no page says any more, each with what is said now. A party is an organisation, a post is a mission, and one
 * word stands for one thing: see `docs/glossary.md`.
 */
const retired: Readonly<
  Record<Language, readonly (readonly [word: RegExp, now: string, example: string])[]>
> = {
  en: [
    [/\bwhose (?:it|\w+ step) is\b/i, 'Responsible:', 'Whose it is: the Centre.'],
    [/\bpart(?:y|ies)\b/i, 'organisation', 'Questions to your party'],
    [/\bposts?\b/i, 'mission', 'The post that takes it over'],
    [/\b(?:check|answer) this$/i, 'what is wrong, and the cure', 'Phone: check this'],
    [/\bgrounds?\b/i, 'legal basis', 'Who is told, and on which ground'],
    [/\breckon/i, 'calculated, expected', 'Reckoned until'],
    [/\bvouch/i, 'confirm', 'Conditions vouched for'],
    [/\banswers? for\b/i, 'is responsible for', 'Answers for it'],
    [/\b(?:is|are|be|been|was|were) (?:not |no longer )?told\b/i, 'receives the data', 'Who may be told?'],
    [/\b(?:told|tells?) (?:it|by|what)\b/i, 'reported, recorded', 'Who told it?'],
    [/\bkept by(?: you)?$/i, 'taken by', 'Kept by you'],
    [/\b(?:on|from) the way\b/i, 'during the journey', 'News from the way'],
    [/\bstands?\b(?![ -]in)/i, 'is', 'It stands above every contact.'],
    [/\bsealed|\bmasked/i, 'encrypted, hidden', 'The data is masked.'],
    [/\banew\b/i, 'again', 'Booked anew'],
    [/\bheld (?:at|by) (?:a border|an? authorit|authorit)/i, 'detained', 'Held at a border'],
    [/\bthe person(?: \w+)* (?:her|his|she|he)\b|\bshe or he\b/i, 'the person, they', 'what she or he wants'],
  ],
  ro: [
    [/\bofici(?:u|ul|ului|i|ile|ilor)\b|\bbirou/i, 'misiune, instituție', 'Oficiul dumneavoastră'],
    [/\bsegment|\btronson/i, 'etapă', 'Primul tronson este 1.'],
    [/\bsocot/i, 'a calcula', 'Socotite la {at}.'],
    [/\breturnăr/i, 'întoarcere', 'Returnările'],
    [/\bfoai|\bfoii/i, 'fișă', 'Foaie de drum'],
    [/\blucrul (?:meu|împreună)/i, 'De făcut, Colaborare', 'Lucrul meu'],
    [/\bverificați(?: acest)?$/i, 'ce este greșit și cum se corectează', '{field}: verificați'],
    [/\bvești\b/i, 'informații', 'Vești de pe drum'],
    [/\bsigilat|\bmascat|\bacoperit/i, 'criptat, ascuns', 'Datele sunt acoperite.'],
    [/\bchema[tțr]|\bcheamă/i, 'apel', 'Sunteți chemați'],
    [/\bofițer/i, 'angajat de serviciu', 'ofițerul de serviciu'],
    [
      /loc\p{L}* (?:ținut|păstrat)|păstr\p{L}+ (?:un loc|locul)|(?<!\p{L})ține(?:ți)? (?:un loc|locuri)/iu,
      'a rezerva',
      'Păstrează un loc',
    ],
    [/(?<!\p{L})îndrept/iu, 'a corecta', 'De îndreptat'],
    [
      /^(?:ținută|exploatată|indusă|obligată|bolnavă|reținută|lăsată|întrebată|îndrumată)(?!\p{L})/iu,
      'un substantiv',
      'Ținută prin datorie',
    ],
    [/(?<!\p{L})(?:întrebată|ajutată|ocrotită) sau/iu, 'o formulare fără gen', 'întrebată sau întrebat'],
  ],
  ru: [
    [/(?<!ложная )тревог/i, 'сигнал', 'Открытые тревоги'],
    [/учреждени(?!я гос)/i, 'миссия, организация', 'Ваше учреждение'],
    [/удерж/i, 'забронировать; задержать', 'Удержать место'],
    [/отрезок|отрезк|участок|участк/i, 'этап', 'Отрезок пути'],
    [/проводы|(?<!\p{L})вест(?:и|ей) с/iu, 'отъезд, сообщения', 'Вести с дороги'],
    [/неприметн/i, 'нейтральный', 'неприметный'],
    [/(?<!\p{L})задани/iu, 'поручение', 'Задания'],
    [/без метки|скрытая форма/i, 'без имени', 'без метки'],
    [/: проверьте$/i, 'что неверно и как исправить', '{field}: проверьте'],
    [/\([аи]\)/, 'слово без рода', 'Я записал(а)'],
    [/(?:люди|людей) (?:вашей|организации)/i, 'сотрудники', 'имена людей вашей организации'],
  ],
}

/** The signs of a quotation, and those of other languages and of a typewriter. */
const quotes: Readonly<Record<Language, readonly [open: string, close: string, foreign: RegExp]>> = {
  en: ['“', '”', /['"«»„]/],
  ro: ['„', '”', /["“«»]/],
  ru: ['«', '»', /["“”„]/],
}

describe.each(languages)('in %s', (language) => {
  const texts = textsOf(trees[language])

  test('no retired word stands in a text', () => {
    const unseen = retired[language].filter(([word, , example]) => !word.test(example))
    expect(unseen).toEqual([])
    const found = texts.flatMap(([key, text]) =>
      retired[language].flatMap(([word, now]) =>
        word.test(bare(text)) ? [`${key}: ${text} (now: ${now})`] : [],
      ),
    )
    expect(found).toEqual([])
  })

  const keysWhere = (wrong: (text: string) => boolean) =>
    texts.flatMap(([key, text]) => (wrong(text) ? [`${key}: ${text}`] : []))

  test('quotations have the signs of the language, in pairs', () => {
    const [open, close, foreign] = quotes[language]
    const numberOf = (text: string, sign: string) => text.split(sign).length - 1
    expect(keysWhere((text) => foreign.test(text))).toEqual([])
    expect(keysWhere((text) => numberOf(text, open) !== numberOf(text, close))).toEqual([])
    expect(keysWhere((text) => text.includes(open)).length).toBeGreaterThan(5)
  })

  test('no word mixes the alphabets', () => {
    const mixed = /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u
    expect(mixed.test('Cтамбул')).toBe(true)
    expect(keysWhere((text) => mixed.test(text))).toEqual([])
  })

  test('no text has a code, an id or a reference in it', () => {
    const code = /RET-|(?=[0-9a-f]*[a-f])[0-9a-f]{8}|[a-z]\.[a-z]|[a-z]_[a-z]|`|\bundefined\b|\bnull\b/
    for (const text of ['RET-7SG1-9NPC', 'person 8cad2577', 'case.ageBand', '`choices`'])
      expect([text, code.test(text)]).toEqual([text, true])
    expect(keysWhere((text) => code.test(text))).toEqual([])
  })

  test('a command, and every button, is a verb in one form', () => {
    const commands = Object.entries(trees[language].codes.command)
    const all = [...commands, ...texts.filter(([key]) => buttons.includes(key))]
    expect(all.length).toBeGreaterThan(commands.length + 20)
    expect(all.filter(([, text]) => !verbs[language].test(text))).toEqual([])
  })
})

/** How a verb begins what a button says: polite imperative in Romanian, infinitive in Russian. */
const verbs: Readonly<Record<Language, RegExp>> = {
  en: /^(?!(?:The|A|An|It|Is|You|Your|I|No|Not|Somebody|Nobody|There)\b)(?!\p{L}+(?:ed|ing)\b)\p{Lu}\p{Ll}+/u,
  ro: /^(?:Nu )?\p{L}*?(?:[Aa]ți|eți|iți|âți)(?!\p{L})/u,
  ru: /^(?:Не )?\p{L}+(?:ть|ти|чь|ться|тись)(?!\p{L})/u,
}

const desk = join(import.meta.dirname, '../../../functions/desk')
/** The keys of what stands in a button, or in a link that looks like one, anywhere on the desk. */
const buttons = readdirSync(desk, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) => {
    const source = readFileSync(join(desk, file), 'utf8')
    const button = /<(?:Button\b|(?:a|button)\b[^<]*govuk-button\b)[^<]*?>\s*\{messages\(\s*'([\w.-]+)'/g
    return [...source.matchAll(button)].map(([, key = '']) => key)
  })

/** Lists of the same codes, which forms and pages name apart: the words are the same, whatever the capital. */
const twins: readonly (readonly [
  string,
  (tree: typeof en) => readonly Readonly<Record<string, string>>[],
])[] = [
  ['tasks', ({ values, codes }) => [values.task, codes.task]],
  ['classes', ({ values, codes }) => [values.classes, codes.class]],
  ['roles', ({ values, codes }) => [values.role, codes.role]],
  ['ends of an alert', ({ values, codes }) => [values['alert-end.reason'], codes.alertEnd]],
  ['ways in', ({ values, codes }) => [values.wayIn, codes.wayIn]],
  ['choices', ({ values }) => [values.choice, values.reception]],
  ['who told and who helps', ({ values }) => [values.referrer, values.referredTo]],
  ['border crossings', ({ values }) => [values.arrivesAt, values.point]],
  ['sides', ({ values }) => [values.sides, values.handover]],
  ['what happened', ({ codes }) => [codes.alert, codes.event]],
]

test.each(twins)('one thing has one name: %s', (_, listsIn) => {
  for (const language of languages) {
    const [first = {}, ...others] = listsIn(trees[language])
    for (const other of others)
      for (const [code, text] of Object.entries(other))
        if (first[code] !== undefined)
          expect([code, text.toLowerCase()]).toEqual([code, first[code]?.toLowerCase()])
  }
})

test('a call to a telephone names the page to open as that page is called', () => {
  for (const language of languages) expect(callText).toContain(trees[language].places.work)
})
