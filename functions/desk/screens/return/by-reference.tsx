import { Hono } from 'hono'
import type { DeskEnv } from '../../context.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { exampleReference } from '../../parts/find-box.tsx'
import { referenceFrom } from '../../parts/find-terms.ts'
import { returnByReference } from '../find.tsx'

/** A return by its reference in the address, as people type it: `/desk/returns/ret-7k3m-9qf2`. */
export const byReference = new Hono<DeskEnv>().get('/returns/:ret', async (context, next) => {
  const typed = context.req.param('ret')
  if (!/^ret/i.test(typed)) return next()
  const reference = referenceFrom(typed)
  if (!reference) return next()
  const found = await returnByReference(context.var.me, reference)
  return found
    ? context.redirect(`/desk/returns/${found.ret}`, 303)
    : errorPage(context, 'trouble.noReference', 404, { example: exampleReference })
})
