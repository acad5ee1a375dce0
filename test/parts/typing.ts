import type { Page } from 'playwright-core'
import { leaves } from './on-the-page.ts'

/** What is typed, by the names of the fields, as `typedFrom` gives it. */
export type FieldReport = readonly (readonly [string, readonly string[]])[]

/** Types what is told into what the page asks, and adds the rows that it needs first. What the page does not ask waits. */
export async function typeInto(page: Page, report: FieldReport): Promise<void> {
  for (const [name] of report.filter(([field]) => field.endsWith('._row'))) {
    const list = name.split('.').slice(0, -2).join('.')
    const more = page.locator(`button[name="more"][value="${list}"]`)
    if ((await page.locator(`input[name="${name}"]`).count()) === 0 && (await more.count()) === 1)
      await leaves(page, () => more.click())
  }
  for (const [name, values] of report) for (const value of values) await typeValue(page, name, value)
}

/** Types a value into the field of a name, if the page shows it. */
async function typeValue(page: Page, name: string, value: string): Promise<void> {
  // What few people need is folded up; whoever has it unfolds it.
  const folded = page.locator('details:not([open])', { has: page.locator(`[name="${name}"]`) })
  if ((await folded.count()) > 0) await folded.first().locator('> summary').click()
  const fields = page.locator(`[name="${name}"]:visible`)
  if ((await fields.count()) === 0) return
  const type = await fields.first().getAttribute('type')
  if (type === 'radio' || type === 'checkbox')
    await page.locator(`[name="${name}"][value="${value}"]:visible`).first().check()
  else if ((await page.locator(`select[name="${name}"]:visible`).count()) > 0)
    await fields.first().selectOption(value)
  else await fields.first().fill(value)
}

/** The same report for the form of a journey, in which the day of a departure is one field. */
export function withWholeDays(report: FieldReport): FieldReport {
  const values = new Map(report)
  return report.map(([name, typed]) => {
    const path = /^(travel\.legs\.\d+\.departs\.)_day$/.exec(name)?.[1]
    if (path === undefined) return [name, typed]
    const [month = '', year = ''] = ['_month', '_year'].map((part) => values.get(`${path}${part}`)?.[0])
    return [name, [[typed[0], month, year].join('.')]]
  })
}
