import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { functionNames } from '../../infra/function-table.ts'
import { synthesisOf, templateIn } from '../../infra/local/template/synthesis.ts'
import { synthesizedAnew, templateOf, withOutdir } from './synthesized.ts'

/** What the offline check of AWS says against a template. */
function faults(file: string): string[] {
  // Its two engines find the same; this one is ready in a third of the time.
  const engine = new CelEngine()
  try {
    const { diagnostics } = engine.validateStandard(new TemplateFile(file))
    return diagnostics
      .filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')
      .map(({ ruleId, message }) => `${ruleId} ${message}`)
  } finally {
    engine.free()
  }
}

test.each([
  ['as cdk.json has it', {}],
  ['of another stage in another region', { stage: 'prod', region: 'eu-west-1' }],
  ['without missions, partners and machines', { missions: [], partners: [], machines: [] }],
])('the template %s has no error', async (_, context) => {
  const outdir = await synthesisOf({ context, bundle: false })
  expect(faults(join(outdir, 'Acasa.template.json'))).toEqual([])
})

test('two syntheses of one source are the same template, and what is kept is what a new one gives', async () => {
  expect(await templateOf()).toEqual(await synthesizedAnew())
})

test('importing the app synthesizes nothing', async () => {
  await withOutdir(async (cwd) => {
    const program = `await import(${JSON.stringify(join(import.meta.dirname, '../../infra/app.ts'))})`
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd },
    )
    expect(stdout + stderr).toBe('')
    expect(existsSync(join(cwd, 'cdk.out'))).toBe(false)
  })
})

const codeShape = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.looseObject({ Code: z.optional(z.looseObject({ S3Key: z.optional(z.string()) })) }),
    }),
  ),
})

/** The bundles of a synthesis, by the logical id of their function: the file that is started. */
function bundlesIn(outdir: string): Map<string, string> {
  const { Resources } = codeShape.parse(templateIn(outdir))
  const found = new Map<string, string>()
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::Lambda::Function') continue
    const asset = `asset.${Properties.Code?.S3Key?.replace('.zip', '')}`
    found.set(id, join(outdir, asset, 'index.mjs'))
  }
  return found
}

/** The code that a start reads: a file, and those that it and they import at once. */
async function codeAtStart(file: string, known = new Map<string, string>()): Promise<Map<string, string>> {
  if (known.has(file)) return known
  const code = await readFile(file, 'utf8')
  known.set(file, code)
  for (const [, path = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*"(\.\/[^"]+\.mjs)"/g))
    await codeAtStart(join(dirname(file), path), known)
  return known
}

test('every function is an ES module that exports its handler; a start of a party’s reads at most 620 kB', async () => {
  const outdir = await synthesisOf({})
  const bundles = bundlesIn(outdir)
  expect(bundles.size).toBe(functionNames.length)
  for (const [id, file] of bundles) {
    const parts = await codeAtStart(file)
    expect(parts.get(file)).toMatch(/export\s*\{[^}]*\bas handler\b|export\s*\{[^}]*\bhandler\b/)
    const bytes = [...parts.values()].reduce((sum, code) => sum + Buffer.byteLength(code), 0)
    // The desk's has every screen and what browsers get, and no words.
    expect(bytes, id).toBeLessThanOrEqual((id === 'DeskFunction' ? 760 : 620) * 1024)
  }
})

test('a module can stand in for another in the bundles, and import what it replaces', async () => {
  const outdir = await synthesisOf({ replace: { 'functions/log.ts': 'test/infra/marked-log.ts' } })
  for (const [id, file] of bundlesIn(outdir)) {
    const code = [...(await codeAtStart(file)).values()].join()
    expect(code.includes('stands in for the log'), id).toBe(
      !['ContractFunction', 'DeskFunction'].includes(id),
    )
  }
})

test('a replacement for what no function imports is told by name', async () => {
  await expect(
    synthesisOf({ replace: { 'functions/nowhere.ts': 'test/infra/synthesized.ts' } }),
  ).rejects.toThrow('functions/nowhere.ts')
})
