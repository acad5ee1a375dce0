import { once } from 'node:events'
import { bundleFunctions } from '../../function-bundle.ts'
import type { Task } from './synthesis.ts'

/** The child process of `synthesisOf`: it does one task, reports its end, and ends with its parent process. */
process.once('disconnect', () => process.exit())
const [task]: Task[] = await once(process, 'message')
try {
  if (!task) throw new Error('There is nothing to do.')
  if ('replace' in task) await bundleFunctions(task.outdir, task.replace, task.names)
  else {
    // The CDK takes seconds to load.
    const { synthesize } = await import('../../app.ts')
    await synthesize(task)
  }
  process.send?.({})
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) })
}
