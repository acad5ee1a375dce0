import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** The one HTTP server: home page and outbox, sign-in and API. Until it is given them it answers 503. */
export interface Front {
  url: string
  open(answers: { home: Answer; signIn: Answer; api: Answer }): void
  stop(): Promise<void>
}

const portsTried = 100

/** Listens on 127.0.0.1: on `port`, or the next one that is free, or any for 0. */
export async function openFront(port: number): Promise<Front> {
  const unready: Answer = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"Service Unavailable"}')
  }
  let answers = { home: unready, signIn: unready, api: unready }
  const server = createServer((request, response) => {
    response.setHeader('acasa-stage', 'TRIAL')
    Promise.resolve(answerFor(request)(request, response)).catch((error: unknown) => {
      process.stderr.write(`${request.method} ${request.url?.split('?')[0]}: ${String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end('{"message":"Internal Server Error"}')
    })
  })
  // Longer than clients keep an idle socket, so that none writes to one that was just closed.
  server.keepAliveTimeout = 60_000
  function answerFor({ url = '/' }: IncomingMessage): Answer {
    const path = url.split('?')[0]
    if (path === '/' || path === '/outbox') return answers.home
    return path === '/sign-in' || path?.startsWith('/sign-in/') ? answers.signIn : answers.api
  }

  for (let tried = port; ; tried++) {
    try {
      server.listen(tried, '127.0.0.1')
      await once(server, 'listening')
      break
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken || port === 0 || tried === port + portsTried) throw error
    }
  }
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    open(given) {
      answers = given
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      // A browser holds its connections open; what is being answered has had its time.
      const slow = setTimeout(() => server.closeAllConnections(), 2_000)
      await closed
      clearTimeout(slow)
    },
  }
}
