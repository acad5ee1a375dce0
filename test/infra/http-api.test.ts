import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { deskRoutes } from '../../infra/desk.ts'
import { titled } from '../../infra/logical-id.ts'
import { addressOf, answeredBy, commandingKinds, routes } from '../../schemas/api/routes.ts'
import { ofType, type Resources, resourcesOf } from './synthesized.ts'

let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

const routeShape = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['JWT', 'NONE']),
  AuthorizationScopes: z.optional(z.array(z.string())),
})

/** The function that a route's integration calls. */
function functionOf(target: string): unknown {
  const integration = resources[target.replace(/^integrations\/<(.*)>$/, '$1')]
  return integration?.Properties.IntegrationUri
}

const desk = deskRoutes.map(({ method, path }) => `${method} ${path}`)
const isDesk = (key: string) => desk.includes(key)

test('the routes are those of schemas/api/routes.ts, each to its kind of party and open to its scope only', () => {
  const all = ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
    const { RouteKey, Target, AuthorizationType, AuthorizationScopes } = routeShape.parse(Properties)
    return { RouteKey, AuthorizationType, AuthorizationScopes, calls: functionOf(Target) }
  })
  const found = all.filter(({ RouteKey }) => !isDesk(RouteKey))
  const expected = [...new Map(routes.map((route) => [addressOf(route), route]))].map(
    ([address, { kind, ...route }]) => ({
      RouteKey: address,
      AuthorizationType: kind === 'contract' ? 'NONE' : 'JWT',
      AuthorizationScopes: kind === 'contract' ? undefined : [`acasa/${kind}`],
      calls: `<${titled(answeredBy({ kind, ...route }))}Function.Arn>`,
    }),
  )
  const byKey = (a: { RouteKey: string }, b: { RouteKey: string }) => (a.RouteKey < b.RouteKey ? -1 : 1)
  expect(found.sort(byKey)).toEqual(expected.sort(byKey))
})

test('all commands of a kind are one route: a stack holds 500 resources', () => {
  expect(Object.keys(resources).length).toBeLessThan(450)
  const commands = ofType(resources, 'AWS::ApiGatewayV2::Route').filter(([, { Properties }]) =>
    routeShape.parse(Properties).RouteKey.includes('/commands/'),
  )
  expect(commands).toHaveLength(commandingKinds.length)
})

test('only the contract and the pages are open without a token', () => {
  const open = ofType(resources, 'AWS::ApiGatewayV2::Route').filter(
    ([, { Properties }]) => Properties.AuthorizationType !== 'JWT',
  )
  expect(open.map(([, { Properties }]) => Properties.RouteKey)).toEqual(['GET /openapi.json', ...desk])
})

test("tokens are the user pool's, for the desk or a machine", () => {
  const [[, authorizer] = []] = ofType(resources, 'AWS::ApiGatewayV2::Authorizer')
  expect(authorizer?.Properties).toMatchObject({
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: {
      Audience: ['<DeskClient>', '<IomSystemClient>'],
      Issuer: '<UserPool.ProviderURL>',
    },
  })
})

test('the API may call each of its functions by one permission', () => {
  const permitted = ofType(resources, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
    .map(([, { Properties }]) => Properties.FunctionName)
  expect(permitted.sort()).toEqual([
    '<CentreFunction.Arn>',
    '<ConsularFunction.Arn>',
    '<ContractFunction.Arn>',
    '<DeskFunction.Arn>',
    '<IomFunction.Arn>',
    '<MinistryFunction.Arn>',
    '<MissionFunction.Arn>',
    '<OversightFunction.Arn>',
    '<PartnerFunction.Arn>',
    '<PeopleFunction.Arn>',
  ])
})

test('the stage is throttled, and its log holds ids and codes: no path, for a path holds the id of a return', () => {
  expect(resources.HttpStage?.Properties).toMatchObject({
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    AccessLogSettings: { DestinationArn: '<HttpLog.Arn>' },
  })
  const { Format } = z.object({ Format: z.string() }).parse(resources.HttpStage?.Properties.AccessLogSettings)
  expect(JSON.parse(Format)).toEqual({
    requestId: '$context.requestId',
    routeKey: '$context.routeKey',
    status: '$context.status',
    latency: '$context.responseLatency',
  })
})
