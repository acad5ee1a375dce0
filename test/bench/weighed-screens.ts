import { type Screen, screens } from '../parts/screens.ts'

/** The screens that are measured: what answers with an error is no screen that anybody waits for. */
export const weighed: readonly Screen[] = screens.filter(({ status = 200 }) => status === 200)

/** A screen's name; where several users see one of that name, each is a row. */
export function rowOf({ name, user }: Screen): string {
  return weighed.filter((screen) => screen.name === name).length > 1 ? `${name} (${user})` : name
}
