import { type HolderId, kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import type { BasisStatus, Participants } from './participants.ts'
import { addressed } from './readers.ts'

/** Who is on an alert: the post that it went to answers for it, and whoever raised it reads what it said. */
export function alertParticipants(raisedBy: PartyId, post: PartyId): Participants {
  const basis = new Map<HolderId, BasisStatus>(raisedBy === post ? [] : [[raisedBy, 'raised']])
  return { responsible: post, arranger: post, basis, tasks: [], over: new Set() }
}

/**
 * The circle once an alert was passed to another post. A post that it only went to has no part in it any more; one that
 * raised it itself reads on, and the consular department is told of all anyway.
 */
export function passed<C extends Participants>(circle: C, to: PartyId): C {
  const { responsible } = circle
  const basis = new Map(circle.basis)
  basis.delete(to)
  const raisedItself = ![...circle.basis.values()].includes('raised')
  if (kindOf(responsible) !== 'consular') basis.set(responsible, raisedItself ? 'raised' : 'ended')
  return { ...circle, responsible: to, arranger: to, basis }
}

/** Who can pass an alert on: the post that has it; where that is none, who raised it. */
export function passer(circle: Participants): PartyId {
  const { responsible, basis } = circle
  if (kindOf(responsible) !== 'consular') return responsible
  return addressed(circle).find((party) => basis.get(party) === 'raised') ?? responsible
}
