import { Hono } from 'hono'
import { alertPhases, openAlert } from '../../../../schemas/procedure/phases.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv, SignedIn } from '../../context.ts'
import { alertField } from '../../filing/search-terms.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Messages, TextKey } from '../../messages/messages.ts'
import { SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { commandAddress } from '../../return/command-pages.ts'
import { PaperLinks } from '../../return/paper-links.tsx'
import { fetchReturn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { commandIn, grouped } from './commands.ts'

/** Screen 6: the state of a return, whom it waits for, and what this party can do. */
export const overview = new Hono<DeskEnv>().get('/returns/:ret', async (context) => {
  const { messages, me } = context.var
  const seen = await fetchReturn(context)
  const done = commandIn(me.kind, context.req.query('done'))
  const isAlert = alertPhases.some((phase) => phase === seen.phase)
  const title = messages(isAlert ? 'alerts.one' : 'return.title')
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
      {seen.membership === 'ended' ? <p class="govuk-inset-text">{messages('return.ended')}</p> : null}
      <WithdrawalQuestion messages={messages} me={me} seen={seen} />
      <Alerts messages={messages} seen={seen} />
      <OwnPage messages={messages} me={me} seen={seen} />
      <Facts messages={messages} me={me} seen={seen} />
      <FileFrom messages={messages} me={me} seen={seen} />
      <Commands messages={messages} me={me} seen={seen} />
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

/** After a withdrawal each holder is asked what it did with its data, until it answers. */
function WithdrawalQuestion({
  messages,
  me,
  seen: { ret, withdrawals },
}: {
  messages: Messages
  me: SignedIn
  seen: ReturnView
}) {
  if (!withdrawals.some(({ party, answer }) => party === me.party && !answer)) return null
  return (
    <section class="danger">
      <p class="govuk-body">{messages('return.askedBack')}</p>
      <p class="govuk-body">
        <a class="govuk-button" href={`/desk/returns/${ret}/do/answer-withdrawal`}>
          {messages('return.answerBack')}
        </a>
      </p>
    </section>
  )
}

/** The button with which the responsible post files from an alert. The alert becomes the request that is sent. */
function FileFrom({ messages, me, seen }: { messages: Messages; me: SignedIn; seen: ReturnView }) {
  const isOpen = openAlert.some((phase) => phase === seen.phase)
  if (!isOpen || me.kind !== 'mission' || seen.responsible !== me.party) return null
  return (
    <form method="post" action="/desk/filing" class="no-print">
      <HiddenFields me={me} />
      <input type="hidden" name={alertField} value={seen.ret} />
      <Button>{messages('alerts.file')}</Button>
    </form>
  )
}

function Alerts({ messages, seen: { alerts, overdue } }: { messages: Messages; seen: ReturnView }) {
  if (alerts.length + overdue.length === 0) return null
  return (
    <section class="danger">
      <h2 class="govuk-heading-m">{messages('return.attention')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {alerts.map((alert) => (
          <li>{messages.code('alert', alert)}</li>
        ))}
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
      messages('return.recipients'),
      Object.entries(seen.recipients).map(([party, ground]) =>
        messages('return.ground', { who: name(party), ground: messages.code('basisStatus', ground) }),
      ),
    ],
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

function Commands({ messages, me, seen }: { messages: Messages; me: SignedIn; seen: ReturnView }) {
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{messages('return.commands')}</h2>
      {grouped(messages, me, seen).map(([group, names]) => (
        <>
          <h3 class="govuk-heading-s">{messages(`return.group.${group}`)}</h3>
          <ul class="govuk-list">
            {names.map((name) => (
              <li>
                <a class="govuk-link" href={commandAddress(seen.ret, name)}>
                  {messages.code('command', name)}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
      {seen.commands.length === 0 ? <p class="govuk-body">{messages('return.nothing')}</p> : null}
    </section>
  )
}
