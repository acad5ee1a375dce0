import { Hono } from 'hono'
import { filed } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { isApiRefusal, isRefusedWith, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, type Visit } from '../../context.ts'
import { belongingOf, type Draft, readDraft } from '../../filing/draft.ts'
import { personsIn } from '../../filing/progress.ts'
import { fieldsOn, pageShape, personPath, topics } from '../../filing/topics.ts'
import { contentIn, type Typed, typedAt } from '../../form/form-data.ts'
import { type Posted, postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { judge } from '../../form/validate.ts'
import { Filled } from '../../parts/content.tsx'
import { Refused, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'

const declaredField = 'declared'

/** Screen 5: check the answers, declare, send; sent twice, the confirmation is the same. */
export const check = new Hono<DeskEnv>()
  .get('/filing/:draft/check', async (visit) => answers(visit, await readDraft(visit)))
  .post('/filing/:draft/check', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const posted = await postedIn(visit)
    const read = await readDraft(visit).catch((error: unknown) => {
      if (isRefusedWith(error, 'draft-sent') && error.problem.request) return error.problem.request
      throw error
    })
    if (typeof read === 'string') return visit.redirect(`/desk/requests/${read}?sent=`, 303)
    const typed = new Map([
      ...read.typed,
      ...[...posted.typed].filter(([name]) => name.startsWith('checked:')),
    ])
    const persons = Array.from({ length: personsIn(typed) }, (_, person) =>
      judge(words.about('file'), bodyOf('file', me.kind), typed, personPath(person)),
    )
    const undeclared = typedAt(posted.typed, declaredField) !== 'yes'
    const wrongs = [
      ...persons.flatMap((person) => person.wrongs),
      ...(undeclared ? [{ id: declaredField, text: words('filing.declareFirst') }] : []),
    ]
    if (wrongs.length > 0) return answers(visit, { ...read, typed }, { wrongs, posted })
    const version = posted.version ?? read.version
    const body = {
      ...belongingOf(typed),
      draft: { draft: read.draft, version },
      persons: persons.map(({ content }) => content),
    }
    try {
      const sent = await me.api.post(['requests'], filed, { body, key: posted.once })
      const told = sent.returns.map(({ reference }) => reference).join(',')
      return visit.redirect(`/desk/requests/${sent.request}?sent=${told}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      if (problem.code === 'draft-sent' && problem.request)
        return visit.redirect(`/desk/requests/${problem.request}?sent=`, 303)
      return answers(visit, { ...(await readDraft(visit)), typed }, { problem, posted })
    }
  })

interface Beside {
  wrongs?: readonly Wrong[]
  problem?: Problem
  posted?: Posted
}

function answers(
  visit: Visit,
  { draft, version, typed }: Draft,
  { wrongs = [], problem, posted }: Beside = {},
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const failed = wrongs.length > 0 || problem !== undefined
  return page(
    visit,
    { title: words('filing.check'), back: `/desk/filing/${draft}`, failed, status: failed ? 422 : 200 },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('filing.check')}</h1>
      {Array.from({ length: personsIn(typed) }, (_, person) => (
        <Person visit={visit} draft={draft} typed={typed} person={person} />
      ))}
      <form method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} version={version} once={problem ? undefined : posted?.once} />
        <Warnings words={words.about('file')} problem={problem} typed={posted?.typed ?? new Map()} />
        <div class="govuk-form-group">
          <div class="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id={declaredField}
                name={declaredField}
                value="yes"
              />
              <label class="govuk-label govuk-checkboxes__label" for={declaredField}>
                {words('filing.declare')}
              </label>
            </div>
          </div>
        </div>
        <Button>{words('filing.send')}</Button>
      </form>
    </>,
  )
}

/** What was told of one person, topic by topic, each with the way to change it. */
function Person({
  visit,
  draft,
  typed,
  person,
}: {
  visit: Visit
  draft: string
  typed: Typed
  person: number
}) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const many = personsIn(typed) > 1
  return (
    <>
      {many ? <h2 class="govuk-heading-m">{words('filing.person', { n: person + 1 })}</h2> : null}
      {topics
        .map((topic) => ({ topic, shape: pageShape(me.kind, topic) }))
        .filter(({ shape }) => fieldsOn(shape).length > 0)
        .map(({ topic, shape }) => (
          <section class="sheet">
            <h3 class="govuk-heading-s">{words(`filing.topic.${topic}`)}</h3>
            <Filled
              words={words.about('file')}
              shape={shape}
              content={contentIn(shape, typed, personPath(person))}
            />
            <p class="govuk-body no-print">
              <a class="govuk-link" href={`/desk/filing/${draft}/${person}/${topic}`}>
                {words('filing.change', { what: words(`filing.topic.${topic}`) })}
              </a>
            </p>
          </section>
        ))}
    </>
  )
}
