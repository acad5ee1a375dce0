import { documentCheckOf } from '../schedule/overdue.ts'
import type { Reducers } from './reducer.ts'

/** Who the person is, and the document to travel with. */
export const identityReducers = {
  'identity-confirmed': (state) => ({ ...state, identityConfirmed: true }),
  'document-issued': (state, event) => ({ ...state, documentIssued: true, ...documentCheckOf(event) }),
} satisfies Reducers
