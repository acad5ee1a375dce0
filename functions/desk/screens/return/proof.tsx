import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { checked } from '../../../../schemas/api/check.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { ReturnHead } from '../../parts/return-head.tsx'
import { readSeen, retOf } from './reading.ts'

/** Screen 7, its second half: whether the record is what was written, reckoned anew whenever somebody asks. */
export const proof = new Hono<DeskEnv>().get('/returns/:ret/proof', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [told, found] = await Promise.all([
    // The API shows nothing of a record that does not hold together; that it does not is what this page is for.
    readSeen(visit).catch((error: unknown) => {
      if (!isRefusedWith(error, 'trail-broken')) throw error
    }),
    me.api.get(['returns', retOf(visit), 'check'], checked),
  ])
  return page(
    visit,
    { title: words('proof.title'), back: told ? `/desk/returns/${told.ret}/timeline` : '/desk/returns' },
    <>
      <h1 class="govuk-heading-l">{words('proof.title')}</h1>
      {told ? <ReturnHead words={words} seen={told} /> : <p class="govuk-body">{found.reference}</p>}
      <Result words={words} found={found} />
      <h2 class="govuk-heading-m">{words('proof.yourself')}</h2>
      <p class="govuk-body">{words('proof.how')}</p>
      <p class="govuk-body">
        {words('proof.command')} <code class="hash">npm run verify -- {found.reference}.json</code>
      </p>
    </>,
  )
})

function Result({ words, found }: { words: Words; found: z.infer<typeof checked> }) {
  const { unchanged, broken, at, events, access, lastHash } = found
  return (
    <>
      <div class={unchanged ? 'govuk-inset-text' : 'danger'}>
        <p class="govuk-body">
          <strong>{words(unchanged ? 'proof.unchanged' : 'proof.broken', { at: words.clock(at) })}</strong>
        </p>
        {broken ? (
          <p class="govuk-body">
            {words('proof.where', {
              flaw: words.code('flaw', broken.flaw),
              n: broken.n === undefined ? '' : words.number(broken.n + 1),
            })}
          </p>
        ) : null}
      </div>
      <dl class="facts">
        <div>
          <dt>{words('proof.events')}</dt>
          <dd>{words.number(events)}</dd>
        </div>
        <div>
          <dt>{words('proof.looks')}</dt>
          <dd>{words.number(access)}</dd>
        </div>
        {lastHash ? (
          <div>
            <dt>{words('proof.hash')}</dt>
            <dd class="hash">{lastHash}</dd>
          </div>
        ) : null}
      </dl>
    </>
  )
}
