import { randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import { commandAnswer, filedAnswer, problem } from '../../../schemas/api/answers.ts'
import { draftVersion } from '../../../schemas/api/drafts.ts'
import type { CommandName } from '../../../schemas/commands/commands.ts'

/** Calls the API of the running stack over HTTP as one seeded user. Throws, naming user, path and problem. */
export interface ApiClient {
  party: string
  sub: string
  get(path: string): Promise<unknown>
  /** `ifMatch` is the version to change, where the path requires one. */
  post(path: string, body: unknown, ifMatch?: number): Promise<unknown>
  file(persons: readonly unknown[]): Promise<z.infer<typeof filedAnswer>>
  saveDraft(draft: unknown): Promise<z.infer<typeof draftVersion>>
  command(ret: string, name: CommandName, body?: unknown): Promise<z.infer<typeof commandAnswer>>
}

interface SignedIn {
  url: string
  token: string
  user: { name: string; party: string; sub: string }
}

export function apiClient({ url, token, user }: SignedIn): ApiClient {
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
    const content: unknown = await response.json()
    if (response.ok) return content
    const { code = '', fields = [], gates = [] } = problem.safeParse(content).data ?? {}
    const reason = [response.status, code, ...fields, ...gates.map(({ gate }) => gate)].join(' ')
    throw new Error(`${user.name}: ${method} ${path}: ${reason}`)
  }
  const post: ApiClient['post'] = (path, body, ifMatch) => call('POST', path, body, ifMatch)
  return {
    party: user.party,
    sub: user.sub,
    get: (path) => call('GET', path),
    post,
    file: async (persons) => filedAnswer.parse(await post(`/v1/${kind}/requests`, { persons })),
    saveDraft: async (draft) => draftVersion.parse(await post(`/v1/${kind}/drafts`, draft)),
    command: async (ret, name, body = {}) =>
      commandAnswer.parse(await post(`/v1/${kind}/returns/${ret}/commands/${name}`, body)),
  }
}
