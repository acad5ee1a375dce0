import type { WayIn } from '../../schemas/procedure/ways.ts'
import type { LegalBasis } from '../../schemas/values/basis.ts'
import type { HolderId } from '../../schemas/values/parties.ts'
import { everyone, type Filing, filingWith } from './bodies.ts'

/** The sample as others than a mission register her: she is home, by a way in. */
export const homeAs = (
  wayIn: WayIn,
  grounds: readonly (readonly [HolderId, LegalBasis])[] = everyone,
): Filing => {
  const filing = filingWith(grounds)
  return { ...filing, case: { ...filing.case, wayIn } }
}
