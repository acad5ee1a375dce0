import { type People, type PeopleChanged, peopleAnswer, peopleChanged } from '../../schemas/api/people.ts'
import type { Desk } from './desk.ts'

/** What an administrator does with a party's people, each on the version that is current. */
export interface Keeping {
  list(): Promise<People>
  /** One of them by the sign-in name. */
  personBy(signIn: string): Promise<People['people'][number]>
  onList(action: 'invite' | 'review', body?: unknown, ifMatch?: number): Promise<PeopleChanged>
  on(user: string, action: string, body?: unknown, ifMatch?: number): Promise<PeopleChanged>
}

/** The people of a desk's own party, or of those at another path. */
export function keepingAt(desk: Desk, base = `/v1/${desk.kind}/people`): Keeping {
  const list = async () => peopleAnswer.parse(await desk.call('GET', base))
  const post = async (path: string, body: unknown, ifMatch?: number) =>
    peopleChanged.parse(
      await desk.call('POST', `${base}/${path}`, body, { ifMatch: ifMatch ?? (await list()).version }),
    )
  return {
    list,
    async personBy(signIn) {
      const found = (await list()).people.find((person) => person.signIn === signIn)
      if (!found) throw new Error(`There is no ${signIn}.`)
      return found
    },
    onList: (action, body = {}, ifMatch) => post(action, body, ifMatch),
    on: (user, action, body = {}, ifMatch) => post(`${user}/${action}`, body, ifMatch),
  }
}
