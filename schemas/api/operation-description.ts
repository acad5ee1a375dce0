import type * as z from 'zod/mini'
import type { ProblemCode } from './problems.ts'

/** What the contract tells of an act. */
export interface OperationDescription {
  summary: string
  status: number
  answer?: z.ZodMiniType
  /** Problems that this act can end in, besides those of every route. */
  problems: readonly ProblemCode[]
}

/** Problems that every route can end in. */
export const anywhere: readonly ProblemCode[] = [
  'unauthorized',
  'signed-out',
  'wrong-party',
  'internal',
  'busy',
]
/** Those of every route with a body. */
export const body: readonly ProblemCode[] = ['bad-json', 'bad-input', 'body-too-large', 'not-json']
/** Those of every route on a return. */
export const ofReturn: readonly ProblemCode[] = ['not-found', 'basis-ended', 'trail-broken']
