import { setTimeout as pause } from 'node:timers/promises'
import { refusal } from '../../../schemas/api/problems.ts'

export { admitNow, writingAfter } from '../../../functions/api/http/admission.ts'

/** In place of the roster: nobody works here any more, and it takes far longer to say so than any act takes to write. */
export async function admit(): Promise<never> {
  await pause(1500)
  throw refusal('signed-out')
}
