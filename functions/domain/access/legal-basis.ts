import type { Content } from '../../../schemas/sections/sections.ts'
import type { LegalBasis, Purpose } from '../../../schemas/values/basis.ts'
import { type HolderId, kindOf } from '../../../schemas/values/parties.ts'
import { cameOfAge, isAdult } from './age.ts'
import { all, type Facts, formed, inOrder, latest } from './opened-sections.ts'
import type { Participants } from './participants.ts'

/** The grounds on record, by recipient: those of the agreement, in their place those that came later, less what was taken back. */
export function groundsOf(facts: Facts): Map<HolderId, LegalBasis> {
  const grounds = new Map<HolderId, LegalBasis>(
    (latest(facts, 'case', 'request')?.agreement.recipients ?? []).map(({ recipient, basis }) => [
      recipient,
      basis,
    ]),
  )
  for (const { section, content } of inOrder(facts, 'case')) {
    if (section.slot === 'basis') {
      const { recipient, basis } = formed('case', 'basis', content)
      grounds.set(recipient, basis)
    }
    if (section.slot === 'withdrawal') {
      const { recipient, purposes } = formed('case', 'withdrawal', content)
      const ground = grounds.get(recipient)
      if (ground?.kind === 'consent') grounds.set(recipient, narrowed(ground, purposes))
    }
  }
  return grounds
}

type Consent = Extract<LegalBasis, { kind: 'consent' }>

/** Consent without some purposes; what was taken back as a whole is left out by the event, and stays on record. */
function narrowed(ground: Consent, taken: readonly Purpose[] = []): Consent {
  return { ...ground, purposes: ground.purposes.filter((purpose) => !taken.includes(purpose)) }
}

/** Whether a recipient is left with a purpose that the person agreed to, once some are taken back; all, if none is named. */
export function keepsPurpose(ground: LegalBasis | undefined, taken: readonly Purpose[] | undefined): boolean {
  return ground?.kind === 'consent' && taken !== undefined && narrowed(ground, taken).purposes.length > 0
}

/** Whether a recipient is told for a purpose: any other ground than consent is for what it is there for. */
const isFor = (ground: LegalBasis | undefined, purpose: Purpose) =>
  ground?.kind !== 'consent' || ground.purposes.includes(purpose)

/**
 * What the person said last about returning: what was recorded since filing stands in place of the agreement, and who
 * refused when it was time to leave has said no.
 */
export function wishOf(facts: Facts): 'yes' | 'no' | 'cannot-answer' | undefined {
  const said = inOrder(facts, 'case').flatMap(({ section: { slot }, content }) => {
    if (slot === 'wish') return formed('case', slot, content).toReturn
    return slot === 'did-not-come' && formed('case', slot, content).reason === 'refused' ? 'no' : []
  })
  return said.at(-1) ?? latest(facts, 'case', 'request')?.agreement.toReturn
}

/** Where the person wants to go after the arrival: her last word on it, else what was said at filing. */
export function choiceOf(facts: Facts): Content<'case', 'request'>['reception'] | undefined {
  const said = inOrder(facts, 'case').flatMap(({ section: { slot }, content }) => {
    if (slot === 'choice' || slot === 'arrival') return formed('case', slot, content).choice ?? []
    return []
  })
  return said.at(-1) ?? latest(facts, 'case', 'request')?.reception
}

/** Whether a guardian is under suspicion: who cannot consent, is not told, and gets no export. */
export function guardianSuspected(facts: Facts): boolean {
  return (
    all(facts, 'safety', 'safety').some((one) => one.guardianSuspected) ||
    latest(facts, 'protection', 'child')?.travelsWith === 'suspected-adult'
  )
}

/** Whether somebody else than the person said yes for her. */
const spokenFor = (ground: LegalBasis) => ground.kind === 'consent' && ground.by !== 'self'

/** Whether a ground is a guardian's word, and the guardian is under suspicion. */
export function isSuspectsWord(ground: LegalBasis, facts: Facts): boolean {
  return ground.kind === 'consent' && ground.by === 'guardian' && guardianSuspected(facts)
}

/** Whether somebody spoke for a child that has come of age by a day. */
export function isOutgrown(ground: LegalBasis, facts: Facts, on: string): boolean {
  return ground.kind === 'consent' && spokenFor(ground) && cameOfAge(facts, ground.on, on)
}

/** Whether a guardian speaks for somebody who is of age. */
export function isGuardianOfAdult(ground: LegalBasis, facts: Facts, on: string): boolean {
  return ground.kind === 'consent' && ground.by === 'guardian' && isAdult(facts, on)
}

/** The grounds that stand in clear, with what is on record of each. */
function currentBases({ basis }: Participants, facts: Facts): [HolderId, LegalBasis][] {
  return [...groundsOf(facts)].filter(([holder]) =>
    ['consent', 'other-basis'].includes(basis.get(holder) ?? 'none'),
  )
}

/**
 * Whether a ground speaks for the return of somebody who cannot: a guardian's or proxy's word, an emergency, a child's
 * protection. That a law lets somebody be told says nothing of what she wants.
 */
export function isSpokenFor(circle: Participants, facts: Facts): boolean {
  return currentBases(circle, facts).some(
    ([, ground]) =>
      spokenFor(ground) || ground.kind === 'vital-interests' || ground.kind === 'child-protection',
  )
}

/** Why a ground that stands in clear no longer holds on a day, in words that name no one. */
export function endedGround(circle: Participants, facts: Facts, on: string): string | false {
  const section = currentBases(circle, facts)
  const some = (ends: (ground: LegalBasis) => boolean) => section.some(([, ground]) => ends(ground))
  if ([...circle.basis.values()].includes('to-ask'))
    return 'The person has to be asked anew, and was not yet.'
  if (some((ground) => isSuspectsWord(ground, facts)))
    return 'A guardian under suspicion consented, who cannot.'
  if (some((ground) => isOutgrown(ground, facts, on)))
    return 'Somebody spoke for the person as a child; she has come of age and has to be asked.'
  if (!isFor(groundsOf(facts).get(circle.arranger), 'arrange-return'))
    return 'Who plans the journey may be told, but not for planning it.'
  const receiving = section.filter(([holder]) => kindOf(holder) === 'centre')
  if (
    choiceOf(facts) === 'centre' &&
    receiving.length > 0 &&
    !receiving.some(([, ground]) => isFor(ground, 'receive'))
  )
    return 'The person chose the Centre, which may be told, but not for receiving her.'
  return (
    wishOf(facts) !== 'cannot-answer' &&
    some((ground) => ground.kind === 'vital-interests') &&
    'The person can answer now, and is still told about on the ground of an emergency.'
  )
}

/** The recipients whose grounds end for a reason: she can answer, came of age, or who spoke for her may not. */
export function endingFor(
  why: 'can-answer' | 'came-of-age' | 'guardian-suspected' | 'other',
  circle: Participants,
  facts: Facts,
): HolderId[] {
  const ends = (ground: LegalBasis) => {
    switch (why) {
      case 'can-answer':
        return ground.kind === 'vital-interests'
      case 'came-of-age':
        return spokenFor(ground)
      case 'guardian-suspected':
        return ground.kind === 'consent' && ground.by === 'guardian'
      case 'other':
        return ground.kind === 'vital-interests' || spokenFor(ground)
    }
  }
  return currentBases(circle, facts).flatMap(([holder, ground]) => (ends(ground) ? [holder] : []))
}
