import type { Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { addressOf, answeredBy, type Route, routes } from '../schemas/api/routes.ts'
import { partyKindNames } from '../schemas/values/parties.ts'
import { deskRoutes } from './desk.ts'
import { createLog, type Functions } from './functions.ts'
import { pinned } from './logical-id.ts'
import { type SignIn, scopeOf } from './sign-in.ts'

/** Requests per second and parallel requests, of all callers: far more than a few hundred returns a year need. */
const throttle = { rateLimit: 50, burstLimit: 100 }

/** Ids and codes only. A path would contain the id of a return; an address or a user would name a person. */
const accessLog = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
}

/** The HTTP API: one route for each row of `schemas/api/routes.ts`, open only to its kind of party. */
export function createHttpApi(
  parent: Stack,
  {
    functions,
    signIn,
    storage,
    stage,
  }: { functions: Functions; signIn: SignIn; storage: Key; stage: string },
): HttpApi {
  const scope = new Construct(parent, 'Http')
  const api = pinned(
    new HttpApi(scope, 'api', { apiName: `acasa-${stage}`, createDefaultStage: false }),
    'HttpApi',
  )
  const authorizer = new HttpJwtAuthorizer('AccessToken', signIn.issuer, {
    jwtAudience: signIn.clientIds,
  })
  const guardOf = ({ kind }: Route) =>
    kind === 'contract' ? {} : { authorizer, authorizationScopes: [scopeOf(kind)] }
  for (const name of [...partyKindNames, 'contract' as const, 'people' as const]) {
    const integration = new HttpLambdaIntegration(name, functions.of[name], { scopePermissionToRoute: false })
    const ownRoutes = routes.filter((route) => answeredBy(route) === name)
    for (const [address, [route]] of Map.groupBy(ownRoutes, addressOf))
      if (route)
        new HttpRoute(scope, address, {
          httpApi: api,
          routeKey: HttpRouteKey.with(address.slice(route.method.length + 1), HttpMethod[route.method]),
          integration,
          ...guardOf(route),
        })
  }
  const desk = new HttpLambdaIntegration('desk', functions.of.desk, { scopePermissionToRoute: false })
  for (const { method, path } of deskRoutes)
    new HttpRoute(scope, `${method} ${path}`, {
      httpApi: api,
      routeKey: HttpRouteKey.with(path, HttpMethod[method]),
      integration: desk,
    })
  const live = new HttpStage(scope, 'live', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(createLog(scope, 'http', stage, storage)),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  })
  pinned(live, 'HttpStage')
  return api
}
