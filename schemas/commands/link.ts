import * as z from 'zod/mini'
import { nothing } from '../events/data-forms.ts'
import { returnPhases } from '../procedure/phases.ts'
import { linkKind, returnToEnd } from '../values/codes.ts'
import { sha256 } from '../values/texts.ts'
import type { CommandShape } from './command-shape.ts'

/** A digest of the match, so that nobody on this return learns which other return it is of. */
const match = { match: sha256 }
const linked = { ...match, link: linkKind, toEnd: returnToEnd }

/** Two returns are of one person, or are not after all. Each is written on both returns, and says nothing of the other. */
export const linkCommands = {
  /** Goes with the decision on a match. It says how the two are linked, and which of them may be void. */
  link: {
    owners: ['iom', 'consular'],
    from: returnPhases,
    withDecision: true,
    clear: linked,
    alsoFor: 'everyone',
    event: 'linked',
    data: z.strictObject(linked),
  },
  unlink: {
    owners: ['iom', 'consular'],
    from: returnPhases,
    withDecision: true,
    clear: match,
    alsoFor: 'everyone',
    event: 'unlinked',
    data: z.strictObject(match),
  },
  /** The responsible party says that this return goes on although the person has another one. */
  'keep-return': {
    owners: ['mission', 'iom', 'centre', 'partner'],
    from: 'open',
    event: 'return-kept',
    data: nothing,
  },
} as const satisfies Record<string, CommandShape>
