import { localPlace } from '../template/template.ts'

/**
 * Where a call goes and who makes it. Emulators and the edge know a caller by its access key id, not by its
 * signature.
 */
export interface AwsClient {
  url: string
  accessKeyId: string
}

/** The error that an emulator or the edge responded with; `code` is AWS's name of the error. */
export interface AwsError extends Error {
  code: string
}

const protocols = {
  DynamoDB_20120810: { service: 'dynamodb', contentType: 'application/x-amz-json-1.0' },
  DynamoDBStreams_20120810: { service: 'dynamodb', contentType: 'application/x-amz-json-1.0' },
  AmazonSQS: { service: 'sqs', contentType: 'application/x-amz-json-1.0' },
} as const
type Protocol = keyof typeof protocols

/**
 * Makes one call in the AWS JSON protocol, as the Lambda service or the deployment itself would.
 * Throws an `AwsError` for every response but 200.
 */
export async function awsCall(
  client: AwsClient,
  target: `${Protocol}.${string}`,
  body: unknown,
): Promise<unknown> {
  const { service, contentType } = protocols[protocolOf(target)]
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${client.accessKeyId}/${now.slice(0, 8)}/${localPlace.region}/${service}/aws4_request`
  const response = await fetch(client.url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-amz-target': target,
      'x-amz-date': now,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    },
    body: JSON.stringify(body),
  })
  const content: unknown = await response.json()
  if (response.ok) return content
  const code = errorCode(content)
  throw Object.assign(new Error(`${target} failed with ${response.status} ${code}.`), { code })
}

/** Whether a caught error is an `AwsError` with this code. */
export function isAwsError(error: unknown, code: string): error is AwsError {
  return error instanceof Error && 'code' in error && error.code === code
}

function protocolOf(target: string): Protocol {
  const protocol = target.slice(0, target.indexOf('.'))
  if (protocol in protocols) return protocol as Protocol
  throw new Error(`${protocol} is not a protocol of this machine.`)
}

function errorCode(content: unknown): string {
  const type =
    typeof content === 'object' && content !== null && '__type' in content ? content.__type : undefined
  return typeof type === 'string' ? type.replace(/^.*#/, '') : 'Unknown'
}
