import { Hono } from 'hono'
import { alertPhases } from '../../../../schemas/procedure/phases.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv, SignedIn } from '../../context.ts'
import { alertField } from '../../filing/search-terms.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Messages, TextKey } from '../../messages/messages.ts'
import { SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'
import { actionsOn } from '../../return/next-step.ts'
import { isAlertOpen } from '../../return/offers.ts'
import { OtherReturn } from '../../return/other-return.tsx'
import { PaperLinks } from '../../return/paper-links.tsx'
import { fetchReturn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { Stages } from '../../return/stages.tsx'
import { NextStep, OtherActions } from './actions.tsx'
import { commandIn } from './commands.ts'

/** Screen 6: the state of a return, whom it waits for, and what this party can do. */
export const overview = new Hono<DeskEnv>().get('/returns/:ret', async (context) => {
  const { messages, me } = context.var
  const seen = await fetchReturn(context)
  const done = commandIn(me.kind, context.req.query('done'))
  const isAlert = alertPhases.some((phase) => phase === seen.phase)
  const title = messages(isAlert ? 'alerts.one' : 'return.title')
  const actions = actionsOn(me, seen)
  const files = isAlertOpen(seen) && me.kind === 'mission' && seen.responsible === me.party
  const raised =
    context.req.query('done') === 'alert'
      ? messages('alerts.sent', { who: partyName(messages, seen.responsible) })
      : undefined
  return page(
    context,
    { title, back: isAlert ? '/desk/alerts' : '/desk/returns' },
    <>
      <SuccessBanner messages={messages} text={raised ?? (done && messages.code('done', done))} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead messages={messages} seen={seen} part="overview" />
      <Stages messages={messages} seen={seen} />
      {seen.membership === 'ended' ? <p class="govuk-inset-text">{messages('return.ended')}</p> : null}
      <Overdue messages={messages} seen={seen} />
      <NextStep messages={messages} me={me} seen={seen} actions={actions} />
      {files ? (
        <FileFrom messages={messages} me={me} seen={seen} beside={actions.main !== undefined} />
      ) : null}
      <OtherReturn messages={messages} me={me} seen={seen} />
      <OwnPage messages={messages} me={me} seen={seen} />
      <Facts messages={messages} me={me} seen={seen} />
      <Recipients messages={messages} me={me} seen={seen} />
      <OtherActions messages={messages} seen={seen} actions={actions} files={files} />
      <PaperLinks messages={messages} me={me} seen={seen} />
    </>,
  )
})

/** The page on which a desk works on a return, besides the pages that all have. */
const ownPages: Readonly<Partial<Record<PartyKind, { page: string; text: TextKey }>>> = {
  iom: { page: 'itinerary', text: 'travel.itinerary' },
  centre: { page: 'intake', text: 'intake.title' },
}

function OwnPage({ messages, me, seen }: { messages: Messages; me: SignedIn; seen: ReturnView }) {
  const own = ownPages[me.kind]
  if (!own || seen.membership === 'ended' || alertPhases.some((phase) => phase === seen.phase)) return null
  return (
    <p class="govuk-body no-print">
      <a class="govuk-link" href={`/desk/returns/${seen.ret}/${own.page}`}>
        {messages(own.text)}
      </a>
    </p>
  )
}

/** The button with which the responsible post files from an alert. The alert becomes the request that is sent. */
function FileFrom({
  messages,
  me,
  seen,
  beside,
}: {
  messages: Messages
  me: SignedIn
  seen: ReturnView
  /** Another step comes first. */
  beside: boolean
}) {
  return (
    <form method="post" action="/desk/filing" class="no-print">
      <HiddenFields me={me} />
      <input type="hidden" name={alertField} value={seen.ret} />
      <Button {...(beside ? { kind: 'secondary' } : {})}>{messages('alerts.file')}</Button>
    </form>
  )
}

/** What is late, whose it is, and since when. */
function Overdue({ messages, seen: { overdue } }: { messages: Messages; seen: ReturnView }) {
  if (overdue.length === 0) return null
  return (
    <section class="danger">
      <h2 class="govuk-heading-m">{messages('return.late')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {overdue.map(({ item, step, since, party }) => (
          <li>
            {messages('return.overdue', {
              what: step ? messages.code('step', step) : messages.code('item', item),
              who: partyName(messages, party),
              day: messages.day(since),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The facts that are not sealed: whom the return waits for, what is due, who reads it and why, what was asked. */
function Facts({ messages, me, seen }: { messages: Messages; me: SignedIn; seen: ReturnView }) {
  const name = (party: string) => (party === me.party ? messages('list.you') : partyName(messages, party))
  const rows: [string, string[]][] = [
    [messages('return.waits'), [...new Set(seen.items.map(({ party }) => name(party)))]],
    [
      messages('return.due'),
      seen.due.map(({ step, owner, day }) =>
        messages('return.dueOf', {
          step: messages.code('step', step),
          who: messages.code('party', owner),
          day: messages.day(day),
        }),
      ),
    ],
    [
      messages('return.ruling'),
      [
        ...(seen.ruling ? [messages.code('ruling', seen.ruling)] : []),
        ...(seen.funded ? [messages('return.funded')] : []),
      ],
    ],
    [messages('return.responsible'), [name(seen.responsible)]],
    [messages('return.arranger'), [name(seen.arranger)]],
    [
      messages('return.questions'),
      seen.questions.map(({ by, for: asked }) =>
        messages('return.question', { by: name(by), asked: name(asked) }),
      ),
    ],
    [
      messages('return.tasks'),
      seen.tasks.map(({ task, to }) =>
        messages('act.taskOf', { task: messages.code('task', task), who: name(to) }),
      ),
    ],
    [
      messages('return.withdrawals'),
      seen.withdrawals.map(({ party, answer }) =>
        messages('return.withdrawal', {
          who: name(party),
          answer: messages.code('answer', answer ?? 'none'),
        }),
      ),
    ],
  ]
  const links: readonly { term: string; ret: string; text: string }[] = [
    ...(seen.linked ?? []).map(({ ret, reference, link, since }) => ({
      term: messages('return.linked'),
      ret,
      text: messages(`return.link.${link}`, { reference, day: messages.instant(since) }),
    })),
    ...(seen.alert
      ? [{ term: messages('return.alert'), ret: seen.alert, text: messages('return.alertOf') }]
      : []),
  ]
  return (
    <dl class="govuk-summary-list">
      {rows
        .filter(([, values]) => values.length > 0)
        .map(([term, values]) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{term}</dt>
            <dd class="govuk-summary-list__value">
              {values.map((value) => (
                <p class="govuk-body">{value}</p>
              ))}
            </dd>
          </div>
        ))}
      {links.map(({ term, ret, text }) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{term}</dt>
          <dd class="govuk-summary-list__value">
            <a class="govuk-link" href={`/desk/returns/${ret}`}>
              {text}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Who can see the case, and why: the parties with a basis first, then those whose basis has ended. */
function Recipients({ messages, me, seen }: { messages: Messages; me: SignedIn; seen: ReturnView }) {
  const recipients = Object.entries(seen.recipients)
  if (recipients.length === 0) return null
  const reads = new Map(Object.entries(seen.reads ?? {}))
  return (
    <Table
      caption={messages('return.recipients')}
      heads={[messages('return.who'), messages('return.basis')]}
      rows={recipients.map(([party, status]) => [
        party === me.party ? messages('list.you') : partyName(messages, party),
        <>
          {messages.code('basisStatus', status)}
          {seen.reads ? <div class="quiet">{readText(messages, reads.get(party))}</div> : null}
        </>,
      ])}
    />
  )
}

function readText(messages: Messages, classes: readonly string[] = []): string {
  const what = classes.map((cls) => messages.code('class', cls)).join(', ')
  return what ? messages('return.reads', { what }) : messages('return.readsNothing')
}
