import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A call that came through a door: AWS's JSON protocol names the operation in a header. */
export interface Passed {
  operation: string
  body: string
}

/** What a test answers in the endpoint's stead; `cut` closes the connection, `after` once the call was made. */
export type Fault =
  | { kind: 'answer'; status: number; body: unknown }
  | { kind: 'cut' }
  | { kind: 'cut-after' }
  | { kind: 'rewrite'; rewrite: (body: string) => string }

export interface Door {
  url: string
  passed: Passed[]
  stop(): Promise<void>
}

/**
 * Stands before an endpoint of AWS's JSON protocol, keeps what went through, and lets a test break what no
 * emulator breaks: conflicts, throttling, lost answers.
 */
export async function openDoor(target: string, fault: (call: Passed) => Fault | undefined): Promise<Door> {
  const passed: Passed[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const call = { operation: String(request.headers['x-amz-target']).split('.').at(-1) ?? '', body }
    passed.push(call)
    const broken = fault(call)
    if (broken?.kind === 'cut') return void request.socket.destroy()
    if (broken?.kind === 'answer') return answer(response, broken.status, JSON.stringify(broken.body))
    const real = await forward(target, request, body)
    if (broken?.kind === 'cut-after') return void request.socket.destroy()
    return answer(response, real.status, broken ? broken.rewrite(real.body) : real.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    passed,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** What DynamoDB answers to a cancelled transaction, one code for each statement. */
export function cancelled(codes: readonly string[]): Fault {
  return {
    kind: 'answer',
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
      CancellationReasons: codes.map((Code) => ({ Code })),
    },
  }
}

async function forward(
  target: string,
  request: IncomingMessage,
  body: string,
): Promise<{ status: number; body: string }> {
  const headers: Record<string, string> = {}
  for (const name of ['authorization', 'content-type', 'x-amz-date', 'x-amz-target']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  const real = await fetch(target, { method: 'POST', headers, body })
  return { status: real.status, body: await real.text() }
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
}
