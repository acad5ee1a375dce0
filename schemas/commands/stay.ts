import { fact, stayDays } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** The days at the Centre. Another room is another `hold-place`; who comes back is admitted again. */
export const stayCommands = {
  /** What was offered to her and what she said to each, whole: a refusal is an answer too. */
  'offer-services': {
    owners: ['centre'],
    from: ['arrived', 'received'],
    seals: { care: 'services' },
    event: 'services-offered',
    data: stayDays,
  },
  /** Until when she is to stay; longer than was planned before only on a ground. */
  'plan-stay': {
    owners: ['centre'],
    from: ['received'],
    seals: { case: 'stay-plan' },
    event: 'stay-planned',
    data: stayDays,
  },
  /** She left, for good or for some days; the bed is somebody else's. */
  'leave-centre': {
    owners: ['centre'],
    states: 'fact',
    from: 'open',
    uses: ['safety'],
    seals: { case: 'leaving' },
    event: 'left-centre',
    data: fact,
  },
  /** How she is, asked later; what was found before stands beside it. */
  'follow-up': {
    owners: ['centre'],
    from: 'open',
    seals: { care: 'follow-up' },
    beside: true,
    event: 'followed-up',
    data: stayDays,
  },
} as const satisfies Record<string, CommandShape>
