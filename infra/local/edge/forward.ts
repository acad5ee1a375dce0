import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Answer } from '../aws/answers.ts'

/** Passes calls on to one emulator. */
export interface Emulator {
  call(headers: IncomingHttpHeaders, body: string, gone: AbortSignal): Promise<Answer>
  stop(): void
}

/** The emulators look at the form of a signature, never at what it signs: a changed body passes. */
const requestHeaders = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target']
const answerHeaders = ['content-type', 'x-amz-crc32', 'x-amzn-query-error', 'x-amzn-requestid']

export function reachEmulator(url: string): Emulator {
  const agent = new Agent({ keepAlive: true })
  return {
    call: (headers, body, gone) =>
      new Promise((resolve, reject) => {
        const sent = request(url, {
          method: 'POST',
          agent,
          signal: gone,
          headers: { ...pick(headers, requestHeaders), 'content-length': Buffer.byteLength(body) },
        })
        sent.on('error', reject)
        sent.on('response', (response) => {
          text(response).then(
            (answer) =>
              resolve({
                status: response.statusCode ?? 500,
                headers: pick(response.headers, answerHeaders),
                body: answer,
              }),
            reject,
          )
        })
        sent.end(body)
      }),
    stop: () => agent.destroy(),
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
