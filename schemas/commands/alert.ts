import * as z from 'zod/mini'
import { clearUrgency, logKey, nothing } from '../events/data-forms.ts'
import { openAlert } from '../procedure/phases.ts'
import { partyId } from '../values/parties.ts'
import { requestId } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

/** An alert: somebody abroad needs help and is not identified yet. It becomes a request, or it is closed. */
export const alertCommands = {
  /** Begins an alert: where, how urgent, and how to call back without danger. It goes to the post that covers the country. */
  alert: {
    owners: ['mission', 'iom', 'partner'],
    from: [],
    to: 'alert',
    seals: { case: 'alert', contacts: 'callback' },
    event: 'alerted',
    data: z.strictObject({
      /** The request that it becomes, if it does. */
      request: requestId,
      /** The post that the alert went to, or the consular department where no open post covers the country. */
      post: partyId,
      urgency: clearUrgency,
      log: logKey,
    }),
  },
  'acknowledge-alert': {
    owners: ['mission'],
    from: ['alert'],
    to: 'alert-acknowledged',
    event: 'alert-acknowledged',
    data: nothing,
  },
  /** Passes an alert to another post, which reads it from now on. The author seals its sections anew for that post. */
  'pass-alert': {
    owners: ['mission', 'iom', 'partner'],
    from: openAlert,
    to: 'alert',
    needs: ['case', 'contacts'],
    derives: { case: 'alert', contacts: 'callback' },
    clear: { to: partyId },
    destroys: true,
    event: 'alert-passed',
    data: z.strictObject({ to: partyId }),
  },
  /** A filing names the alert that it came from: the alert's request is the one that was filed. */
  'become-request': {
    owners: ['mission'],
    from: openAlert,
    to: 'became-request',
    withFiling: true,
    event: 'became-request',
    data: nothing,
  },
  'close-alert': {
    owners: ['mission', 'iom', 'partner'],
    from: openAlert,
    to: 'alert-closed',
    seals: { case: 'alert-end' },
    maySeal: { contacts: 'alert-end' },
    event: 'alert-closed',
    data: nothing,
  },
} as const satisfies Record<string, CommandShape>
