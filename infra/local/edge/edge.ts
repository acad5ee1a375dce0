import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import type { PreparedCall, RequiredPermission } from '../aws/prepared-call.ts'
import {
  type AwsResponse,
  accessDenied,
  awsFault,
  faultResponse,
  isAwsFault,
  isDenial,
  jsonResponse,
  type Service,
} from '../aws/responses.ts'
import { readSignedRequest, type SignedRequest } from '../aws/signed-request.ts'
import type { Letter } from '../emulators/outbox.ts'
import type { Accounts } from '../emulators/user-pool.ts'
import { readAuthorization } from '../iam/authorization.ts'
import { type CallerIdentity, openCredentialStore } from '../iam/credentials.ts'
import type { Template } from '../template/template.ts'
import { startAwsApis } from './aws-apis.ts'
import { openCallLog, type RecordedCall } from './call-log.ts'

/** What a test sees of an allowed call before the edge performs it. */
export interface PendingCall
  extends Pick<RecordedCall, 'service' | 'operation' | 'role' | 'function' | 'trace'> {
  body: unknown
  caller: CallerIdentity
  /** The permissions that the call required, all of them granted. */
  permissions: readonly RequiredPermission[]
}

/** A response in the service's JSON protocol, in place of the real one. */
export interface InjectedFault {
  status: number
  body: unknown
}

export interface EdgeOptions {
  template: Template
  dynamodbUrl: string
  sqsUrl: string
  /** Keeps the KMS keys and the outbox. */
  dataDir: string
  /** The accounts of the user pool. Without them the edge refuses every call to Cognito. */
  accounts?: Accounts
  /** Awaited before the edge responds to a function, so that parallel calls overlap in a measurement. */
  hold?: (functionLogicalId: string) => Promise<void>
  /**
   * Injects faults in tests: a response instead of the call, or `lose`, which performs the call and drops its
   * response.
   */
  intercept?: (call: PendingCall) => InjectedFault | 'lose' | undefined
  /**
   * Called for each call that was not allowed: who, which action, on which resource. A function's own log says only
   * `internal`.
   */
  onRefused?: (message: string) => void
}

export interface Edge {
  url: string
  /** The access key of a function's execution role. Throws where the role does not trust Lambda. */
  credentialsFor(roleLogicalId: string): { accessKeyId: string; secretAccessKey: string }
  /** Whether a role's policies allow an action that AWS itself carries out for it (Scheduler invoking a function). */
  allows(roleLogicalId: string, action: string, resource: string): boolean
  /** Calls since the start, without reads of streams and empty receives: their number depends on time alone. */
  counts(): Record<Service, number>
  /** The last 10,000 of those calls, newest last. */
  calls(): readonly RecordedCall[]
  /** What was published to topics, the oldest first. */
  outbox(): readonly Letter[]
  /** `role|statement|action`, as the policy writes it, for each that has allowed at least one call. */
  exercised(): ReadonlySet<string>
  /** Every such triple that the template grants to its roles for the services behind the edge. */
  granted(): ReadonlySet<string>
  stop(): Promise<void>
}

/** What the HTTP layer has read of a request. */
interface ReceivedCall {
  signed: SignedRequest
  /** JSON text, or a form in the query protocol. */
  content: string | URLSearchParams
  request: IncomingMessage
}

interface Performed {
  answer: AwsResponse
  caller?: CallerIdentity
  /** The caller must not get the answer. */
  isLost?: boolean
}

/**
 * Starts the only way to AWS on this machine. The edge knows the caller by the access key id, reads which permissions
 * the call requires, refuses what the template's policies do not allow or what it cannot read, and forwards the rest.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { template, hold, intercept } = options
  const authorization = readAuthorization(template)
  const credentials = openCredentialStore()
  const log = openCallLog()
  let url = ''
  const apis = startAwsApis({
    template,
    dynamodbUrl: options.dynamodbUrl,
    sqsUrl: options.sqsUrl,
    edgeUrl: () => url,
    dataDir: options.dataDir,
    accounts: options.accounts,
    roles: authorization.roles,
    credentials,
  })
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  url = await listen()

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now()
    const closed = new AbortController()
    response.on('close', () => closed.abort())
    const signed = readSignedRequest(request.headers)
    if (!signed) {
      const fault = awsFault('MissingAuthenticationToken', 'The request is not signed for a service.', 403)
      return send(response, faultResponse('dynamodb', fault))
    }
    const body = await text(request)
    const content = signed.target ? body : new URLSearchParams(body)
    const { answer, caller, isLost } = await perform({ signed, content, request }, closed.signal)
    await hold?.(caller?.function ?? '')
    const [role, name] = [caller?.role.name ?? '', caller?.function ?? '']
    const end = performance.now()
    const { status, body: answered } = answer
    const bytes = Buffer.byteLength(answered)
    const call = { ...callOf(signed, content), role, function: name, start, end, status, bytes }
    log.record(call, signed, answer)
    if (isLost) response.destroy()
    else send(response, answer)
  }

  async function perform(received: ReceivedCall, signal: AbortSignal): Promise<Performed> {
    const { signed, content } = received
    let caller: CallerIdentity | undefined
    try {
      caller = credentials.find(signed.accessKeyId, signed.token)
      const { prepared, body } = prepareAllowed(received, caller)
      const fault = intercept?.({
        ...callOf(signed, content),
        role: caller.role.name,
        function: caller.function,
        body,
        caller,
        permissions: prepared.permissions,
      })
      if (fault && fault !== 'lose') return { caller, answer: jsonResponse(fault.status, fault.body) }
      return { caller, answer: await prepared.perform(signal), isLost: fault === 'lose' }
    } catch (error) {
      const fault = isAwsFault(error)
        ? error
        : awsFault('InternalFailure', 'The emulator does not answer.', 500)
      if (isDenial(fault)) options.onRefused?.(fault.message)
      return { answer: faultResponse(signed.service, fault), ...(caller && { caller }) }
    }
  }

  /** Reads a call and requires its permissions. A call that cannot be read with certainty is refused likewise. */
  function prepareAllowed(
    { signed, content, request }: ReceivedCall,
    caller: CallerIdentity,
  ): { prepared: PreparedCall; body: unknown } {
    try {
      if (signed.region !== template.region) throw new Error(`The stack has nothing in ${signed.region}.`)
      const body: unknown = typeof content === 'string' ? JSON.parse(content) : Object.fromEntries(content)
      const prepared =
        typeof content === 'string'
          ? apis.prepareJson(signed, body, request.headers)
          : apis.prepareQuery(signed, content, caller)
      authorization.requireAll(signed.service, caller, prepared.permissions)
      return { prepared, body }
    } catch (error) {
      if (isAwsFault(error)) throw error
      const operation = signed.target?.operation ?? 'this operation'
      throw accessDenied(
        signed.service,
        `User: ${caller.arn} is not authorized to perform: ${signed.service}:${operation}. ${reasonOf(error)}`,
      )
    }
  }

  async function listen(): Promise<string> {
    // Longer than the SDK keeps an idle socket, so that it never writes to a socket that was just closed.
    server.keepAliveTimeout = 60_000
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The edge has no port.')
    return `http://127.0.0.1:${address.port}`
  }

  const functionOf = (roleArn: string) =>
    template.ofType('AWS::Lambda::Function').find(({ properties }) => properties.Role === roleArn)?.logicalId

  return {
    url,
    credentialsFor(roleLogicalId) {
      const role = authorization.role(roleLogicalId)
      if (!authorization.trusts(role, 'lambda.amazonaws.com'))
        throw new Error(`${roleLogicalId} does not trust Lambda.`)
      const name = functionOf(role.arn) ?? roleLogicalId
      const arn = `arn:aws:sts::${template.account}:assumed-role/${role.name}/${name}`
      return credentials.keyFor({ role, arn, tags: role.tags, transitive: [], function: name })
    },
    allows: (roleLogicalId, action, resource) =>
      authorization.allows(authorization.role(roleLogicalId), action, resource),
    counts: log.counts,
    calls: log.calls,
    outbox: apis.outbox,
    exercised: () => authorization.exercised,
    granted: () => authorization.granted,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      apis.stop()
      await closed
    },
  }
}

function callOf(signed: SignedRequest, content: string | URLSearchParams) {
  const { service, target, trace } = signed
  const action = typeof content === 'string' ? undefined : content.get('Action')
  const operation = target?.operation ?? action ?? ''
  return { service, operation, ...(trace !== undefined && { trace }) }
}

/** Why the edge could not read a call, without any value of the call. */
function reasonOf(error: unknown): string {
  if (error instanceof z.core.$ZodError) {
    return `The edge does not know its shape: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}.`
  }
  if (error instanceof SyntaxError) return 'Its body is not JSON.'
  return error instanceof Error ? error.message : 'The edge cannot read it.'
}

function send(response: ServerResponse, { status, headers, body }: AwsResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}
