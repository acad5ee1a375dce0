import { match, matches, matchHistory } from './matches.ts'
import { body, type OperationDescription } from './operation-description.ts'
import { searchAnswer } from './search.ts'

/** The descriptions of search and matches in the OpenAPI document. */
export const matchOperations = {
  search: {
    summary: 'Search your party’s own returns for a person. Results are masked, and each search is recorded.',
    status: 200,
    answer: searchAnswer,
    problems: [...body, 'too-many-requests'],
  },
  matches: {
    summary: 'Matches that your party decides on, a page at a time.',
    status: 200,
    answer: matches,
    problems: ['bad-input', 'bad-cursor'],
  },
  match: {
    summary: 'A match with its history: who raised, linked and unlinked it, and when.',
    status: 200,
    answer: matchHistory,
    problems: ['not-found', 'trail-broken'],
  },
  'decide-match': {
    summary:
      'Decide whether two returns are of one person. A link copies nothing, opens nothing, and can be taken back.',
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
