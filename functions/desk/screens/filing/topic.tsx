import { Hono } from 'hono'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { waysOf } from '../../../../schemas/procedure/ways.ts'
import { isRefusedWith } from '../../api.ts'
import { againField, type DeskEnv, hiding, type Me, placeOf, typedForm, type Visit } from '../../context.ts'
import { withAssumed } from '../../filing/assumed.ts'
import { CallFirst } from '../../filing/call-first.tsx'
import { Conflict } from '../../filing/conflict.tsx'
import { type Draft, readDraft, saveDraft } from '../../filing/draft.ts'
import { progressOf, withPage } from '../../filing/progress.ts'
import { Recipients } from '../../filing/recipients.tsx'
import {
  fieldsOn,
  inOrder,
  isAbroad,
  isTopic,
  pageShape,
  personPath,
  personShape,
  shortShape,
  type Topic,
  topics,
} from '../../filing/topics.ts'
import { Fields } from '../../form/fields.tsx'
import { contentIn, isTold, memberAt, nameOf, type Typed, typedAt } from '../../form/form-data.ts'
import { type Posted, postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import type { Shape } from '../../form/shape.ts'
import { judge } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partnerKindOf } from '../../parts/parties.ts'

/** A page of a filing, or the short one where somebody cannot wait. */
type Asked = Topic | 'short'

/** Screen 4: one topic a page. Whatever is typed is saved, right or not; what is wrong is said, what is missing waits. */
export const topic = new Hono<DeskEnv>()
  .get('/filing/:draft/:person{\\d+}/:topic', async (visit) => {
    const asked = askedIn(visit)
    if (!asked) return trouble(visit, 'trouble.notFound', 404)
    const read = await readDraft(visit)
    return form(visit, asked, { ...read })
  })
  .post('/filing/:draft/:person{\\d+}/:topic', async (visit) => {
    const [words, me] = [visit.get('words').about('file'), visit.get('me')]
    const asked = askedIn(visit)
    if (!asked) return trouble(visit, 'trouble.notFound', 404)
    const posted = await postedIn(visit)
    const read = await readDraft(visit)
    const { draft } = read
    const shape = shapeFor(visit, asked)
    const fields = fieldsOf(shape, asked)
    const topicOf = asked === 'short' ? 'situation' : asked
    const merged = (page: Typed) =>
      withPage(read.typed, page, fields, personOf(visit), topicOf, posted.rows === undefined)
    const version = posted.version ?? read.version
    if (version !== read.version) return conflict(visit, asked, read, merged(posted.typed))
    const told = merged(posted.rows ?? posted.typed)
    const typed = asked === 'short' && !posted.rows ? shortly(visit, read.typed, told) : told
    try {
      const saved = await saveDraft(me, { draft, version }, typed)
      if (posted.rows) return visit.redirect(againAt(visit, posted), 303)
      const wrongs = wrongsOnPage(visit, shape, typed)
      if (wrongs.length > 0) return form(visit, asked, { ...read, version: saved, typed }, { wrongs })
      return visit.redirect(nextOf(asked, draft, personOf(visit), typed), 303)
    } catch (error) {
      if (!isRefusedWith(error, 'version-lost', 'version-stale')) throw error
      return conflict(visit, asked, await readDraft(visit), typed)
    }

    /** What was typed and is wrong; what was not typed yet is no mistake on the way. */
    function wrongsOnPage(_: Visit, pageOf: Shape, all: Typed): Wrong[] {
      const path = personPath(personOf(visit))
      const { wrongs } = judge(words, bodyOf('file', me.kind), all, path)
      const content = contentIn(pageOf, all, path)
      const told = fields.filter((field) => isTold(memberAt(content, field.split('.'))))
      return wrongs.filter(({ id }) => {
        const field = id.split('-').slice(path.length)
        return told.some((one) => field.join('.').startsWith(one)) && isTold(memberAt(content, field))
      })
    }
  })

/**
 * The short filing with what it leaves open, so that it can be sent at once. Six questions answer no page whole: each
 * that was not answered before still needs an answer.
 */
function shortly(visit: Visit, before: Typed, typed: Typed): Typed {
  const untold = [...progressOf(visit.get('me').kind, before, personOf(visit))].flatMap(([one, status]) =>
    status === 'completed' ? [] : [one],
  )
  return withAssumed(visit.get('me'), typed, personOf(visit), new Date().toISOString().slice(0, 10), untold)
}

/** The fields of a page; danger today asks besides who may be told. */
const fieldsOf = (shape: Shape, asked: Asked) => [
  ...fieldsOn(shape),
  ...(asked === 'short' ? ['case.agreement.recipients'] : []),
]

function askedIn(visit: Visit): Asked | undefined {
  const name = visit.req.param('topic')
  return name === 'short' || isTopic(name) ? name : undefined
}

const personOf = (visit: Visit): number => Number(visit.req.param('person'))

function shapeFor(visit: Visit, asked: Asked): Shape {
  const { kind } = visit.get('me')
  return asked === 'short' ? shortShape(kind) : pageShape(kind, asked)
}

/** After the last topic, and after the short filing, the list of tasks; once danger today is told, the list with whom to call. */
function nextOf(asked: Asked, draft: string, person: number, typed: Typed): string {
  const inDanger = typedAt(typed, nameOf([...personPath(person), 'case', 'urgency'])) === 'danger-today'
  const isOver = asked === 'short' || (asked === 'situation' && inDanger)
  const next = isOver ? undefined : topics[topics.indexOf(asked) + 1]
  return next ? `/desk/filing/${draft}/${person}/${next}` : `/desk/filing/${draft}`
}

/** What was typed is saved: the page is shown again, where somebody goes on; or the screen is hidden. */
function againAt(visit: Visit, { typed, goesOn }: Posted): string {
  const place = placeOf(visit)
  return typedAt(typed, againField) === hiding
    ? `/desk/hidden?to=${encodeURIComponent(place)}`
    : `${place}${goesOn ? `#${goesOn}` : ''}`
}

/** Somebody saved meanwhile: both are shown, and nothing is lost; what is sent now stands in place of theirs. */
function conflict(visit: Visit, asked: Asked, theirs: Draft, mine: Typed) {
  return form(visit, asked, { ...theirs, typed: mine }, { theirs: theirs.typed })
}

interface Beside {
  wrongs?: readonly Wrong[]
  theirs?: Typed
}

function form(
  visit: Visit,
  asked: Asked,
  { draft, version, typed }: Draft,
  { wrongs = [], theirs }: Beside = {},
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const person = personOf(visit)
  const title =
    asked === 'short'
      ? words(isAbroad(me.kind) ? 'filing.short' : 'board.unplanned')
      : words(`filing.topic.${asked}`)
  const failed = wrongs.length > 0 || theirs !== undefined
  const asking = { words: words.about('file'), typed, wrongs, targets: waysAt(words, me, person) }
  const shape = shapeFor(visit, asked)
  return page(
    visit,
    { title, back: `/desk/filing/${draft}`, failed, typed: true, status: theirs ? 409 : failed ? 422 : 200 },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      {theirs ? (
        <Conflict
          words={asking.words}
          kind={me.kind}
          fields={fieldsOf(shape, asked)}
          person={person}
          theirs={theirs}
          mine={typed}
        />
      ) : null}
      <h1 class="govuk-heading-l">{title}</h1>
      {asked === 'short' && isAbroad(me.kind) ? (
        <section class="danger">
          <CallFirst words={words} />
        </section>
      ) : null}
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} version={version} />
        {asked === 'consent' ? (
          <Recipients asking={asking} shape={shape} path={personPath(person)} own={me.party} />
        ) : (
          inOrder(me.kind, shape, asked).map((field) => (
            <Fields asking={asking} shape={field.shape} path={[...personPath(person), ...field.path]} />
          ))
        )}
        {asked === 'short' ? (
          <Recipients
            asking={asking}
            shape={personShape(me.kind)}
            path={personPath(person)}
            own={me.party}
            shortly
          />
        ) : null}
        <Button>{words('form.save')}</Button>
      </form>
    </>,
  )
}

/** The ways in by which the own party registers somebody; another would be refused when all is written. */
function waysAt(words: Words, { kind, party }: Me, person: number) {
  const path = [...personPath(person), 'case', 'wayIn']
  const ways = waysOf(kind, partnerKindOf(party))
  return new Map([[nameOf(path), ways.map((way) => [way, words.about('file').value(path, way)] as const)]])
}
