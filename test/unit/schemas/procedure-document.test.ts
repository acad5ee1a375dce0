import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandNames } from '../../../schemas/commands/commands.ts'
import { gateNames } from '../../../schemas/procedure/gates.ts'
import { phases } from '../../../schemas/procedure/phases.ts'
import { procedures, stepNames } from '../../../schemas/procedure/procedure.ts'
import { procedureDocument } from '../../../schemas/procedure/procedure-document.ts'
import { categories } from '../../../schemas/values/codes.ts'

const drawn = procedureDocument()
/** The part of each version, from its heading to the next. */
const versions = drawn.split(/^## /m).filter((part) => part.startsWith('Steps, version'))

test('docs/procedure.md is what `npm run procedure` draws', () => {
  const file = join(import.meta.dirname, '../../../docs/procedure.md')
  expect(readFileSync(file, 'utf8')).toBe(drawn)
})

test('it tells every phase, command and gate', () => {
  for (const phase of phases) expect(drawn).toContain(phase)
  for (const name of [...commandNames, ...gateNames]) expect(drawn).toContain(`| ${name} |`)
})

test.each(procedures)(
  'version $version is written in full, with its first day, and says whether it is a placeholder',
  ({ version, effectiveFrom, placeholder }) => {
    const part = versions.find((text) => text.startsWith(`Steps, version ${version},`)) ?? ''
    expect(part).toContain(`filed from ${effectiveFrom}`)
    expect(part.includes('**Placeholder.**')).toBe(placeholder)
    for (const category of categories) expect(part).toContain(`### ${category}`)
    for (const name of stepNames) expect(part.split(`\n| ${name} |`)).toHaveLength(categories.length + 1)
  },
)

test('every row of a table has as many cells as its head', () => {
  for (const table of drawn.split('\n\n').filter((part) => part.startsWith('|'))) {
    const cells = table.split('\n').map((row) => row.split('|').length)
    expect(new Set(cells).size).toBe(1)
  }
})
