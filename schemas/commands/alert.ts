import { openAlert } from '../procedure/phases.ts'
import { partyId } from '../values/parties.ts'
import type { CommandShape } from './command-shape.ts'

/** Somebody abroad needs help, and nobody knows yet who she is: from the first word to a request, or to an end. */
export const alertCommands = {
  /** Begins an alert: where, how urgent, and how to call back without danger. It goes to the post that covers the country. */
  alert: {
    owners: ['mission', 'iom', 'partner'],
    from: [],
    to: 'alert',
    seals: { case: 'alert', contacts: 'callback' },
    event: 'alerted',
  },
  'acknowledge-alert': {
    owners: ['mission'],
    from: ['alert'],
    to: 'alert-acknowledged',
    event: 'alert-acknowledged',
  },
  /** To another post, which reads from now on what it says; who can read it seals it anew for that post. */
  'pass-alert': {
    owners: ['mission', 'iom', 'partner'],
    from: openAlert,
    to: 'alert',
    needs: ['case', 'contacts'],
    derives: { case: 'alert', contacts: 'callback' },
    clear: { to: partyId },
    destroys: true,
    event: 'alert-passed',
  },
  /** A filing names the alert that it came from: the alert's request is the one that was filed. */
  'become-request': {
    owners: ['mission'],
    from: openAlert,
    to: 'became-request',
    withFiling: true,
    event: 'became-request',
  },
  'close-alert': {
    owners: ['mission', 'iom', 'partner'],
    from: openAlert,
    to: 'alert-closed',
    seals: { case: 'alert-end' },
    maySeal: { contacts: 'alert-end' },
    event: 'alert-closed',
  },
} as const satisfies Record<string, CommandShape>
