import type { ApiClient } from './api-client.ts'

interface UnfinishedDraft {
  /** The seeded user who writes the draft. */
  user: string
  label?: {
    initials?: string
    ageBand?: string
    country?: string
    persons: number
    done: number
    topics: number
  }
  /** The form data of its only person, by the names of the desk's fields. */
  fields: Readonly<Record<string, readonly string[]>>
}

/** Drafts of requests, incomplete and with wrong values, as drafts are. */
export const unfinishedDrafts: readonly UnfinishedDraft[] = [
  {
    user: 'istanbul',
    label: { initials: 'A. P.', ageBand: '18-24', country: 'TR', persons: 1, done: 0, topics: 8 },
    fields: {
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
  {
    user: 'istanbul-duty',
    label: { persons: 1, done: 0, topics: 8 },
    fields: { 'case.urgency': ['danger-today'], 'case.place': ['Izmit'] },
  },
  {
    user: 'rome',
    label: { initials: 'M.', persons: 1, done: 0, topics: 8 },
    fields: {
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
    user: 'moscow',
    label: { initials: 'О. В.', ageBand: '25-34', persons: 1, done: 0, topics: 8 },
    fields: {
      'case.category': ['potential-victim'],
      'identity.name._as': ['family'],
      'identity.name.family': ['Выдумкина'],
      'identity.name.given': ['Ольга'],
    },
  },
]

/** A draft as the desk saves it. */
export function unfinishedDraftBody({ label, fields }: UnfinishedDraft) {
  const content = Object.fromEntries(
    Object.entries(fields).map(([field, values]) => [`persons.0.${field}`, values]),
  )
  return { content, ...(label ? { label } : {}) }
}

/** Saves every draft as its user. */
export async function saveDrafts(clientOf: (user: string) => Promise<ApiClient>): Promise<void> {
  await Promise.all(
    unfinishedDrafts.map(async (draft) => (await clientOf(draft.user)).saveDraft(unfinishedDraftBody(draft))),
  )
}
