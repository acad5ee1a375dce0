import { Hono } from 'hono'
import * as z from 'zod/mini'
import { openedAnswer, timelineAnswer } from '../../../../schemas/api/answers.ts'
import { type People, peopleAnswer } from '../../../../schemas/api/people.ts'
import { openable } from '../../../../schemas/api/routes.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { type FormAttempt, noRefusalHere, outcomeOf, submit } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { OpeningReason, validateOpening } from '../../parts/opening-reason.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { peopleNamer } from '../../return/people-of.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'

type Timeline = z.infer<typeof timelineAnswer>
type Event = Timeline['events'][number]

/** The class whose sections say when something happened. In clear stands only when it was written. */
const datedClass: SectionClass = 'case'

/** Of a section that tells of something that happened: when, on the clocks of the place. */
const dated = z.object({ happened: z.object({ at: z.string() }) })

/** By the number of an event, when it happened, for those whose section is open. */
type Happened = ReadonlyMap<number, string>

/** What the parts of the page need to name people and times. */
interface RecordProps {
  messages: Messages
  nameOf: (author: Event['by']) => string
}

/** Screen 7: what happened, by whom, when, the newest first; who has received it; who looked and why; who was refused. */
export const timeline = new Hono<DeskEnv>()
  .get('/returns/:ret/timeline', async (context) => {
    try {
      return await timelinePage(context)
    } catch (error) {
      // The API shows nothing of a damaged record. The proof page says what is wrong with it.
      if (isRefusedWith(error, 'trail-broken')) return context.redirect(proofOf(returnIdIn(context)), 303)
      throw error
    }
  })
  .post('/returns/:ret/timeline', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate: (formData) => validateOpening(messages, [datedClass], formData),
      send: (body) => me.api.post(['returns', returnIdIn(context), 'open'], openedAnswer, { body }),
      done: ({ sections }) => timelinePage(context, { happened: happenedIn(sections) }),
      show: (attempt) => timelinePage(context, { attempt }),
      onRefusal: noRefusalHere,
    })
  })

const proofOf = (ret: string) => `/desk/returns/${ret}/proof`

function happenedIn(sections: z.infer<typeof openedAnswer>['sections']): Happened {
  return new Map(
    sections.flatMap(({ seq, content }): [number, string][] => {
      const parsed = dated.safeParse(content)
      return parsed.success ? [[seq, parsed.data.happened.at]] : []
    }),
  )
}

/** The people of the own organisation. The record is shown without their names where the list of accounts does not answer. */
const peopleOf = (context: DeskContext): Promise<People['people']> =>
  context.var.me.api.get(['people'], peopleAnswer).then(
    ({ people }) => people,
    () => [],
  )

async function timelinePage(
  context: DeskContext,
  { happened, attempt = {} }: { happened?: Happened; attempt?: FormAttempt } = {},
) {
  const [messages, me, ret] = [context.var.messages, context.var.me, returnIdIn(context)]
  const full = context.req.query('names') === 'yes'
  const [list, seen, record] = await Promise.all([
    peopleOf(context),
    fetchReturn(context),
    me.api.get(['returns', ret, 'events'], timelineAnswer),
  ])
  if (full && list.length === 0) return errorPage(context, 'timeline.noNames', 404)
  const names = new Map(list.flatMap(({ user, name }) => (name ? [[user, name] as const] : [])))
  const authors = [...record.events, ...record.access, ...record.refusals].map(({ by }) => by)
  const nameOf = peopleNamer({ messages, me, names, form: full ? 'full' : 'initials' }, authors)
  const { errors = [] } = attempt
  return page(
    context,
    { title: messages('timeline.title'), back: `/desk/returns/${ret}`, ...outcomeOf(attempt) },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('timeline.title')}</h1>
      <ReturnHead messages={messages} seen={seen} part="timeline" />
      <ul class="govuk-list no-print">
        <li>
          <a class="govuk-link" href={proofOf(ret)}>
            {messages('timeline.check')}
          </a>
        </li>
        {full || names.size === 0 ? null : (
          <li>
            <a class="govuk-link" href={`/desk/returns/${ret}/timeline?names=yes`}>
              {messages('timeline.names')}
            </a>
          </li>
        )}
      </ul>
      {happened ? null : <ShowTimes context={context} seen={seen} attempt={attempt} />}
      <h2 class="govuk-heading-m">{messages('timeline.what')}</h2>
      <ol class="timeline" reversed>
        {record.events.toReversed().map((event) => (
          <EventItem
            {...{ messages, nameOf, event, happened }}
            own={me.party}
            deliveries={record.deliveries}
            handovers={seen.handovers}
          />
        ))}
      </ol>
      <AccessList {...{ messages, nameOf }} access={record.access} />
      <RefusalList {...{ messages, nameOf }} refusals={record.refusals} />
    </>,
  )
}

/** The days on which things happened are encrypted: a reader of the class gives a reason, which is recorded. */
function ShowTimes({
  context,
  seen,
  attempt: { formData = new Map(), errors = [] },
}: {
  context: DeskContext
  seen: ReturnView
  attempt: FormAttempt
}) {
  const { messages, me } = context.var
  if (!openable(me.kind).includes(datedClass) || seen.membership === 'ended') return null
  return (
    <details class="govuk-details no-print" open={errors.length > 0}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{messages('timeline.times')}</span>
      </summary>
      <div class="govuk-details__text">
        <form method="post" action={currentAddress(context)} novalidate>
          <HiddenFields me={me} />
          <OpeningReason messages={messages} formData={formData} errors={errors} />
          <Button>{messages('show.show')}</Button>
        </form>
      </div>
    </details>
  )
}

function EventItem({
  messages,
  nameOf,
  event,
  own,
  deliveries,
  handovers,
  happened,
}: RecordProps & {
  event: Event
  /** The own organisation. */
  own: string
  deliveries: Timeline['deliveries']
  handovers: ReturnView['handovers']
  happened: Happened | undefined
}) {
  const got = event.to.flatMap((party) => {
    const delivered = deliveries.find((delivery) => delivery.party === party && delivery.seen >= event.seq)
    return delivered ? [{ party, at: delivered.received.find(([seq]) => seq === event.seq)?.[1] }] : []
  })
  const missing = event.to.filter((party) => !got.some((delivered) => delivered.party === party))
  const name = (party: string) => (party === own ? messages('list.you') : partyName(messages, party))
  const handover = handovers.find(({ seq }) => seq === event.seq)
  const when = happened?.get(event.seq)
  return (
    <li>
      <h3 class="govuk-heading-s">{messages.code('event', event.type)}</h3>
      {when ? (
        <p class="govuk-body">
          {messages('timeline.happened', {
            at: when.includes('T') ? messages.local(when) : messages.day(when),
          })}
        </p>
      ) : null}
      <p class="govuk-body">
        {messages('timeline.written')} <time datetime={event.at}>{messages.instant(event.at)}</time>,{' '}
        {nameOf(event.by)}
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

function AccessList({ messages, nameOf, access }: RecordProps & { access: Timeline['access'] }) {
  return (
    <>
      <h2 class="govuk-heading-m">{messages('timeline.looks')}</h2>
      {access.length === 0 ? <p class="govuk-body">{messages('timeline.nobody')}</p> : null}
      <ul class="govuk-list">
        {access.toReversed().map(({ at, by, reason, classes }) => (
          <li>
            {messages('timeline.look', {
              who: nameOf(by),
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
function RefusalList({ messages, nameOf, refusals }: RecordProps & { refusals: Timeline['refusals'] }) {
  return (
    <>
      <h2 class="govuk-heading-m">{messages('timeline.refusals')}</h2>
      {refusals.length === 0 ? <p class="govuk-body">{messages('timeline.noRefusals')}</p> : null}
      <ul class="govuk-list">
        {refusals.toReversed().map(({ at, by, operation, problem }) => (
          <li>
            {messages('timeline.refusal', {
              who: nameOf(by),
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
