import { place } from '../template/template.ts'

/** Where a call goes and who makes it: emulators and edge know a caller by its access key id, not its signature. */
export interface Caller {
  url: string
  accessKeyId: string
}

/** What an emulator answered instead of a result; `code` is AWS's name of the error. */
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
 * One call in the AWS JSON protocol, for what the Lambda service and the deployment do themselves.
 * Throws an `AwsError` for any answer but 200.
 */
export async function awsCall(
  caller: Caller,
  target: `${Protocol}.${string}`,
  body: unknown,
): Promise<unknown> {
  const { service, contentType } = protocols[protocolOf(target)]
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${caller.accessKeyId}/${now.slice(0, 8)}/${place.region}/${service}/aws4_request`
  const response = await fetch(caller.url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-amz-target': target,
      'x-amz-date': now,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  if (response.ok) return answer
  const code = errorCode(answer)
  throw Object.assign(new Error(`${target} was answered ${response.status} ${code}.`), { code })
}

/** Whether something caught is a refusal of `awsCall` with this code. */
export function isAwsError(error: unknown, code: string): error is AwsError {
  return error instanceof Error && 'code' in error && error.code === code
}

function protocolOf(target: string): Protocol {
  const protocol = target.slice(0, target.indexOf('.'))
  if (protocol in protocols) return protocol as Protocol
  throw new Error(`${protocol} is not spoken here.`)
}

function errorCode(answer: unknown): string {
  const type = typeof answer === 'object' && answer !== null && '__type' in answer ? answer.__type : undefined
  return typeof type === 'string' ? type.replace(/^.*#/, '') : 'Unknown'
}
