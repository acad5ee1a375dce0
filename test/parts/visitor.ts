import { request } from 'node:http'

/** Cookies by name. `Secure` is not looked at: this machine has no TLS. */
export type CookieJar = Map<string, string>

/** An answer as it came over the wire: nothing decompressed, no redirect followed. */
export interface Wire {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** Asks as a browser does: with its cookies, and willing to take what is compressed. Keeps the cookies that it is given. */
export function visit(address: URL, jar: CookieJar, form?: URLSearchParams): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      {
        method: form ? 'POST' : 'GET',
        headers: {
          accept: 'text/html',
          'accept-encoding': 'gzip, deflate',
          'accept-language': 'ro',
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: address.origin } : {}),
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => {
          keepCookies(jar, response.headers['set-cookie'])
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) })
        })
      },
    )
    sent.once('error', reject)
    sent.end(form?.toString())
  })
}

function keepCookies(jar: CookieJar, given: readonly string[] = []): void {
  for (const cookie of given) {
    const [pair = '', ...attributes] = cookie.split(/; */)
    const name = pair.slice(0, pair.indexOf('='))
    if (attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name)
    else jar.set(name, pair.slice(name.length + 1))
  }
}

/** Far more than desk, issuer, page, choice, way back and desk again. */
const mostHops = 12

/** The cookies of a seeded user who has signed in at the desk, by way of the issuer's page. */
export async function signedInAt(url: string, user: string): Promise<CookieJar> {
  const jar: CookieJar = new Map()
  let step: { address: URL; form?: URLSearchParams } = { address: new URL('/desk', url) }
  for (let hop = 0; hop < mostHops; hop++) {
    const { status, headers } = await visit(step.address, jar, step.form)
    const { location } = headers
    if (typeof location === 'string') step = { address: new URL(location, step.address) }
    else if (status === 200 && step.address.pathname.startsWith('/desk')) return jar
    else if (status === 200 && !step.form) step = { ...step, form: new URLSearchParams({ user }) }
    else throw new Error(`Signing in as ${user} came to a ${status}.`)
  }
  throw new Error(`Signing in as ${user} did not come to an end.`)
}
