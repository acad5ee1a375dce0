import { nothing, stepped } from '../events/data-forms.ts'
import { day } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

/** A place at the Centre, before the person comes. */
export const placeCommands = {
  /**
   * Takes beds of a room where the centre keeps rooms, in place of those that the return had; `until` is the day on
   * which the hold runs out if nobody has come.
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
  'release-place': { owners: ['centre'], from: 'open', event: 'place-released', data: nothing },
} as const satisfies Record<string, CommandShape>
