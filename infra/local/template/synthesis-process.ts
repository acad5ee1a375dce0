import { once } from 'node:events'
import { bundleFunctions } from '../../function-bundle.ts'
import type { Work } from './synthesis.ts'

/** The inside of `synthesisOf`: takes one piece of work, says when it is done, and ends with whoever asked. */
process.once('disconnect', () => process.exit())
const [work]: Work[] = await once(process, 'message')
try {
  if (!work) throw new Error('There is nothing to do.')
  if ('replace' in work) await bundleFunctions(work.outdir, work.replace)
  else {
    // The CDK takes seconds to load.
    const { synthesize } = await import('../../app.ts')
    await synthesize(work)
  }
  process.send?.({})
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) })
}
