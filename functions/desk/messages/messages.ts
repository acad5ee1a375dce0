import type { PeopleAction } from '../../../schemas/api/people.ts'
import { type CommandName, commandNames, commandShape } from '../../../schemas/commands/commands.ts'
import type { Language } from './languages.ts'

/** The texts of another language: the same keys, and as many plural forms as the language has. */
type SameAs<T> = T extends string
  ? string
  : T extends { '#other': string }
    ? { '#other': string }
    : { [K in keyof T]: SameAs<T[K]> }

const romanian = () => import('./ro.json', { with: { type: 'json' } })
type Tree = Awaited<ReturnType<typeof romanian>>['default']
/** Each language is a file of its own beside the bundle. A start reads none, and a page only its own. */
const trees: { readonly [L in Language]: () => Promise<{ default: SameAs<Tree> }> } = {
  ro: romanian,
  en: () => import('./en.json', { with: { type: 'json' } }),
  ru: () => import('./ru.json', { with: { type: 'json' } }),
}

/** The path of every text: `work.title`. */
type TextPath<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K
    : T[K] extends { '#other': string }
      ? never
      : `${K}.${TextPath<T[K]>}`
}[keyof T & string]
/** The path of every text that counts something. */
type CountPath<T> = {
  [K in keyof T & string]: T[K] extends string
    ? never
    : T[K] extends { '#other': string }
      ? K
      : `${K}.${CountPath<T[K]>}`
}[keyof T & string]

export type TextKey = TextPath<Omit<Tree, 'fields' | 'hints' | 'values' | 'codes' | 'cures'>>
export type CountKey = CountPath<Omit<Tree, 'fields' | 'hints' | 'values' | 'codes' | 'cures'>>
/** A list of codes that have texts: `phase`, `command`, … */
export type CodeList = keyof Tree['codes']

/** The slots by class that a command writes. */
type Slots = Readonly<Partial<Record<string, string>>>

/** The subject of a form: a command on a return, or an administrator's action on the people of a party. */
export type FormSubject = CommandName | PeopleAction

/** The values that replace `{name}` in a text. */
export type Fill = Readonly<Record<string, string | number>>

type Node = string | { readonly [key: string]: Node }

/** The texts of one language, and how it writes days, times and numbers. */
export interface Messages {
  language: Language
  (key: TextKey, fill?: Fill): string
  /** A text that counts something, in the language's own plural: `{n}` is the number. */
  count(key: CountKey, n: number, fill?: Fill): string
  /** A code in words. A code without words is shown as it is. */
  code(list: CodeList, value: string): string
  /** The name of a field by its path: the most exact name that there is (`case.arrival.point`, then `point`). */
  field(path: readonly string[]): string
  /** The hint of a field, if it has one. */
  hint(path: readonly string[]): string | undefined
  /** What to do where a field does not fit the others, if there is more to say than that. */
  cure(path: readonly string[], fill: Fill): string | undefined
  /** A value of a field in words, or the tag of an option. */
  value(path: readonly string[], value: string): string
  /** The name of a section by its class and slot: several classes have a `report`. */
  slot(cls: string, slot: string): string
  /**
   * The same messages for the form of a subject. In a command's body a section stands under its class alone, and the
   * meaning of `case.from` depends on the slot. `slots`: by class, for a command whose slots the table does not name.
   */
  about(subject: FormSubject, slots?: Slots): Messages
  /** `2026-11-21` as a day. */
  day(day: string): string
  /** The same with its weekday and without its year, for the heads of narrow columns. */
  shortDay(day: string): string
  /** A day of the coming or past half year without its year, `21 November`; any other day with it. */
  dayNear(day: string): string
  /** The day of a server's instant in Chișinău, `2026-11-21`. */
  dayOf(at: string): string
  /** A server's instant as a time in Chișinău. */
  instant(at: string): string
  /** A server's instant as the time of the day in Chișinău. */
  clock(at: string): string
  /** A time on a clock somewhere, `2026-11-21T18:55`. */
  local(time: string): string
  number(n: number): string
  /** An amount in hundredths with its two decimals: `12,50`. */
  money(hundredths: number): string
  /** A country (ISO 3166-1) by its name. */
  country(code: string): string
  /** A language by its name. */
  languageName(code: string): string
}

const chisinau = 'Europe/Chisinau'
const halfYearMs = 182 * 86_400_000
/** The Swedish way to write a day is the one of ISO 8601. */
const isoDays = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone: chisinau })
const made = new Map<Language, Messages>()

/** The messages of a language. They are read once. */
export async function messagesIn(language: Language): Promise<Messages> {
  const known = made.get(language) ?? messagesOf(language, (await trees[language]()).default)
  made.set(language, known)
  return known
}

function messagesOf(language: Language, tree: Node): Messages {
  const at = (path: readonly string[]): Node | undefined =>
    path.reduce<Node | undefined>(
      (node, step) => (typeof node === 'object' && Object.hasOwn(node, step) ? node[step] : undefined),
      tree,
    )
  const textAt = (path: readonly string[]): string | undefined => {
    const found = at(path)
    return typeof found === 'string' ? found : undefined
  }
  /** The text that the dictionary `part` has for the longest end of a path. */
  const nearest = (part: string, path: readonly string[], value: readonly string[] = []) => {
    const names = path.filter((step) => !/^\d+$/.test(step))
    const ends = names.map((_, from) => names.slice(from).join('.'))
    return ends.map((end) => textAt([part, end, ...value])).find((found) => found !== undefined)
  }
  // The British way to write days and times: 14:05, not 2:05 PM.
  const locale = language === 'en' ? 'en-GB' : language
  const plural = new Intl.PluralRules(locale)
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const shortDays = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const nearDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const instants = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: chisinau,
  })
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: chisinau })
  const locals = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const numbers = new Intl.NumberFormat(locale)
  const amounts = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })

  const text = (key: TextKey, fill: Fill = {}) => filled(textAt(key.split('.')) ?? key, fill)
  return Object.assign(text, {
    language,
    count(key: CountKey, n: number, fill: Fill = {}) {
      const forms = at(key.split('.'))
      const form = typeof forms === 'object' ? (forms[`#${plural.select(n)}`] ?? forms['#other']) : undefined
      return filled(typeof form === 'string' ? form : key, { n: numbers.format(n), ...fill })
    },
    code: (list: CodeList, value: string) => textAt(['codes', list, value]) ?? value,
    field: (path: readonly string[]) => nearest('fields', path) ?? path.at(-1) ?? '',
    hint: (path: readonly string[]) => nearest('hints', path),
    cure(path: readonly string[], fill: Fill) {
      const found = nearest('cures', path)
      return found && filled(found, fill)
    },
    value: (path: readonly string[], value: string) => nearest('values', path, [value]) ?? value,
    slot: (cls: string, slot: string) =>
      textAt(['codes', 'slot', `${cls}.${slot}`]) ?? textAt(['codes', 'slot', slot]) ?? slot,
    about(this: Messages, subject: FormSubject, slots?: Slots) {
      return messagesAbout(this, subject, slots)
    },
    day: (day: string) => days.format(new Date(`${day}T00:00Z`)),
    shortDay: (day: string) => shortDays.format(new Date(`${day}T00:00Z`)),
    dayNear(this: Messages, day: string) {
      const isNear = Math.abs(Date.parse(day) - Date.now()) < halfYearMs
      return isNear ? nearDays.format(new Date(`${day}T00:00Z`)) : this.day(day)
    },
    dayOf: (instant: string) => isoDays.format(new Date(instant)),
    instant: (instant: string) => instants.format(new Date(instant)),
    clock: (instant: string) => clocks.format(new Date(instant)),
    local: (time: string) => locals.format(new Date(`${time}Z`)),
    number: (n: number) => numbers.format(n),
    money: (hundredths: number) => amounts.format(hundredths / 100),
    country: (code: string) => countries.of(code) ?? code,
    languageName: (code: string) => textAt(['codes', 'language', code]) ?? tongues.of(code) ?? code,
  })
}

/** Messages whose paths are those of a command's body. */
function messagesAbout(messages: Messages, subject: FormSubject, otherSlots?: Slots): Messages {
  const command = commandNames.find((name) => name === subject)
  const shape = command && commandShape(command)
  const slots: Slots = { ...shape?.seals, ...shape?.maySeal, ...otherSlots }
  /** The path with the slot after the class. A path outside of sections begins with the subject. */
  const whole = (path: readonly string[]): string[] => {
    const cls = path.findIndex((step) => slots[step] !== undefined)
    const slot = slots[path[cls] ?? '']
    return slot === undefined ? [subject, ...path] : [...path.slice(0, cls + 1), slot, ...path.slice(cls + 1)]
  }
  const own = (key: Parameters<Messages>[0], fill?: Fill) => messages(key, fill)
  return Object.assign(own, messages, {
    field(path: readonly string[]) {
      const cls = path.at(-1) ?? ''
      const slot = slots[cls]
      const isSection = slot !== undefined && !path.slice(0, -1).some((step) => slots[step] !== undefined)
      return isSection ? messages.slot(cls, slot) : messages.field(whole(path))
    },
    hint: (path: readonly string[]) => messages.hint(whole(path)),
    cure: (path: readonly string[], fill: Fill) => messages.cure(whole(path), fill),
    value: (path: readonly string[], value: string) => messages.value(whole(path), value),
  })
}

function filled(text: string, fill: Fill): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole))
}
