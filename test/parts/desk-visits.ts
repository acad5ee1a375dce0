import type { RunningStack } from './running-stack.ts'

/** Whoever is signed in at the desk, with the cookies of a browser and no browser. */
export interface DeskVisitor {
  cookie(): string
  get(path: string): Promise<Response>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Response>
}

/** More hops than a sign-in takes. */
const mostHops = 12

/** Signs a seeded user in at the desk over HTTP: the desk, the issuer, its page, and back. */
export async function visitDesk({ stack }: Pick<RunningStack, 'stack'>, user: string): Promise<DeskVisitor> {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (url: URL, form?: Readonly<Record<string, string>>) => {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: cookie(), origin: stack.url },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const visitor: DeskVisitor = {
    cookie,
    get: (path) => send(new URL(path, stack.url)),
    post: (path, form) => send(new URL(path, stack.url), form),
  }
  let at = new URL('/desk', stack.url)
  let chosen = false
  for (let hop = 0; hop < mostHops; hop++) {
    const response = await send(at)
    const to = response.headers.get('location')
    if (to) at = new URL(to, at)
    else if (at.pathname.startsWith('/desk') && response.ok) return visitor
    else if (chosen || !response.ok) throw new Error(`The desk answered ${response.status} for ${user}.`)
    else {
      chosen = true
      const picked = await send(at, { user })
      at = new URL(picked.headers.get('location') ?? '', at)
    }
  }
  throw new Error(`Signing in at the desk as ${user} did not come to an end.`)
}
