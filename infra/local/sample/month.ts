import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { PostName } from './posts.ts'
import type { SituationName } from './situations.ts'
import type { TurnName } from './turns.ts'

/** A request of the month: where, in which situation, how far it came; each person of it has a return. */
export interface Entry {
  post: PostName
  found: SituationName
  to: Phase
  /** The day of the journey, counted from today. */
  leaves?: number
  /** The room that is held, or slept in. */
  room?: string
  /** What else came of it. */
  turn?: TurnName
  /** A request of several persons; one otherwise. */
  persons?: number
}

/** Who sleeps at the Centre: 18 of 24 beds, where three more are held and one is broken. */
const guests: readonly Entry[] = [
  { post: 'istanbul', found: 'club', to: 'received', leaves: -24, room: '1' },
  { post: 'rome', found: 'domestic', to: 'received', leaves: -21, room: '1' },
  { post: 'moscow', found: 'young', to: 'received', leaves: -19, room: '1', turn: 'services' },
  { post: 'athens', found: 'club', to: 'received', leaves: -12, room: '1' },
  { post: 'madrid', found: 'domestic', to: 'received', leaves: -16, room: '2' },
  { post: 'milan', found: 'domestic', to: 'received', leaves: -15, room: '2', turn: 'support' },
  { post: 'london', found: 'young', to: 'received', leaves: -9, room: '2' },
  { post: 'berlin', found: 'club', to: 'received', leaves: -8, room: '3' },
  { post: 'tel-aviv', found: 'domestic', to: 'received', leaves: -7, room: '3' },
  { post: 'prague', found: 'young', to: 'received', leaves: -5, room: '3' },
  { post: 'lisbon', found: 'domestic', to: 'received', leaves: -5, room: '4' },
  { post: 'bucharest', found: 'club', to: 'received', leaves: -3, room: '4' },
  { post: 'moscow', found: 'mother', to: 'received', leaves: -14, room: '5' },
  { post: 'milan', found: 'mother-and-baby', to: 'received', leaves: -6, room: '6' },
  { post: 'warsaw', found: 'building', to: 'received', leaves: -11, room: '7' },
  { post: 'tel-aviv', found: 'young', to: 'received', leaves: -2, room: '8' },
]

const onTheWay: readonly Entry[] = [
  { post: 'rome', found: 'club', to: 'travelling', leaves: 0, room: '3' },
  { post: 'kyiv', found: 'stranded', to: 'travelling', leaves: 0 },
  // Nobody has said since that she came.
  { post: 'lisbon', found: 'harvest', to: 'travelling', leaves: -4 },
  { post: 'moscow', found: 'harvest', to: 'travelling', leaves: -1, turn: 'contact-lost' },
  { post: 'istanbul', found: 'ill', to: 'travelling', leaves: -1, turn: 'in-hospital' },
  { post: 'london', found: 'harvest', to: 'arrived', leaves: 0 },
  // Came days ago, and nobody has said who took him in.
  { post: 'berlin', found: 'stranded', to: 'arrived', leaves: -5 },
  { post: 'prague', found: 'ill', to: 'arrived', leaves: 0 },
]

const beforeLeaving: readonly Entry[] = [
  { post: 'istanbul', found: 'domestic', to: 'confirmed', leaves: 2, room: '4' },
  { post: 'rome', found: 'stranded', to: 'confirmed', leaves: 1 },
  { post: 'athens', found: 'harvest', to: 'confirmed', leaves: 4 },
  { post: 'madrid', found: 'ill', to: 'confirmed', leaves: 3 },
  { post: 'warsaw', found: 'elder', to: 'planned', leaves: 6, room: '7' },
  { post: 'berlin', found: 'stranded', to: 'planned', leaves: 5 },
  { post: 'milan', found: 'harvest', to: 'planned', leaves: 8, turn: 'question-open' },
  // No room has a place for the three of them yet.
  { post: 'tel-aviv', found: 'mother', to: 'planned', leaves: 7 },
  { post: 'kyiv', found: 'child-alone', to: 'planned', leaves: 9, turn: 'family' },
  { post: 'rome', found: 'child-with-mother', to: 'planned', leaves: 10 },
  { post: 'moscow', found: 'young', to: 'accepted', turn: 'on-hold' },
  { post: 'london', found: 'mother', to: 'accepted', turn: 'on-hold' },
  { post: 'bucharest', found: 'stranded', to: 'accepted', turn: 'refused' },
  { post: 'madrid', found: 'harvest', to: 'accepted', turn: 'citizenship' },
  { post: 'istanbul', found: 'young', to: 'accepted', turn: 'noted' },
  { post: 'prague', found: 'child-with-mother', to: 'accepted' },
  { post: 'milan', found: 'young', to: 'acknowledged', turn: 'question-open' },
  { post: 'lisbon', found: 'stranded', to: 'acknowledged' },
  { post: 'athens', found: 'domestic', to: 'acknowledged', turn: 'withdrawn' },
  { post: 'warsaw', found: 'club', to: 'acknowledged', turn: 'withdrawn' },
  { post: 'berlin', found: 'domestic', to: 'filed', turn: 'sent-back' },
  { post: 'moscow', found: 'ill', to: 'filed', turn: 'sent-back' },
  { post: 'istanbul', found: 'danger', to: 'filed', turn: 'called' },
  { post: 'rome', found: 'young', to: 'filed' },
  { post: 'london', found: 'stranded', to: 'filed' },
  { post: 'tel-aviv', found: 'club', to: 'filed' },
  { post: 'kyiv', found: 'stranded', to: 'filed' },
]

const ended: readonly Entry[] = [
  { post: 'rome', found: 'harvest', to: 'received', leaves: -10, turn: 'followed-up' },
  { post: 'madrid', found: 'stranded', to: 'received', leaves: -6 },
  { post: 'athens', found: 'ill', to: 'received', leaves: -4 },
  { post: 'berlin', found: 'harvest', to: 'closed', leaves: -26 },
  { post: 'warsaw', found: 'stranded', to: 'closed', leaves: -23 },
  { post: 'istanbul', found: 'club', to: 'closed', leaves: -28, room: '6' },
  { post: 'prague', found: 'stranded', to: 'accepted', turn: 'cancelled' },
  { post: 'milan', found: 'harvest', to: 'acknowledged', turn: 'cancelled' },
  { post: 'moscow', found: 'stranded', to: 'accepted', turn: 'stays-abroad' },
]

const groups: readonly Entry[] = [
  { post: 'ankara', found: 'out-of-war', to: 'planned', leaves: 3, persons: 7 },
  { post: 'warsaw', found: 'worker', to: 'accepted', persons: 8 },
]

/** The month, the longest ways first, so that what is left at the end is short. */
export const month: readonly Entry[] = [...guests, ...ended, ...groups, ...onTheWay, ...beforeLeaving]
