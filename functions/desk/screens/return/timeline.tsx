import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { timeline as timelineAnswer } from '../../../../schemas/answers.ts'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { ReturnHead } from '../../parts/return-head.tsx'
import type { DeskEnv, Me } from '../../visit.ts'
import type { Words } from '../../words/words.ts'
import { readSeen, retOf } from './reading.ts'

type Timeline = z.infer<typeof timelineAnswer>

/** Screen 7: what, by whom, when, newest first; who has got it; who looked, and why. */
export const timeline = new Hono<DeskEnv>().get('/returns/:ret/timeline', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [told, { events, deliveries, access }] = await Promise.all([
    readSeen(visit),
    me.api.get(['returns', retOf(visit), 'events'], timelineAnswer),
  ])
  return page(
    visit,
    { title: words('timeline.title'), back: `/desk/returns/${told.ret}` },
    <>
      <h1 class="govuk-heading-l">{words('timeline.title')}</h1>
      <ReturnHead words={words} seen={told} part="timeline" />
      <p class="govuk-body no-print">
        <a class="govuk-link" href={`/desk/returns/${told.ret}/proof`}>
          {words('timeline.check')}
        </a>
      </p>
      <ol class="timeline" reversed>
        {events.toReversed().map((event) => (
          <Happening words={words} me={me} event={event} deliveries={deliveries} />
        ))}
      </ol>
      <h2 class="govuk-heading-m">{words('timeline.looks')}</h2>
      {access.length === 0 ? <p class="govuk-body">{words('timeline.nobody')}</p> : null}
      <ul class="govuk-list">
        {access.toReversed().map(({ at, by, reason, classes }) => (
          <li>
            {words('timeline.look', {
              who: partyName(words, by.party),
              at: words.instant(at),
              what: classes.map((cls) => words.code('class', cls)).join(', '),
              why: words.code('reason', reason),
            })}
          </li>
        ))}
      </ul>
    </>,
  )
})

function Happening(props: {
  words: Words
  me: Me
  event: Timeline['events'][number]
  deliveries: Timeline['deliveries']
}) {
  const { words, me, event, deliveries } = props
  const got = event.to.filter((party) =>
    deliveries.some((one) => one.party === party && one.seen >= event.seq),
  )
  const missing = event.to.filter((party) => !got.includes(party))
  const list = (parties: readonly string[]) =>
    parties.map((party) => (party === me.party ? words('list.you') : partyName(words, party))).join(', ')
  return (
    <li>
      <h3 class="govuk-heading-s">{words.code('event', event.type)}</h3>
      <p class="govuk-body">
        <time datetime={event.at}>{words.instant(event.at)}</time>, {partyName(words, event.by.party)}
      </p>
      {got.length > 0 ? <p class="quiet">{words('timeline.got', { who: list(got) })}</p> : null}
      {missing.length > 0 ? <p class="quiet">{words('timeline.notYet', { who: list(missing) })}</p> : null}
    </li>
  )
}
