import type { Caller } from './caller.ts'

/** Filings that are being written, field by field as the desk names them, half-filled and wrong as such are. */
export const begun: readonly { by: 'istanbul' | 'istanbul-duty' | 'rome' | 'moscow'; draft: object }[] = [
  {
    by: 'istanbul',
    draft: {
      label: { initials: 'A.P.', ageBand: '18-24' },
      content: {
        'case.category': ['victim'],
        'case.urgency': ['none'],
        'case.country': ['TR'],
        'case.place': ['Bursa'],
        'identity.name.family': ['Probaru'],
        'identity.name.given': ['Ana'],
      },
    },
  },
  {
    by: 'istanbul-duty',
    draft: { content: { 'case.urgency': ['danger-today'], 'case.place': ['Izmit'] } },
  },
  {
    by: 'rome',
    draft: {
      label: { initials: 'V.M.' },
      content: {
        'case.category': ['person-in-difficulty'],
        'case.place': ['Latina'],
        'identity.name.family': ['Mostrescu'],
        'identity.birth.on_day': ['31'],
        'identity.birth.on_month': ['2'],
      },
    },
  },
  {
    by: 'moscow',
    draft: {
      label: { initials: 'О.В.', ageBand: '25-34' },
      content: { 'case.category': ['potential-victim'], 'identity.name.family': ['Выдумкина'] },
    },
  },
]

/** Begins them all. */
export async function beginAll(signedIn: (user: string) => Promise<Caller>): Promise<void> {
  await Promise.all(begun.map(async ({ by, draft }) => (await signedIn(by)).begin(draft)))
}
