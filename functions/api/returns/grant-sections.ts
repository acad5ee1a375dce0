import { mayGrant } from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf } from '../../../schemas/values/parties.ts'
import type { Grants } from '../../domain/plan.ts'
import type { WrapRow } from '../../vault/stored.ts'
import { rewrapAll, type Wrap, type WrapContext, wrapId } from '../../vault/wraps.ts'
import { keyArn, type Session } from '../http/session.ts'
import type { Reading } from './read-return.ts'

/** A wrap that can be made into one for somebody else, and what it is bound to. */
interface Source {
  row: WrapRow
  from: WrapContext
}

/** What can be granted: of each section the author's own wrap, or the custodian's where no party reads it any more. */
export interface Granting {
  to: HolderId
  sources: readonly Source[]
  /** The sections among them; the log key is no section. */
  sections: readonly string[]
}

/** Which of the sections in a plan's grants the author of a command can wrap for the new holder. */
export function grantable(
  { by }: Session,
  { state, wraps }: Reading,
  grants: Grants | undefined,
): Granting | undefined {
  if (!grants) return undefined
  const sourceOf = (place: { sec: string; cls: string }, holders: readonly HolderId[]): Source[] =>
    holders
      .flatMap((party) => {
        const from = { ret: state.ret, sec: place.sec, cls: place.cls, party }
        const row = wraps.find(({ wrap }) => wrap === wrapId(from))
        return row ? [{ row, from }] : []
      })
      .slice(0, 1)
  // KMS does not compare the two contexts of a re-wrap, so nobody grants from the custodian to a party of its own kind.
  const mayUnlock = kindOf(grants.to) !== kindOf(by.party)
  const granted = mayGrant(kindOf(by.party), kindOf(grants.to)) ? grants.sections : []
  const sections = granted.flatMap(({ sec, cls }) =>
    sourceOf({ sec, cls }, mayUnlock && state.locked.has(sec) ? [by.party, 'custodian'] : [by.party]),
  )
  const log = grants.log ? sourceOf({ ...state.log, cls: 'log' }, [by.party]) : []
  return {
    to: grants.to,
    sources: [...sections, ...log],
    sections: sections.map(({ from }) => from.sec),
  }
}

/** Makes the wraps, all at once; KMS re-encrypts the keys, and this function never sees them. */
export function grant({ kms }: Session, granting: Granting | undefined): Promise<Wrap[]> {
  return granting ? rewrapAll(kms, keyArn, granting.sources, granting.to) : Promise.resolve([])
}
