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

/** Follows a link by its words; of several that are called the same, the first. */
export async function follow(page: Page, name: string): Promise<void> {
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

/** All that axe knows of WCAG 2.2 AA, or only whether everything has words: names of fields, pictures, links, the page. */
const rules = {
  whole: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  words: {
    type: 'rule',
    values: [
      'area-alt',
      'aria-command-name',
      'aria-input-field-name',
      'aria-toggle-field-name',
      'button-name',
      'document-title',
      'duplicate-id-aria',
      'html-has-lang',
      'html-lang-valid',
      'image-alt',
      'input-button-name',
      'label',
      'link-name',
      'role-img-alt',
      'select-name',
      'summary-name',
      'svg-img-alt',
      'valid-lang',
    ],
  },
} as const

const findings = z.object({
  violations: z.array(
    z.object({ id: z.string(), nodes: z.array(z.object({ target: z.array(z.string()) })) }),
  ),
})

/** What axe finds against WCAG 2.2 AA: the rule, and where. */
export async function violations(page: Page, of: keyof typeof rules = 'whole'): Promise<string[]> {
  // Once for a page: most of the time goes into reading it.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const options = JSON.stringify({ runOnly: rules[of], resultTypes: ['violations'] })
  const found = findings.parse(await page.evaluate(`axe.run(document, ${options})`))
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
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
