import { openable } from '../../../schemas/api/routes.ts'
import { isOwner } from '../../../schemas/commands/commands.ts'
import { alertPhases } from '../../../schemas/procedure/phases.ts'
import type { SignedIn } from '../context.ts'
import type { ReturnView } from './return-head.tsx'

/** The papers of a return, in the order in which they come up. Each is the end of its address. */
export const paperNames = ['sheet', 'travel-sheet', 'handover-sheet'] as const
export type PaperName = (typeof paperNames)[number]

type Reader = Pick<SignedIn, 'kind'>

const may: Readonly<Record<PaperName, (me: Reader, seen: ReturnView) => boolean>> = {
  // A party with a task alone does not know who else is notified, so it cannot say it.
  sheet: ({ kind }, { reads }) => openable(kind).includes('identity') && reads !== undefined,
  'travel-sheet': ({ kind }) => openable(kind).includes('travel'),
  'handover-sheet': ({ kind }) => isOwner(kind, 'hand-over') || isOwner(kind, 'confirm-handover'),
}

/** Whether a user prints a paper of a return: never after leaving it, and never of an alert, whose person nobody knows. */
export function mayPrint(paper: PaperName, me: Reader, seen: ReturnView): boolean {
  const isAlert = alertPhases.some((phase) => phase === seen.phase)
  return seen.membership === 'on' && !isAlert && may[paper](me, seen)
}

/** The papers of a return that a user prints. */
export function papersOf(me: Reader, seen: ReturnView): PaperName[] {
  return paperNames.filter((paper) => mayPrint(paper, me, seen))
}

export const paperAddress = ({ ret }: Pick<ReturnView, 'ret'>, paper: PaperName) =>
  `/desk/returns/${ret}/${paper}`
