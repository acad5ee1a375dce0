import * as z from 'zod/mini'
import { grants, lock, moved, stepsMoved } from '../events/data-forms.ts'
import { gateNames } from '../procedure/names.ts'
import { openAnywhere } from '../procedure/phases.ts'
import { basisCode } from '../values/basis.ts'
import { partyId } from '../values/parties.ts'
import { type CommandShape, leavingClasses } from './command-shape.ts'

/** Which party answers for the case, and which one arranges the journey. */
export const responsibilityCommands = {
  /** Offers the case to another post or to a centre. Until that party accepts, the party before stays responsible. */
  'hand-over-case': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    needs: ['case', 'identity', 'safety', 'protection'],
    seals: { case: 'basis' },
    clear: { to: partyId },
    grants: true,
    beside: true,
    event: 'case-offered',
    data: z.strictObject({ to: partyId, basis: basisCode, grants, ...stepsMoved }),
  },
  /** The author becomes the responsible party. The one before is removed. */
  'accept-case': {
    owners: ['mission', 'centre'],
    from: 'open',
    destroys: true,
    event: 'case-accepted',
    data: moved,
  },
  /** The consular department names the post to which a return or an alert belongs. A party that can read it hands it over. */
  'move-case': {
    owners: ['consular'],
    from: openAnywhere,
    clear: { to: partyId },
    event: 'move-ordered',
    data: z.strictObject({ to: partyId }),
  },
  /** Chooses the arranger of the journey: IOM, the responsible post, the ministry, or an organisation with that task. */
  'choose-arranger': {
    owners: ['mission', 'ministry'],
    from: 'open',
    clear: { arranger: partyId },
    destroys: true,
    event: 'arranger-chosen',
    data: z.strictObject({ arranger: partyId, lock, ...stepsMoved }),
  },
  /** States that gates are open whose sections the arranger may not read. */
  attest: {
    owners: ['mission', 'iom', 'centre'],
    from: ['planned', 'confirmed'],
    needs: leavingClasses,
    inPart: true,
    event: 'attested',
    data: z.strictObject({ gates: z.array(z.enum(gateNames)).check(z.minLength(1), z.maxLength(32)) }),
  },
} as const satisfies Record<string, CommandShape>
