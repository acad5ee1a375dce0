import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { timeline as timelineAnswer } from '../../../../schemas/api/answers.ts'
import { people } from '../../../../schemas/api/people.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv, Me, Visit } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { readSeen, retOf } from './reading.ts'

type Timeline = z.infer<typeof timelineAnswer>
type Event = Timeline['events'][number]

/** What a page needs to tell who it was. */
interface Telling {
  words: Words
  me: Me
  names: ReadonlyMap<string, string>
}

/** Screen 7: what, by whom, when, newest first; who has got it; who looked, and why; who was not let in. */
export const timeline = new Hono<DeskEnv>().get('/returns/:ret/timeline', async (visit) => {
  try {
    return await shown(visit)
  } catch (error) {
    // The API shows nothing of a record that does not hold together: what is wrong with it, the check says.
    if (isRefusedWith(error, 'trail-broken')) return visit.redirect(proofOf(retOf(visit)), 303)
    throw error
  }
})

const proofOf = (ret: string) => `/desk/returns/${ret}/proof`

async function shown(visit: Visit) {
  const [words, me, ret] = [visit.get('words'), visit.get('me'), retOf(visit)]
  // A page takes two calls: names come in place of what else is known of the return.
  const named = visit.req.query('names') === 'yes'
  const [about, told] = await Promise.all([
    named ? me.api.get(['people'], people) : readSeen(visit),
    me.api.get(['returns', ret, 'events'], timelineAnswer),
  ])
  const list = 'people' in about ? about.people : []
  const seen = 'ret' in about ? about : undefined
  if (named && list.length === 0) return trouble(visit, 'timeline.noNames', 404)
  const telling: Telling = {
    words,
    me,
    names: new Map(list.flatMap(({ user, name }) => (name ? [[user, name] as const] : []))),
  }
  return page(
    visit,
    {
      title: words('timeline.title'),
      back: named ? `/desk/returns/${ret}/timeline` : `/desk/returns/${ret}`,
    },
    <>
      <h1 class="govuk-heading-l">{words('timeline.title')}</h1>
      {seen ? <ReturnHead words={words} seen={seen} part="timeline" /> : null}
      <ul class="govuk-list no-print">
        <li>
          <a class="govuk-link" href={proofOf(ret)}>
            {words('timeline.check')}
          </a>
        </li>
        {named ? null : (
          <li>
            <a class="govuk-link" href={`/desk/returns/${ret}/timeline?names=yes`}>
              {words('timeline.names')}
            </a>
          </li>
        )}
      </ul>
      <h2 class="govuk-heading-m">{words('timeline.what')}</h2>
      <ol class="timeline" reversed>
        {told.events.toReversed().map((event) => (
          <Happening {...telling} event={event} deliveries={told.deliveries} handovers={seen?.handovers} />
        ))}
      </ol>
      <Looks {...telling} access={told.access} />
      <Refusals {...telling} refusals={told.refusals} />
    </>,
  )
}

/** Somebody of a party: by name where the own party knows it, else by the first signs of the id. */
function whoOf({ words, me, names }: Telling, { party, role, user }: Event['by']): string {
  if (party === 'watch') return partyName(words, party)
  const who = user === me.user ? words('list.you') : (names.get(user) ?? user.slice(0, 8))
  return words('timeline.person', { who, role: words.code('role', role), party: partyName(words, party) })
}

function Happening(
  props: Telling & {
    event: Event
    deliveries: Timeline['deliveries']
    handovers: Seen['handovers'] | undefined
  },
) {
  const { words, me, event, deliveries, handovers = [] } = props
  const got = event.to.flatMap((party) => {
    const one = deliveries.find((delivery) => delivery.party === party && delivery.seen >= event.seq)
    return one ? [{ party, at: one.received.find(([seq]) => seq === event.seq)?.[1] }] : []
  })
  const missing = event.to.filter((party) => !got.some((one) => one.party === party))
  const name = (party: string) => (party === me.party ? words('list.you') : partyName(words, party))
  const handover = handovers.find(({ seq }) => seq === event.seq)
  return (
    <li>
      <h3 class="govuk-heading-s">{words.code('event', event.type)}</h3>
      <p class="govuk-body">
        <time datetime={event.at}>{words.instant(event.at)}</time>, {whoOf(props, event.by)}
      </p>
      {handover ? (
        <p class="govuk-body">
          {handover.confirmedBy
            ? words('timeline.confirmed', { who: name(handover.confirmedBy) })
            : words('timeline.unconfirmed')}
        </p>
      ) : null}
      {got.length > 0 ? (
        <p class="quiet">
          {words('timeline.got', {
            who: got
              .map(({ party, at }) => (at ? `${name(party)} (${words.clock(at)})` : name(party)))
              .join(', '),
          })}
        </p>
      ) : null}
      {missing.length > 0 ? (
        <p class="quiet">{words('timeline.notYet', { who: missing.map(name).join(', ') })}</p>
      ) : null}
    </li>
  )
}

function Looks(props: Telling & { access: Timeline['access'] }) {
  const { words, access } = props
  return (
    <>
      <h2 class="govuk-heading-m">{words('timeline.looks')}</h2>
      {access.length === 0 ? <p class="govuk-body">{words('timeline.nobody')}</p> : null}
      <ul class="govuk-list">
        {access.toReversed().map(({ at, by, reason, classes }) => (
          <li>
            {words('timeline.look', {
              who: whoOf(props, by),
              at: words.instant(at),
              what: classes.map((cls) => words.code('class', cls)).join(', '),
              why: words.code('reason', reason),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Who asked for the return and was not let in: whoever is on it should know. */
function Refusals(props: Telling & { refusals: Timeline['refusals'] }) {
  const { words, refusals } = props
  return (
    <>
      <h2 class="govuk-heading-m">{words('timeline.refusals')}</h2>
      {refusals.length === 0 ? <p class="govuk-body">{words('timeline.noRefusals')}</p> : null}
      <ul class="govuk-list">
        {refusals.toReversed().map(({ at, by, operation, problem }) => (
          <li>
            {words('timeline.refusal', {
              who: whoOf(props, by),
              at: words.instant(at),
              what: words.code('operation', operation),
              why: words.code('problem', problem),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
