import { type PeopleAction, people, peopleChanged, rosterChanges } from './people.ts'

const kept = ['not-found', 'not-your-role', 'trail-broken'] as const

/** What the routes of people say of themselves in the contract. */
export const peopleOperations = {
  people: {
    summary: 'Who works for the party: names, roles, who is enabled, who stands in for whom.',
    status: 200,
    answer: people,
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
    summary: 'Who changed which rights of whom, in every party: one chain, by ids, a page at a time.',
    status: 200,
    answer: rosterChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
} as const

/** What each deed does, in the contract. */
export const actionSummaries: Record<PeopleAction, string> = {
  invite: 'A new account, with a password that is told once. No mail is sent.',
  review: 'You have looked at the list, and it is right.',
  role: 'What somebody may do from now on.',
  disable:
    'Ends sign-in, sessions and tokens within a minute; the returns that were kept go back to the party.',
  enable: 'Lets somebody sign in again.',
  'reset-factor': 'A lost second factor: a new password, told once, and a new factor at the next sign-in.',
  'stand-in': 'Who does the work of somebody who is away, and until when; without one, nobody any more.',
  forget: 'Deletes the name and the account of somebody who is disabled; what was done stays under the id.',
}
