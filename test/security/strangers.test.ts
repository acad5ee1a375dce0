import { expect } from 'vitest'
import { rowOf } from '../../functions/desk/session/secret.ts'
import type { Browsing } from '../parts/browsing.ts'
import { visit } from '../parts/raw-visit.ts'
import { test } from '../parts/shared-browser.ts'
import type { Item } from '../parts/stored-tables.ts'

let browsing: Browsing
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
})

const sessionCookie = '__Host-acasa'

async function rowFor(secret: string): Promise<Item | undefined> {
  return (await browsing.running.stored.rows('sessions', rowOf(secret)))[0]
}

/** A large form, sent as a script would send it that says it comes from a page of ours: the answer, and what was stored. */
async function sendLarge(secret: string | undefined): Promise<{ status: number; row: Item | undefined }> {
  const who = browsing.running.stack.users.find(({ name }) => name === 'iom')?.sub ?? ''
  const { status, headers } = await visit(browsing.url, {
    method: 'POST',
    path: '/desk/returns/any/do/note',
    headers: { origin: browsing.url },
    form: { who, once: 'x', note: 'x'.repeat(50_000) },
    ...(secret === undefined ? {} : { cookie: `${sessionCookie}=${secret}` }),
  })
  const [, entry] = /__Host-acasa-entry=([^;]+)/.exec(String(headers['set-cookie'])) ?? []
  return { status, row: entry === undefined ? undefined : await rowFor(entry) }
}
const weightOf = (row: Item | undefined) => row?.sealed?.S?.length ?? 0

test('of a stranger nothing is kept, whatever it sends and wherever it says that comes from', async () => {
  for (const secret of [undefined, 'A'.repeat(43)]) {
    const { status, row } = await sendLarge(secret)
    // The page says that it was not sent, and gives the text back.
    expect(status).toBe(403)
    expect(weightOf(row)).toBeLessThan(2000)
  }
  const long = await visit(browsing.url, { path: `/desk/returns?from=${'x'.repeat(6000)}` })
  const [, entry = ''] = /__Host-acasa-entry=([^;]+)/.exec(String(long.headers['set-cookie'])) ?? []
  expect(weightOf(await rowFor(entry))).toBeLessThan(2000)
})

test('of a session that is over a few forms are kept, not as many as somebody sends', async () => {
  const cookies = await (await browsing.desk('iom')).context().cookies()
  const secret = cookies.find(({ name }) => name === sessionCookie)?.value ?? ''
  await browsing.running.stored.put('sessions', { ...(await rowFor(secret)), idle: { N: '1' } })
  const kept: boolean[] = []
  for (let sent = 0; sent < 22; sent++) kept.push(weightOf((await sendLarge(secret)).row) > 50_000)
  expect(kept).toEqual([...Array<boolean>(20).fill(true), false, false])
  // One that was signed out is a stranger's.
  await browsing.running.stored.put('sessions', { session: { S: rowOf(secret) } })
  expect(weightOf((await sendLarge(secret)).row)).toBeLessThan(2000)
})
