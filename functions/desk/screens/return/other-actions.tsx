import { Hono } from 'hono'
import type { DeskEnv } from '../../context.ts'
import { page } from '../../parts/page.tsx'
import { isChoice, ownSteps } from '../../return/next-step.ts'
import { offeredTo } from '../../return/offers.ts'
import { fetchReturn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'
import { Links, stepText } from './actions.tsx'

/**
 * Commands that stand on a page of their own: the ways to end one step, of which none comes first, and what is rare in the
 * present state, such as a fact that is reported late.
 */
export const otherActions = new Hono<DeskEnv>().get('/returns/:ret/do', async (context) => {
  const { messages, me } = context.var
  const seen = await fetchReturn(context)
  const asked = context.req.query('step')
  const step = ownSteps(me, seen).find((own) => own.what === asked && isChoice(own))
  const title = step ? stepText(messages, step.what) : messages('return.rarely')
  const commands = step ? step.commands : offeredTo(me, seen).rarely
  return page(
    context,
    { title, back: `/desk/returns/${seen.ret}` },
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} />
      {step ? null : <p class="govuk-body">{messages('return.rarelyText')}</p>}
      {commands.length > 0 ? (
        <Links messages={messages} ret={seen.ret} commands={commands} />
      ) : (
        <p class="govuk-body">{messages('return.nothing')}</p>
      )}
    </>,
  )
})
