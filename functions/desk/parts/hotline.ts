import { type HotlineNumbers, hotlineNumbers } from '../../../schemas/deployment/hotline.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'

let read: HotlineNumbers | undefined

/** The numbers of the hotline, as people dial them. */
export function hotline(): HotlineNumbers {
  read ??= hotlineNumbers.parse(JSON.parse(setting(variable.hotline)))
  return read
}
