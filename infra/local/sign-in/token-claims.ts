import * as z from 'zod/mini'
import type { SeededUser } from '../emulators/user-pool.ts'
import type { FunctionSpec, LocalFunctions } from '../lambda/functions.ts'
import { mayInvoke } from '../lambda/invoke-permission.ts'
import type { Template } from '../template/template.ts'

/** A request for an access token, by a user through an app client or by a machine with its own credentials. */
export interface AccessTokenRequest {
  clientId: string
  scopes: readonly string[]
  user?: SeededUser
  /** Epoch seconds. */
  authTime: number
}

/** Makes the claims of a Cognito access token, except `iss`, `exp`, `iat` and `jti`, which every issuer sets. */
export type AccessClaims = (request: AccessTokenRequest) => Promise<Record<string, unknown>>

const poolShape = z.object({
  LambdaConfig: z.object({
    PreTokenGenerationConfig: z.object({ LambdaArn: z.string(), LambdaVersion: z.literal('V3_0') }),
  }),
})
const overrides = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z.nullish(
      z.object({
        accessTokenGeneration: z.nullish(
          z.object({
            claimsToAddOrOverride: z.nullish(z.record(z.string(), z.unknown())),
            claimsToSuppress: z.nullish(z.array(z.string())),
            scopesToAdd: z.nullish(z.array(z.string())),
            scopesToSuppress: z.nullish(z.array(z.string())),
          }),
        ),
        groupOverrideDetails: z.nullish(z.looseObject({ groupsToOverride: z.nullish(z.array(z.string())) })),
      }),
    ),
  }),
})

type Overrides = z.infer<typeof overrides>['response']['claimsAndScopeOverrideDetails']

/** Claims that a trigger cannot change (Cognito developer guide, "Pre token generation Lambda trigger"). */
const fixedClaims = new Set([
  'sub',
  'iss',
  'client_id',
  'token_use',
  'username',
  'jti',
  'exp',
  'iat',
  'auth_time',
  'version',
])

/**
 * Makes access token claims as the user pool would: its own claims, changed by its pre token generation trigger (V3_0).
 * Throws at the start when the pool may not invoke its trigger, and for a token when the trigger fails.
 */
export function cognitoClaims(template: Template, functions: LocalFunctions): AccessClaims {
  const [pool] = template.ofType('AWS::Cognito::UserPool')
  if (!pool) throw new Error('The template has no user pool.')
  const userPoolId = template.refOf(pool.logicalId)
  const trigger = triggerOf()

  function triggerOf(): FunctionSpec {
    const { LambdaArn } = poolShape.parse(pool?.properties).LambdaConfig.PreTokenGenerationConfig
    const spec = functions.specs.find(({ arn }) => arn === LambdaArn)
    if (!spec) throw new Error('The user pool names a trigger that is not a function of the template.')
    const poolArn = template.arnOf(pool?.logicalId ?? '')
    if (!mayInvoke(template, spec, 'cognito-idp.amazonaws.com', poolArn)) {
      throw new Error(`The user pool has no permission to invoke ${spec.name}.`)
    }
    return spec
  }

  return async (request) => {
    const outcome = await functions.invoke(trigger.name, triggerEvent(request, userPoolId, template.region))
    if (outcome.kind === 'failed') throw new Error(`PreTokenGeneration failed: ${outcome.reason}.`)
    return claimsOf(request, overrides.parse(outcome.payload).response.claimsAndScopeOverrideDetails)
  }
}

/** The pool's own claims, and the changes of the trigger to them. */
function claimsOf(request: AccessTokenRequest, details: Overrides): Record<string, unknown> {
  const { user, clientId, authTime } = request
  const access = details?.accessTokenGeneration
  const scopes = new Set([...request.scopes, ...(access?.scopesToAdd ?? [])])
  for (const scope of access?.scopesToSuppress ?? []) scopes.delete(scope)
  const groups = details?.groupOverrideDetails?.groupsToOverride ?? user?.groups ?? []
  const own = {
    sub: user?.sub ?? clientId,
    client_id: clientId,
    token_use: 'access',
    scope: [...scopes].join(' '),
    auth_time: authTime,
    version: 2,
    ...(user && { username: user.name }),
    ...(groups.length > 0 && { 'cognito:groups': groups }),
  }
  const isChangeable = (name: string) => !fixedClaims.has(name)
  const suppressed = (access?.claimsToSuppress ?? []).filter(isChangeable)
  const kept = Object.entries(own).filter(([name]) => !suppressed.includes(name))
  const added = Object.entries(access?.claimsToAddOrOverride ?? {}).filter(([name]) => isChangeable(name))
  return Object.fromEntries([...kept, ...added])
}

/** The trigger's event in version 3, which Cognito also sends for client credentials. */
function triggerEvent(request: AccessTokenRequest, userPoolId: string, region: string) {
  const { user, clientId, scopes } = request
  return {
    version: '3',
    triggerSource: user ? 'TokenGeneration_HostedAuth' : 'TokenGeneration_ClientCredentials',
    region,
    userPoolId,
    userName: user?.name ?? clientId,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request: {
      userAttributes: user ? { sub: user.sub, 'cognito:user_status': 'CONFIRMED' } : {},
      groupConfiguration: {
        groupsToOverride: user?.groups ?? [],
        iamRolesToOverride: [],
        preferredRole: null,
      },
      scopes,
    },
    response: { claimsAndScopeOverrideDetails: null },
  }
}
