import type { CommandName } from './commands.ts'

/**
 * Conditions of permissions: whose each is to meet, what it asks, and before which commands it stands.
 * How it is checked is in `functions/domain/gates.ts`.
 */
export const gates = {
  'own-yes': {
    owner: 'mission',
    asks: 'The person wants to return; or cannot answer, and somebody else may speak for her.',
    before: ['accept', 'confirm-travel'],
  },
  'person-named': {
    owner: 'mission',
    asks: 'The person has a name on record.',
    before: ['confirm-identity', 'issue-document'],
  },
  'identity-confirmed': {
    owner: 'mission',
    asks: 'The identity is confirmed.',
    before: ['issue-document', 'confirm-travel'],
  },
  identified: {
    owner: 'mission',
    asks: 'How the person was identified is on record.',
    before: ['assess-risk'],
  },
  'official-request': {
    owner: 'mission',
    asks: 'For a person in difficulty: number, day and body of the official request (HG 875/2018).',
    before: ['approve'],
  },
  'document-valid': {
    owner: 'mission',
    asks: 'The document is valid on every day of the journey; a titlu for 30 days from its approval (HG 987/2012).',
    before: ['confirm-travel'],
  },
  'risk-assessed': { owner: 'iom', asks: 'The risk of the return is assessed.', before: ['confirm-travel'] },
  decided: {
    owner: 'ministry',
    asks: 'The ministry, where it is told of the return, has approved it.',
    before: ['confirm-travel'],
  },
  funded: { owner: 'ministry', asks: 'Somebody has said who pays.', before: ['confirm-travel'] },
  'place-held': {
    owner: 'centre',
    asks: 'Where the person chose the Centre, a place is held until the arrival.',
    before: ['confirm-travel'],
  },
  'wants-the-centre': {
    owner: 'mission',
    asks: 'The person chose the Centre, or was not asked yet.',
    before: ['hold-place'],
  },
  'fit-to-travel': {
    owner: 'iom',
    asks: 'No physician says no; where a check was asked for, one says yes within 72 hours before departure.',
    before: ['confirm-travel'],
  },
  companion: { owner: 'iom', asks: 'A child has a companion on every leg.', before: ['confirm-travel'] },
} as const satisfies Record<
  string,
  { owner: 'mission' | 'iom' | 'centre' | 'ministry'; asks: string; before: readonly CommandName[] }
>

export type GateName = keyof typeof gates
export const gateNames = Object.keys(gates) as GateName[]

/** The gates that stand before a command. */
export function gatesBefore(command: CommandName): GateName[] {
  return gateNames.filter((gate) => (gates[gate].before as readonly string[]).includes(command))
}
