import { randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import { commandAnswer, filedAnswer, problem } from '../../../schemas/api/answers.ts'
import { draftVersion } from '../../../schemas/api/drafts.ts'
import type { CommandName } from '../../../schemas/commands/commands.ts'

/** What a seeded user does at the running stack, over HTTP like everybody. Throws, naming user, path and problem. */
export interface Caller {
  party: string
  sub: string
  get(path: string): Promise<unknown>
  /** On a version, where the path asks for one. */
  post(path: string, body: unknown, ifMatch?: number): Promise<unknown>
  file(persons: readonly unknown[]): Promise<z.infer<typeof filedAnswer>>
  begin(draft: unknown): Promise<z.infer<typeof draftVersion>>
  command(ret: string, name: CommandName, body?: unknown): Promise<z.infer<typeof commandAnswer>>
}

interface SignedIn {
  url: string
  token: string
  user: { name: string; party: string; sub: string }
}

export function callerOf({ url, token, user }: SignedIn): Caller {
  const kind = user.party.split(':')[0]
  const call = async (method: string, path: string, body?: unknown, ifMatch?: number): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    const told = problem.safeParse(answer)
    const why = told.success ? [told.data.code, ...(told.data.fields ?? [])].join(' ') : ''
    const gates = told.success ? (told.data.gates ?? []).map(({ gate }) => gate).join(' ') : ''
    throw new Error(`${user.name}: ${method} ${path}: ${response.status} ${why} ${gates}`.trim())
  }
  const post: Caller['post'] = (path, body, ifMatch) => call('POST', path, body, ifMatch)
  return {
    party: user.party,
    sub: user.sub,
    get: (path) => call('GET', path),
    post,
    file: async (persons) => filedAnswer.parse(await post(`/v1/${kind}/requests`, { persons })),
    begin: async (draft) => draftVersion.parse(await post(`/v1/${kind}/drafts`, draft)),
    command: async (ret, name, body = {}) =>
      commandAnswer.parse(await post(`/v1/${kind}/returns/${ret}/commands/${name}`, body)),
  }
}
