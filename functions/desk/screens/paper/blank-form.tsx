import { Hono } from 'hono'
import type { DeskEnv, Me } from '../../context.ts'
import { neededBy } from '../../filing/needed.ts'
import { recipients } from '../../filing/recipients.tsx'
import { inOrder, pageShape, type Topic, topics } from '../../filing/topics.ts'
import { Blank } from '../../form/blank.tsx'
import { shapeAt } from '../../form/errors.ts'
import type { Path, Shape } from '../../form/shape.ts'
import type { Words } from '../../messages/messages.ts'
import { mayFile } from '../../navigation.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Leaf, Print } from '../../parts/paper.tsx'
import { partyName } from '../../parts/parties.ts'

/** The filing on paper, for a post without a line: the contract's own shapes, topic by topic, for one person. */
export const blankForm = new Hono<DeskEnv>().get('/blank-form', (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!mayFile(me)) return trouble(visit, 'trouble.notFound', 404)
  const title = words('paper.blank.title')
  return page(
    visit,
    { title, back: '/desk/filing', isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print words={words} />
      <Leaf words={words} me={me} kind="form">
        <h2>{title}</h2>
        <p>{words('paper.blank.how')}</p>
        {topics.map((topic) => (
          <OneTopic words={words} me={me} topic={topic} />
        ))}
      </Leaf>
    </>,
  )
})

function OneTopic({ words, me, topic }: { words: Words; me: Me; topic: Topic }) {
  const fields = inOrder(me.kind, pageShape(me.kind, topic), topic)
  if (fields.length === 0) return null
  const [about, isNeeded] = [words.about('file'), neededBy(me.kind)]
  return (
    <section class="columns">
      <h3>{words(`filing.topic.${topic}`)}</h3>
      {fields.map(({ path, shape }) =>
        path.at(-1) === 'agreement' ? (
          <Agreement words={words} me={me} shape={shape} path={path} />
        ) : (
          <Blank words={about} shape={shape} path={path} isNeeded={isNeeded} />
        ),
      )}
    </section>
  )
}

/** What she was told and agreed to: each recipient is asked about by itself, as on the page. */
function Agreement({ words, me, shape, path }: { words: Words; me: Me; shape: Shape; path: Path }) {
  const [about, isNeeded] = [words.about('file'), neededBy(me.kind)]
  const at = [...path, 'recipients', '0', 'basis']
  const basis = shapeAt(shape, ['recipients', '0', 'basis'])
  if (shape.kind !== 'group' || !basis) return null
  return (
    <>
      {shape.members
        .filter(({ name }) => name !== 'recipients')
        .map(({ name, shape: member }) => (
          <Blank words={about} shape={member} path={[...path, name]} isNeeded={isNeeded} />
        ))}
      {recipients(me.party).map((recipient) => (
        <div>
          <h4>
            {words('filing.mayTell', { who: partyName(words, recipient) })}
            <b> *</b>
          </h4>
          <Blank words={about} shape={basis} path={at} isNeeded={isNeeded} />
        </div>
      ))}
    </>
  )
}
