import { type PeopleAction, peopleAnswer, peopleChanged, rosterChanges } from './people.ts'

const kept = ['not-found', 'not-your-role', 'trail-broken'] as const

/** The descriptions of the routes for people in the OpenAPI document. */
export const peopleOperations = {
  people: {
    summary: 'The people of the party: names, roles, enabled or not, stand-ins.',
    status: 200,
    answer: peopleAnswer,
    problems: kept,
  },
  'change-people': {
    summary: '',
    status: 200,
    answer: peopleChanged,
    problems: [
      ...kept,
      ...(['bad-json', 'bad-input', 'body-too-large', 'not-json', 'bad-header'] as const),
      ...(['version-lost', 'version-stale', 'too-large'] as const),
      ...(['last-administrator', 'own-account', 'sign-in-taken', 'still-enabled'] as const),
    ],
  },
  'people-changes': {
    summary: 'Every change of people in every party, by ids, in one chain, a page at a time.',
    status: 200,
    answer: rosterChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
} as const

/** What each action does, in the OpenAPI document. */
export const actionSummaries: Record<PeopleAction, string> = {
  invite: 'Create an account. Its password is shown once; no mail is sent.',
  review: 'Confirm that you have checked the list.',
  role: 'Change the role of a person.',
  disable:
    'End sign-in, sessions and tokens within a minute. The person’s returns are no longer assigned to anybody.',
  enable: 'Let a person sign in again.',
  'reset-factor':
    'Replace a lost second factor: a new password, shown once, and a new factor at the next sign-in.',
  'stand-in': 'Name who does the work of a person who is away, and until when; without `standIn`, end it.',
  forget: 'Delete the name and the account of a disabled person. Events keep the id.',
}
