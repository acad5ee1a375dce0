import type * as z from 'zod/mini'
import { problem } from '../../schemas/api/answers.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import type { PartyKind } from '../../schemas/values/parties.ts'

export type Problem = z.infer<typeof problem>

/** A refusal of the API. It is recognised by its shape, because `instanceof` does not survive bundling. */
export interface ApiRefusal extends Error {
  readonly problem: Problem
  /** Seconds until another try makes sense, if the API says so. */
  readonly retryAfter?: number
}

/** Whether a caught error is a refusal of the API. */
export function isApiRefusal(error: unknown): error is ApiRefusal {
  return error instanceof Error && error.name === 'ApiRefusal' && 'problem' in error
}

/** Whether a caught error is a refusal of the API with one of these codes. */
export function isRefusedWith(error: unknown, ...codes: Problem['code'][]): error is ApiRefusal {
  return isApiRefusal(error) && codes.includes(error.problem.code)
}

/** The API does not accept the token any more. */
export interface SignedOut extends Error {
  readonly name: 'SignedOut'
}
export function isSignedOut(error: unknown): error is SignedOut {
  return error instanceof Error && error.name === 'SignedOut'
}

/** Whether a path leads to nothing that this kind of party has. One that leads out of the API's folder is not sent. */
export function isBadPath(error: unknown): boolean {
  return error instanceof Error && error.name === 'Nowhere'
}

/** The body of a POST, and what its headers say. */
export interface PostOptions {
  body: unknown
  /** The form's own key: sent twice, it is done once. */
  key?: string | undefined
  /** The version that the form was made from. */
  version?: number | undefined
}

/** The API as one signed-in user may call it: only below `/v1/` and the user's own kind of party. */
export interface Api {
  /** A path below the own kind of party: `returns/…`. Each part is one step, and none can lead elsewhere. */
  get<T>(
    path: readonly string[],
    answer: z.ZodMiniType<T>,
    query?: Record<string, string | undefined>,
  ): Promise<T>
  post<T>(path: readonly string[], answer: z.ZodMiniType<T>, sending: PostOptions): Promise<T>
  /** The calls so far, for measuring. */
  spent: { calls: number; ms: number }
}

/**
 * The API for a kind of party. `token` gives the access token, renewed if it has run out. `fresh`: the API refused the
 * token, and another one is needed.
 */
export function apiOf(kind: PartyKind, token: (fresh: boolean) => Promise<string>): Api {
  const spent = { calls: 0, ms: 0 }
  const addressOf = (path: readonly string[], query: Record<string, string | undefined>) => {
    // A URL would read such a step as a way up; a proxy that decodes it would read one step more.
    if (path.some((step) => /^\.{0,2}$|[/\\%?#\0-\x20]/.test(step)))
      throw Object.assign(new Error('A step of a path of the API leads nowhere.'), { name: 'Nowhere' })
    const address = new URL(
      `${setting(variable.apiUrl)}/v1/${[kind, ...path].map(encodeURIComponent).join('/')}`,
    )
    for (const [name, value] of Object.entries(query)) if (value) address.searchParams.set(name, value)
    return address
  }
  async function call<T>(address: URL, answer: z.ZodMiniType<T>, init: RequestInit): Promise<T> {
    const send = async (fresh: boolean) => {
      const headers = { ...init.headers, authorization: `Bearer ${await token(fresh)}` }
      return fetch(address, { ...init, headers, signal: AbortSignal.timeout(25_000) })
    }
    const began = performance.now()
    spent.calls++
    try {
      let response = await send(false)
      if (response.status === 401) response = await send(true)
      const body: unknown = await response.json()
      if (response.ok) return answer.parse(body)
      throw refusalFrom(response, body)
    } catch (error) {
      throw init.method === 'POST' && hasFailed(error) ? failure(error) : error
    } finally {
      spent.ms += performance.now() - began
    }
  }
  return {
    spent,
    get: (path, answer, query = {}) => call(addressOf(path, query), answer, {}),
    post: (path, answer, { body, key, version }) =>
      call(addressOf(path, {}), answer, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(key ? { 'idempotency-key': key } : {}),
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
      }),
  }
}

/** Whether the API was not reached, took too long, or broke off: what was sent may have been done or not. */
const hasFailed = (error: unknown) =>
  error instanceof Error &&
  ['TimeoutError', 'AbortError', 'TypeError', 'SyntaxError', 'Failed'].includes(error.name)

/** A failure as the API's own refusal, so that the form is shown again with all that was typed. */
function failure(cause: unknown): ApiRefusal {
  const problem = {
    type: 'urn:acasa:problem:internal',
    title: 'The API did not answer.',
    status: 503,
    code: 'internal' as const,
  }
  return Object.assign(new Error(problem.code, { cause }), { name: 'ApiRefusal', problem })
}

/** The gateway's own refusals are no problem details: 401 without a valid token, 403 for another party's path. */
function refusalFrom({ status, headers }: Response, body: unknown): Error {
  const parsed = problem.safeParse(body)
  const wait = /^\d{1,6}$/.exec(headers.get('retry-after') ?? '')?.[0]
  if (parsed.success)
    return Object.assign(new Error(parsed.data.code), {
      name: 'ApiRefusal',
      problem: parsed.data,
      ...(wait === undefined ? {} : { retryAfter: Number(wait) }),
    })
  if (status === 401) return Object.assign(new Error('SignedOut'), { name: 'SignedOut' })
  // A path that this kind of party does not have.
  if (status === 403 || status === 404)
    return Object.assign(new Error('The gateway knows no such path.'), { name: 'Nowhere' })
  return Object.assign(new Error(`The API answered ${status}.`), { name: status >= 500 ? 'Failed' : 'Error' })
}
