import type { PartnerKind, PartyKind } from '../values/parties.ts'

/**
 * How somebody who is home already is found: she came back by herself, or somebody inside the country refers her. Whom
 * a mission files for is abroad, and comes by a request.
 */
export const waysIn = ['spontaneous', 'referral'] as const
export type WayIn = (typeof waysIn)[number]

/** Who registers somebody who is home, and by which way in. */
const registering: { readonly [K in PartyKind]?: readonly WayIn[] } = {
  iom: ['spontaneous'],
  // Who refers without an account brings a paper to the Centre.
  centre: ['spontaneous', 'referral'],
}

/** The same of partners, by what each of them is; a kind that is not named registers nobody. */
const registeringPartners: { readonly [K in PartnerKind]?: readonly WayIn[] } = {
  hotline: ['spontaneous', 'referral'],
  'district-specialist': ['spontaneous', 'referral'],
  police: ['referral'],
  'border-police': ['referral'],
  'anti-trafficking-centre': ['referral'],
  'guardianship-authority': ['referral'],
  'community-social-worker': ['referral'],
  ngo: ['referral'],
}

/** The partners that raise an alert. */
const alertingPartners: readonly PartnerKind[] = ['hotline', 'ngo', 'police', 'anti-trafficking-centre']

/** The ways in by which a party registers somebody; `partner`: what it is, where it is one. */
export function waysOf(kind: PartyKind, partner?: PartnerKind): readonly WayIn[] {
  return (kind === 'partner' ? partner && registeringPartners[partner] : registering[kind]) ?? []
}

/** Whether a party raises alerts, of the kinds that do (`commands.ts`). */
export function mayAlert(kind: PartyKind, partner?: PartnerKind): boolean {
  return kind !== 'partner' || (partner !== undefined && alertingPartners.includes(partner))
}
