import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** The HTTP server of the stack: home page, outbox, sign-in and API. It responds with 503 until `open` is called. */
export interface Front {
  url: string
  open(handlers: { home: RequestHandler; signIn: RequestHandler; api: RequestHandler }): void
  stop(): Promise<void>
}

const portsToTry = 100

/** Listens on 127.0.0.1: on `port` or the next free port, and for 0 on any free port. */
export async function openFront(port: number): Promise<Front> {
  const notReady: RequestHandler = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"Service Unavailable"}')
  }
  let handlers = { home: notReady, signIn: notReady, api: notReady }
  const server = createServer((request, response) => {
    response.setHeader('acasa-stage', 'TRIAL')
    Promise.resolve(handlerFor(request)(request, response)).catch((error: unknown) => {
      process.stderr.write(`${request.method} ${request.url?.split('?')[0]}: ${String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end('{"message":"Internal Server Error"}')
    })
  })
  // Longer than clients keep an idle socket, so that no client writes to a socket that was just closed.
  server.keepAliveTimeout = 60_000
  function handlerFor({ url = '/' }: IncomingMessage): RequestHandler {
    const path = url.split('?')[0]
    if (path === '/' || path === '/outbox') return handlers.home
    return path === '/sign-in' || path?.startsWith('/sign-in/') ? handlers.signIn : handlers.api
  }

  for (let candidate = port; ; candidate++) {
    try {
      server.listen(candidate, '127.0.0.1')
      await once(server, 'listening')
      break
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || port === 0 || candidate === port + portsToTry) throw error
    }
  }
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    open(opened) {
      handlers = opened
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      // A browser keeps its connections open. Running requests get two seconds to finish.
      const slow = setTimeout(() => server.closeAllConnections(), 2_000)
      await closed
      clearTimeout(slow)
    },
  }
}
