import { expect } from 'vitest'
import * as z from 'zod/mini'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'

const schema = z.looseObject({})
const content = z.record(
  z.string().check(z.regex(/^application\/(problem\+)?json$/)),
  z.strictObject({ schema }),
)
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.optional(z.string()),
  schema,
})
const operation = z.strictObject({
  summary: z.string().check(z.minLength(1)),
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.optional(z.strictObject({ required: z.literal(true), content })),
  responses: z.record(
    z.string().check(z.regex(/^[245]\d\d$/)),
    z.strictObject({ description: z.string().check(z.minLength(1)), content: z.optional(content) }),
  ),
})
/** As much of OpenAPI 3.1.0 as the document uses, and nothing besides (https://spec.openapis.org/oas/v3.1.0). */
const openapi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(
    z.string().check(z.regex(/^\//)),
    z.strictObject({ get: z.optional(operation), post: z.optional(operation) }),
  ),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), bearerFormat: z.string() }),
    ),
    schemas: z.record(z.string(), schema),
  }),
})
const route = z.object({ RouteKey: z.string(), AuthorizationType: z.optional(z.string()) })

let running: RunningStack
let document: z.infer<typeof openapi>
let result: unknown
test.beforeAll(async ({ shared }) => {
  running = shared
  const answer = await running.ask({ path: '/openapi.json' })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  result = JSON.parse(answer.text)
  document = openapi.parse(result)
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, { get, post }]) => [
    ...(get ? [{ key: `GET ${path}`, path, operation: get }] : []),
    ...(post ? [{ key: `POST ${path}`, path, operation: post }] : []),
  ])
const deployed = () =>
  running.stack.template.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => route.parse(properties))

test('the document names the routes that are deployed, all of them and no other', () => {
  const keys = operations().map(({ key }) => key)
  // The gateway knows all commands of a kind as one address, and so all deeds and all lists of work; the pages are no
  // part of the contract.
  const addresses = keys.map((key) =>
    key
      .replace(/(\/commands\/).+$/, '$1{command}')
      .replace(/(\/work\/)(all|count)$/, '$1{list}')
      .replace(/^(POST .*\/people\/(\{user\}\/)?).+$/, '$1{action}'),
  )
  expect([...new Set(addresses)].sort()).toEqual(
    deployed()
      .map(({ RouteKey }) => RouteKey)
      .filter((key) => !key.includes(' /desk'))
      .sort(),
  )
  expect(keys.length).toBeGreaterThan(60)
})

test('each asks what is its own: what a withdrawal would stop, posts, who may be the same person', () => {
  const keys = operations().map(({ key }) => key)
  const about = (pattern: RegExp) => keys.filter((key) => pattern.test(key)).sort()
  expect(about(/withdrawal-preview/)).toEqual(
    ['centre', 'iom', 'mission', 'partner'].map((kind) => `GET /v1/${kind}/returns/{ret}/withdrawal-preview`),
  )
  expect(about(/post(?!.*people)/)).toEqual([
    'GET /v1/consular/posts',
    'GET /v1/consular/posts/changes',
    'GET /v1/mission/post',
    'GET /v1/oversight/posts',
    'GET /v1/oversight/posts/changes',
    'POST /v1/consular/posts/{post}',
  ])
  for (const { key, operation } of operations()) {
    const queried = operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name)
    if (key.endsWith('/withdrawal-preview')) expect([key, queried]).toEqual([key, ['recipient']])
    if (key.endsWith('/export')) expect([key, queried]).toEqual([key, ['for']])
  }
  expect(about(/search/)).toEqual(['centre', 'iom', 'mission'].map((kind) => `POST /v1/${kind}/search`))
  expect(about(/matches/)).toEqual([
    ...['consular', 'iom'].flatMap((kind) => [`GET /v1/${kind}/matches`, `GET /v1/${kind}/matches/{match}`]),
    ...['consular', 'iom'].map((kind) => `POST /v1/${kind}/matches/{match}/decision`),
  ])
  // A partner's view has gaps: it gets no export.
  expect(about(/partner.*export/)).toEqual([])
})

test('it says of each what it takes, and every reference in it leads somewhere', () => {
  for (const { key, path, operation } of operations()) {
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect([key, inPath]).toEqual([key, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)])
    expect([key, operation.requestBody !== undefined]).toEqual([key, key.startsWith('POST')])
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
  }
  const references = [...JSON.stringify(result).matchAll(/"\$ref":"([^"]*)"/g)].map(([, target]) => target)
  expect(references.length).toBeGreaterThan(100)
  const schemas = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  expect([...new Set(references)].filter((target) => !schemas.includes(target ?? ''))).toEqual([])
})

test('a token is needed where it says so, and only there', async () => {
  const open = operations().filter(({ operation }) => operation.security.length === 0)
  expect(open.map(({ key }) => key)).toEqual(['GET /openapi.json'])
  const guarded = deployed().filter(({ AuthorizationType }) => AuthorizationType === 'JWT')
  const pages = deployed().filter(({ RouteKey }) => RouteKey.includes(' /desk'))
  expect(guarded).toHaveLength(deployed().length - pages.length - 1)
  for (const { key, path } of operations()) {
    const [method] = key.split(' ')
    const asked = {
      path: path.replace('{ret}', 'X'),
      method: method === 'POST' ? ('POST' as const) : ('GET' as const),
    }
    const { status, headers } = await running.ask(asked)
    expect([key, status]).toEqual([key, key === 'GET /openapi.json' ? 200 : 401])
    expect(headers.get('acasa-stage')).toBe('TRIAL')
  }
})
