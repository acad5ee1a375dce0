import { Hono } from 'hono'
import type { DeskEnv, SignedIn } from '../../context.ts'
import { recipients } from '../../filing/recipients.tsx'
import { requiredBy } from '../../filing/required.ts'
import { inOrder, pageShape, type Topic, topics } from '../../filing/topics.ts'
import { Blank } from '../../form/blank.tsx'
import { shapeAt } from '../../form/errors.ts'
import type { Path, Shape } from '../../form/shape.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { mayFile } from '../../parts/navigation.ts'
import { page } from '../../parts/page.tsx'
import { Print, PrintedPage } from '../../parts/paper.tsx'
import { partyName } from '../../parts/parties.ts'

/** The filing on paper, for a post without a connection: the contract's shapes, topic by topic, for one person. */
export const blankForm = new Hono<DeskEnv>().get('/blank-form', (context) => {
  const { messages, me } = context.var
  if (!mayFile(me)) return notFound(context)
  const title = messages('paper.blank.title')
  return page(
    context,
    { title, back: '/desk/filing', isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print messages={messages} />
      <PrintedPage messages={messages} me={me} kind="form">
        <h2>{title}</h2>
        <p>{messages('paper.blank.how')}</p>
        {topics.map((topic) => (
          <OneTopic messages={messages} me={me} topic={topic} />
        ))}
      </PrintedPage>
    </>,
  )
})

function OneTopic({ messages, me, topic }: { messages: Messages; me: SignedIn; topic: Topic }) {
  const fields = inOrder(me.kind, pageShape(me.kind, topic), topic)
  if (fields.length === 0) return null
  const [about, isRequired] = [messages.about('file'), requiredBy(me.kind)]
  return (
    <section class="columns">
      <h3>{messages(`filing.topic.${topic}`)}</h3>
      {fields.map(({ path, shape }) =>
        path.at(-1) === 'agreement' ? (
          <Agreement messages={messages} me={me} shape={shape} path={path} />
        ) : (
          <Blank messages={about} shape={shape} path={path} isRequired={isRequired} />
        ),
      )}
    </section>
  )
}

/** What she was informed of and agreed to. Each recipient is asked about separately, as on the page. */
function Agreement({
  messages,
  me,
  shape,
  path,
}: {
  messages: Messages
  me: SignedIn
  shape: Shape
  path: Path
}) {
  const [about, isRequired] = [messages.about('file'), requiredBy(me.kind)]
  const at = [...path, 'recipients', '0', 'basis']
  const basis = shapeAt(shape, ['recipients', '0', 'basis'])
  if (shape.kind !== 'group' || !basis) return null
  return (
    <>
      {shape.members
        .filter(({ name }) => name !== 'recipients')
        .map(({ name, shape: member }) => (
          <Blank messages={about} shape={member} path={[...path, name]} isRequired={isRequired} />
        ))}
      {recipients(me.party).map((recipient) => (
        <div>
          <h4>
            {messages('filing.mayTell', { who: partyName(messages, recipient) })}
            <b> *</b>
          </h4>
          <Blank messages={about} shape={basis} path={at} isRequired={isRequired} />
        </div>
      ))}
    </>
  )
}
