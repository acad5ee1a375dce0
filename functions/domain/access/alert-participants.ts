import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { BasisStatus, Participants } from '../state.ts'
import { addressed } from './readers.ts'

/** Who is on a new alert: the post that it went to answers for it, and the party that raised it reads what it said. */
export function alertParticipants(raisedBy: PartyId, post: PartyId): Participants {
  const basis = new Map<HolderId, BasisStatus>(raisedBy === post ? [] : [[raisedBy, 'raised']])
  return { responsible: post, arranger: post, basis, tasks: [], accessEnded: new Set() }
}

/**
 * The participants once an alert was passed to another post. The post before leaves, unless it raised the alert itself:
 * then it reads on. The consular department stays in any case.
 */
export function passAlert<P extends Participants>(participants: P, to: PartyId): P {
  const { responsible } = participants
  const basis = new Map(participants.basis)
  basis.delete(to)
  const raisedItself = ![...participants.basis.values()].includes('raised')
  if (kindOf(responsible) !== 'consular') basis.set(responsible, raisedItself ? 'raised' : 'ended')
  return { ...participants, responsible: to, arranger: to, basis }
}

/** The party that can pass an alert on: the post that has it; where no post has it, the party that raised it. */
export function alertPasser(participants: Participants): PartyId {
  const { responsible, basis } = participants
  if (kindOf(responsible) !== 'consular') return responsible
  return addressed(participants).find((party) => basis.get(party) === 'raised') ?? responsible
}
