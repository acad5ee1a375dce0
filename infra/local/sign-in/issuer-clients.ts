import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod/mini'
import { readIfPresent, replaceFile } from '../disk/files.ts'
import type { Template } from '../template/template.ts'

/** An app client of the user pool, as the template declares it. */
export interface AppClient {
  clientId: string
  name: string
  flow: 'code' | 'client_credentials'
  scopes: readonly string[]
  redirectUris: readonly string[]
  logoutUris: readonly string[]
  hasSecret: boolean
  accessTokenSeconds: number
}

const clientShape = z.object({
  ClientName: z.optional(z.string()),
  AllowedOAuthFlows: z.tuple([z.enum(['code', 'client_credentials'])]),
  AllowedOAuthScopes: z.array(z.string()),
  CallbackURLs: z._default(z.array(z.string()), []),
  LogoutURLs: z._default(z.array(z.string()), []),
  GenerateSecret: z._default(z.boolean(), false),
  AccessTokenValidity: z._default(z.number(), 1),
  TokenValidityUnits: z.optional(
    z.object({ AccessToken: z.optional(z.enum(['seconds', 'minutes', 'hours'])) }),
  ),
})
const secondsIn = { seconds: 1, minutes: 60, hours: 3600 } as const

/** The user pool's app clients. Throws at a client with more than one flow. */
export function appClients(template: Template): AppClient[] {
  return template.ofType('AWS::Cognito::UserPoolClient').map(({ logicalId, properties }) => {
    const client = clientShape.parse(properties)
    const unit = client.TokenValidityUnits?.AccessToken ?? 'hours'
    return {
      clientId: template.refOf(logicalId),
      name: client.ClientName ?? logicalId,
      flow: client.AllowedOAuthFlows[0],
      scopes: client.AllowedOAuthScopes,
      redirectUris: client.CallbackURLs,
      logoutUris: client.LogoutURLs,
      hasSecret: client.GenerateSecret,
      accessTokenSeconds: client.AccessTokenValidity * secondsIn[unit],
    }
  })
}

const resourceServerShape = z.object({
  Identifier: z.string(),
  Scopes: z.array(z.object({ ScopeName: z.string() })),
})

/** The custom scopes of the pool's resource servers, `acasa/mission`. */
export function customScopes(template: Template): string[] {
  return template.ofType('AWS::Cognito::UserPoolResourceServer').flatMap(({ properties }) => {
    const { Identifier, Scopes } = resourceServerShape.parse(properties)
    return Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`)
  })
}

const secretsShape = z.object({
  jwk: z.record(z.string(), z.string()),
  cookieKey: z.string(),
  clientSecrets: z.record(z.string(), z.string()),
})
export type IssuerSecrets = z.infer<typeof secretsShape>

/** The issuer's signing key, cookie key and client secrets. They stay in `file`, so that they survive a restart. */
export async function issuerSecrets(file: string, clients: readonly AppClient[]): Promise<IssuerSecrets> {
  const secrets = read(file) ?? (await newSecrets())
  for (const { clientId, hasSecret } of clients) {
    if (hasSecret) secrets.clientSecrets[clientId] ??= randomBytes(32).toString('base64url')
  }
  replaceFile(file, JSON.stringify(secrets))
  return secrets
}

function read(file: string): IssuerSecrets | undefined {
  const text = readIfPresent(file)
  return text === undefined ? undefined : secretsShape.parse(JSON.parse(text))
}

async function newSecrets(): Promise<IssuerSecrets> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = {
    ...(await exportJWK(privateKey)),
    kid: randomBytes(8).toString('hex'),
    alg: 'RS256',
    use: 'sig',
  }
  return secretsShape.parse({ jwk, cookieKey: randomBytes(32).toString('base64url'), clientSecrets: {} })
}
