import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KMSClient } from '@aws-sdk/client-kms'
import { faultResponse, isAwsFault } from '../../infra/local/aws/responses.ts'
import { startKms } from '../../infra/local/emulators/kms.ts'
import { readTemplate } from '../../infra/local/template/template.ts'
import { type HolderId, type HolderKind, holderKinds, kindOf } from '../../schemas/values/parties.ts'

export interface TestKms {
  url: string
  client(url?: string): KMSClient
  /** The key of a holder's kind. */
  keyArnOf(holder: HolderId): string
  keyArnOfKind(kind: HolderKind): string
  stop(): Promise<void>
}

/** The local stack's KMS over the wire, with a key for each kind of holder and without policies. */
export async function startTestKms(): Promise<TestKms> {
  const keys = holderKinds.map((kind) => [`Key${kind}`, { Type: 'AWS::KMS::Key', Properties: {} }] as const)
  const nowhere = 'http://127.0.0.1:9'
  const template = readTemplate(
    { Resources: Object.fromEntries(keys) },
    { sqsUrl: nowhere, issuer: nowhere, apiUrl: nowhere, deskUrl: nowhere },
  )
  const directory = mkdtempSync(join(tmpdir(), 'acasa-kms-'))
  const kms = startKms(template, directory)
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const body: unknown = JSON.parse(Buffer.concat(await request.toArray()).toString())
    try {
      const answer = await kms.prepare(operation, body).perform(AbortSignal.timeout(60_000))
      response.writeHead(answer.status, answer.headers).end(answer.body)
    } catch (error) {
      if (!isAwsFault(error)) return void request.socket.destroy()
      const answer = faultResponse('kms', error)
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    client: (endpoint = url) =>
      new KMSClient({
        endpoint,
        region: template.region,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    keyArnOf: (holder) => template.arnOf(`Key${kindOf(holder)}`),
    keyArnOfKind: (kind) => template.arnOf(`Key${kind}`),
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      rmSync(directory, { recursive: true })
    },
  }
}
