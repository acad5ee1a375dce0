import type * as z from 'zod/mini'
import { afterJourney, overPhases } from '../../../schemas/procedure/phases.ts'
import type { linkKind, returnToEnd } from '../../../schemas/values/codes.ts'
import type { ReturnLink, State } from '../state.ts'

type ToEnd = z.infer<typeof returnToEnd>
type Course = Pick<State, 'phase' | 'arrivedAt'>

const isOver = ({ phase }: Course) => overPhases.includes(phase)
/** Who was home before anything was filed never arrived by this return. */
const isHome = ({ phase, arrivedAt }: Course) => arrivedAt !== undefined || afterJourney.includes(phase)

/**
 * Which of two linked returns may be void, as the first of them records it. One journey is filed twice: of a person who is
 * home by one return, the other is void. Where nobody has come yet, the parties agree on one of the two.
 */
export function returnToEndOf(own: Course, other: Course, link: z.infer<typeof linkKind>): ToEnd {
  if (link === 'repeat' || isOver(own) || isOver(other)) return 'none'
  if (isHome(own) === isHome(other)) return 'either'
  return isHome(own) ? 'other' : 'this'
}

/** The link that the responsible party has to answer: by ending this return as void, or by saying that it goes on. */
export function openLink({ links, phase }: Pick<State, 'links' | 'phase'>): ReturnLink | undefined {
  if (overPhases.includes(phase)) return undefined
  return links.find(({ toEnd, kept }) => !kept && (toEnd === 'this' || toEnd === 'either'))
}
