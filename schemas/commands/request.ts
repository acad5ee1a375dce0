import * as z from 'zod/mini'
import { clearUrgency, dues, logKey, nothing, stepped } from '../events/data-forms.ts'
import { procedureVersion } from '../procedure/names.ts'
import { basisCode } from '../values/basis.ts'
import { holderId } from '../values/parties.ts'
import { requestId, returnId } from '../values/texts.ts'
import { arranging, type CommandShape } from './command-shape.ts'

/** From the filing to the answer of the party that arranges the journey. */
export const requestCommands = {
  /** Starts a return for each person of a request. A person that others than a mission file for is home. */
  file: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: [],
    to: 'filed',
    seals: {
      case: 'request',
      identity: 'person',
      contacts: 'family',
      safety: 'safety',
      protection: 'identification',
      care: 'needs',
    },
    derives: { label: 'label' },
    event: 'filed',
    data: z.strictObject({
      request: requestId,
      urgency: clearUrgency,
      basis: z.partialRecord(holderId, basisCode),
      log: logKey,
      /** The version of the procedure that the return keeps. */
      procedure: procedureVersion,
      due: dues,
      /** The alert that it came from. */
      alert: z.optional(returnId),
    }),
  },
  acknowledge: {
    owners: arranging,
    arranges: true,
    from: ['filed', 'sent-back'],
    to: 'acknowledged',
    maySeal: { talk: 'reason' },
    event: 'acknowledged',
    data: stepped,
  },
  accept: {
    owners: arranging,
    arranges: true,
    from: ['acknowledged'],
    to: 'accepted',
    needs: ['case'],
    // Whether the guardian who speaks for the person is under suspicion.
    uses: ['safety'],
    maySeal: { talk: 'reason' },
    event: 'accepted',
    data: stepped,
  },
  'send-back': {
    owners: arranging,
    arranges: true,
    from: ['filed', 'acknowledged', 'accepted'],
    to: 'sent-back',
    seals: { talk: 'reason' },
    event: 'sent-back',
    data: nothing,
  },
} as const satisfies Record<string, CommandShape>
