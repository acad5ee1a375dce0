import type * as z from 'zod/mini'
import { workCountAnswer } from '../../schemas/api/work-answers.ts'
import type { Api } from './api.ts'

/** How many returns wait for a user; `bounded`: so many or more. */
export type Waiting = Pick<z.infer<typeof workCountAnswer>, 'total' | 'bounded'>

/** So long a page waits for the count, in ms, once all else is there. */
const patienceMs = 5000

/** Counts what waits for a user, once however often it is asked for. No page fails because nobody could count. */
export function countWaiting(api: Api): () => Promise<Waiting | undefined> {
  let counted: Promise<Waiting | undefined> | undefined
  return () => {
    counted ??= Promise.race([
      api.get(['work', 'count'], workCountAnswer).catch(() => undefined),
      new Promise<undefined>((resolve) => {
        setTimeout(() => resolve(undefined), patienceMs).unref()
      }),
    ])
    return counted
  }
}
