import type { IncomingMessage } from 'node:http'

export interface RequestFacts {
  request: IncomingMessage
  url: URL
  body: Buffer
  trace: string
  routeKey: string
  pathParameters: Record<string, string>
  apiId: string
  account: string
  requestId: string
  jwt: { claims: Record<string, string>; scopes: string[] } | undefined
}

/**
 * The event of a Lambda proxy integration, payload format 2.0 (API Gateway developer guide, "HTTP API integrations").
 */
export function requestEvent(facts: RequestFacts): Record<string, unknown> {
  const { request, url, body, trace, routeKey, pathParameters, apiId, account, requestId, jwt } = facts
  const now = new Date()
  const headers = headersOf(request, trace)
  const cookies = request.headers.cookie?.split(/; */)
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies && { cookies }),
    headers,
    ...(url.search.length > 1 && { queryStringParameters: queryOf(url) }),
    requestContext: {
      accountId: account,
      apiId,
      ...(jwt && { authorizer: { jwt } }),
      domainName: request.headers.host ?? '',
      domainPrefix: (request.headers.host ?? '').split('.')[0],
      http: {
        method: request.method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyField(body, request.headers['content-type']),
  }
}

/** Names in lower case, values of a repeated header joined by commas, without cookies. */
function headersOf(request: IncomingMessage, trace: string): Record<string, string> {
  const joined = Object.entries(request.headersDistinct)
    .filter(([name]) => name !== 'cookie')
    .map(([name, values = []]) => [name, values.join(',')] as const)
  return { ...Object.fromEntries(joined), 'x-amzn-trace-id': trace }
}

function queryOf(url: URL): Record<string, string> {
  const names = [...new Set(url.searchParams.keys())]
  return Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')]))
}

const textTypes = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/javascript\b)/i
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Text as it is, everything else in base 64. A body of a text type that is not UTF-8 goes in base 64 too, so that no
 * byte is lost.
 */
function bodyField(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (body.length === 0) return { isBase64Encoded: false }
  if (contentType && textTypes.test(contentType)) {
    try {
      return { body: utf8.decode(body), isBase64Encoded: false }
    } catch {
      // The body is not UTF-8.
    }
  }
  return { body: body.toString('base64'), isBase64Encoded: true }
}

/** The time of a request in the format of access logs: `21/Nov/2026:09:30:00 +0000`. */
function clfTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ')
  return `${day}/${month}/${year}:${clock} +0000`
}
