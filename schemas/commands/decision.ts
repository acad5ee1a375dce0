import { moved, stepped } from '../events/data-forms.ts'
import { beforeLeaving } from '../procedure/phases.ts'
import type { CommandShape } from './command-shape.ts'

/** The assessment, what the ministry rules on it, and who pays. */
export const decisionCommands = {
  'assess-risk': {
    owners: ['iom', 'centre'],
    from: ['accepted', 'planned', 'confirmed', 'travelling'],
    needs: ['protection'],
    seals: { protection: 'risk', decision: 'assessment' },
    event: 'risk-assessed',
    data: stepped,
  },
  approve: {
    owners: ['ministry'],
    from: 'open',
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'approved',
    data: stepped,
  },
  /** Undoes the plans and releases a held place. Every party on the return gets the event. */
  refuse: {
    owners: ['ministry'],
    from: beforeLeaving,
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'refused',
    data: stepped,
  },
  hold: {
    owners: ['ministry'],
    from: beforeLeaving,
    needs: ['case'],
    seals: { decision: 'ruling' },
    event: 'put-on-hold',
    data: moved,
  },
  fund: {
    owners: ['ministry', 'iom'],
    from: 'open',
    seals: { decision: 'funding' },
    event: 'funded',
    data: stepped,
  },
} as const satisfies Record<string, CommandShape>
