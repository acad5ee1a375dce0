import { reference } from '../../../schemas/api/answers.ts'
import { type Search, search } from '../../../schemas/api/search.ts'

/** What somebody may have typed into the one box: the reference of a return, or something of a person, sealed. */
export type FindTerm = { reference: string } | Search

/** Characters that a paste brings along and nobody sees. */
const unseen = /[\p{Cf}\u00AD]/gu

/**
 * What a text in the find box can mean, the likeliest first. A reference is read as people type it: in small letters,
 * without its beginning or its hyphens, with O for 0 and I or L for 1. Thirteen digits are an IDNP; a text with a digit is
 * the number of a paper; letters alone are the beginning of a family name. Nothing where the text is too short for any.
 */
export function findTermsOf(typed: string): FindTerm[] {
  const text = typed.normalize('NFC').replace(unseen, '').trim()
  const asReference = referenceFrom(text)
  const digits = text.replace(/[\s.\-–]/g, '')
  const others: unknown[] = /^\d{13}$/.test(digits)
    ? [{ idnp: digits }]
    : /\d/.test(text)
      ? [{ document: numberIn(text) }]
      : [{ family: text.replace(/\s+/g, ' ').replace(/^ret\W*$/i, '') }]
  return [
    ...(asReference ? [{ reference: asReference }] : []),
    // A text that begins as a reference does is nothing else.
    ...(asReference && /^ret/i.test(text) ? [] : others.flatMap((term) => parsed(term))),
  ]
}

function parsed(term: unknown): Search[] {
  const { data } = search.safeParse(term)
  return data ? [data] : []
}

/** `ret 7k3m 9qf2` as `RET-7K3M-9QF2`, if the text has the form of a reference. */
export function referenceFrom(text: string): string | undefined {
  const letters = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  const own = (letters.startsWith('RET') && letters.length === 11 ? letters.slice(3) : letters)
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const written = `RET-${own.slice(0, 4)}-${own.slice(4)}`
  return reference.safeParse(written).success ? written : undefined
}

/** The number of a paper without what people write before and inside of it: `№ B 1234 567`. */
const numberIn = (text: string) => text.replace(/^(?:№|nr\.?|no\.?)\s*/i, '').replace(/\s+/g, '')
