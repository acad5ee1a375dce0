import { Hono } from 'hono'
import { alertPhases, openAlert } from '../../../../schemas/procedure/phases.ts'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv, Me } from '../../context.ts'
import { alertField } from '../../filing/sought.ts'
import { Button, Sending } from '../../form/sending.tsx'
import type { TextKey, Words } from '../../messages/messages.ts'
import { Done } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { Papers } from '../paper/links.tsx'
import { commandAddress, commandIn, grouped } from './commands.ts'
import { readSeen } from './reading.ts'

/** Screen 6: where a return stands, whose move it is, and what this party can do. */
export const overview = new Hono<DeskEnv>().get('/returns/:ret', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const told = await readSeen(visit)
  const done = commandIn(me.kind, visit.req.query('done'))
  const isAlert = alertPhases.some((phase) => phase === told.phase)
  const title = words(isAlert ? 'alerts.one' : 'return.title')
  const raised =
    visit.req.query('done') === 'alert'
      ? words('alerts.sent', { who: partyName(words, told.responsible) })
      : undefined
  return page(
    visit,
    { title, back: isAlert ? '/desk/alerts' : '/desk/returns' },
    <>
      <Done words={words} text={raised ?? (done && words.code('command', done))} />
      <h1 class="govuk-heading-l">{title}</h1>
      <ReturnHead words={words} seen={told} part="overview" />
      {told.membership === 'ended' ? <p class="govuk-inset-text">{words('return.ended')}</p> : null}
      <AskedBack words={words} me={me} seen={told} />
      <Alerts words={words} seen={told} />
      <OwnPage words={words} me={me} seen={told} />
      <Standing words={words} me={me} seen={told} />
      <FileFrom words={words} me={me} seen={told} />
      <Commands words={words} me={me} seen={told} />
      <Papers words={words} me={me} seen={told} />
    </>,
  )
})

/** The page that a desk works on a return with, beside those that all have. */
const ownPages: Readonly<Partial<Record<PartyKind, { page: string; text: TextKey }>>> = {
  iom: { page: 'itinerary', text: 'travel.itinerary' },
  centre: { page: 'intake', text: 'intake.title' },
}

function OwnPage({ words, me, seen: told }: { words: Words; me: Me; seen: Seen }) {
  const own = ownPages[me.kind]
  if (!own || told.membership === 'ended' || alertPhases.some((phase) => phase === told.phase)) return null
  return (
    <p class="govuk-body no-print">
      <a class="govuk-link" href={`/desk/returns/${told.ret}/${own.page}`}>
        {words(own.text)}
      </a>
    </p>
  )
}

/** After a withdrawal each holder is asked what it did with what it holds, until it says. */
function AskedBack({ words, me, seen: { ret, withdrawals } }: { words: Words; me: Me; seen: Seen }) {
  if (!withdrawals.some(({ party, answer }) => party === me.party && !answer)) return null
  return (
    <section class="danger">
      <p class="govuk-body">{words('return.askedBack')}</p>
      <p class="govuk-body">
        <a class="govuk-button" href={`/desk/returns/${ret}/do/answer-withdrawal`}>
          {words('return.answerBack')}
        </a>
      </p>
    </section>
  )
}

/** The post that has an alert files from it: the request that is sent is the one that the alert becomes. */
function FileFrom({ words, me, seen: told }: { words: Words; me: Me; seen: Seen }) {
  const isOpen = openAlert.some((phase) => phase === told.phase)
  if (!isOpen || me.kind !== 'mission' || told.responsible !== me.party) return null
  return (
    <form method="post" action="/desk/filing" class="no-print">
      <Sending me={me} />
      <input type="hidden" name={alertField} value={told.ret} />
      <Button>{words('alerts.file')}</Button>
    </form>
  )
}

function Alerts({ words, seen: { alerts, overdue } }: { words: Words; seen: Seen }) {
  if (alerts.length + overdue.length === 0) return null
  return (
    <section class="danger">
      <h2 class="govuk-heading-m">{words('return.attention')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {alerts.map((alert) => (
          <li>{words.code('alert', alert)}</li>
        ))}
        {overdue.map(({ item, step, since, party }) => (
          <li>
            {words('return.overdue', {
              what: step ? words.code('step', step) : words.code('item', item),
              who: partyName(words, party),
              day: words.day(since),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is in clear, as a list: whom it waits for, what is due, who reads it and why, what was asked. */
function Standing({ words, me, seen: told }: { words: Words; me: Me; seen: Seen }) {
  const name = (party: string) => (party === me.party ? words('list.you') : partyName(words, party))
  const rows: [string, string[]][] = [
    [
      words('return.waits'),
      told.waitingFor.map(({ party, since }) =>
        words('return.since', { who: name(party), at: words.instant(since) }),
      ),
    ],
    [
      words('return.due'),
      told.due.map(({ step, owner, day }) =>
        words('return.dueOf', {
          step: words.code('step', step),
          who: words.code('party', owner),
          day: words.day(day),
        }),
      ),
    ],
    [
      words('return.ruling'),
      [
        ...(told.ruling ? [words.code('ruling', told.ruling)] : []),
        ...(told.funded ? [words('return.funded')] : []),
      ],
    ],
    [words('return.responsible'), [name(told.responsible)]],
    [words('return.arranger'), [name(told.arranger)]],
    [
      words('return.recipients'),
      Object.entries(told.recipients).map(([party, ground]) =>
        words('return.ground', { who: name(party), ground: words.code('basisStatus', ground) }),
      ),
    ],
    [
      words('return.questions'),
      told.questions.map(({ by, for: asked }) =>
        words('return.question', { by: name(by), asked: name(asked) }),
      ),
    ],
    [
      words('return.tasks'),
      told.tasks.map(({ task, to }) =>
        words('act.taskOf', { task: words.code('task', task), who: name(to) }),
      ),
    ],
    [
      words('return.withdrawals'),
      told.withdrawals.map(({ party, answer }) =>
        words('return.withdrawal', { who: name(party), answer: words.code('answer', answer ?? 'none') }),
      ),
    ],
  ]
  const links: readonly { term: string; ret: string; text: string }[] = [
    ...(told.linked ?? []).map(({ ret, reference, link, since }) => ({
      term: words('return.linked'),
      ret,
      text: words(`return.link.${link}`, { reference, day: words.instant(since) }),
    })),
    ...(told.alert ? [{ term: words('return.alert'), ret: told.alert, text: words('return.alertOf') }] : []),
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

function Commands({ words, me, seen: told }: { words: Words; me: Me; seen: Seen }) {
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{words('return.commands')}</h2>
      {grouped(words, me, told).map(([group, names]) => (
        <>
          <h3 class="govuk-heading-s">{words(`return.group.${group}`)}</h3>
          <ul class="govuk-list">
            {names.map((name) => (
              <li>
                <a class="govuk-link" href={commandAddress(told.ret, name)}>
                  {words.code('command', name)}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
      {told.commands.length === 0 ? <p class="govuk-body">{words('return.nothing')}</p> : null}
    </section>
  )
}
