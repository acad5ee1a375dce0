import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { withdrawalPreview as previewAnswer } from '../../../../schemas/api/answers.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { ReturnHead } from '../../parts/return-head.tsx'
import { readSeen, retOf } from './reading.ts'

/** Before consent is taken back: from whom, and then what that would stop. Nothing is stopped by looking. */
export const withdraw = new Hono<DeskEnv>().get('/returns/:ret/withdraw', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const recipient = visit.req.query('from')
  const [told, stops] = await Promise.all([
    readSeen(visit),
    recipient
      ? me.api.get(['returns', retOf(visit), 'withdrawal-preview'], previewAnswer, { recipient })
      : undefined,
  ])
  const from = Object.keys(told.recipients).filter(
    (one) => !['withdrawn', 'ended'].includes(told.recipients[one] ?? ''),
  )
  return page(
    visit,
    { title: words.code('command', 'withdraw'), back: `/desk/returns/${told.ret}` },
    <>
      <h1 class="govuk-heading-l">{words.code('command', 'withdraw')}</h1>
      <ReturnHead words={words} seen={told} />
      {stops ? (
        <>
          <WithdrawalPreview words={words} stops={stops} />
          <p class="govuk-body">
            <a
              class="govuk-button"
              href={`/desk/returns/${told.ret}/do/withdraw?from=${encodeURIComponent(stops.recipient)}`}
            >
              {words('withdraw.goOn')}
            </a>
          </p>
        </>
      ) : (
        <>
          <h2 class="govuk-heading-m">{words('withdraw.from')}</h2>
          <ul class="govuk-list">
            {from.map((one) => (
              <li>
                <a
                  class="govuk-link"
                  href={`/desk/returns/${told.ret}/withdraw?from=${encodeURIComponent(one)}`}
                >
                  {partyName(words, one)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>,
  )
})

function WithdrawalPreview({ words, stops }: { words: Words; stops: z.infer<typeof previewAnswer> }) {
  const lines = [
    ...(stops.accessRemoved ? [] : [words('withdraw.stands')]),
    ...stops.classes.map((cls) => words('withdraw.reads', { what: words.code('class', cls) })),
    ...stops.stillReads.map((cls) => words('withdraw.keeps', { what: words.code('class', cls) })),
    ...stops.steps.map((step) => words('withdraw.step', { what: words.code('step', step) })),
    ...stops.tasks.map((task) => words('withdraw.task', { what: words.code('task', task) })),
    ...(stops.arranges ? [words('withdraw.arranges')] : []),
    ...(stops.holdsPlace ? [words('withdraw.place')] : []),
    ...(stops.questions > 0 ? [words.count('withdraw.questions', stops.questions)] : []),
    ...stops.locked.map((cls) => words('withdraw.locked', { what: words.code('class', cls) })),
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{words('withdraw.stops', { who: partyName(words, stops.recipient) })}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  )
}
