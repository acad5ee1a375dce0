import { type IncomingHttpHeaders, request } from 'node:http'

/** A request to the desk as no browser would send it: the path goes over the wire byte for byte. */
export interface RawVisit {
  method?: 'GET' | 'POST'
  path: string
  cookie?: string
  headers?: Readonly<Record<string, string>>
  /** Sent as a form. */
  form?: Readonly<Record<string, string>>
}

/** What came back; redirects are not followed. */
export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

export function visit(
  url: string,
  { method = 'GET', path, cookie, headers, form }: RawVisit,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const body = form ? new URLSearchParams(form).toString() : ''
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path,
        headers: {
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...(cookie ? { cookie } : {}),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
