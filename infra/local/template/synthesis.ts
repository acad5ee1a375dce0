import { fork } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod/mini'
import type { SynthesizeOptions } from '../../app.ts'

export type Order = Pick<SynthesizeOptions, 'outdir' | 'replace' | 'context'>

const reply = z.union([z.object({ template: z.unknown() }), z.object({ error: z.string() })])

/**
 * Synthesizes the app in a process of its own, which gives its memory back when it ends: the CDK and its checks
 * take 600 MB, more than the rest of the stack. Gives the template; the bundles are in `outdir`.
 */
export async function synthesizeApart(order: Order): Promise<unknown> {
  const child = fork(new URL('./synthesis-process.ts', import.meta.url), { execArgv: [] })
  const ended = once(child, 'exit').then(([code]) => ({ error: `The synthesis ended with ${code}.` }))
  child.send(order)
  const said = reply.parse(await Promise.race([once(child, 'message').then(([message]) => message), ended]))
  child.disconnect()
  if ('error' in said) throw new Error(said.error)
  return said.template
}
