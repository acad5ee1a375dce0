import { once } from 'node:events'
import { synthesize } from '../../app.ts'
import type { Order } from './synthesis.ts'

/** The inside of `synthesizeApart`: takes one order, answers with the template, and ends with whoever asked. */
process.once('disconnect', () => process.exit())
const [order]: Order[] = await once(process, 'message')
try {
  if (!order) throw new Error('There is no order.')
  const { template } = await synthesize(order)
  process.send?.({ template })
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) })
}
