import { moved, stepped } from '../events/data-forms.ts'
import { beforeLeaving } from '../procedure/phases.ts'
import { day } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

/** A place at the Centre, before the person comes. */
export const placeCommands = {
  /**
   * Holds beds for the return, in place of those that it had; in a room, where the centre keeps rooms. `until` is the day
   * on which the hold ends if the person has not come.
   */
  'hold-place': {
    owners: ['centre'],
    // Not while the return is cancelled: nobody holds a bed for who does not come.
    from: [...beforeLeaving, 'travelling', 'arrived', 'received'],
    needs: ['case'],
    // Whether the person needs a room without steps.
    uses: ['care'],
    maySeal: { case: 'place' },
    clear: { until: day },
    event: 'place-held',
    /** Among what is due: the day until which the place is held. */
    data: stepped,
  },
  'release-place': { owners: ['centre'], from: 'open', uses: ['case'], event: 'place-released', data: moved },
} as const satisfies Record<string, CommandShape>
