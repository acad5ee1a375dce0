import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { functionsWith } from '../../function-bundle.ts'
import { type FunctionName, functionTable } from '../../function-table.ts'
import { keyOf, type Order } from './synthesis-key.ts'
import { keptUnder } from './synthesis-store.ts'

/** The task of a child process: a synthesis without replacements, or bundles with them. */
export type Task =
  | { outdir: string; context: Record<string, unknown>; bundle: boolean }
  | { outdir: string; replace: Record<string, string>; names: readonly FunctionName[] }

const templateName = 'Acasa.template.json'

/**
 * The folder of a synthesis, with the template and the bundles. It is made once for the same input, with the checks of
 * cdk-nag and of AWS, and stored; nobody may change a stored folder. `making` is called when there is none yet.
 */
export async function synthesisOf(
  { context = {}, replace = {}, bundle = true }: Partial<Order>,
  making: () => void = () => {},
): Promise<string> {
  const order: Order = { context, replace, bundle }
  const key = await keyOf(order)
  const isReplaced = Object.keys(replace).length > 0
  // The synthesis without replacements is needed only to make this one.
  return keptUnder(key, async (outdir) => {
    making()
    if (isReplaced) await replaceBundles(await synthesisOf({ context, bundle }), outdir, replace)
    else await inChildProcess({ outdir, context, bundle })
  })
}

/** The template of a synthesis, with its references unresolved. */
export function templateIn(outdir: string): unknown {
  return JSON.parse(readFileSync(join(outdir, templateName), 'utf8'))
}

const codeShape = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.optional(
        z.looseObject({
          Description: z.optional(z.unknown()),
          Code: z.optional(z.looseObject({ S3Key: z.optional(z.unknown()) })),
        }),
      ),
    }),
  ),
})

/**
 * Copies the synthesis in `from` with other bundles, where a function imports what is replaced: a replacement changes the
 * code and nothing else of the template.
 */
async function replaceBundles(from: string, outdir: string, replace: Record<string, string>): Promise<void> {
  const bundles = join(outdir, 'bundles')
  const names = await functionsWith(Object.keys(replace))
  await inChildProcess({ outdir: bundles, replace, names })
  cpSync(from, outdir, { recursive: true })
  const template = codeShape.parse(templateIn(outdir))
  for (const name of names) {
    const found = Object.values(template.Resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Function' && Properties?.Description === functionTable[name].entry,
    )
    if (!found?.Properties?.Code) throw new Error(`The template has no function for ${name}.`)
    found.Properties.Code.S3Key = `${name}.zip`
    renameSync(join(bundles, name), join(outdir, `asset.${name}`))
  }
  rmSync(bundles, { recursive: true })
  writeFileSync(join(outdir, templateName), JSON.stringify(template))
}

const reply = z.strictObject({ error: z.optional(z.string()) })

/**
 * Runs a task in a child process, which frees its memory when it ends: the CDK and its checks take 600 MB, more than
 * the rest of the stack.
 */
async function inChildProcess(task: Task): Promise<void> {
  const child = fork(new URL('./synthesis-process.ts', import.meta.url), { execArgv: [] })
  const ended = once(child, 'exit').then(([code]) => ({ error: `The synthesis ended with ${code}.` }))
  child.send(task)
  const result = reply.parse(await Promise.race([once(child, 'message').then(([message]) => message), ended]))
  child.disconnect()
  if (result.error !== undefined) throw new Error(result.error)
}
