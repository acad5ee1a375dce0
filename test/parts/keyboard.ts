import type { Page } from 'playwright-core'
import { leaves } from './on-the-page.ts'
import type { FieldReport } from './typing.ts'

/** More stops than the longest page has. */
const mostTabs = 400

/** Goes on with Tab until what has the focus says just this. */
export async function keyTo(page: Page, text: string): Promise<void> {
  await tabUntil(page, text, `document.activeElement?.textContent?.trim()`)
}
export const keyToField = (page: Page, name: string) => tabUntil(page, name, `document.activeElement?.name`)

/** From the top of a page to its main part, by the first link that Tab reaches. */
export async function skipToMain(page: Page): Promise<void> {
  await tab(page)
  const first = await page.evaluate('document.activeElement.textContent.trim()')
  if (first !== 'Skip to main content') throw new Error(`Tab reaches ${first} first.`)
  await page.keyboard.press('Enter')
  // The browser moves the focus when it has gone to the place, not yet when the key comes up.
  await page.locator('main#main:focus').waitFor()
}

/** Presses with Enter what says just this, and waits for the page that it brings. */
export async function pressByKeys(page: Page, text: string): Promise<void> {
  await keyTo(page, text)
  await leaves(page, () => page.keyboard.press('Enter'))
}

/** Adds the rows that what is told needs, each by its list's own button. */
export async function addRowsByKeys(page: Page, report: FieldReport): Promise<void> {
  for (const [name] of report.filter(([field]) => field.endsWith('._row'))) {
    const list = name.split('.').slice(0, -2).join('.')
    const isAsked = (await page.locator(`button[name="more"][value="${list}"]`).count()) > 0
    if (!isAsked || (await page.locator(`input[name="${name}"]`).count()) > 0) continue
    await tabUntil(page, list, `document.activeElement?.value`)
    await leaves(page, () => page.keyboard.press('Enter'))
  }
}

/** Whoever goes by keyboard sees where: what has the focus is outlined, or the sign that stands for it. */
const isSeen = `(() => {
  const shows = ({ boxShadow, outlineStyle, outlineWidth }) =>
    boxShadow !== 'none' || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0)
  const at = document.activeElement
  const signs = [...(at.labels ?? [])].map((label) => getComputedStyle(label, '::before'))
  return at === document.body || [getComputedStyle(at), ...signs].some(shows)
})()`

async function tab(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  if ((await page.evaluate(isSeen)) !== true) throw new Error('Where the focus is cannot be seen.')
}

async function tabUntil(page: Page, wanted: string, found: string): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if ((await page.evaluate(found)) === wanted) return
    await tab(page)
  }
  throw new Error(`The keyboard does not reach ${wanted}.`)
}

/** Types what is told, field by field as Tab leads there; the mouse is not touched. */
export async function typeByKeys(page: Page, report: FieldReport): Promise<void> {
  const answers = new Map(report)
  const ticked = new Set<string>()
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await tab(page)
    const field = await page.evaluate(focused)
    if (!Array.isArray(field)) continue
    const [name = '', type = '', text = ''] = field.map(String)
    if (text === 'Save and continue') return
    const values = answers.get(name) ?? []
    if (type === 'checkbox' && ticked.has(`${name} ${text}`)) continue
    if (type === 'checkbox') ticked.add(`${name} ${text}`)
    const wanted = type === 'checkbox' ? values.find((value) => value === text) : values[0]
    if (wanted !== undefined) await typeValue(page, name, type, wanted)
  }
}

/** Types a value into the field that has the focus, as its type wants it. */
async function typeValue(page: Page, name: string, type: string, value: string): Promise<void> {
  if (type === 'checkbox') await page.keyboard.press('Space')
  else if (type === 'radio') await chooseByKeys(page, value)
  else if (type === 'select-one') await page.keyboard.type(await wordsOf(page, name, value))
  else await page.keyboard.insertText(value)
}

const focused = `(() => {
  const { name, type, value, textContent } = document.activeElement
  return [name ?? '', type ?? '', type === 'checkbox' ? value : (textContent ?? '').trim()]
})()`

/** In a group of choices the arrows lead on, and Space chooses where nothing is chosen yet. */
async function chooseByKeys(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Space')
  for (let steps = 0; steps < 40; steps++) {
    if ((await page.evaluate('document.activeElement.value')) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`The arrows do not reach ${value}.`)
}

const wordsOf = (page: Page, name: string, value: string) =>
  page.locator(`select[name="${name}"] option[value="${value}"]`).innerText()
