import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { LocalStack } from '../../infra/local/stack.ts'
import { titled } from '../../infra/logical-id.ts'

/** Clients that have the rights of a function and go through the edge: what its code could do, had someone taken it over. */
export interface FunctionClients {
  db: DynamoDBClient
  kms: KMSClient
  sts: STSClient
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** What stands between a caller and what is stored. */
type Guarded = Pick<LocalStack, 'edge' | 'template'>

/** Clients of a function's base role, `iom` or `relay`. */
export function clientsOf(stack: Guarded, functionName: string): FunctionClients {
  return clients(stack, stack.edge.credentialsFor(`${titled(functionName)}Role`))
}

/** Clients of the session role that the function of a kind with many parties assumes, with the tags that it would set, or others. */
export async function sessionOf(
  stack: Guarded,
  kind: 'mission' | 'centre' | 'partner',
  code: string,
  tags: Readonly<Record<string, string>> = { code, filer: code },
): Promise<FunctionClients> {
  const { sts } = clientsOf(stack, kind)
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: stack.template.arnOf(`${titled(kind)}SessionRole`),
      RoleSessionName: `${kind}-${code}`,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  )
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new Error('The session has no credentials.')
  return clients(stack, {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  })
}

function clients({ edge, template }: Guarded, credentials: Credentials): FunctionClients {
  const place = { endpoint: edge.url, region: template.region, credentials, maxAttempts: 1 }
  return { db: new DynamoDBClient(place), kms: new KMSClient(place), sts: new STSClient(place) }
}

/** The name that AWS gave an error, or `allowed`. */
export async function outcomeOf(operation: Promise<unknown>): Promise<string> {
  return operation.then(
    () => 'allowed',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  )
}
