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

/** One use that a holder's key allows: who, what, for which holder ids, for which classes. */
export interface KeyUse {
  by: AddressedKind | 'watch' | 'figures'
  action: 'kms:Decrypt' | 'kms:Encrypt' | 'kms:ReEncryptFrom' | 'kms:ReEncryptTo'
  /** The `party` of the encryption context; a pattern where `like`. Of a re-wrap, that of the key's own side. */
  party: string
  like: boolean
  classes: (DataClass | typeof draftClass)[]
  /** Only what comes from this very key may be re-wrapped to it. */
  fromItself?: boolean
  /** For the caller's own party alone, where others of its kind share the key. */
  forItself?: boolean
}

/** The encryption context of a wrapped data key, whole. Opaque ids only: it is written to CloudTrail. */
export const contextKeys = ['ret', 'sec', 'cls', 'party'] as const

/** The id of a caller's own party: fixed, or with the code that its session is tagged with. */
export function ownId(kind: PartyKind): string {
  return partyKinds[kind].many ? `${kind}:\${aws:PrincipalTag/code}` : kind
}

/**
 * The uses of the key of a holder. It decrypts its own wraps, of classes that it may read; whoever may write
 * such a class encrypts, and a draft nobody but the party that reads it. `figures` holds wraps that nothing opens yet, and nothing ever opens those of the custodian.
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
 * Re-wrapping for somebody who joins a return: from a granter's own wrap or from the custodian's, to the key of who
 * is granted to. KMS compares each side's context with the policy of that side's key, and never the two contexts with
 * each other, so a class that is not for the granter could change its name on the way. Hence nothing that a granter
 * does not hold can come under the key of its own kind (`fromItself`).
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

/** The holders whose keys a kind of party uses, its own among them if it opens wraps. */
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
