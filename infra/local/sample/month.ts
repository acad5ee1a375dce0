import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { DevelopmentName } from './developments.ts'
import type { PostName } from './posts.ts'
import type { SituationName } from './situations.ts'

/**
 * A request of the month: its post, its situation and the phase that it has reached. Each of its persons has a
 * return.
 */
export interface SampleRequest {
  post: PostName
  situation: SituationName
  phase: Phase
  /** The day of the journey, counted from today. */
  journeyDay?: number
  /** The booked room. */
  room?: string
  /** What else happened to the return. */
  development?: DevelopmentName
  /** The number of persons, if more than one. */
  persons?: number
}

/** The guests of the Centre, in 18 of 24 beds; three more beds are held and one is broken. */
const guests: readonly SampleRequest[] = [
  { post: 'istanbul', situation: 'club', phase: 'received', journeyDay: -24, room: '1' },
  { post: 'rome', situation: 'domestic', phase: 'received', journeyDay: -21, room: '1' },
  {
    post: 'moscow',
    situation: 'young',
    phase: 'received',
    journeyDay: -19,
    room: '1',
    development: 'services',
  },
  { post: 'athens', situation: 'club', phase: 'received', journeyDay: -12, room: '1' },
  { post: 'madrid', situation: 'domestic', phase: 'received', journeyDay: -16, room: '2' },
  {
    post: 'milan',
    situation: 'domestic',
    phase: 'received',
    journeyDay: -15,
    room: '2',
    development: 'support',
  },
  { post: 'london', situation: 'young', phase: 'received', journeyDay: -9, room: '2' },
  { post: 'berlin', situation: 'club', phase: 'received', journeyDay: -8, room: '3' },
  { post: 'tel-aviv', situation: 'domestic', phase: 'received', journeyDay: -7, room: '3' },
  { post: 'prague', situation: 'young', phase: 'received', journeyDay: -5, room: '3' },
  { post: 'lisbon', situation: 'domestic', phase: 'received', journeyDay: -5, room: '4' },
  { post: 'bucharest', situation: 'club', phase: 'received', journeyDay: -3, room: '4' },
  { post: 'moscow', situation: 'mother', phase: 'received', journeyDay: -14, room: '5' },
  { post: 'milan', situation: 'mother-and-baby', phase: 'received', journeyDay: -6, room: '6' },
  { post: 'warsaw', situation: 'building', phase: 'received', journeyDay: -11, room: '7' },
  { post: 'tel-aviv', situation: 'young', phase: 'received', journeyDay: -2, room: '8' },
]

const onTheWay: readonly SampleRequest[] = [
  { post: 'rome', situation: 'club', phase: 'travelling', journeyDay: 0, room: '3' },
  { post: 'kyiv', situation: 'stranded', phase: 'travelling', journeyDay: 0 },
  // No party has reported the arrival.
  { post: 'lisbon', situation: 'harvest', phase: 'travelling', journeyDay: -4 },
  { post: 'moscow', situation: 'harvest', phase: 'travelling', journeyDay: -1, development: 'contact-lost' },
  { post: 'istanbul', situation: 'ill', phase: 'travelling', journeyDay: -1, development: 'in-hospital' },
  { post: 'london', situation: 'harvest', phase: 'arrived', journeyDay: 0 },
  // Arrived days ago, and no party has reported the reception.
  { post: 'berlin', situation: 'stranded', phase: 'arrived', journeyDay: -5 },
  { post: 'prague', situation: 'ill', phase: 'arrived', journeyDay: 0 },
]

const beforeLeaving: readonly SampleRequest[] = [
  { post: 'istanbul', situation: 'domestic', phase: 'confirmed', journeyDay: 2, room: '4' },
  { post: 'rome', situation: 'stranded', phase: 'confirmed', journeyDay: 1 },
  { post: 'athens', situation: 'harvest', phase: 'confirmed', journeyDay: 4 },
  { post: 'madrid', situation: 'ill', phase: 'confirmed', journeyDay: 3 },
  { post: 'warsaw', situation: 'elder', phase: 'planned', journeyDay: 6, room: '7' },
  { post: 'berlin', situation: 'stranded', phase: 'planned', journeyDay: 5 },
  { post: 'milan', situation: 'harvest', phase: 'planned', journeyDay: 8, development: 'question-open' },
  // No room is free for the three persons.
  { post: 'tel-aviv', situation: 'mother', phase: 'planned', journeyDay: 7 },
  { post: 'kyiv', situation: 'child-alone', phase: 'planned', journeyDay: 9, development: 'family' },
  { post: 'rome', situation: 'child-with-mother', phase: 'planned', journeyDay: 10 },
  { post: 'moscow', situation: 'young', phase: 'accepted', development: 'on-hold' },
  { post: 'london', situation: 'mother', phase: 'accepted', development: 'on-hold' },
  { post: 'bucharest', situation: 'stranded', phase: 'accepted', development: 'refused' },
  { post: 'madrid', situation: 'harvest', phase: 'accepted', development: 'citizenship' },
  { post: 'istanbul', situation: 'young', phase: 'accepted', development: 'noted' },
  { post: 'prague', situation: 'child-with-mother', phase: 'accepted', development: 'assessed' },
  { post: 'milan', situation: 'young', phase: 'acknowledged', development: 'question-open' },
  { post: 'lisbon', situation: 'stranded', phase: 'acknowledged' },
  { post: 'athens', situation: 'domestic', phase: 'acknowledged', development: 'withdrawn' },
  { post: 'warsaw', situation: 'club', phase: 'acknowledged', development: 'withdrawn' },
  { post: 'berlin', situation: 'domestic', phase: 'filed', development: 'sent-back' },
  { post: 'moscow', situation: 'ill', phase: 'filed', development: 'sent-back' },
  { post: 'istanbul', situation: 'danger', phase: 'filed', development: 'call-answered' },
  { post: 'rome', situation: 'young', phase: 'filed' },
  { post: 'london', situation: 'stranded', phase: 'filed' },
  { post: 'tel-aviv', situation: 'club', phase: 'filed' },
  { post: 'kyiv', situation: 'stranded', phase: 'filed' },
]

const ended: readonly SampleRequest[] = [
  { post: 'rome', situation: 'harvest', phase: 'received', journeyDay: -10, development: 'followed-up' },
  { post: 'madrid', situation: 'stranded', phase: 'received', journeyDay: -6 },
  { post: 'athens', situation: 'ill', phase: 'received', journeyDay: -4 },
  { post: 'berlin', situation: 'harvest', phase: 'closed', journeyDay: -26 },
  { post: 'warsaw', situation: 'stranded', phase: 'closed', journeyDay: -23 },
  { post: 'istanbul', situation: 'club', phase: 'closed', journeyDay: -28, room: '6' },
  { post: 'prague', situation: 'stranded', phase: 'accepted', development: 'cancelled' },
  { post: 'milan', situation: 'harvest', phase: 'acknowledged', development: 'cancelled' },
  { post: 'moscow', situation: 'stranded', phase: 'accepted', development: 'stays-abroad' },
]

const groups: readonly SampleRequest[] = [
  { post: 'ankara', situation: 'out-of-war', phase: 'planned', journeyDay: 3, persons: 7 },
  { post: 'warsaw', situation: 'worker', phase: 'accepted', persons: 8 },
]

/** The month. The longest courses come first, so that the last ones are short. */
export const month: readonly SampleRequest[] = [...guests, ...ended, ...groups, ...onTheWay, ...beforeLeaving]
