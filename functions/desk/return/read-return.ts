import { returnAnswer } from '../../../schemas/api/answers.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import type { DeskContext } from '../context.ts'
import type { ReturnView } from './return-head.tsx'

/** The id in a return's address; what cannot be one is answered by the API as any that is not known. */
export function returnIdIn(context: DeskContext): string {
  return returnId.safeParse(context.req.param('ret')).data ?? 'none'
}

/** What the API tells of the return in the address. */
export function readReturn(context: DeskContext): Promise<ReturnView> {
  return context.var.me.api.get(['returns', returnIdIn(context)], returnAnswer)
}
