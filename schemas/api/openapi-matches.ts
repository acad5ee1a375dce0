import { match, matches, matchHistory } from './matches.ts'
import { body, type OperationDescription } from './operation-description.ts'
import { found } from './search.ts'

/** What the contract tells of search and matches. */
export const matchOperations = {
  search: {
    summary:
      'Your own returns that may be of the person you look for, masked. Everyone can be shown that you did.',
    status: 200,
    answer: found,
    problems: [...body, 'too-many-requests'],
  },
  matches: {
    summary: 'Returns that may be of one person, and that are yours to decide on, a page at a time.',
    status: 200,
    answer: matches,
    problems: ['bad-input', 'bad-cursor'],
  },
  match: {
    summary: 'What may be one person: who raised, linked and unlinked it, and when, in one chain.',
    status: 200,
    answer: matchHistory,
    problems: ['not-found', 'trail-broken'],
  },
  'decide-match': {
    summary: 'Whether it is one person. A link can be taken back; it copies nothing and opens nothing.',
    status: 200,
    answer: match,
    problems: [
      ...body,
      'bad-header',
      'not-found',
      'trail-broken',
      'nothing-to-do',
      'unknown-target',
      'version-lost',
      'version-stale',
    ],
  },
} as const satisfies Record<string, OperationDescription>
