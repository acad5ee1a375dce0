import type { IncomingHttpHeaders } from 'node:http'
import type { Service } from './responses.ts'

/** What the edge reads from the headers of a request. */
export interface SignedRequest {
  service: Service
  region: string
  accessKeyId: string
  /** The token of a session. */
  token?: string
  /** From X-Amz-Target. SNS and STS have none: their operation is in the form. */
  target?: { api: string; operation: string }
  /** The X-Amzn-Trace-Id. */
  trace?: string
}

const credential =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/\d{8}\/([a-z0-9-]+)\/(cognito-idp|dynamodb|kms|sns|sqs|sts)\/aws4_request, ?SignedHeaders=/

/** The APIs of each service, as X-Amz-Target spells them. */
const apis: Record<Service, readonly string[]> = {
  'cognito-idp': ['AWSCognitoIdentityProviderService'],
  dynamodb: ['DynamoDB_20120810', 'DynamoDBStreams_20120810'],
  kms: ['TrentService'],
  sns: [],
  sqs: ['AmazonSQS'],
  sts: [],
}

/** Reads who calls which operation. Undefined for a request that is not signed for a service behind the edge. */
export function readSignedRequest(headers: IncomingHttpHeaders): SignedRequest | undefined {
  const [, accessKeyId, region, scope] = credential.exec(headers.authorization ?? '') ?? []
  const service = serviceNames.find((name) => name === scope)
  if (!accessKeyId || !region || !service) return undefined
  const signed: SignedRequest = { service, region, accessKeyId }
  const [token, target, trace] = ['x-amz-security-token', 'x-amz-target', 'x-amzn-trace-id'].map((name) =>
    text(headers[name]),
  )
  if (token !== undefined) signed.token = token
  if (trace !== undefined) signed.trace = trace
  if (apis[service].length === 0) return target === undefined ? signed : undefined
  const [, api, operation] = /^(\w+)\.(\w+)$/.exec(target ?? '') ?? []
  if (!api || !operation || !apis[service].includes(api)) return undefined
  return { ...signed, target: { api, operation } }
}

const serviceNames = [
  'cognito-idp',
  'dynamodb',
  'kms',
  'sns',
  'sqs',
  'sts',
] as const satisfies readonly Service[]

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
