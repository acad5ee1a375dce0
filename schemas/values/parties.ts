import * as z from 'zod/mini'

/**
 * The kinds of party, each with one function and a path of its own under `/v1`.
 * `many`: several parties of the kind, told apart by an opaque code; its function works through a session role.
 * `queue`: is sent events. `key`: has a KMS key that wraps data keys for it.
 */
export const partyKinds = {
  mission: { many: true, queue: true, key: true },
  consular: { many: false, queue: true, key: true },
  iom: { many: false, queue: true, key: true },
  centre: { many: true, queue: true, key: true },
  ministry: { many: false, queue: true, key: true },
  partner: { many: true, queue: true, key: true },
  oversight: { many: false, queue: false, key: false },
} as const satisfies Record<string, { many: boolean; queue: boolean; key: boolean }>

export type PartyKind = keyof typeof partyKinds
export const partyKindNames = Object.keys(partyKinds) as PartyKind[]

/** Kinds that events are addressed to. */
export type AddressedKind = {
  [K in PartyKind]: (typeof partyKinds)[K]['queue'] extends true ? K : never
}[PartyKind]
export const addressedKinds = partyKindNames.filter((kind): kind is AddressedKind => partyKinds[kind].queue)

/**
 * Holders of wraps: the parties with a key, two functions with keys of their own, and the custodian. Nobody decrypts
 * with the custodian's key: it holds a section until a next reader is granted it.
 */
export type HolderKind = AddressedKind | 'figures' | 'watch' | 'custodian'
export const holderKinds = [
  ...addressedKinds,
  'figures',
  'watch',
  'custodian',
] as const satisfies readonly HolderKind[]

/** Four characters of Crockford's base 32, opaque: not a country, not a number of anything. */
export const codePattern = '[0-9A-HJKMNP-TV-Z]{4}'
export const partyCode = z.string().check(z.regex(new RegExp(`^${codePattern}$`)))

const manyKinds = partyKindNames.filter((kind) => partyKinds[kind].many).join('|')
const singleKinds = partyKindNames.filter((kind) => !partyKinds[kind].many).join('|')

/** `mission:K7QX`, `centre:C0MT`, `iom`, … */
export const partyId = z
  .string()
  .check(z.regex(new RegExp(`^(?:(?:${manyKinds}):${codePattern}|${singleKinds})$`)))
  .brand<'PartyId'>()
export type PartyId = z.infer<typeof partyId>

/** Who a data key is wrapped for: a party, `figures`, `watch` or the custodian. */
export const holderId = z.union([partyId, z.literal('figures'), z.literal('watch'), z.literal('custodian')])
export type HolderId = z.infer<typeof holderId>

/** Who writes events: a party, or `watch` by itself. */
export const writerId = z.union([partyId, z.literal('watch')])

/** The kind of a party or key holder: what stands before the colon. */
export function kindOf(id: PartyId): PartyKind
export function kindOf(id: HolderId): PartyKind | HolderKind
export function kindOf(id: HolderId): PartyKind | HolderKind {
  // Asked for each holder and class of each event: no list is made for it.
  const colon = id.indexOf(':')
  return (colon < 0 ? id : id.slice(0, colon)) as PartyKind | HolderKind
}

/** The code of a party of which there are many; none for the others. */
export function partyCodeOf(id: PartyId): string | undefined {
  return id.split(':')[1]
}

/** The id of a party from its kind and, where there are many of the kind, its code. */
export function partyOf(kind: PartyKind, code?: string): PartyId {
  return partyId.parse(partyKinds[kind].many ? `${kind}:${code ?? ''}` : kind)
}

/** Kinds of partner: each task is for certain kinds. */
export const partnerKinds = [
  'civil-registry',
  'police',
  'border-police',
  'anti-trafficking-centre',
  'prosecutor',
  'guardianship-authority',
  'district-specialist',
  'community-social-worker',
  'multidisciplinary-team',
  'ngo',
  'hotline',
] as const
export type PartnerKind = (typeof partnerKinds)[number]

/** Roles of users within a party. `system`: a party's own software. */
export const authorRoles = ['officer', 'administrator', 'duty-officer', 'system'] as const
export type AuthorRole = (typeof authorRoles)[number]
