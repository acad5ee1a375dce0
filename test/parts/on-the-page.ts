import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import * as z from 'zod/mini'

/** Goes to a path of the desk and gives the answer's status. */
export async function at(page: Page, path: string): Promise<number> {
  const answer = await page.goto(path)
  return answer?.status() ?? 0
}

/**
 * Fills a form in by what stands beside each field. A text goes into a text field or a list, where it names the choice
 * by its words; `true` ticks a box or picks a choice. A label inside a group: `'Date of birth > Day'`.
 */
export async function fill(page: Page, typed: Readonly<Record<string, string | true>>): Promise<void> {
  for (const [label, value] of Object.entries(typed)) {
    const field = labelled(page, label)
    if (value === true) await field.check()
    else if (await isList(field)) await field.selectOption({ label: value })
    else await field.fill(value)
  }
}

/** The field with a label, `'Group > Label'` where a group holds it. */
export function labelled(page: Page, label: string): Locator {
  const [last = '', ...groups] = label.split(' > ').toReversed()
  const within = groups
    .toReversed()
    .reduce<Page | Locator>((outer, name) => outer.getByRole('group', { name, exact: true }), page)
  return within.getByLabel(last, { exact: true })
}

/** Asked of the page's tree alone: where scripts are off, an element cannot be asked for its name. */
async function isList(field: Locator): Promise<boolean> {
  return (await field.and(field.page().locator('select')).count()) > 0
}

/** Presses a button by its words, and waits for the page that it brings. */
export async function press(page: Page, name: string): Promise<void> {
  await leaves(page, () => page.getByRole('button', { name, exact: true }).click())
}

/** Follows a link by its words, unfolding what it is folded in; of several that are called the same, the first. */
export async function follow(page: Page, name: string): Promise<void> {
  const there = page.getByRole('link', { name, exact: true, includeHidden: true })
  const folded = page.locator('details:not([open])').filter({ has: there })
  if ((await folded.count()) > 0 && (await page.getByRole('link', { name, exact: true }).count()) === 0)
    await folded.first().locator('summary').click()
  await leaves(page, () => page.getByRole('link', { name, exact: true }).first().click())
}

/** Does what makes the browser leave its page, and waits until the next one stands. */
export async function leaves(page: Page, operation: () => Promise<unknown>): Promise<void> {
  const next = page.waitForEvent('domcontentloaded')
  await operation()
  await next
}

/** The heading of the page, once it is there. */
export async function heading(page: Page): Promise<string> {
  return (await page.locator('h1').innerText()).trim()
}

/** What stands in the page's main part. */
export function shown(page: Page): Promise<string> {
  return page.locator('main').innerText()
}

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const findings = z.object({
  violations: z.array(
    z.object({ id: z.string(), nodes: z.array(z.object({ target: z.array(z.string()) })) }),
  ),
})

/** What axe finds against WCAG 2.2 AA: the rule, and where. */
export async function violations(page: Page): Promise<string[]> {
  // Once for a page: most of the time goes into reading it.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const options = JSON.stringify({ runOnly: { type: 'tag', values: wcag22aa }, resultTypes: ['violations'] })
  const found = findings.parse(await page.evaluate(`axe.run(document, ${options})`))
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
}

/** What has to have words and has none: as much of axe's rules as can differ from language to language. */
export async function wordless(page: Page): Promise<string[]> {
  const search = `[...document.querySelectorAll(
    'title, h1, h2, h3, a[href], button, label, legend, summary, caption, img, input:not([type=hidden]), select, textarea'
  )].filter((element) => !element.closest('[hidden], [aria-hidden=true]')).filter((element) => {
    const own = [element.getAttribute('aria-label'), element.getAttribute('alt'), element.textContent]
    const labels = [...(element.labels ?? [])].map((label) => label.textContent)
    const isField = 'labels' in element && !(element instanceof HTMLButtonElement)
    return ![...(isField ? own.slice(0, 1) : own), ...labels].some((text) => text && text.trim() !== '')
  }).map((element) => element.tagName.toLowerCase())`
  return z.array(z.string()).parse(await page.evaluate(search))
}

/** The ids that stand on the page more than once: what a label or an error leads to is then another field. */
export async function idsTwice(page: Page): Promise<string[]> {
  const ids = z
    .array(z.string())
    .parse(await page.evaluate(`[...document.querySelectorAll('[id]')].map(({ id }) => id)`))
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

/** By how many CSS pixels the page is wider than its window: 0 unless it has to be moved sideways. */
export async function tooWide(page: Page): Promise<number> {
  const root = 'document.documentElement'
  return z.number().parse(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`))
}
