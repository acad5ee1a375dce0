import type { Page } from 'playwright-core'

/** More stops than the longest page has. */
const mostTabs = 400

/** Goes on with Tab until what has the focus says just this. */
export async function keyTo(page: Page, text: string): Promise<void> {
  await tabUntil(page, text, `document.activeElement?.textContent?.trim()`)
}
export const keyToField = (page: Page, name: string) => tabUntil(page, name, `document.activeElement?.name`)

async function tabUntil(page: Page, wanted: string, found: string): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    if ((await page.evaluate(found)) === wanted) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${wanted}.`)
}

/** Types what is told, field by field as Tab leads there; the mouse is not touched. */
export async function typeByKeys(
  page: Page,
  told: readonly (readonly [string, readonly string[]])[],
): Promise<void> {
  const answers = new Map(told)
  const seen = new Set<string>()
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab')
    const field = await page.evaluate(focused)
    if (!Array.isArray(field)) continue
    const [name, type, text] = field.map(String)
    if (text === 'Save and continue') return
    const values = answers.get(name ?? '')
    if (!values || !name) continue
    if (type === 'checkbox') {
      if (values.includes(text ?? '') && !seen.has(`${name} ${text}`)) await page.keyboard.press('Space')
      seen.add(`${name} ${text}`)
    } else if (type === 'radio') await chooseByKeys(page, values[0] ?? '')
    else if (type === 'select-one') await page.keyboard.type(await wordsOf(page, name, values[0] ?? ''))
    else await page.keyboard.insertText(values[0] ?? '')
  }
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
