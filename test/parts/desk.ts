import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import {
  alerted,
  commanded,
  exported,
  filed,
  htcds,
  opened,
  problem,
  seen,
  timeline,
  withdrawalPreview,
  worklist,
} from '../../schemas/api/answers.ts'
import { type Checked, checked } from '../../schemas/api/check.ts'
import type { WorklistQuery } from '../../schemas/api/requests.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'

/** What the API answered to somebody who may not, cannot, or was too late. */
export interface Refused {
  status: number
  code: string
  problem?: z.infer<typeof problem>
}

export interface Sending {
  idempotencyKey?: string
  ifMatch?: number
}

/** What one signed-in person does over HTTP. Each act throws a `Refused` when the answer is no. */
export interface Desk {
  user: string
  party: string
  kind: string
  call(method: 'GET' | 'POST', path: string, body?: unknown, sending?: Sending): Promise<unknown>
  file(body: unknown, sending?: Sending): Promise<z.infer<typeof filed>>
  /** Raises an alert. */
  alert(body: unknown, sending?: Sending): Promise<z.infer<typeof alerted>>
  list(cursor?: string, only?: WorklistQuery): Promise<z.infer<typeof worklist>>
  /** The returns of a request that the party is on. */
  manifest(request: string, cursor?: string): Promise<z.infer<typeof worklist>>
  see(ret: string): Promise<z.infer<typeof seen>>
  open(ret: string, classes: readonly SectionClass[], reason?: string): Promise<z.infer<typeof opened>>
  events(ret: string): Promise<z.infer<typeof timeline>>
  /** Whether the return's record is unchanged. */
  check(ret: string): Promise<Checked>
  /** What a withdrawal from a recipient would stop. */
  previewWithdrawal(ret: string, recipient: string): Promise<z.infer<typeof withdrawalPreview>>
  export(ret: string): Promise<z.infer<typeof exported>>
  /** What the party can open, as a record of HTCDS 2.0. */
  htcds(ret: string, reason?: string): Promise<z.infer<typeof htcds>>
  command(
    ret: string,
    name: CommandName,
    body?: unknown,
    sending?: Sending,
  ): Promise<z.infer<typeof commanded>>
}

/** The desk of a user with a token; every answer is parsed in the form that the contract promises. */
export function deskOf(
  url: string,
  token: string,
  { name: user, party }: { name: string; party: string },
): Desk {
  const kind = party.split(':')[0] ?? party
  const base = `/v1/${kind}/returns`

  const call: Desk['call'] = async (method, path, body, sending = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST'
          ? { 'content-type': 'application/json', 'idempotency-key': sending.idempotencyKey ?? randomUUID() }
          : {}),
        ...(sending.ifMatch === undefined ? {} : { 'if-match': `"${sending.ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    const told = problem.safeParse(answer)
    throw {
      status: response.status,
      code: told.success ? told.data.code : z.object({ message: z.string() }).parse(answer).message,
      ...(told.success ? { problem: told.data } : {}),
    } satisfies Refused
  }

  return {
    user,
    party,
    kind,
    call,
    file: async (body, sending) => filed.parse(await call('POST', `/v1/${kind}/requests`, body, sending)),
    alert: async (body, sending) => alerted.parse(await call('POST', `/v1/${kind}/alerts`, body, sending)),
    list: async (cursor, only = {}) => {
      const query = new URLSearchParams({ ...only, ...(cursor ? { cursor } : {}) })
      return worklist.parse(await call('GET', `${base}?${query}`))
    },
    manifest: async (request, cursor) =>
      worklist.parse(
        await call('GET', `/v1/${kind}/requests/${request}${cursor ? `?cursor=${cursor}` : ''}`),
      ),
    see: async (ret) => seen.parse(await call('GET', `${base}/${ret}`)),
    open: async (ret, classes, reason = 'review') =>
      opened.parse(await call('POST', `${base}/${ret}/open`, { classes, reason })),
    events: async (ret) => timeline.parse(await call('GET', `${base}/${ret}/events`)),
    check: async (ret) => checked.parse(await call('GET', `${base}/${ret}/check`)),
    previewWithdrawal: async (ret, recipient) =>
      withdrawalPreview.parse(
        await call('GET', `${base}/${ret}/withdrawal-preview?recipient=${encodeURIComponent(recipient)}`),
      ),
    export: async (ret) => exported.parse(await call('GET', `${base}/${ret}/export`)),
    htcds: async (ret, reason = 'review') =>
      htcds.parse(await call('GET', `${base}/${ret}/htcds?reason=${reason}`)),
    command: async (ret, name, body = {}, sending) =>
      commanded.parse(await call('POST', `${base}/${ret}/commands/${name}`, body, sending)),
  }
}

type Line = z.infer<typeof worklist>['returns'][number]

/** All lines of a desk's worklist, on whatever page they stand: other files have filed, too. */
export async function wholeList(desk: Desk, only?: WorklistQuery): Promise<Line[]> {
  const lines: Line[] = []
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await desk.list(cursor, only)
    lines.push(...page.returns)
    cursor = page.next
  }
  return lines
}

/** The line of a return on a desk's worklist, where it has one. */
export async function lineOf(desk: Desk, ret: string): Promise<Line | undefined> {
  return (await wholeList(desk)).find((line) => line.ret === ret)
}

/** How an act was refused. Throws when it was not. */
export async function refusalOf(operation: Promise<unknown>): Promise<Refused> {
  const isRefused = (error: unknown): error is Refused =>
    typeof error === 'object' && error !== null && 'status' in error && 'code' in error
  try {
    await operation
  } catch (error) {
    if (isRefused(error)) return error
    throw error
  }
  throw new Error('This should have been refused, and was not.')
}
