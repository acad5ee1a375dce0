import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import {
  type Answer,
  accessDenied,
  awsFault,
  faultAnswer,
  isAwsFault,
  isDenial,
  jsonAnswer,
  type Service,
} from '../aws/answers.ts'
import type { Need, Prepared } from '../aws/prepared-call.ts'
import { readSigned, type SignedRequest } from '../aws/signed-request.ts'
import { startCognito } from '../emulators/cognito.ts'
import { startKms } from '../emulators/kms.ts'
import { type Letter, openOutbox } from '../emulators/outbox.ts'
import { startSns } from '../emulators/sns.ts'
import { startSts } from '../emulators/sts.ts'
import type { Accounts } from '../emulators/user-pool.ts'
import { type Caller, startCallers } from '../iam/callers.ts'
import { readRights } from '../iam/rights.ts'
import type { Template } from '../template/template.ts'
import { tableNeeds, tablesOf } from './dynamodb-actions.ts'
import { reachEmulator } from './forward.ts'
import { queueNeeds, queuesOf } from './queue-actions.ts'
import { streamNeeds } from './stream-actions.ts'

export type { Service } from '../aws/answers.ts'

/** A call as the edge saw it; times are `performance.now()` in milliseconds. */
export interface Call {
  service: Service
  operation: string
  /** The name of the role that called: the session role where one was assumed. */
  role: string
  /** The logical id of the function whose role this is, or that the session was assumed from. */
  function: string
  start: number
  end: number
  status: number
  /** The X-Amzn-Trace-Id that came with the call. */
  request?: string
}

/** What a test sees of an allowed call before it is carried out. */
export interface PendingCall extends Pick<Call, 'service' | 'operation' | 'role' | 'function' | 'request'> {
  body: unknown
  caller: Caller
  /** What the policies were asked for it, and allowed. */
  needs: readonly Need[]
}

/** An answer in the service's JSON protocol, in place of the real one. */
export interface Fault {
  status: number
  body: unknown
}

export interface EdgeOptions {
  template: Template
  dynamodbUrl: string
  sqsUrl: string
  /** Where the keys of the KMS stand-in and the outbox are kept. */
  dataDir: string
  /** Of the user pool; without them no call to it can be made. */
  accounts?: Accounts
  /** Awaited before an answer goes to a function, so that calls made in parallel overlap in a measurement. */
  hold?: (functionLogicalId: string) => Promise<void>
  /** Tests inject faults: an answer instead of the call, or `lose`: the call is carried out, its answer cut off. */
  before?: (call: PendingCall) => Fault | 'lose' | undefined
  /** Told of every call that was not allowed: who, what, on which resource; a function's own log says only `internal`. */
  refused?: (message: string) => void
}

export interface Edge {
  url: string
  /** Access key for a function's execution role. Throws where the role's trust does not let Lambda assume it. */
  credentialsFor(roleLogicalId: string): { accessKeyId: string; secretAccessKey: string }
  /** Whether a role's policies allow an action that AWS itself carries out for it (Scheduler invoking a function). */
  allows(roleLogicalId: string, action: string, resource: string): boolean
  /** Calls since the start; reads of streams and empty receives, which depend on time alone, are left out. */
  counts(): Record<Service, number>
  /** The last 10,000 of the calls that are counted, newest last. */
  calls(): readonly Call[]
  /** What was published to topics, the oldest first. */
  outbox(): readonly Letter[]
  /** `role|statement|action` as written in the policy, for each that has allowed at least one call. */
  exercised(): ReadonlySet<string>
  /** All such triples that the template's roles are granted for the services behind the edge. */
  granted(): ReadonlySet<string>
  stop(): Promise<void>
}

const keptCalls = 10_000

/**
 * Starts the one door to AWS on this machine: it knows the caller by the access key id, reads what the call needs,
 * refuses what the template's policies do not allow and what it cannot judge, and passes the rest on.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { template, hold, before } = options
  const rights = readRights(template)
  const callers = startCallers()
  const kms = startKms(template, options.dataDir)
  const cognito = options.accounts && startCognito(template, options.accounts)
  const outbox = openOutbox(join(options.dataDir, 'outbox.jsonl'))
  const sns = startSns(template, outbox)
  const sts = startSts({ account: template.account, roles: rights.roles, callers })
  const tables = tablesOf(template)
  const queues = queuesOf(template)
  const dynamodb = reachEmulator(options.dynamodbUrl)
  const sqs = reachEmulator(options.sqsUrl)
  const counted: Record<Service, number> = { 'cognito-idp': 0, dynamodb: 0, kms: 0, sns: 0, sqs: 0, sts: 0 }
  const calls: Call[] = []

  const server = createServer((request, response) => {
    answerTo(request, response).catch(() => response.destroy())
  })
  // Longer than the SDK keeps an idle socket, so that it never writes to one that was just closed.
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The edge has no port.')
  const url = `http://127.0.0.1:${address.port}`

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = performance.now()
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const signed = readSigned(request.headers)
    if (!signed) {
      const fault = awsFault('MissingAuthenticationToken', 'The request is not signed for a service.', 403)
      return send(response, faultAnswer('dynamodb', fault))
    }
    const body = await text(request)
    const form = signed.target ? undefined : new URLSearchParams(body)
    const call = {
      service: signed.service,
      operation: signed.target?.operation ?? form?.get('Action') ?? '',
      ...(signed.request !== undefined && { request: signed.request }),
    }
    const { answer, caller, lost } = await carryOut(signed, call, form ?? body, request, gone.signal)
    await hold?.(caller?.function ?? '')
    if (!isIdle(signed, answer)) {
      counted[call.service]++
      const [role, name] = [caller?.role.name ?? '', caller?.function ?? '']
      calls.push({ ...call, role, function: name, start, end: performance.now(), status: answer.status })
      if (calls.length > keptCalls) calls.shift()
    }
    if (lost) response.destroy()
    else send(response, answer)
  }

  async function carryOut(
    signed: SignedRequest,
    call: Pick<Call, 'service' | 'operation' | 'request'>,
    content: string | URLSearchParams,
    request: IncomingMessage,
    gone: AbortSignal,
  ): Promise<{ answer: Answer; caller?: Caller; lost?: boolean }> {
    let caller: Caller | undefined
    try {
      caller = callers.find(signed.accessKeyId, signed.token)
      const { prepared, body } = judge(signed, content, request, caller)
      const { needs } = prepared
      const fault = before?.({
        ...call,
        role: caller.role.name,
        function: caller.function,
        body,
        caller,
        needs,
      })
      if (fault && fault !== 'lose') return { caller, answer: jsonAnswer(fault.status, fault.body) }
      return { caller, answer: await prepared.perform(gone), lost: fault === 'lose' }
    } catch (error) {
      const fault = isAwsFault(error) ? error : awsFault('InternalFailure', 'The emulator is not there.', 500)
      if (isDenial(fault)) options.refused?.(fault.message)
      return { answer: faultAnswer(signed.service, fault), ...(caller && { caller }) }
    }
  }

  /** Reads a call and demands what it needs. What cannot be read for certain is refused like what is not allowed. */
  function judge(
    signed: SignedRequest,
    content: string | URLSearchParams,
    request: IncomingMessage,
    caller: Caller,
  ): { prepared: Prepared; body: unknown } {
    try {
      if (signed.region !== template.region) throw new Error(`Nothing of ours is in ${signed.region}.`)
      const body: unknown = typeof content === 'string' ? JSON.parse(content) : Object.fromEntries(content)
      const prepared =
        typeof content === 'string' ? prepare(signed, body, request) : asked(signed, content, caller)
      rights.demand(signed.service, caller, prepared.needs)
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

  const asked = ({ service }: SignedRequest, form: URLSearchParams, caller: Caller): Prepared =>
    service === 'sns' ? sns.prepare(form) : sts.prepare(form, caller)

  function prepare(signed: SignedRequest, body: unknown, { headers }: IncomingMessage): Prepared {
    const { api = '', operation = '' } = signed.target ?? {}
    // The emulators get what was judged, written anew: a key that came twice has one meaning only.
    const written = () => JSON.stringify(body)
    switch (api) {
      case 'DynamoDB_20120810':
        return {
          needs: tableNeeds(tables, operation, body),
          perform: (gone) => dynamodb.call(headers, written(), gone),
        }
      case 'DynamoDBStreams_20120810':
        return {
          needs: streamNeeds(tables, operation, body),
          perform: (gone) => dynamodb.call(headers, written(), gone),
        }
      case 'TrentService':
        return kms.prepare(operation, body)
      case 'AWSCognitoIdentityProviderService':
        if (!cognito) throw new Error('There is no user pool here.')
        return cognito.prepare(operation, body)
      default: {
        const fields = z.record(z.string(), z.unknown()).parse(body)
        const { needs, queue } = queueNeeds(queues, operation, fields)
        const path = `/${template.account}/${queue.name}`
        if (operation === 'GetQueueUrl') {
          return { needs, perform: () => jsonAnswer(200, { QueueUrl: url + path }) }
        }
        const forwarded = JSON.stringify({ ...fields, QueueUrl: options.sqsUrl + path })
        return { needs, perform: (gone) => sqs.call(headers, forwarded, gone) }
      }
    }
  }

  const functionOf = (roleArn: string) =>
    template.ofType('AWS::Lambda::Function').find(({ properties }) => properties.Role === roleArn)?.logicalId

  return {
    url,
    credentialsFor(roleLogicalId) {
      const role = rights.role(roleLogicalId)
      if (!rights.trusts(role, 'lambda.amazonaws.com'))
        throw new Error(`${roleLogicalId} does not trust Lambda.`)
      const name = functionOf(role.arn) ?? roleLogicalId
      const arn = `arn:aws:sts::${template.account}:assumed-role/${role.name}/${name}`
      return callers.keyFor({ role, arn, tags: role.tags, transitive: [], function: name })
    },
    allows: (roleLogicalId, action, resource) => rights.allows(rights.role(roleLogicalId), action, resource),
    counts: () => ({ ...counted }),
    calls: () => calls,
    outbox: outbox.letters,
    exercised: () => rights.exercised,
    granted: () => rights.granted,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      dynamodb.stop()
      sqs.stop()
      await closed
    },
  }
}

/** Reads of streams are the Lambda service's own, and free; how often a queue is found empty depends on time. */
function isIdle({ target }: SignedRequest, { status, body }: Answer): boolean {
  if (status !== 200) return false
  if (target?.api === 'DynamoDBStreams_20120810') return true
  return target?.operation === 'ReceiveMessage' && !body.includes('"ReceiptHandle"')
}

/** Why a call could not be judged, without a value of it. */
function reasonOf(error: unknown): string {
  if (error instanceof z.core.$ZodError) {
    return `Its shape is not known to the edge: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}.`
  }
  if (error instanceof SyntaxError) return 'Its body is not JSON.'
  return error instanceof Error ? error.message : 'The edge cannot judge it.'
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}
