import type { Caller } from './caller.ts'

interface Begun {
  /** The seeded user who writes it. */
  by: string
  label?: { initials?: string; ageBand?: string }
  /** What was typed of the one person, by the names that the desk gives its fields. */
  typed: Readonly<Record<string, readonly string[]>>
}

/** Filings that are being written, half-filled and wrong as such are. */
export const begun: readonly Begun[] = [
  {
    by: 'istanbul',
    label: { initials: 'A. P.', ageBand: '18-24' },
    typed: {
      'case.category': ['victim'],
      'case.urgency': ['none'],
      'case.country': ['TR'],
      'case.place': ['Bursa'],
      'identity.name._as': ['family'],
      'identity.name.family': ['Probaru'],
      'identity.name.given': ['Ana'],
      'identity.idnp': ['20000000001'],
    },
  },
  { by: 'istanbul-duty', typed: { 'case.urgency': ['danger-today'], 'case.place': ['Izmit'] } },
  {
    by: 'rome',
    label: { initials: 'M.' },
    typed: {
      'case.category': ['person-in-difficulty'],
      'case.place': ['Latina'],
      'identity.name._as': ['family'],
      'identity.name.family': ['Mostrescu'],
      'identity.birth._as': ['on'],
      'identity.birth.on._day': ['31'],
      'identity.birth.on._month': ['2'],
      'identity.birth.on._year': ['1984'],
    },
  },
  {
    by: 'moscow',
    label: { initials: 'О. В.', ageBand: '25-34' },
    typed: {
      'case.category': ['potential-victim'],
      'identity.name._as': ['family'],
      'identity.name.family': ['Выдумкина'],
      'identity.name.given': ['Ольга'],
    },
  },
]

/** A draft as the desk keeps it. */
export function draftOf({ label, typed }: Begun) {
  const content = Object.fromEntries(
    Object.entries(typed).map(([field, values]) => [`persons.0.${field}`, values]),
  )
  return { content, ...(label ? { label } : {}) }
}

/** Begins them all. */
export async function beginAll(signedIn: (user: string) => Promise<Caller>): Promise<void> {
  await Promise.all(begun.map(async (one) => (await signedIn(one.by)).begin(draftOf(one))))
}
