import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { type LocalFunctions, newTrace } from '../lambda/functions.ts'
import { mayInvoke } from '../lambda/invoke-permission.ts'
import type { Template, TemplateResource } from '../template/template.ts'
import { type Authorize, jwtAuthorizer } from './authorizer.ts'
import { requestEvent } from './gateway-event.ts'

/** The largest request body that API Gateway accepts, in bytes. */
const bodyLimit = 10 * 1024 * 1024

const routeShape = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.optional(z.enum(['NONE', 'JWT'])),
  AuthorizerId: z.optional(z.string()),
  AuthorizationScopes: z.optional(z.array(z.string())),
})
const integrationShape = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
})
const responseShape = z.object({
  statusCode: z.number(),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  cookies: z.optional(z.array(z.string())),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
})

interface Route {
  key: string
  method: string
  segments: string[]
  functionName: string
  authorize: Authorize | undefined
  scopes: readonly string[]
}

export interface Gateway {
  /** The routes' keys, `POST /v1/mission/requests`. */
  routes: readonly string[]
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/**
 * The template's HTTP API: routes, JWT authorizers and Lambda proxy integrations, payload 2.0, stage `$default`.
 * Throws where the template uses a feature that is not emulated here, or where the API may not invoke a route's
 * function.
 */
export function openGateway(template: Template, functions: LocalFunctions): Gateway {
  const api = onlyOne(template.ofType('AWS::ApiGatewayV2::Api'))
  if (api.properties.CorsConfiguration) throw new Error('CORS is not emulated on this machine.')
  const apiId = template.refOf(api.logicalId)
  const authorizers = new Map(
    template
      .ofType('AWS::ApiGatewayV2::Authorizer')
      .map((resource) => [template.refOf(resource.logicalId), jwtAuthorizer(resource)]),
  )
  const routes = template
    .ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => readRoute(resource))
    .sort(bySpecificity)

  function readRoute(resource: TemplateResource): Route {
    const route = routeShape.parse(resource.properties)
    const [method = '', path = ''] = route.RouteKey.split(' ')
    const integration = integrationShape.parse(
      template.byId(route.Target.replace(/^integrations\//, '')).properties,
    )
    const spec = functions.specs.find(({ arn }) => integration.IntegrationUri === arn)
    if (!spec) throw new Error(`${route.RouteKey} leads to no function of the template.`)
    const sourceArn = `arn:aws:execute-api:${template.region}:${template.account}:${apiId}/$default/${method}${path}`
    if (!mayInvoke(template, spec, 'apigateway.amazonaws.com', sourceArn)) {
      throw new Error(`${route.RouteKey}: the API has no permission to invoke ${spec.name}.`)
    }
    const authorize = route.AuthorizerId === undefined ? undefined : authorizers.get(route.AuthorizerId)
    if (route.AuthorizationType === 'JWT' && !authorize)
      throw new Error(`${route.RouteKey} has no authorizer.`)
    return {
      key: route.RouteKey,
      method,
      segments: path.split('/'),
      functionName: spec.name,
      authorize,
      scopes: route.AuthorizationScopes ?? [],
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://local')
    const match = findRoute(routes, request.method ?? '', url.pathname)
    if (!match) return refuse(response, 404, 'Not Found')
    const { route, parameters } = match
    const decision = await route.authorize?.(request.headers.authorization, route.scopes)
    if (decision?.kind === 'unauthorized') return refuse(response, 401, 'Unauthorized')
    if (decision?.kind === 'forbidden') return refuse(response, 403, 'Forbidden')
    const body = await bodyOf(request)
    if (!body) return refuse(response, 413, 'Request Entity Too Large')
    const trace = traceOf(request)
    const event = requestEvent({
      request,
      url,
      body,
      trace,
      routeKey: route.key,
      pathParameters: parameters,
      apiId,
      account: template.account,
      requestId: randomUUID(),
      jwt: decision && { claims: decision.claims, scopes: decision.scopes },
    })
    const outcome = await functions.invoke(route.functionName, event, trace)
    if (outcome.kind === 'failed') return refuse(response, 500, 'Internal Server Error')
    send(response, outcome.payload)
  }
  return { routes: routes.map(({ key }) => key), handle }
}

function onlyOne(resources: readonly TemplateResource[]): TemplateResource {
  const [resource, ...more] = resources
  if (!resource || more.length > 0) throw new Error('The template must have one HTTP API.')
  return resource
}

const isVariable = (segment: string) => segment.startsWith('{')
/** The last segment of a route may stand for the rest of the path: `{page+}`. */
const isGreedy = (segment: string | undefined) => segment?.endsWith('+}') === true

const generality = (segment: string) => Number(isVariable(segment)) + Number(isGreedy(segment))

/** API Gateway prefers the more specific route: from the left, a literal before a variable. */
function bySpecificity(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const difference = generality(segment) - generality(b.segments[index] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; parameters: Record<string, string> } | undefined {
  const segments = path.split('/')
  for (const route of routes) {
    if (route.method !== method) continue
    const last = route.segments.length - 1
    const segmentsOfPath = isGreedy(route.segments[last])
      ? [...segments.slice(0, last), segments.slice(last).join('/')]
      : segments
    if (segmentsOfPath.length !== route.segments.length) continue
    const parameters: Record<string, string> = {}
    const fits = route.segments.every((segment, index) => {
      const segmentOfPath = segmentsOfPath[index] ?? ''
      if (!isVariable(segment)) return segment === segmentOfPath
      const value = decoded(segmentOfPath)
      if (!value) return false
      parameters[segment.slice(1, isGreedy(segment) ? -2 : -1)] = value
      return true
    })
    if (fits) return { route, parameters }
  }
  return undefined
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/** Keeps a trace id that came with the request, as API Gateway does. */
function traceOf(request: IncomingMessage): string {
  const trace = request.headers['x-amzn-trace-id']
  return typeof trace === 'string' && trace.startsWith('Root=') ? trace : newTrace()
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // Reads the rest of a body that is too large: a client that is still writing would not see the response.
    if (size <= bodyLimit) chunks.push(bytes)
  }
  return size <= bodyLimit ? Buffer.concat(chunks) : undefined
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
}

/** In payload 2.0, a result without `statusCode` is the body itself. */
function send(response: ServerResponse, payload: unknown): void {
  const isBody = typeof payload !== 'object' || payload === null || !('statusCode' in payload)
  const result = responseShape.safeParse(
    isBody ? { statusCode: 200, body: JSON.stringify(payload) } : payload,
  )
  if (!result.success) {
    refuse(response, 500, 'Internal Server Error')
    return
  }
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = result.data
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  if (cookies) response.setHeader('set-cookie', cookies)
  const defaultType = isBody ? 'application/json' : 'text/plain;charset=UTF-8'
  if (body && !response.hasHeader('content-type')) response.setHeader('content-type', defaultType)
  response.writeHead(statusCode).end(isBase64Encoded ? Buffer.from(body, 'base64') : body)
}
