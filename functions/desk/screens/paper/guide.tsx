import { Hono } from 'hono'
import type { PartyKind } from '../../../../schemas/values/parties.ts'
import type { DeskEnv } from '../../context.ts'
import type { TextKey } from '../../messages/messages.ts'
import { mayFile, type Place, placesOf } from '../../navigation.ts'
import { hotline } from '../../parts/hotline.ts'
import { page } from '../../parts/page.tsx'
import { Leaf, Print, Write } from '../../parts/paper.tsx'

/** What is done daily, and in which place of the page's head it is done. */
interface Doing {
  text: TextKey
  place: Place['text']
}

const doing = (text: TextKey, place: Place['text']): Doing => ({ text, place })

/** In the order of a day. Of what a party of the kind does not have, the next ones stand in place. */
const doings: Readonly<Record<PartyKind, readonly Doing[]>> = {
  mission: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.search', 'places.search'),
    doing('guide.do.write', 'places.filing'),
    doing('guide.do.confirm', 'places.returns'),
    doing('guide.do.alertsOwn', 'places.alerts'),
  ],
  consular: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.uncovered', 'places.alerts'),
    doing('guide.do.move', 'places.returns'),
    doing('guide.do.matches', 'places.matches'),
    doing('guide.do.figures', 'places.figures'),
  ],
  iom: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.take', 'places.travel'),
    doing('guide.do.plan', 'places.travel'),
    doing('guide.do.accept', 'places.returns'),
    doing('guide.do.matches', 'places.matches'),
  ],
  centre: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.places', 'places.board'),
    doing('guide.do.receive', 'places.returns'),
    doing('guide.do.services', 'places.returns'),
    doing('guide.do.home', 'places.filing'),
  ],
  ministry: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.decide', 'places.returns'),
    doing('guide.do.fund', 'places.returns'),
    doing('guide.do.ask', 'places.returns'),
    doing('guide.do.figures', 'places.figures'),
  ],
  partner: [
    doing('guide.do.waits', 'places.work'),
    doing('guide.do.task', 'places.returns'),
    doing('guide.do.report', 'places.returns'),
    doing('guide.do.alertsRaise', 'places.alerts'),
    doing('guide.do.home', 'places.filing'),
    doing('guide.do.ask', 'places.returns'),
    doing('guide.do.show', 'places.returns'),
  ],
  oversight: [
    doing('guide.do.looks', 'places.audit'),
    doing('guide.do.refusals', 'places.audit'),
    doing('guide.do.proof', 'places.returns'),
    doing('guide.do.figures', 'places.figures'),
    doing('guide.do.late', 'places.work'),
  ],
}
const mostDoings = 5

/** Whom a kind of party calls: numbers stand in no file of ours, so there is room to write them. */
const calls = {
  mission: ['iom', 'consular', 'administrator'],
  consular: ['mission', 'iom', 'administrator'],
  iom: ['mission', 'centre', 'administrator'],
  centre: ['iom', 'emergency', 'administrator'],
  ministry: ['iom', 'centre', 'administrator'],
  partner: ['asker', 'iom', 'administrator'],
  oversight: ['consular', 'system', 'administrator'],
} as const satisfies Record<PartyKind, readonly string[]>

/** One page for who sits down at this desk for the first time, or stands before it when the line is down. */
export const guide = new Hono<DeskEnv>().get('/guide', (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const places = placesOf(me)
  const own = doings[me.kind].filter(({ place }) => places.some(({ text }) => text === place))
  const { inside, abroad } = hotline()
  const title = words('guide.title', { desk: words.code('party', me.kind) })
  return page(
    visit,
    { title, back: '/desk', isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print words={words} />
      <Leaf words={words} me={me}>
        <h2>{title}</h2>
        <p>{words(`guide.does.${me.kind}`)}</p>
        <h3>{words('guide.daily')}</h3>
        <ol>
          {own.slice(0, mostDoings).map(({ text, place }) => (
            <li>
              {words(text)} <b>({words(place)})</b>
            </li>
          ))}
        </ol>
        <h3>{words('guide.danger')}</h3>
        <p>
          {words(`guide.today.${me.kind}`, {
            button: words('filing.dangerBegin'),
            place: words('places.search'),
          })}
        </p>
        <h3>{words('guide.down')}</h3>
        <p>{words('guide.kept')}</p>
        <p>
          {mayFile(me)
            ? words('guide.onPaper', { form: words('paper.blank.title'), place: words('places.filing') })
            : words('guide.byPhone')}
        </p>
        <h3>{words('guide.rules')}</h3>
        <p>{words('guide.always')}</p>
        <h3>{words('guide.call')}</h3>
        <p>{words('guide.hotline', { inside, abroad })}</p>
        {calls[me.kind].map((who) => (
          <Write label={words(`guide.who.${who}`)} />
        ))}
      </Leaf>
    </>,
  )
})
