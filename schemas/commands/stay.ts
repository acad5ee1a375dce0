import { fact, stayDays } from '../events/data-forms.ts'
import { returnPhases } from '../procedure/phases.ts'
import type { CommandShape } from './command-shape.ts'

/** The days at the Centre. Another room is another `hold-place`; a person who comes back is admitted again. */
export const stayCommands = {
  /** Every service that was offered, with the person's answer to each. A refusal is an answer too. */
  'offer-services': {
    owners: ['centre'],
    from: ['arrived', 'received'],
    seals: { care: 'services' },
    event: 'services-offered',
    data: stayDays,
  },
  /** Until when the person is to stay. A longer stay than planned before needs a reason. */
  'plan-stay': {
    owners: ['centre'],
    from: ['received'],
    seals: { case: 'stay-plan' },
    event: 'stay-planned',
    data: stayDays,
  },
  /** The person left, for good or for some days. Her bed is free. */
  'leave-centre': {
    owners: ['centre'],
    states: 'fact',
    from: 'open',
    uses: ['safety'],
    seals: { case: 'leaving' },
    event: 'left-centre',
    data: fact,
  },
  /** How the person is, asked some time later, also once the return is closed. Earlier answers stay beside it. */
  'follow-up': {
    owners: ['centre'],
    from: returnPhases,
    seals: { care: 'follow-up' },
    beside: true,
    event: 'followed-up',
    data: stayDays,
  },
} as const satisfies Record<string, CommandShape>
