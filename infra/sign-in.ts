import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolDomain,
  UserPoolOperation,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { authorRoles, type PartyKind, partyKindNames } from '../schemas/values/parties.ts'
import { type Deployment, partyGroups } from './context.ts'
import { pinned, titled } from './logical-id.ts'

export interface SignIn {
  pool: UserPool
  issuer: string
  /** The desk's client. */
  deskClientId: string
  /** The address at which the pool ends its own session. */
  signOut: string
  /** The clients of the desk and of machines, whose tokens the API accepts. */
  clientIds: string[]
}

/** The scope that opens the routes of a kind of party. */
export function scopeOf(kind: PartyKind): string {
  return `acasa/${kind}`
}

/** Software signs in as its client and is in no group. */
const roleGroups = authorRoles.filter((role) => role !== 'system').map((role) => `role:${role}`)

/**
 * Sign-in for the staff of parties and for their systems. Nobody can sign up. Administrators put a person into the
 * group of one party and the group of one role, and the trigger turns groups into claims and scope.
 */
export function createSignIn(parent: Construct, deployment: Deployment, trigger: IFunction): SignIn {
  const scope = new Construct(parent, 'SignIn')
  const prefix = `acasa-${deployment.stage}-${Stack.of(parent).account}`
  const pool = createPool(scope, deployment, prefix, trigger)
  for (const name of [...partyGroups(deployment), ...roleGroups]) createGroup(scope, pool, name)

  const scopes = Object.fromEntries(
    partyKindNames.map((kind) => [
      kind,
      new ResourceServerScope({ scopeName: kind, scopeDescription: `What ${kind} may do` }),
    ]),
  ) as Record<PartyKind, ResourceServerScope>
  const server = new UserPoolResourceServer(scope, 'api', {
    userPool: pool,
    identifier: 'acasa',
    scopes: Object.values(scopes),
  })
  pinned(server, 'ResourceServer')

  const desk = createDesk(scope, pool, deployment.desk)
  const machines = deployment.machines.map(({ name, party }) =>
    pinned(
      new UserPoolClient(scope, name, {
        ...tokens,
        userPool: pool,
        userPoolClientName: name,
        generateSecret: true,
        oAuth: {
          flows: { clientCredentials: true },
          scopes: [OAuthScope.resourceServer(server, scopes[party])],
        },
      }),
      `${titled(name)}Client`,
    ),
  )
  return {
    pool,
    issuer: pool.userPoolProviderUrl,
    deskClientId: desk.userPoolClientId,
    signOut: `https://${prefix}.auth.${deployment.region}.amazoncognito.com/logout`,
    clientIds: [desk, ...machines].map(({ userPoolClientId }) => userPoolClientId),
  }
}

/** A stolen access token is valid for ten minutes. The desk renews its token for a working day. */
const tokens = {
  accessTokenValidity: Duration.minutes(10),
  idTokenValidity: Duration.minutes(10),
  refreshTokenValidity: Duration.hours(10),
  enableTokenRevocation: true,
  preventUserExistenceErrors: true,
  supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
}

function createPool(
  scope: Construct,
  { stage, region }: Deployment,
  prefix: string,
  trigger: IFunction,
): UserPool {
  const pool = new UserPool(scope, 'pool', {
    userPoolName: `acasa-${stage}`,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: false,
    passwordPolicy: {
      minLength: 14,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.REQUIRED,
    // No SMS: a message can be redirected, and a number is personal data.
    mfaSecondFactor: { otp: true, sms: false },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    passkeyRelyingPartyId: `${prefix}.auth.${region}.amazoncognito.com`,
    passkeyUserVerification: PasskeyUserVerification.REQUIRED,
    accountRecovery: AccountRecovery.NONE,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  pinned(pool, 'UserPool')
  const resource = pool.node.defaultChild
  // A passkey that verified its user counts as two factors; the construct has no property for it yet.
  if (resource instanceof CfnUserPool)
    resource.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION'
  pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, trigger, LambdaVersion.V3_0)
  const domain = new UserPoolDomain(scope, 'domain', {
    userPool: pool,
    cognitoDomain: { domainPrefix: prefix },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  })
  pinned(domain, 'SignInDomain')
  return pool
}

/**
 * The desk signs people in by code and PKCE. Its only scope is `openid`: the scope for the API comes from the groups.
 */
function createDesk(
  scope: Construct,
  pool: UserPool,
  { callback, logout }: Deployment['desk'],
): UserPoolClient {
  const desk = new UserPoolClient(scope, 'desk', {
    ...tokens,
    userPool: pool,
    userPoolClientName: 'desk',
    generateSecret: false,
    authFlows: { user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID],
      callbackUrls: callback,
      logoutUrls: logout,
    },
  })
  pinned(desk, 'DeskClient')
  // The newer pages of Cognito are empty for a client without branding.
  new CfnManagedLoginBranding(scope, 'desk-style', {
    userPoolId: pool.userPoolId,
    clientId: desk.userPoolClientId,
    useCognitoProvidedValues: true,
  })
  return desk
}

function createGroup(scope: Construct, pool: UserPool, groupName: string): void {
  const group = new CfnUserPoolGroup(scope, groupName, { userPoolId: pool.userPoolId, groupName })
  group.overrideLogicalId(`Group${groupName.split(':').map(titled).join('')}`)
}
