import type { AwsResponse, Service } from '../aws/responses.ts'
import type { SignedRequest } from '../aws/signed-request.ts'

/** A call as the edge saw it. Times are `performance.now()` in milliseconds. */
export interface RecordedCall {
  service: Service
  operation: string
  /** The name of the calling role: the session role where the caller has assumed one. */
  role: string
  /** The logical id of the function whose role this is, or that assumed the session. */
  function: string
  start: number
  end: number
  status: number
  /** The bytes of the answer. */
  bytes?: number
  /** The X-Amzn-Trace-Id that came with the call. */
  trace?: string
}

export interface CallLog {
  /** Records a call, except where its number depends only on time: reads of streams and empty receives. */
  record(call: RecordedCall, signed: SignedRequest, response: AwsResponse): void
  counts(): Record<Service, number>
  calls(): readonly RecordedCall[]
}

const keptCalls = 10_000

export function openCallLog(): CallLog {
  const counts: Record<Service, number> = { 'cognito-idp': 0, dynamodb: 0, kms: 0, sns: 0, sqs: 0, sts: 0 }
  const calls: RecordedCall[] = []
  return {
    record(call, signed, response) {
      if (isPolling(signed, response)) return
      counts[call.service]++
      calls.push(call)
      if (calls.length > keptCalls) calls.shift()
    },
    counts: () => ({ ...counts }),
    calls: () => calls,
  }
}

/** The Lambda service itself reads streams, free of charge; how often it finds a queue empty depends on time. */
function isPolling({ target }: SignedRequest, { status, body }: AwsResponse): boolean {
  if (status !== 200) return false
  if (target?.api === 'DynamoDBStreams_20120810') return true
  return target?.operation === 'ReceiveMessage' && !body.includes('"ReceiptHandle"')
}
