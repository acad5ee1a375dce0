import { type DataClass, dataClassNames, mayRead, mayWrite } from '../schemas/classes.ts'
import {
  type AddressedKind,
  addressedKinds,
  type HolderKind,
  type PartyKind,
  partyKinds,
} from '../schemas/parties.ts'

/** One use that a holder's key allows: who, what, for which holder ids, for which classes. */
export interface KeyUse {
  by: PartyKind | 'watch'
  action: 'kms:Decrypt' | 'kms:Encrypt'
  /** The `party` of the encryption context; a pattern where `like`. */
  party: string
  like: boolean
  classes: DataClass[]
}

/** The encryption context of a wrapped data key, whole. Opaque ids only: it is written to CloudTrail. */
export const contextKeys = ['ret', 'sec', 'cls', 'party'] as const

/** The id of a caller's own party: fixed, or with the code that its session is tagged with. */
export function ownId(kind: PartyKind): string {
  return partyKinds[kind].many ? `${kind}:\${aws:PrincipalTag/code}` : kind
}

/**
 * The uses of the key of a holder. It decrypts its own wraps, of classes that it may read; whoever may write
 * such a class encrypts. `figures` holds wraps that nothing opens yet: its key only encrypts.
 */
export function usesOf(holder: HolderKind): KeyUse[] {
  const readable = dataClassNames.filter((cls) => mayRead(holder, cls))
  const reading: KeyUse[] = opens(holder)
    ? [
        {
          by: holder,
          action: 'kms:Decrypt',
          party: isParty(holder) ? ownId(holder) : holder,
          like: false,
          classes: readable,
        },
      ]
    : []
  const many = isParty(holder) && partyKinds[holder].many
  const writing = addressedKinds.map(
    (by): KeyUse => ({
      by,
      action: 'kms:Encrypt',
      party: many ? `${holder}:????` : holder,
      like: many,
      classes: readable.filter((cls) => mayWrite(by, cls)),
    }),
  )
  return [...reading, ...writing].filter(({ classes }) => classes.length > 0)
}

/** The holders that a kind of party wraps data keys for, and itself if it opens wraps. */
export function holdersUsedBy(kind: PartyKind, holders: readonly HolderKind[]): HolderKind[] {
  return holders.filter((holder) => usesOf(holder).some(({ by }) => by === kind))
}

function opens(holder: HolderKind): holder is AddressedKind | 'watch' {
  return isParty(holder) || holder === 'watch'
}

function isParty(holder: HolderKind): holder is AddressedKind {
  return (addressedKinds as readonly string[]).includes(holder)
}
