import { seen } from '../../../../schemas/api/answers.ts'
import { returnId } from '../../../../schemas/values/texts.ts'
import type { Visit } from '../../context.ts'
import type { Seen } from '../../parts/return-head.tsx'

/** The id in a return's address; what cannot be one is answered by the API as any that is not known. */
export function retOf(visit: Visit): string {
  return returnId.safeParse(visit.req.param('ret')).data ?? 'none'
}

/** What the API tells of the return in the address. */
export function readSeen(visit: Visit): Promise<Seen> {
  return visit.get('me').api.get(['returns', retOf(visit)], seen)
}
