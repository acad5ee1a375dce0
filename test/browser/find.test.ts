import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { filingOf } from '../parts/likenesses.ts'
import { at, heading, leaves, press, shown, tooWide, violations } from '../parts/on-the-page.ts'
import { fileOne } from '../parts/running-stack.ts'
import { type SharedBrowsing, test } from '../parts/shared-browser.ts'

let browsing: SharedBrowsing
let ret: string
let reference: string
test.beforeAll(async ({ browsing: own }) => {
  browsing = own
  const istanbul = await browsing.running.desk('istanbul')
  const document = { type: 'passport' as const, number: 'QZ 7654321', country: 'MD' as const }
  ret = await fileOne(
    istanbul,
    filingOf({
      name: { family: 'Qrotundu', given: 'Ana' },
      birth: { year: 1991 },
      idnp: '2000000000004',
      documents: [document],
    }),
  )
  ;({ reference } = await istanbul.see(ret))
  await browsing.running.settled()
})

/** Types into the box of a page, and presses its button. */
async function find(page: Page, path: string, typed: string): Promise<void> {
  await at(page, path)
  await page.locator('#find').fill(typed)
  await leaves(page, () => page.locator('search button[type="submit"]').click())
}

test.each(['/desk', '/desk/returns', '/desk/search'])(
  '%s has one box, and a reference in any spelling opens its return',
  async (path) => {
    const page = await browsing.desk('istanbul', { scripts: false })
    for (const typed of [
      reference,
      reference.toLowerCase(),
      ` ${reference.replaceAll('-', ' ')} `,
      reference.slice(4).replaceAll('0', 'O'),
    ]) {
      await find(page, path, typed)
      expect([typed, new URL(page.url()).pathname]).toEqual([typed, `/desk/returns/${ret}`])
    }
  },
)

test.each([
  ['the first letters of the family name', 'qrot', 'first letters of the family name'],
  ['the IDNP, with spaces', '2000 0000 00004', 'IDNP'],
  ['the number of a document', '№ QZ7654321', 'document'],
])('by %s a return is found, masked, and nothing of it stands in an address', async (_, typed, agreed) => {
  const page = await browsing.desk('iom', { scripts: false })
  await find(page, '/desk', typed)
  const row = page.locator('tr', { hasText: reference })
  expect(await row.innerText()).toContain(agreed)
  expect(await row.innerText()).toContain('A. Q.')
  expect(await row.innerText()).not.toMatch(/qrotundu|2000000000004|7654321/i)
  expect(browsing.requests().filter((request) => /qrot|20000000|7654321/i.test(request))).toEqual([])
  await leaves(page, () => row.getByRole('link').click())
  expect(new URL(page.url()).pathname).toBe(`/desk/returns/${ret}`)
})

test('what is not found says so, and what is too short says what to type; both can be read and pass', async () => {
  const page = await browsing.desk('istanbul')
  await find(page, '/desk', 'Zzyxwv')
  expect(await shown(page)).toContain(en.find.none)
  expect(await page.locator('#find').inputValue()).toBe('Zzyxwv')
  await press(page, 'Română')
  expect(await page.locator('#find').inputValue()).toBe('Zzyxwv')
  await press(page, 'English')
  await find(page, '/desk/find', 'z')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.locator('.govuk-error-summary a').getAttribute('href')).toBe('#find')
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    expect([width, await tooWide(page), await violations(page)]).toEqual([width, 0, []])
  }
})

test('who reads no name finds by the reference alone', async () => {
  const page = await browsing.desk('ministry', { scripts: false })
  await find(page, '/desk', 'qrotundu')
  expect(await page.title()).toMatch(/^Error: /)
  await find(page, '/desk', reference)
  expect(new URL(page.url()).pathname).toBe(`/desk/returns/${ret}`)
})

test('a reference in the address leads to its return, however it is written; another says what to check', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  for (const written of [reference, reference.toLowerCase(), reference.replaceAll('0', 'O')]) {
    await at(page, `/desk/returns/${written}`)
    expect([written, new URL(page.url()).pathname]).toEqual([written, `/desk/returns/${ret}`])
  }
  for (const written of ['RET-0000-0000', reference.replace(/.$/, (last) => (last === '2' ? '3' : '2'))]) {
    expect([written, await at(page, `/desk/returns/${written}`)]).toEqual([written, 404])
    expect(await shown(page)).toContain('Check each character')
    expect(await shown(page)).not.toContain(written)
  }
  // Another post is not on the return: to it there is none.
  const rome = await browsing.desk('rome', { scripts: false })
  expect(await at(rome, `/desk/returns/${reference}`)).toBe(404)
})

test('the filter of Returns stands in the address, keeps what was chosen, and says what it cannot read', async () => {
  const page = await browsing.desk('iom', { scripts: false })
  await at(page, `/desk/returns?text=${reference.slice(4, 8)}`)
  expect(await page.locator('tbody th').allInnerTexts()).toContain(reference)
  expect(await page.locator('#text').inputValue()).toBe(reference.slice(4, 8))
  await at(page, `/desk/returns?text=${reference}&phase=closed`)
  expect(await shown(page)).toContain(en.list.noneLikeThis)
  await page.locator('#phase').selectOption('filed')
  await press(page, en.list.filter)
  expect(new URL(page.url()).searchParams.get('phase')).toBe('filed')
  expect(await page.locator('tbody th').allInnerTexts()).toEqual([reference])
  expect(await at(page, '/desk/returns?arrivingFrom=2026-12-09&arrivingTo=2026-12-01')).toBe(422)
  expect(await page.locator('.govuk-error-summary a').getAttribute('href')).toBe('#arrivingTo')
  expect(await at(page, '/desk/returns?phase=never&arrivingFrom=tomorrow')).toBe(422)
  expect(await page.locator('.govuk-error-summary a').count()).toBe(2)
  expect(await heading(page)).toBe('Returns')
})

test('a page stands without the count where nobody could count', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  browsing.running.onCall(({ operation, body }) =>
    operation === 'Query' && /"TableName":"[^"]*work(?!list)/i.test(JSON.stringify(body))
      ? { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException' } }
      : undefined,
  )
  try {
    expect(await at(page, '/desk/settings')).toBe(200)
    expect(await page.locator('nav .badge').count()).toBe(0)
  } finally {
    browsing.running.onCall(undefined)
  }
})
