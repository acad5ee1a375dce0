import { randomUUID } from 'node:crypto'

export type Service = 'cognito-idp' | 'dynamodb' | 'kms' | 'sns' | 'sqs' | 'sts'

/** The services of the query protocol, which takes a form and responds with XML. */
export type QueryService = 'sns' | 'sts'

/** An HTTP response as it goes to the caller. */
export interface AwsResponse {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** An error as AWS names it: `name` is its code. */
export interface AwsFault extends Error {
  status: number
  isAwsFault: true
}

export function awsFault(name: string, message: string, status = 400): AwsFault {
  return Object.assign(new Error(message), { name, status, isAwsFault: true as const })
}
export function isAwsFault(error: unknown): error is AwsFault {
  return error instanceof Error && 'isAwsFault' in error
}

/** The error for a caller without permission, and for a call that the edge cannot read. */
export function accessDenied(service: Service, message: string): AwsFault {
  switch (service) {
    case 'sqs':
    case 'sts':
      return awsFault('AccessDenied', message, 403)
    case 'sns':
      return awsFault('AuthorizationError', message, 403)
    case 'cognito-idp':
    case 'dynamodb':
    case 'kms':
      return awsFault('AccessDeniedException', message)
  }
}

/** Whether a fault says that the caller has no permission. */
export function isDenial({ name }: AwsFault): boolean {
  return ['AccessDenied', 'AccessDeniedException', 'AuthorizationError'].includes(name)
}

export function jsonResponse(status: number, body: unknown, version: '1.0' | '1.1' = '1.0'): AwsResponse {
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID() }
  return { status, headers, body: JSON.stringify(body) }
}

const namespaces: Record<QueryService, string> = {
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
}

/** The response of a service to an operation in the query protocol, from the fields of its result. */
export function xmlResponse(service: QueryService, operation: string, result: XmlFields): AwsResponse {
  const content =
    element(`${operation}Result`, result) + element('ResponseMetadata', { RequestId: randomUUID() })
  return xml(200, `<${operation}Response xmlns="${namespaces[service]}">${content}</${operation}Response>`)
}

/** An error in the protocol of the service. */
export function faultResponse(service: Service, fault: AwsFault): AwsResponse {
  const { name, message, status } = fault
  switch (service) {
    case 'dynamodb':
      return jsonResponse(status, { __type: `com.amazon.coral.service#${name}`, Message: message })
    case 'cognito-idp':
    case 'kms':
      return jsonResponse(status, { __type: name, message }, '1.1')
    case 'sqs': {
      const response = jsonResponse(status, { __type: `com.amazonaws.sqs#${name}`, message })
      return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${name};Sender` } }
    }
    case 'sns':
    case 'sts': {
      const error = element('Error', { Type: 'Sender', Code: name, Message: message })
      return xml(status, `<ErrorResponse xmlns="${namespaces[service]}">${error}</ErrorResponse>`)
    }
  }
}

interface XmlFields {
  readonly [name: string]: string | XmlFields
}

function element(name: string, content: string | XmlFields): string {
  const inner =
    typeof content === 'string'
      ? content.replace(/[<>&]/g, (char) => `&#${char.codePointAt(0)};`)
      : Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
  return `<${name}>${inner}</${name}>`
}

function xml(status: number, body: string): AwsResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() }, body }
}
