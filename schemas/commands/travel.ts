import { moved, nothing, stepped } from '../events/data-forms.ts'
import { beforeLeaving } from '../procedure/phases.ts'
import { arranging, type CommandShape, leavingClasses } from './command-shape.ts'

/** The journey, from the plan to the last word before leaving. */
export const travelCommands = {
  'plan-travel': {
    owners: arranging,
    arranges: true,
    from: ['accepted'],
    to: 'planned',
    seals: { travel: 'itinerary' },
    derives: { case: 'journey', label: 'journey' },
    event: 'travel-planned',
    data: stepped,
  },
  'confirm-travel': {
    owners: arranging,
    arranges: true,
    from: ['planned'],
    to: 'confirmed',
    needs: leavingClasses,
    maySeal: { travel: 'bookings' },
    event: 'travel-confirmed',
    data: stepped,
  },
  'change-travel': {
    owners: arranging,
    arranges: true,
    from: ['planned', 'confirmed', 'travelling'],
    uses: ['case'],
    seals: { travel: 'itinerary' },
    derives: { case: 'journey', label: 'journey' },
    event: 'travel-changed',
    data: moved,
  },
  /** Checks what the border asks on the way out. */
  'check-exit': {
    owners: ['mission'],
    from: 'open',
    seals: { travel: 'exit' },
    event: 'exit-checked',
    data: nothing,
  },
  'assess-child': {
    owners: ['iom', 'centre'],
    from: 'open',
    seals: { protection: 'child' },
    event: 'child-assessed',
    data: nothing,
  },
  /** The last word before the journey: the manifest is right, and the gates are asked again. */
  'clear-to-leave': {
    owners: arranging,
    arranges: true,
    from: ['confirmed'],
    needs: leavingClasses,
    event: 'cleared',
    data: nothing,
  },
  override: {
    owners: ['mission', 'iom'],
    roles: ['administrator', 'duty-officer'],
    from: beforeLeaving,
    seals: { case: 'override' },
    event: 'overridden',
    data: nothing,
  },
  /** Out of danger, at any hour, on one duty officer's word; a second confirms within a day. */
  evacuate: {
    owners: ['mission', 'iom'],
    roles: ['duty-officer'],
    from: beforeLeaving,
    seals: { case: 'evacuation' },
    event: 'evacuation-ordered',
    data: nothing,
  },
  'confirm-evacuation': {
    owners: ['mission', 'iom', 'ministry'],
    roles: ['duty-officer', 'administrator'],
    from: 'open',
    event: 'evacuation-confirmed',
    data: nothing,
  },
} as const satisfies Record<string, CommandShape>
