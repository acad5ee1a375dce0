import type * as z from 'zod/mini'
import type { ProblemCode } from './problems.ts'

/** What the OpenAPI document says of an operation. */
export interface OperationDescription {
  summary: string
  status: number
  answer?: z.ZodMiniType
  /** Problems of this operation, besides those of every route. */
  problems: readonly ProblemCode[]
}

/** Problems of every route. */
export const anywhere: readonly ProblemCode[] = [
  'unauthorized',
  'signed-out',
  'wrong-party',
  'internal',
  'busy',
]
/** Problems of every route with a body. */
export const body: readonly ProblemCode[] = ['bad-json', 'bad-input', 'body-too-large', 'not-json']
/** Problems of every route on a return. */
export const ofReturn: readonly ProblemCode[] = ['not-found', 'basis-ended', 'trail-broken']
