import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultResponse, isAwsFault } from '../../infra/local/aws/responses.ts'
import { type Letter, openOutbox } from '../../infra/local/emulators/outbox.ts'
import { startSns } from '../../infra/local/emulators/sns.ts'
import { readTemplate } from '../../infra/local/template/template.ts'

export interface TestTopics {
  url: string
  callTopic: string
  /** What was published, the oldest first. */
  letters(): readonly Letter[]
  /** While broken, every call fails as when a service is down. */
  break(broken: boolean): void
  stop(): Promise<void>
}

/** The local stack's SNS over the wire, with one topic and without policies. */
export async function startTopics(): Promise<TestTopics> {
  const nowhere = 'http://127.0.0.1:9'
  const template = readTemplate(
    { Resources: { CallTopic: { Type: 'AWS::SNS::Topic', Properties: {} } } },
    { sqsUrl: nowhere, issuer: nowhere, apiUrl: nowhere, deskUrl: nowhere },
  )
  const directory = mkdtempSync(join(tmpdir(), 'acasa-topics-'))
  const outbox = openOutbox(join(directory, 'outbox.jsonl'))
  const sns = startSns(template, outbox)
  let down = false
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString())
    if (down)
      return void response
        .writeHead(400)
        .end('<ErrorResponse><Error><Code>Down</Code></Error></ErrorResponse>')
    try {
      const { status, headers, body } = await sns.prepare(form).perform(AbortSignal.timeout(60_000))
      response.writeHead(status, headers).end(body)
    } catch (error) {
      if (!isAwsFault(error)) return void request.socket.destroy()
      const { status, headers, body } = faultResponse('sns', error)
      response.writeHead(status, headers).end(body)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    callTopic: template.arnOf('CallTopic'),
    letters: outbox.letters,
    break(broken) {
      down = broken
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      rmSync(directory, { recursive: true })
    },
  }
}
