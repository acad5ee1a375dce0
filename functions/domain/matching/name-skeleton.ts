/**
 * One skeleton for a name as it is written in Romanian, in Moldovan, Russian, Ukrainian or Bulgarian Cyrillic, and in
 * the Latin letters of travel documents. In doubt two names get the same skeleton, so a person has to decide.
 */

/** Cyrillic letters, as the groups below write their sounds. */
const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'h',
  д: 'd',
  е: 'e',
  є: 'ie',
  ё: 'io',
  ж: 'j',
  ӂ: 'h',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 't',
  ч: 'k',
  ш: 's',
  щ: 'sk',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'a',
  ю: 'iu',
  я: 'ia',
  // Of the other languages of the region.
  ў: 'u',
  ә: 'a',
  ө: 'o',
  ү: 'u',
  ұ: 'u',
  ғ: 'h',
  қ: 'k',
  ң: 'n',
  һ: 'h',
  ҳ: 'h',
  ҷ: 'k',
  ӣ: 'i',
  ӯ: 'u',
  ј: 'i',
  ђ: 'd',
  ћ: 'k',
  љ: 'l',
  њ: 'n',
  џ: 'h',
  ѕ: 's',
}

/**
 * Latin letters that Unicode does not take apart: those with a stroke, a hook or a bar, the one without its dot, and
 * ligatures; by the letters that travel documents write for them (ICAO 9303).
 */
const latin: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'ẚⱥɐɑ',
    b: 'ƀƃɓᵬᶀꞗ',
    c: 'ƈȼɕꞓꞔ',
    d: 'đƌȡɖɗðᵭᶁᶑꟈ',
    e: 'ɇǝəɛɘɚⱸᶒ',
    f: 'ƒᵮᶂꞙ',
    g: 'ǥɠɡɣᶃꞡ',
    h: 'ħɦⱨꞕ',
    i: 'ıɨɩɪᶖ',
    j: 'ȷɉʝɟ',
    k: 'ĸƙᶄⱪꝁꝃꝅꞣ',
    l: 'łƚȴɫɬɭᶅⱡꝉꞎ',
    m: 'ɱᵯᶆ',
    n: 'ŋŉƞȵɲɳᵰᶇꞑꞥ',
    o: 'øɵɔⱺꝋꝍ',
    p: 'ƥᵱᵽᶈꝑꝓꝕ',
    q: 'ɋʠꝗꝙ',
    r: 'ɍɼɽɾᵲᵳᶉꞧ',
    s: 'ſȿʂʃᵴᶊꞩꟊẜẝ',
    t: 'ŧƫƭȶʈᵵⱦ',
    u: 'ʉʊɥᶙꞹ',
    v: 'ʋʌᶌⱱⱴꝟ',
    w: 'ⱳƿ',
    x: 'ᶍ',
    y: 'ƴɏʏỿ',
    z: 'ƶȥɀʐʑʒʓᵶᶎⱬ',
    ae: 'æ',
    oe: 'œɶ',
    ss: 'ß',
    th: 'þ',
    ou: 'ȣ',
    hv: 'ƕ',
  }).flatMap(([plain, letters]) => [...letters].map((letter) => [letter, plain])),
)

/** Spellings of one sound, in the order in which they are looked for. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/^э/, 'е'],
  [/дж|dzh|dj/g, 'h'],
  [/t?sch|sh/g, 's'],
  [/ts|tz/g, 't'],
  [/zh/g, 'j'],
  [/kh|gh/g, 'h'],
  [/tch|ch|ck/g, 'k'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  // Documents write ö and ø as oe, ü as ue, å as aa.
  [/(?<=[^aeiou])([ou])e(?=[^aeiou])/g, '$1'],
  [/x/g, 'ks'],
  [/[cq]/g, 'k'],
  [/g/g, 'h'],
  [/w/g, 'v'],
  [/y/g, 'i'],
]

/** A word with one spelling for each sound, in Latin letters. */
function inLatin(word: string): string {
  return sounds
    .reduce((letters, [spelling, sound]) => letters.replace(spelling, sound), word)
    .replace(/\p{Script=Cyrillic}/gu, (letter) => cyrillic[letter] ?? letter)
}

const soundsOfWord = (word: string) => inLatin(word).replace(/(.)\1+/g, '$1')

/** The skeleton of one word: its first letter, its consonants, e, o and u, and its last vowel unless it is an i. */
function skeletonOfWord(word: string): string {
  const sounded = inLatin(word)
    .replace(/(?<=.)ea/g, 'ia')
    .replace(/^[ij]e(?=[^aeiou])/, 'e')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.)[ij]+$/, '')
  // The vowels between are written in too many ways: ă and â as a, ы as y, я as ia, ea or ya.
  return sounded.slice(0, 1) + sounded.slice(1, -1).replace(/[ai]/g, '') + sounded.slice(1).slice(-1)
}

/**
 * The skeleton of a given name or a family name: those of its words in alphabetical order, because the parts of double
 * names change places. Equal skeletons are a reason to look, and no proof; the family name alone is no reason.
 */
export function skeletonOf(name: string): string {
  return wordsOf(name).sort().join(' ')
}

/** The skeletons of the words of a name, in their order: a double surname has two. */
export function wordsOf(name: string): string[] {
  return plainWords(name)
    .map(skeletonOfWord)
    .filter((word) => word !== '')
}

/** The words of a name by their sounds, with all vowels: the beginning of a text is the beginning of its sounds. */
export function soundsOf(name: string): string[] {
  return plainWords(name)
    .map(soundsOfWord)
    .filter((word) => word !== '')
}

function plainWords(name: string): string[] {
  return name
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s\p{Pd}()/,.]+/u)
    .map(plain)
    .filter((word) => word !== '')
}

/**
 * Letters alone; those of Latin without their marks, strokes and dots (ș, ş, ă, đ, ł, ı, ŀ). Cyrillic keeps its own marks: й
 * is not и.
 */
function plain(word: string): string {
  return word
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) =>
      [...letter.normalize('NFKD').replace(/\p{M}/gu, '')].map((part) => latin.get(part) ?? part).join(''),
    )
    .replace(/[^\p{L}]|\p{Lm}/gu, '')
}
