import { Hono } from 'hono'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv } from '../../context.ts'
import type { TextKey } from '../../messages/messages.ts'
import { hotline } from '../../parts/hotline.ts'
import { mayFile, type NavigationItem, navigationOf } from '../../parts/navigation.ts'
import { page } from '../../parts/page.tsx'
import { BlankLine, Print, PrintedPage } from '../../parts/paper.tsx'

/** A daily task, and the link in the page's head that leads to it. */
interface DailyTask {
  text: TextKey
  place: NavigationItem['text']
}

const dailyTask = (text: TextKey, place: NavigationItem['text']): DailyTask => ({ text, place })

/** The tasks of a day in their order. Tasks that a party does not have give way to the next ones. */
const dailyTasks: Readonly<Record<PartyKind, readonly DailyTask[]>> = {
  mission: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.search', 'places.search'),
    dailyTask('guide.do.write', 'places.filing'),
    dailyTask('guide.do.confirm', 'places.returns'),
    dailyTask('guide.do.alertsOwn', 'places.alerts'),
  ],
  consular: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.uncovered', 'places.alerts'),
    dailyTask('guide.do.move', 'places.returns'),
    dailyTask('guide.do.matches', 'places.matches'),
    dailyTask('guide.do.figures', 'places.figures'),
  ],
  iom: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.take', 'places.travel'),
    dailyTask('guide.do.plan', 'places.travel'),
    dailyTask('guide.do.accept', 'places.returns'),
    dailyTask('guide.do.matches', 'places.matches'),
  ],
  centre: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.places', 'places.board'),
    dailyTask('guide.do.receive', 'places.returns'),
    dailyTask('guide.do.services', 'places.returns'),
    dailyTask('guide.do.home', 'places.filing'),
  ],
  ministry: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.decide', 'places.returns'),
    dailyTask('guide.do.fund', 'places.returns'),
    dailyTask('guide.do.ask', 'places.returns'),
    dailyTask('guide.do.figures', 'places.figures'),
  ],
  partner: [
    dailyTask('guide.do.waits', 'places.work'),
    dailyTask('guide.do.task', 'places.returns'),
    dailyTask('guide.do.report', 'places.returns'),
    dailyTask('guide.do.alertsRaise', 'places.alerts'),
    dailyTask('guide.do.home', 'places.filing'),
    dailyTask('guide.do.ask', 'places.returns'),
    dailyTask('guide.do.show', 'places.returns'),
  ],
  oversight: [
    dailyTask('guide.do.looks', 'places.audit'),
    dailyTask('guide.do.refusals', 'places.audit'),
    dailyTask('guide.do.proof', 'places.returns'),
    dailyTask('guide.do.figures', 'places.figures'),
    dailyTask('guide.do.late', 'places.work'),
  ],
}
const maxDailyTasks = 5

/** Whom a kind of party calls. No file of ours holds their numbers, so the page has room to write them. */
const calls = {
  mission: ['iom', 'consular', 'administrator'],
  consular: ['mission', 'iom', 'administrator'],
  iom: ['mission', 'centre', 'administrator'],
  centre: ['iom', 'emergency', 'administrator'],
  ministry: ['iom', 'centre', 'administrator'],
  partner: ['asker', 'iom', 'administrator'],
  oversight: ['consular', 'system', 'administrator'],
} as const satisfies Record<PartyKind, readonly string[]>

/** One page for a user who works at this desk for the first time, or when the connection is down. */
export const guide = new Hono<DeskEnv>().get('/guide', (context) => {
  const { messages, me } = context.var
  const places = navigationOf(me)
  const own = dailyTasks[me.kind].filter(({ place }) => places.some(({ text }) => text === place))
  const { inside, abroad } = hotline()
  const title = messages('guide.title', { desk: messages.code('party', me.kind) })
  return page(
    context,
    { title, back: '/desk', isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print messages={messages} />
      <PrintedPage messages={messages} me={me}>
        <h2>{title}</h2>
        <p>{messages(`guide.does.${me.kind}`)}</p>
        <h3>{messages('guide.daily')}</h3>
        <ol>
          {own.slice(0, maxDailyTasks).map(({ text, place }) => (
            <li>
              {messages(text)} <b>({messages(place)})</b>
            </li>
          ))}
        </ol>
        <h3>{messages('guide.danger')}</h3>
        <p>
          {messages(`guide.today.${me.kind}`, {
            button: messages('filing.dangerBegin'),
            place: messages('places.search'),
          })}
        </p>
        <h3>{messages('guide.down')}</h3>
        <p>{messages('guide.kept')}</p>
        <p>
          {mayFile(me)
            ? messages('guide.onPaper', {
                form: messages('paper.blank.title'),
                place: messages('places.filing'),
              })
            : messages('guide.byPhone')}
        </p>
        <h3>{messages('guide.rules')}</h3>
        <p>{messages('guide.always')}</p>
        <h3>{messages('guide.call')}</h3>
        <p>{messages('guide.hotline', { inside, abroad })}</p>
        {calls[me.kind].map((who) => (
          <BlankLine label={messages(`guide.who.${who}`)} />
        ))}
      </PrintedPage>
    </>,
  )
})
