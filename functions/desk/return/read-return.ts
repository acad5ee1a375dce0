import { returnAnswer } from '../../../schemas/api/answers.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import type { DeskContext } from '../context.ts'
import type { ReturnView } from './return-head.tsx'

/** The id of the return in the address. The API answers one that cannot exist like one that it does not know. */
export function returnIdIn(context: DeskContext): string {
  return returnId.safeParse(context.req.param('ret')).data ?? 'none'
}

/** Reads the return in the address. */
export function fetchReturn(context: DeskContext): Promise<ReturnView> {
  return context.var.me.api.get(['returns', returnIdIn(context)], returnAnswer)
}
