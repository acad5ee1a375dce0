import type { CommandName } from '../commands/commands.ts'
import type { SectionClass } from '../values/classes.ts'
import { overridable } from '../values/codes.ts'
import { type GateName, gateNames } from './names.ts'

export { type GateName, gateNames } from './names.ts'

/** Before these the whole of the departure is asked for. */
export const leavingCommands = ['confirm-travel', 'clear-to-leave'] as const

/**
 * Conditions of permissions: whose each is to meet, what it asks, and before which commands it stands.
 * How it is checked is in `functions/domain/gates/gates.ts`.
 */
export const gates = {
  'wants-to-return': {
    owner: 'mission',
    asks: 'The person wants to return; or cannot answer, and somebody else may decide in that case.',
    before: ['accept', ...leavingCommands],
    reads: ['case'],
  },
  'basis-holds': {
    owner: 'mission',
    asks: 'Each recipient has a legal basis that holds: no guardian under suspicion, nobody who decides for a person that came of age, no emergency once the person can answer.',
    before: leavingCommands,
    reads: ['case', 'identity', 'safety'],
  },
  'person-named': {
    owner: 'mission',
    asks: 'The name of the person is recorded.',
    before: ['confirm-identity', 'issue-document'],
    reads: ['identity'],
  },
  'identity-confirmed': {
    owner: 'mission',
    asks: 'The identity is confirmed.',
    before: ['issue-document', ...leavingCommands],
    reads: [],
  },
  identified: {
    owner: 'mission',
    asks: 'It is recorded how the person was identified.',
    before: ['assess-risk'],
    reads: ['protection'],
  },
  'official-request': {
    owner: 'mission',
    asks: 'For a person in difficulty: number, date and authority of the official request (HG 875/2018).',
    before: ['approve'],
    reads: ['case'],
  },
  'document-valid': {
    owner: 'mission',
    asks: 'The document is valid on every day of the journey; a titlu for 30 days from its approval (HG 987/2012).',
    before: leavingCommands,
    reads: ['identity', 'travel'],
  },
  'exit-checked': {
    owner: 'mission',
    asks: 'Exit documents, fine, ban and right of transit are checked and settled.',
    before: ['clear-to-leave'],
    reads: ['travel'],
  },
  'risk-assessed': {
    owner: 'iom',
    asks: 'The risk of the return is assessed.',
    before: leavingCommands,
    reads: [],
  },
  decided: {
    owner: 'ministry',
    asks: 'The ministry, where it is a recipient, has approved the return.',
    before: leavingCommands,
    reads: [],
  },
  funded: { owner: 'ministry', asks: 'Funding is recorded.', before: leavingCommands, reads: [] },
  'place-held': {
    owner: 'centre',
    asks: 'Where the person chose the Centre, a place is held until the arrival.',
    before: leavingCommands,
    reads: ['case', 'travel'],
  },
  'wants-the-centre': {
    owner: 'mission',
    asks: 'The person chose the Centre, or was not asked yet.',
    before: ['hold-place'],
    reads: ['case'],
  },
  'fit-to-travel': {
    owner: 'iom',
    asks: 'No doctor says no; where a check was requested, a doctor says yes within 72 hours before departure.',
    before: leavingCommands,
    reads: ['care', 'travel'],
  },
  'child-protected': {
    owner: 'iom',
    asks: 'A child who leaves without a safe parent: the authority has decided, the best interests are determined, the view was heard.',
    before: leavingCommands,
    reads: ['case', 'identity', 'protection', 'travel'],
  },
  'parent-papers': {
    owner: 'mission',
    asks: "A child with a safe parent: the parent's documents, and the other parent's permission where the border asks for it.",
    before: leavingCommands,
    reads: ['protection'],
  },
  companion: {
    owner: 'iom',
    asks: 'A child has a companion on every leg, and nobody under suspicion is one.',
    before: leavingCommands,
    reads: ['case', 'identity', 'protection', 'safety', 'travel'],
  },
} as const satisfies Record<
  GateName,
  {
    owner: 'mission' | 'iom' | 'centre' | 'ministry'
    asks: string
    before: readonly CommandName[]
    /** The classes that it is judged by. */
    reads: readonly SectionClass[]
  }
>

/** Gates that stand before a child alone: who can tell that nobody is one knows that they are open. */
export const ofChildren: readonly GateName[] = ['child-protected', 'parent-papers', 'companion']

/** The gates that stand before a command. */
export function gatesBefore(command: CommandName): GateName[] {
  return gateNames.filter((gate) => (gates[gate].before as readonly string[]).includes(command))
}

type Overridable = (typeof overridable)[number]

/**
 * Who may answer for a gate that is not open yet: whose it is, and who goes on the journey with it. Papers are the post's
 * and the arranger's; what IOM has to find out is IOM's alone; and nobody answers for what another party decides.
 */
const overriders: Record<Overridable, readonly ('mission' | 'iom')[]> = {
  'document-valid': ['mission', 'iom'],
  'exit-checked': ['mission', 'iom'],
  'parent-papers': ['mission', 'iom'],
  'risk-assessed': ['iom'],
  funded: ['iom'],
  'place-held': ['iom'],
  'fit-to-travel': ['iom'],
  'child-protected': ['iom'],
}

/** The kinds of party that may answer for a gate by an override; none for a gate that nobody can. */
export function overriddenBy(gate: GateName): readonly ('mission' | 'iom')[] {
  return gate in overriders ? overriders[gate as Overridable] : []
}

/**
 * Gates that an evacuation waives: those that can be overridden, the ministry's decision, and a legal basis that has ended,
 * which is put right once the person is safe. Not the person's own yes, nor what protects a child who travels alone.
 */
export const waivedByEvacuation: readonly GateName[] = [...overridable, 'decided', 'basis-holds']
