import type { SlotContent } from '../../../schemas/sections/sections.ts'
import type { LegalBasis, Purpose } from '../../../schemas/values/basis.ts'
import { type HolderId, kindOf } from '../../../schemas/values/parties.ts'
import type { Participants } from '../state.ts'
import { cameOfAge } from './age.ts'
import { all, type Facts, formed, latest, sectionsInOrder } from './opened-sections.ts'

/**
 * The legal bases on record, by recipient: those of the agreement at filing, replaced by later ones, without the
 * purposes that were withdrawn.
 */
export function basesOf(facts: Facts): Map<HolderId, LegalBasis> {
  const bases = new Map<HolderId, LegalBasis>(
    (latest(facts, 'case', 'request')?.agreement.recipients ?? []).map(({ recipient, basis }) => [
      recipient,
      basis,
    ]),
  )
  for (const { section, content } of sectionsInOrder(facts, 'case')) {
    if (section.slot === 'basis') {
      const { recipient, basis } = formed('case', 'basis', content)
      bases.set(recipient, basis)
    }
    if (section.slot === 'withdrawal') {
      const { recipient, purposes } = formed('case', 'withdrawal', content)
      const basis = bases.get(recipient)
      if (basis?.kind === 'consent') bases.set(recipient, withoutPurposes(basis, purposes))
    }
  }
  return bases
}

type Consent = Extract<LegalBasis, { kind: 'consent' }>

/** A consent without the purposes that were withdrawn. A consent that was withdrawn as a whole stays on record. */
function withoutPurposes(consent: Consent, withdrawn: readonly Purpose[] = []): Consent {
  return { ...consent, purposes: consent.purposes.filter((purpose) => !withdrawn.includes(purpose)) }
}

/** Whether the person still consents to some purpose after a withdrawal; one that names no purpose withdraws them all. */
export function keepsPurpose(
  basis: LegalBasis | undefined,
  withdrawn: readonly Purpose[] | undefined,
): boolean {
  return (
    basis?.kind === 'consent' &&
    withdrawn !== undefined &&
    withoutPurposes(basis, withdrawn).purposes.length > 0
  )
}

/** Whether a basis covers a purpose. Consent covers those that it names; any other basis covers what it is there for. */
const covers = (basis: LegalBasis | undefined, purpose: Purpose) =>
  basis?.kind !== 'consent' || basis.purposes.includes(purpose)

/**
 * The person's last word about returning: the agreement at filing, replaced by what was recorded since. A person who
 * refused when it was time to leave has said no.
 */
export function wishOf(facts: Facts): 'yes' | 'no' | 'cannot-answer' | undefined {
  const wishes = sectionsInOrder(facts, 'case').flatMap(({ section: { slot }, content }) => {
    if (slot === 'wish') return formed('case', slot, content).toReturn
    return slot === 'did-not-come' && formed('case', slot, content).reason === 'refused' ? 'no' : []
  })
  return wishes.at(-1) ?? latest(facts, 'case', 'request')?.agreement.toReturn
}

/** Where the person wants to go after the arrival: her last word, or else what was said at filing. */
export function choiceOf(facts: Facts): SlotContent<'case', 'request'>['reception'] | undefined {
  const choices = sectionsInOrder(facts, 'case').flatMap(({ section: { slot }, content }) => {
    if (slot === 'choice' || slot === 'arrival') return formed('case', slot, content).choice ?? []
    return []
  })
  return choices.at(-1) ?? latest(facts, 'case', 'request')?.reception
}

/** Whether a guardian is under suspicion: such a guardian cannot consent, is not contacted, and gets no export. */
export function guardianSuspected(facts: Facts): boolean {
  return (
    all(facts, 'safety', 'safety').some((safety) => safety.guardianSuspected) ||
    latest(facts, 'protection', 'child')?.travelsWith === 'suspected-adult'
  )
}

/** Whether somebody else than the person consented for her. */
const isByAnother = (basis: LegalBasis) => basis.kind === 'consent' && basis.by !== 'self'

/** Whether a basis is the consent of a guardian who is under suspicion. */
function isBySuspectedGuardian(basis: LegalBasis, facts: Facts): boolean {
  return basis.kind === 'consent' && basis.by === 'guardian' && guardianSuspected(facts)
}

/** Whether somebody consented for a child who has come of age by a day. */
function isForFormerChild(basis: LegalBasis, facts: Facts, on: string): boolean {
  return basis.kind === 'consent' && isByAnother(basis) && cameOfAge(facts, basis.on, on)
}

/** The legal bases that stand in clear, with what is on record of each. */
function currentBases({ basis }: Participants, facts: Facts): [HolderId, LegalBasis][] {
  return [...basesOf(facts)].filter(([holder]) =>
    ['consent', 'other-basis'].includes(basis.get(holder) ?? 'none'),
  )
}

/**
 * Whether some basis speaks for the return of a person who cannot answer: the consent of a guardian or proxy, an
 * emergency, the protection of a child. A guardian under suspicion speaks for nobody. A legal duty to inform somebody says nothing of what the person wants.
 */
export function isSpokenFor(participants: Participants, facts: Facts): boolean {
  return currentBases(participants, facts).some(
    ([, basis]) =>
      (isByAnother(basis) && !isBySuspectedGuardian(basis, facts)) ||
      basis.kind === 'vital-interests' ||
      basis.kind === 'child-protection',
  )
}

/** Why a basis that stands in clear no longer holds on a day, in words that name no one. */
export function endedBasisReason(participants: Participants, facts: Facts, on: string): string | false {
  const current = currentBases(participants, facts)
  const some = (isEnded: (basis: LegalBasis) => boolean) => current.some(([, basis]) => isEnded(basis))
  if ([...participants.basis.values()].includes('to-ask'))
    return 'The person has to be asked anew, and has not been asked yet.'
  if (some((basis) => isBySuspectedGuardian(basis, facts)))
    return 'A guardian under suspicion consented, and such a guardian cannot consent.'
  if (some((basis) => isForFormerChild(basis, facts, on)))
    return 'Somebody consented for the person as a child; she has come of age and has to be asked.'
  if (!covers(basesOf(facts).get(participants.arranger), 'arrange-return'))
    return 'The party that plans the journey has a legal basis, but not for planning it.'
  const centres = current.filter(([holder]) => kindOf(holder) === 'centre')
  if (
    choiceOf(facts) === 'centre' &&
    centres.length > 0 &&
    !centres.some(([, basis]) => covers(basis, 'receive'))
  )
    return 'The person chose the Centre, which has a legal basis, but not for receiving her.'
  return (
    wishOf(facts) !== 'cannot-answer' &&
    some((basis) => basis.kind === 'vital-interests') &&
    'The person can answer now, and a recipient still has no basis but the emergency.'
  )
}

/** The recipients whose basis ends for a reason: the person can answer, came of age, or her guardian is suspected. */
export function recipientsToAskAbout(
  why: 'can-answer' | 'came-of-age' | 'guardian-suspected' | 'other',
  participants: Participants,
  facts: Facts,
): HolderId[] {
  const isEnded = (basis: LegalBasis) => {
    switch (why) {
      case 'can-answer':
        return basis.kind === 'vital-interests'
      case 'came-of-age':
        return isByAnother(basis)
      case 'guardian-suspected':
        return basis.kind === 'consent' && basis.by === 'guardian'
      case 'other':
        return basis.kind === 'vital-interests' || isByAnother(basis)
    }
  }
  return currentBases(participants, facts).flatMap(([holder, basis]) => (isEnded(basis) ? [holder] : []))
}
