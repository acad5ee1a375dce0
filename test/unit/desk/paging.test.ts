import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type DeskEnv, deskAddress, longestAddress } from '../../../functions/desk/context.ts'
import en from '../../../functions/desk/messages/en.json' with { type: 'json' }
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { PagingLinks, pagedRows, pagingIn } from '../../../functions/desk/parts/paging.tsx'

const all = Array.from({ length: 60 }, (_, index) => `row ${index + 1}`)

/** A page that shows 60 rows of a list, by cursors that are as long as those of the API. */
const app = new Hono<DeskEnv>().get('/desk/list', async (context) => {
  context.set('messages', await messagesIn('en'))
  const paging = pagingIn(context)
  const cursor = paging.cursor?.replace(/-+$/, '')
  const { rows, next, total } = pagedRows(all, { ...paging, cursor })
  const looked = context.req.query('looked')
  const shown = looked ? rows.slice(0, 3) : rows
  const links = PagingLinks({
    context,
    paging,
    rows: shown.length,
    next: next?.padEnd(Number(context.req.query('length') ?? 0), '-'),
    ...(looked ? { looked: Number(looked) } : { total }),
  })
  return context.html(`<ul>${shown.map((row) => `<li>${row}</li>`).join('')}</ul>${String(links ?? '')}`)
})

interface Seen {
  rows: string[]
  text: string
  links: Record<string, string>
}

async function see(address: string): Promise<Seen> {
  const page = await (await app.request(address)).text()
  const links = [...page.matchAll(/<a [^>]*href="([^"]*)"[^>]*><span[^>]*>([^<]*)/g)]
  return {
    rows: [...page.matchAll(/<li>([^<]*)/g)].map(([, row = '']) => row),
    text: page.replace(/<[^>]*>/g, ' '),
    links: Object.fromEntries(links.map(([, href = '', text = '']) => [text, href.replaceAll('&amp;', '&')])),
  }
}

test('60 rows stand on three pages, each says which, and the links lead there and back', async () => {
  const first = await see('/desk/list?phase=filed')
  expect(first.text).toContain('1 to 25 of 60')
  expect(Object.keys(first.links)).toEqual(['Next page'])
  const second = await see(first.links['Next page'] ?? '')
  expect(second.text).toContain('26 to 50 of 60')
  const third = await see(second.links['Next page'] ?? '')
  expect(third.text).toContain('51 to 60 of 60')
  expect(Object.keys(third.links)).toEqual(['Previous page'])
  expect([...first.rows, ...second.rows, ...third.rows]).toEqual(all)
  const back = await see(third.links['Previous page'] ?? '')
  expect(back.rows).toEqual(second.rows)
  expect((await see(back.links['Previous page'] ?? '')).rows).toEqual(first.rows)
  for (const page of [first, second, third, back])
    for (const link of Object.values(page.links)) expect(link).toContain('phase=filed')
})

test('what was just done is not said again on the next page', async () => {
  const { links } = await see('/desk/list?done=take&phase=filed')
  expect(links['Next page']).not.toContain('done')
})

test('an address stays short enough to come back to; where its beginning is left out, the first page is offered', async () => {
  const length = longestAddress - 60
  const first = await see(`/desk/list?length=${length}`)
  const second = await see(first.links['Next page'] ?? '')
  const third = await see(second.links['Next page'] ?? '')
  expect(third.rows).toEqual(all.slice(50))
  expect(deskAddress(second.links['Next page'])).toBe(second.links['Next page'])
  expect(Object.keys(third.links)).toEqual(['First page'])
  expect((await see(third.links['First page'] ?? '')).rows).toEqual(first.rows)
})

test('a page of a filter that is short says how far it looked, and leads further', async () => {
  const { text, links } = await see('/desk/list?looked=2000&phase=filed')
  expect(text).toContain('Looked through 2,000 returns and found 3. There are more to look through.')
  expect(Object.keys(links)).toEqual([en.paging.further])
  const further = await see(links[en.paging.further] ?? '')
  expect(further.rows).toEqual(all.slice(25, 28))
  expect(further.text).toContain('4 to 6')
  const last = await see(further.links[en.paging.further] ?? '')
  expect(Object.keys(last.links)).toEqual(['Previous page'])
  expect(last.text).not.toContain('Looked')
})

test('a cursor of another form is passed on as it is, and the API refuses it', () => {
  const context = { req: { queries: () => ['never', ''] } }
  expect(pagingIn(Object(context))).toMatchObject({ cursor: 'never', before: 0 })
})
