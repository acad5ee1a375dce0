import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import * as z from 'zod/mini'
import {
  alertedAnswer,
  commandAnswer,
  exportAnswer,
  filedAnswer,
  htcdsAnswer,
  openedAnswer,
  problem,
  returnAnswer,
  timelineAnswer,
  withdrawalPreview,
} from '../../schemas/api/answers.ts'
import { type Checked, checkAnswer } from '../../schemas/api/check.ts'
import type { WorklistQuery } from '../../schemas/api/requests.ts'
import type { WorkList } from '../../schemas/api/work.ts'
import { workListAnswer, worklistAnswer } from '../../schemas/api/work-answers.ts'
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
  file(body: unknown, sending?: Sending): Promise<z.infer<typeof filedAnswer>>
  /** Raises an alert. */
  alert(body: unknown, sending?: Sending): Promise<z.infer<typeof alertedAnswer>>
  list(cursor?: string, only?: WorklistQuery): Promise<z.infer<typeof worklistAnswer>>
  /** A page of one list of what the party has to do. */
  work(list: WorkList, cursor?: string): Promise<z.infer<typeof workListAnswer>>
  /** The returns of a request that the party is on. */
  manifest(request: string, cursor?: string): Promise<z.infer<typeof worklistAnswer>>
  see(ret: string): Promise<z.infer<typeof returnAnswer>>
  open(ret: string, classes: readonly SectionClass[], reason?: string): Promise<z.infer<typeof openedAnswer>>
  events(ret: string): Promise<z.infer<typeof timelineAnswer>>
  /** Whether the return's record is unchanged. */
  check(ret: string): Promise<Checked>
  /** What a withdrawal from a recipient would stop. */
  previewWithdrawal(ret: string, recipient: string): Promise<z.infer<typeof withdrawalPreview>>
  export(ret: string): Promise<z.infer<typeof exportAnswer>>
  /** What the party can open, as a record of HTCDS 2.0. */
  htcds(ret: string, reason?: string): Promise<z.infer<typeof htcdsAnswer>>
  command(
    ret: string,
    name: CommandName,
    body?: unknown,
    sending?: Sending,
  ): Promise<z.infer<typeof commandAnswer>>
}

const lifetime = z.object({ iat: z.number(), exp: z.number() })

/** A token that is good for a while yet: signs in at first, and again when half of the token's life is over. */
export function renewing(signIn: () => Promise<string>): () => Promise<string> {
  let known: { token: Promise<string>; renewAt: number } | undefined
  return async () => {
    if (known && Date.now() < known.renewAt) return known.token
    const token = signIn()
    known = { token, renewAt: Number.POSITIVE_INFINITY }
    const { iat, exp } = lifetime.parse(decodeJwt(await token))
    known.renewAt = ((iat + exp) / 2) * 1000
    return token
  }
}

/** The desk of a user with a token; every answer is parsed in the form that the contract promises. */
export function deskOf(
  url: string,
  token: string | (() => Promise<string>),
  { name: user, party }: { name: string; party: string },
): Desk {
  const kind = party.split(':')[0] ?? party
  const base = `/v1/${kind}/returns`

  const call: Desk['call'] = async (method, path, body, sending = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
        ...(method === 'POST'
          ? { 'content-type': 'application/json', 'idempotency-key': sending.idempotencyKey ?? randomUUID() }
          : {}),
        ...(sending.ifMatch === undefined ? {} : { 'if-match': `"${sending.ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    const parsed = problem.safeParse(answer)
    throw {
      status: response.status,
      code: parsed.success ? parsed.data.code : z.object({ message: z.string() }).parse(answer).message,
      ...(parsed.success ? { problem: parsed.data } : {}),
    } satisfies Refused
  }

  return {
    user,
    party,
    kind,
    call,
    file: async (body, sending) =>
      filedAnswer.parse(await call('POST', `/v1/${kind}/requests`, body, sending)),
    alert: async (body, sending) =>
      alertedAnswer.parse(await call('POST', `/v1/${kind}/alerts`, body, sending)),
    list: async (cursor, only = {}) => {
      const query = new URLSearchParams({ ...only, ...(cursor ? { cursor } : {}) })
      return worklistAnswer.parse(await call('GET', `${base}?${query}`))
    },
    work: async (list, cursor) =>
      workListAnswer.parse(await call('GET', `/v1/${kind}/work/${list}${cursor ? `?cursor=${cursor}` : ''}`)),
    manifest: async (request, cursor) =>
      worklistAnswer.parse(
        await call('GET', `/v1/${kind}/requests/${request}${cursor ? `?cursor=${cursor}` : ''}`),
      ),
    see: async (ret) => returnAnswer.parse(await call('GET', `${base}/${ret}`)),
    open: async (ret, classes, reason = 'review') =>
      openedAnswer.parse(await call('POST', `${base}/${ret}/open`, { classes, reason })),
    events: async (ret) => timelineAnswer.parse(await call('GET', `${base}/${ret}/events`)),
    check: async (ret) => checkAnswer.parse(await call('GET', `${base}/${ret}/check`)),
    previewWithdrawal: async (ret, recipient) =>
      withdrawalPreview.parse(
        await call('GET', `${base}/${ret}/withdrawal-preview?recipient=${encodeURIComponent(recipient)}`),
      ),
    export: async (ret) => exportAnswer.parse(await call('GET', `${base}/${ret}/export`)),
    htcds: async (ret, reason = 'review') =>
      htcdsAnswer.parse(await call('GET', `${base}/${ret}/htcds?reason=${reason}`)),
    command: async (ret, name, body = {}, sending) =>
      commandAnswer.parse(await call('POST', `${base}/${ret}/commands/${name}`, body, sending)),
  }
}

type Line = z.infer<typeof worklistAnswer>['returns'][number]

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
