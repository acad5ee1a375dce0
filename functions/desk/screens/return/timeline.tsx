import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { timelineAnswer } from '../../../../schemas/api/answers.ts'
import { peopleAnswer } from '../../../../schemas/api/people.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskContext, DeskEnv, SignedIn } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'

type Timeline = z.infer<typeof timelineAnswer>
type Event = Timeline['events'][number]

/** What a page needs to name people. */
interface PeopleProps {
  messages: Messages
  me: SignedIn
  names: ReadonlyMap<string, string>
}

/** Screen 7: what happened, by whom, when, the newest first; who has received it; who looked and why; who was refused. */
export const timeline = new Hono<DeskEnv>().get('/returns/:ret/timeline', async (context) => {
  try {
    return await timelinePage(context)
  } catch (error) {
    // The API shows nothing of a damaged record. The proof page says what is wrong with it.
    if (isRefusedWith(error, 'trail-broken')) return context.redirect(proofOf(returnIdIn(context)), 303)
    throw error
  }
})

const proofOf = (ret: string) => `/desk/returns/${ret}/proof`

async function timelinePage(context: DeskContext) {
  const [messages, me, ret] = [context.var.messages, context.var.me, returnIdIn(context)]
  // A page makes two calls at most, so the page with names shows nothing else of the return.
  const named = context.req.query('names') === 'yes'
  const [about, record] = await Promise.all([
    named ? me.api.get(['people'], peopleAnswer) : fetchReturn(context),
    me.api.get(['returns', ret, 'events'], timelineAnswer),
  ])
  const list = 'people' in about ? about.people : []
  const seen = 'ret' in about ? about : undefined
  if (named && list.length === 0) return errorPage(context, 'timeline.noNames', 404)
  const telling: PeopleProps = {
    messages,
    me,
    names: new Map(list.flatMap(({ user, name }) => (name ? [[user, name] as const] : []))),
  }
  return page(
    context,
    {
      title: messages('timeline.title'),
      back: named ? `/desk/returns/${ret}/timeline` : `/desk/returns/${ret}`,
    },
    <>
      <h1 class="govuk-heading-l">{messages('timeline.title')}</h1>
      {seen ? <ReturnHead messages={messages} seen={seen} part="timeline" /> : null}
      <ul class="govuk-list no-print">
        <li>
          <a class="govuk-link" href={proofOf(ret)}>
            {messages('timeline.check')}
          </a>
        </li>
        {named ? null : (
          <li>
            <a class="govuk-link" href={`/desk/returns/${ret}/timeline?names=yes`}>
              {messages('timeline.names')}
            </a>
          </li>
        )}
      </ul>
      <h2 class="govuk-heading-m">{messages('timeline.what')}</h2>
      <ol class="timeline" reversed>
        {record.events.toReversed().map((event) => (
          <EventItem {...telling} event={event} deliveries={record.deliveries} handovers={seen?.handovers} />
        ))}
      </ol>
      <AccessList {...telling} access={record.access} />
      <RefusalList {...telling} refusals={record.refusals} />
    </>,
  )
}

/** A person: by name if the own party knows it, else by the beginning of the id. */
function whoOf({ messages, me, names }: PeopleProps, { party, role, user }: Event['by']): string {
  if (party === 'watch') return partyName(messages, party)
  const who = user === me.user ? messages('list.you') : (names.get(user) ?? user.slice(0, 8))
  return messages('timeline.person', {
    who,
    role: messages.code('role', role),
    party: partyName(messages, party),
  })
}

function EventItem(
  props: PeopleProps & {
    event: Event
    deliveries: Timeline['deliveries']
    handovers: ReturnView['handovers'] | undefined
  },
) {
  const { messages, me, event, deliveries, handovers = [] } = props
  const got = event.to.flatMap((party) => {
    const delivered = deliveries.find((delivery) => delivery.party === party && delivery.seen >= event.seq)
    return delivered ? [{ party, at: delivered.received.find(([seq]) => seq === event.seq)?.[1] }] : []
  })
  const missing = event.to.filter((party) => !got.some((delivered) => delivered.party === party))
  const name = (party: string) => (party === me.party ? messages('list.you') : partyName(messages, party))
  const handover = handovers.find(({ seq }) => seq === event.seq)
  return (
    <li>
      <h3 class="govuk-heading-s">{messages.code('event', event.type)}</h3>
      <p class="govuk-body">
        <time datetime={event.at}>{messages.instant(event.at)}</time>, {whoOf(props, event.by)}
      </p>
      {handover ? (
        <p class="govuk-body">
          {handover.confirmedBy
            ? messages('timeline.confirmed', { who: name(handover.confirmedBy) })
            : messages('timeline.unconfirmed')}
        </p>
      ) : null}
      {got.length > 0 ? (
        <p class="quiet">
          {messages('timeline.got', {
            who: got
              .map(({ party, at }) => (at ? `${name(party)} (${messages.clock(at)})` : name(party)))
              .join(', '),
          })}
        </p>
      ) : null}
      {missing.length > 0 ? (
        <p class="quiet">{messages('timeline.notYet', { who: missing.map(name).join(', ') })}</p>
      ) : null}
    </li>
  )
}

function AccessList(props: PeopleProps & { access: Timeline['access'] }) {
  const { messages, access } = props
  return (
    <>
      <h2 class="govuk-heading-m">{messages('timeline.looks')}</h2>
      {access.length === 0 ? <p class="govuk-body">{messages('timeline.nobody')}</p> : null}
      <ul class="govuk-list">
        {access.toReversed().map(({ at, by, reason, classes }) => (
          <li>
            {messages('timeline.look', {
              who: whoOf(props, by),
              at: messages.instant(at),
              what: classes.map((cls) => messages.code('class', cls)).join(', '),
              why: messages.code('reason', reason),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Who asked for the return and was refused. The participants should know. */
function RefusalList(props: PeopleProps & { refusals: Timeline['refusals'] }) {
  const { messages, refusals } = props
  return (
    <>
      <h2 class="govuk-heading-m">{messages('timeline.refusals')}</h2>
      {refusals.length === 0 ? <p class="govuk-body">{messages('timeline.noRefusals')}</p> : null}
      <ul class="govuk-list">
        {refusals.toReversed().map(({ at, by, operation, problem }) => (
          <li>
            {messages('timeline.refusal', {
              who: whoOf(props, by),
              at: messages.instant(at),
              what: messages.code('operation', operation),
              why: messages.code('problem', problem),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
