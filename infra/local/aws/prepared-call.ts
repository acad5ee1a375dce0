import type { AwsResponse } from './responses.ts'

/** One permission that a call requires. IAM must grant all permissions of a call. */
export interface RequiredPermission {
  action: string
  resource: string
  context: Readonly<Record<string, string | readonly string[]>>
}

/** A call that the edge has read: the permissions that it requires, and how to perform it once they are granted. */
export interface PreparedCall {
  permissions: readonly RequiredPermission[]
  /** Throws an `AwsFault` where AWS would respond with an error. `signal` aborts when the caller no longer waits. */
  perform(signal: AbortSignal): AwsResponse | Promise<AwsResponse>
}
