import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { linkKind } from '../values/codes.ts'
import { codePattern, type PartyKind, partyId } from '../values/parties.ts'
import { instant, returnId, sha256 } from '../values/texts.ts'
import { reference } from './answers.ts'
import { searchingKinds, traitKind } from './search.ts'

/** Who decides whether two returns are of one person: IOM where it is on both, else the consular department. */
export const decidingKinds = ['iom', 'consular'] as const satisfies readonly PartyKind[]
export const decider = z.enum(decidingKinds)
export type Decider = z.infer<typeof decider>

/** Who sees which returns are linked, of those that it is on: who searches, and who decides. */
export const linkedKinds = [...searchingKinds, 'consular'] as const satisfies readonly PartyKind[]

/** Whether a kind of party sees links. */
export const seesLinks = (kind: PartyKind) => (linkedKinds as readonly PartyKind[]).includes(kind)

const ret = '[0-9A-HJKMNP-TV-Z]{30}'
/** Two returns, or a return and the party that looked for somebody like her: ids alone. */
export const matchId = z.string().check(z.regex(new RegExp(`^${ret}-(?:${ret}|${codePattern}|iom)$`)))

/** Why somebody decided as they did. */
export const matchReason = z.enum([
  'papers-compared',
  'asked-the-person',
  'in-register',
  'asked-the-posts',
  'mistake',
])

/** `POST …/matches/{match}/decision`, on the version that was read. */
export const matchDecision = z.strictObject({
  answer: z.enum(['same', 'not-same', 'unlinked']),
  reason: matchReason,
})
export type MatchDecision = z.infer<typeof matchDecision>

/** `matching` as an author: nobody's hand. */
const matcher = z.strictObject({
  party: z.literal('matching'),
  role: z.literal('system'),
  user: z.literal('matching'),
})

/**
 * What became of a match, as it is kept: a chain of its own for each. Its hash is
 * SHA-256("acasa/match/v1\n" ‖ RFC 8785 bytes); the next one names it as `prev`. Kinds of what agrees, never values.
 */
export const matchRecord = z.strictObject({
  match: matchId,
  n: z.int().check(z.minimum(0)),
  prev: sha256,
  at: instant,
  by: z.union([author, matcher]),
  state: z.enum(['raised', 'same', 'not-same', 'unlinked']),
  decider,
  /** Two, or one where a party looked for her. */
  returns: z.array(returnId).check(z.minLength(1), z.maxLength(2)),
  searchedBy: z.optional(partyId),
  /** What agrees now; nothing where a link was decided on what was put right since. */
  traits: z.array(traitKind),
  /** What both returns have and does not agree: two IDNPs. */
  differs: z.optional(z.array(traitKind)),
  /** Digests of what agrees, each of this match alone: by them it is seen that something else agrees now. */
  agreed: z.array(z.string().check(z.regex(/^(?:name|idnp|document):[0-9a-f]{16}$/))).check(z.maxLength(500)),
  reason: z.optional(matchReason),
  /**
   * Of two returns that are linked: whether both went on at once, or one came after the other. It stays while a link is
   * asked again.
   */
  link: z.optional(linkKind),
})
export type MatchRecord = z.infer<typeof matchRecord>

const line = {
  ...z.omit(matchRecord, { n: true, prev: true, returns: true }).shape,
  /** The version that a decision names. */
  version: z.int().check(z.minimum(1)),
  returns: z.array(z.strictObject({ ret: returnId, reference })),
}

/** A match as it stands. */
export const match = z.strictObject(line)

/** `GET …/matches?state=`: those that wait for a decision, or those decided, a page at a time. */
export const matchesState = z.enum(['open', 'decided'])
export const matches = z.strictObject({ matches: z.array(match), next: z.optional(z.string()) })

/** `GET …/matches/{match}`: as it stands, and who raised, linked and unlinked it, and when. */
export const matchHistory = z.strictObject({
  ...line,
  records: z.array(z.extend(matchRecord, { hash: sha256 })),
})
