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
import { partyKindNames } from '../schemas/parties.ts'
import { routes } from '../schemas/routes.ts'
import { createLog, type Functions } from './functions.ts'
import { pinned } from './logical-id.ts'
import { type SignIn, scopeOf } from './sign-in.ts'

/** Requests a second, and how many at once, over all callers: far above a few hundred returns a year. */
const throttle = { rateLimit: 50, burstLimit: 100 }

/** Ids and codes. No path, no address, no user: a path holds the id of a return. */
const accessLog = {
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
}

/** The HTTP API: one route for each row of `schemas/routes.ts`, open only to its kind of party. */
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
  for (const kind of [...partyKindNames, 'contract' as const]) {
    const integration = new HttpLambdaIntegration(kind, functions.of[kind], { scopePermissionToRoute: false })
    const guard = kind === 'contract' ? {} : { authorizer, authorizationScopes: [scopeOf(kind)] }
    for (const { method, path } of routes.filter((route) => route.kind === kind))
      new HttpRoute(scope, `${method} ${path}`, {
        httpApi: api,
        routeKey: HttpRouteKey.with(path, HttpMethod[method]),
        integration,
        ...guard,
      })
  }
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
