import * as z from 'zod/mini'
import { fact } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** Facts of the journey and the arrival. They are accepted in every open phase. */
export const factCommands = {
  depart: {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    to: 'travelling',
    uses: ['travel'],
    seals: { case: 'departure', travel: 'departure' },
    event: 'departed',
    data: fact,
  },
  'did-not-come': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    uses: ['travel'],
    seals: { case: 'did-not-come' },
    event: 'did-not-come',
    data: fact,
  },
  'contact-lost': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    uses: ['travel'],
    seals: { case: 'contact-lost' },
    event: 'contact-lost',
    data: fact,
  },
  'in-hospital': {
    owners: ['mission', 'iom', 'partner'],
    states: 'fact',
    from: 'open',
    uses: ['travel'],
    seals: { case: 'hospital' },
    event: 'in-hospital',
    data: fact,
  },
  /** The post is told by telephone; where it arranges the journey, nobody else may know. */
  arrive: {
    owners: ['mission', 'iom', 'centre', 'partner'],
    states: 'fact',
    destroys: true,
    from: 'open',
    to: 'arrived',
    uses: ['travel', 'safety'],
    seals: { case: 'arrival' },
    maySeal: { care: 'condition' },
    // The parties that look out for the person on the way learn that they can stop.
    alsoFor: 'report-way',
    event: 'arrived',
    /** An arrival at night calls somebody at the Centre. */
    data: z.extend(fact, { night: z.optional(z.literal(true)) }),
  },
  'hand-over': {
    owners: ['iom', 'centre', 'partner'],
    states: 'fact',
    destroys: true,
    from: 'open',
    uses: ['travel', 'safety'],
    seals: { case: 'handover' },
    maySeal: { care: 'condition' },
    event: 'handed-over',
    data: fact,
  },
  'refer-home': {
    owners: ['iom', 'centre'],
    states: 'fact',
    destroys: true,
    from: 'open',
    to: 'received',
    uses: ['travel', 'safety'],
    seals: { case: 'home' },
    maySeal: { care: 'condition' },
    event: 'referred-home',
    data: fact,
  },
  admit: {
    owners: ['iom', 'centre'],
    states: 'fact',
    destroys: true,
    from: 'open',
    to: 'received',
    uses: ['travel', 'safety'],
    seals: { case: 'stay', care: 'intake' },
    event: 'admitted',
    data: fact,
  },
} as const satisfies Record<string, CommandShape>
