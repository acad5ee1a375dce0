import { draftingKinds } from '../schemas/api/drafts.ts'
import {
  type DataClass,
  dataClassNames,
  draftClass,
  grantableClasses,
  grantsTo,
  mayHold,
  mayWrite,
} from '../schemas/values/classes.ts'
import {
  type AddressedKind,
  addressedKinds,
  type HolderKind,
  type PartyKind,
  partyKinds,
} from '../schemas/values/parties.ts'

/** One use that a holder's key allows: by whom, which action, for which holder ids and for which classes. */
export interface KeyUse {
  by: AddressedKind | 'watch' | 'figures'
  action: 'kms:Decrypt' | 'kms:Encrypt' | 'kms:ReEncryptFrom' | 'kms:ReEncryptTo'
  /**
   * The `party` of the encryption context, or a pattern where `like` is set. For a re-wrap, the context of the key's
   * own side.
   */
  party: string
  like: boolean
  classes: (DataClass | typeof draftClass)[]
  /** Only wraps of this same key may be re-wrapped to it. */
  fromItself?: boolean
  /** For the caller's own party only, where other parties of its kind share the key. */
  forItself?: boolean
}

/**
 * All keys of the encryption context of a wrapped data key. The values are opaque ids, because CloudTrail records
 * them.
 */
export const contextKeys = ['ret', 'sec', 'cls', 'party'] as const

/** The id of a caller's own party: fixed, or with the code from the tag of its session. */
export function ownId(kind: PartyKind): string {
  return partyKinds[kind].many ? `${kind}:\${aws:PrincipalTag/code}` : kind
}

/**
 * The uses of a holder's key. The holder decrypts its own wraps, of classes that it may read. A party that may write
 * such a class encrypts; only the reading party itself encrypts a draft. Nothing ever opens the wraps of the
 * custodian.
 */
export function usesOf(holder: HolderKind): KeyUse[] {
  const held = dataClassNames.filter((cls) => mayHold(holder, cls))
  const drafts = isParty(holder) && draftingKinds.includes(holder)
  const reading: KeyUse[] = opens(holder)
    ? [
        {
          by: holder,
          action: 'kms:Decrypt',
          party: isParty(holder) ? ownId(holder) : holder,
          like: false,
          classes: drafts ? [...held, draftClass] : held,
        },
      ]
    : []
  const drafting: KeyUse[] = drafts
    ? [
        {
          by: holder,
          action: 'kms:Encrypt',
          party: ownId(holder),
          like: false,
          classes: [draftClass],
          forItself: true,
        },
      ]
    : []
  const writing = addressedKinds.map(
    (by): KeyUse => ({
      by,
      action: 'kms:Encrypt',
      ...anyOf(holder),
      classes: held.filter((cls) => mayWrite(by, cls)),
    }),
  )
  return [...reading, ...drafting, ...writing, ...grantingOf(holder)].filter(
    ({ classes }) => classes.length > 0,
  )
}

/**
 * Re-wraps for a party that joins a return: from the granter's own wrap or the custodian's, to the key of the new
 * holder. KMS compares each side's context with the policy of that side's key, but never the two contexts with each
 * other. A granter could therefore rename a class that is not for it. So only wraps of a key itself may be re-wrapped
 * to the key of the granter's own kind (`fromItself`).
 */
function grantingOf(holder: HolderKind): KeyUse[] {
  const granters = addressedKinds.filter(isGranter)
  const classes = grantableClasses.filter((cls) => mayHold(holder, cls))
  const from = granters.filter((by) => by === holder || holder === 'custodian')
  const to = granters.filter((by) => granted(by).includes(holder))
  return [
    ...from.map(
      (by): KeyUse => ({
        by,
        action: 'kms:ReEncryptFrom',
        party: isParty(holder) ? ownId(holder) : holder,
        like: false,
        classes,
      }),
    ),
    ...to.map(
      (by): KeyUse => ({
        by,
        action: 'kms:ReEncryptTo',
        ...anyOf(holder),
        classes,
        ...(by === holder ? { fromItself: true } : {}),
      }),
    ),
  ]
}

/** The holders whose keys a kind of party uses; its own is one of them if it opens wraps. */
export function holdersUsedBy(kind: PartyKind, holders: readonly HolderKind[]): HolderKind[] {
  return holders.filter((holder) => usesOf(holder).some(({ by }) => by === kind))
}

/** Every holder of a kind. */
function anyOf(holder: HolderKind): Pick<KeyUse, 'party' | 'like'> {
  const like = isParty(holder) && partyKinds[holder].many
  return { party: like ? `${holder}:????` : holder, like }
}

function opens(holder: HolderKind): holder is KeyUse['by'] {
  return isParty(holder) || holder === 'watch' || holder === 'figures'
}

function isParty(holder: HolderKind): holder is AddressedKind {
  return (addressedKinds as readonly string[]).includes(holder)
}

function isGranter(kind: AddressedKind): kind is keyof typeof grantsTo {
  return kind in grantsTo
}

const granted = (kind: keyof typeof grantsTo): readonly HolderKind[] => grantsTo[kind]
