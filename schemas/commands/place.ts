import { moved, stepped } from '../events/data-forms.ts'
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
    from: 'open',
    needs: ['case'],
    maySeal: { case: 'place' },
    clear: { until: day },
    event: 'place-held',
    /** Among what is due: the day until which the place is held. */
    data: stepped,
  },
  'release-place': { owners: ['centre'], from: 'open', uses: ['case'], event: 'place-released', data: moved },
} as const satisfies Record<string, CommandShape>
