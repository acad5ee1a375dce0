import middy from '@middy/core'
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import * as z from 'zod/mini'
import { isRefusal, problems, type Refusal, refusal } from '../../../schemas/api/problems.ts'
import { idempotencyKey, versionTag } from '../../../schemas/api/requests.ts'
import { addressOf, answeredBy, bodyLimit, type Route, routes } from '../../../schemas/api/routes.ts'
import { errorName, log } from '../../log.ts'
import { parseBody } from './json.ts'

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer
export type HttpAnswer = APIGatewayProxyStructuredResultV2

/** The route that a request is for, or `nothing`: the gateway knows all commands of a kind as one path. */
export type RequestedRoute = Route | { operation: 'nothing'; command?: undefined; action?: undefined }

/** Answers hold personal data or where it is; no browser and no proxy keeps one. */
const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** An answer in JSON; `version` becomes its entity tag. */
export function json(status: number, body: unknown, version?: number): HttpAnswer {
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-type': 'application/json',
      ...(version === undefined ? {} : { etag: `"${version}"` }),
    },
    body: JSON.stringify(body),
  }
}

/** An answer of one JSON object a line; where there is a next page, its cursor stands in the header Link. */
export function lines(all: readonly unknown[], cursor?: string): HttpAnswer {
  return {
    statusCode: 200,
    headers: {
      ...headers,
      'content-type': 'application/x-ndjson',
      ...(cursor === undefined ? {} : { link: `<?cursor=${cursor}>; rel="next"` }),
    },
    body: all.map((line) => `${JSON.stringify(line)}\n`).join(''),
  }
}

/** The problem details of RFC 9457 for a refusal. */
export function problemAnswer({ code, detail }: Refusal): HttpAnswer {
  const { status, title } = problems[code]
  const { retryAfter, ...content } = detail
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify({ type: `urn:acasa:problem:${code}`, title, status, code, ...content }),
  }
}

/**
 * A Lambda handler for HTTP: whatever is thrown becomes problem details of the closed set, and one log line of the closed
 * register. Any other error is `internal`, and the log has its name alone. Of middy we use the order of `after` and
 * `onError` around a handler: its own middlewares for bodies and errors have other forms than our problem details.
 */
export function httpFunction(
  routeOf: (event: HttpEvent) => RequestedRoute,
  answer: (event: HttpEvent, route: RequestedRoute) => Promise<HttpAnswer>,
) {
  const logAnswer = (event: HttpEvent, status: number, problem?: string) => {
    const { operation, command, action } = routeOf(event)
    log('answered', {
      operation,
      ...(command ? { command } : {}),
      ...(action ? { action } : {}),
      status,
      ...(problem ? { problem } : {}),
    })
  }
  return middy<HttpEvent, HttpAnswer>()
    .after(({ event, response }) => logAnswer(event, response?.statusCode ?? 0))
    .onError((request) => {
      const { event, error } = request
      const known = isRefusal(error) ? error : refusal('internal', {}, error)
      if (known.code === 'internal')
        log('failed', { operation: routeOf(event).operation, error: errorName(error) })
      request.response = problemAnswer(known)
      logAnswer(event, problems[known.code].status, known.code)
    })
    .handler((event) => answer(event, routeOf(event)))
}

/** Finds the route of a request among those that a function answers. */
export function routesAnsweredBy(who: ReturnType<typeof answeredBy>): (event: HttpEvent) => RequestedRoute {
  const own = Map.groupBy(
    routes.filter((route) => answeredBy(route) === who),
    addressOf,
  )
  return ({ routeKey, pathParameters = {} }) => {
    const found = own.get(routeKey)
    if (!found) throw new Error('The gateway sent a route that is not of this function.')
    const { command, action, list } = pathParameters
    const isAsked = (route: Route) => route.path.endsWith(`/${list}`) || route.path.endsWith('{list}')
    const asked = found.find((route) => {
      if (route.operation === 'command') return route.command === command
      return route.action === action && (list === undefined || isAsked(route))
    })
    return asked ?? { operation: 'nothing' }
  }
}

/**
 * Reads the body of a POST: its bytes, and what they say in the form of `schema`. Throws not-json,
 * body-too-large, bad-json, and bad-input with the paths of the fields: known names only, since a key that
 * we do not know is a value too.
 */
export function readBody<T>(
  event: HttpEvent,
  schema: z.ZodMiniType<T>,
  limit: number = bodyLimit.other,
): { bytes: Uint8Array; content: T } {
  if (!/^application\/json\s*(;|$)/i.test(event.headers['content-type'] ?? '')) throw refusal('not-json')
  const bytes = rawBody(event)
  if (bytes.length > limit) throw refusal('body-too-large')
  const parsed = schema.safeParse(parseBody(bytes))
  if (!parsed.success) throw refusal('bad-input', { fields: fieldsOf(parsed.error) })
  return { bytes, content: parsed.data }
}

/** The bytes of a body, whatever they are. */
export function rawBody(event: HttpEvent): Buffer {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
}

function fieldsOf(error: z.core.$ZodError): string[] {
  return [...new Set(error.issues.map(({ path }) => path.join('.') || 'body'))]
}

/** The `Idempotency-Key`, without which nothing is written. Throws bad-header. */
export function idempotencyKeyOf(event: HttpEvent): string {
  const key = idempotencyKey.safeParse(event.headers['idempotency-key'])
  if (!key.success) throw refusal('bad-header', { fields: ['Idempotency-Key'] })
  return key.data
}

/** The version in `If-Match`, if there is one. Throws bad-header. */
export function expectedVersion(event: HttpEvent): number | undefined {
  const header = event.headers['if-match']
  if (header === undefined) return undefined
  const tag = versionTag.safeParse(header)
  if (!tag.success) throw refusal('bad-header', { fields: ['If-Match'] })
  return Number(tag.data.slice(1, -1))
}

/** The version that a change of a whole names in `If-Match`. Throws bad-header where there is none. */
export function requiredVersion(event: HttpEvent): number {
  const version = expectedVersion(event)
  if (version === undefined) throw refusal('bad-header', { fields: ['If-Match'] })
  return version
}

/** The parameters in the query of a request. */
export function queryOf({ queryStringParameters }: HttpEvent): Readonly<Record<string, string | undefined>> {
  return queryStringParameters ?? {}
}

const recordNumber = z.string().check(z.regex(/^[1-9]\d{0,8}$/))

/** The number of the record that a page of changes begins with, from its cursor; 1 without one. Throws bad-cursor. */
export function firstRecord(event: HttpEvent): number {
  const first = recordNumber.safeParse(queryOf(event).cursor ?? '1')
  if (!first.success) throw refusal('bad-cursor')
  return Number(first.data)
}
