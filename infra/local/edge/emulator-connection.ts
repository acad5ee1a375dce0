import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { AwsResponse } from '../aws/responses.ts'

/** A connection to one emulator. */
export interface Emulator {
  call(headers: IncomingHttpHeaders, body: string, signal: AbortSignal): Promise<AwsResponse>
  stop(): void
}

/** The emulators check the form of a signature, but not what it signs: they accept a changed body. */
const requestHeaders = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target']
const responseHeaders = ['content-type', 'x-amz-crc32', 'x-amzn-query-error', 'x-amzn-requestid']

export function connectEmulator(url: string): Emulator {
  const agent = new Agent({ keepAlive: true })
  return {
    call: (headers, body, signal) =>
      new Promise((resolve, reject) => {
        const call = request(url, {
          method: 'POST',
          agent,
          signal,
          headers: { ...pick(headers, requestHeaders), 'content-length': Buffer.byteLength(body) },
        })
        call.on('error', reject)
        call.on('response', (response) => {
          text(response).then(
            (content) =>
              resolve({
                status: response.statusCode ?? 500,
                headers: pick(response.headers, responseHeaders),
                body: content,
              }),
            reject,
          )
        })
        call.end(body)
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
