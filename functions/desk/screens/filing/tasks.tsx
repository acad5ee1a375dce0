import { Hono } from 'hono'
import { drafts as draftsAnswer, draftVersion } from '../../../../schemas/api/drafts.ts'
import type { DeskEnv } from '../../context.ts'
import { CallFirst } from '../../filing/call-first.tsx'
import { beginDraft, begun, draftIn, readDraft, saveDraft } from '../../filing/draft.ts'
import { personsIn, progressOf, type Status } from '../../filing/progress.ts'
import { alertNamed, searches, shortField, soughtIn } from '../../filing/sought.ts'
import { personPath, type Topic } from '../../filing/topics.ts'
import { nameOf, parts, type Typed, typedAt } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, Sending } from '../../form/sending.tsx'
import type { Words } from '../../messages/messages.ts'
import { mayFile } from '../../navigation.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'

/** Screens 2 and 3: filings that are being written, and the eight tasks of one. */
export const tasks = new Hono<DeskEnv>()
  .get('/filing', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!mayFile(me)) return trouble(visit, 'trouble.notFound', 404)
    const to = visit.req.query('handed')
    const [{ drafts }, colleagues] = await Promise.all([
      me.api.get(['drafts'], draftsAnswer),
      to ? colleaguesOf(me) : [],
    ])
    const handed = colleagues.find(([user]) => user === to)?.[1]
    return page(
      visit,
      { title: words('filing.drafts'), back: '/desk' },
      <>
        <Done words={words} text={handed && words('filing.handed', { who: handed })} />
        <h1 class="govuk-heading-l">{words('filing.drafts')}</h1>
        {drafts.length === 0 ? <p class="govuk-inset-text">{words('filing.noDrafts')}</p> : null}
        <ul class="govuk-list">
          {drafts.map(({ draft, label, at, expires }) => (
            <li>
              <a class="govuk-link" href={`/desk/filing/${draft}`}>
                {words('filing.draftOf', {
                  who: label?.initials ?? words('list.noLabel'),
                  at: words.instant(at),
                })}
              </a>{' '}
              <span class="quiet">{words('filing.expires', { day: words.instant(expires) })}</span>
            </li>
          ))}
        </ul>
        {searches(me.kind) ? (
          <a class="govuk-button" href="/desk/search">
            {words('filing.begin')}
          </a>
        ) : (
          <form method="post" action="/desk/filing">
            <Sending me={me} />
            <Button>{words('filing.begin')}</Button>
          </form>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/blank-form">
            {words('paper.blank.title')}
          </a>
        </p>
      </>,
    )
  })
  .post('/filing', async (visit) => {
    const { typed, once } = await postedIn(visit)
    const me = visit.get('me')
    const draft = await beginDraft(me, begun(soughtIn(me.kind, typed), alertNamed(typed)), once)
    const first = typedAt(typed, shortField) === 'yes' ? 'short' : 'situation'
    return visit.redirect(`/desk/filing/${draft}/0/${first}`, 303)
  })
  .get('/filing/:draft', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const { draft, version, typed } = await readDraft(visit)
    const persons = Array.from({ length: personsIn(typed) }, (_, person) => ({
      person,
      progress: progressOf(me.kind, typed, person),
    }))
    const ready = persons.every(({ progress }) =>
      [...progress.values()].every((status) => status === 'completed' || status === 'needs-answer'),
    )
    return page(
      visit,
      { title: words('filing.tasks'), back: '/desk/filing' },
      <>
        <h1 class="govuk-heading-l">{words('filing.tasks')}</h1>
        <Danger words={words} typed={typed} draft={draft} />
        {persons.map(({ person, progress }) => (
          <Tasks words={words} draft={draft} person={person} progress={progress} many={persons.length > 1} />
        ))}
        <ul class="govuk-task-list">
          <Task
            words={words}
            text={words('filing.check')}
            href={ready ? `/desk/filing/${draft}/check` : undefined}
            status={ready ? 'not-started' : 'cannot-start'}
            id="check"
          />
        </ul>
        <form method="post" action={`/desk/filing/${draft}/persons`}>
          <Sending me={me} version={version} />
          <Button kind="secondary">{words('filing.addPerson')}</Button>
        </form>
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/filing/${draft}/hand`}>
            {words('filing.hand')}
          </a>
        </p>
        <form method="post" action={`/desk/filing/${draft}/delete`}>
          <Sending me={me} version={version} />
          <Button kind="warning">{words('filing.delete')}</Button>
        </form>
      </>,
    )
  })
  .post('/filing/:draft/persons', async (visit) => {
    const { version } = await postedIn(visit)
    const read = await readDraft(visit)
    const person = personsIn(read.typed)
    const typed = new Map([
      ...read.typed,
      [nameOf(personPath(0), parts.row), ['1']] as const,
      [nameOf(personPath(person), parts.row), ['1']] as const,
    ])
    await saveDraft(visit.get('me'), { draft: read.draft, version: version ?? read.version }, typed)
    return visit.redirect(`/desk/filing/${read.draft}/${person}/situation`, 303)
  })
  .post('/filing/:draft/delete', async (visit) => {
    const { version } = await postedIn(visit)
    await visit.get('me').api.post(['drafts', draftIn(visit), 'delete'], draftVersion, { body: {}, version })
    return visit.redirect('/desk/filing', 303)
  })

/** Danger today: whom to call comes first, and six questions may be answered before all the rest. */
function Danger({ words, typed, draft }: { words: Words; typed: Typed; draft: string }) {
  if (typedAt(typed, nameOf([...personPath(0), 'case', 'urgency'])) !== 'danger-today') return null
  return (
    <section class="danger">
      <CallFirst words={words} />
      <p class="govuk-body">
        <a class="govuk-button govuk-button--warning" href={`/desk/filing/${draft}/0/short`}>
          {words('filing.short')}
        </a>
      </p>
    </section>
  )
}

function Tasks(props: {
  words: Words
  draft: string
  person: number
  progress: ReadonlyMap<Topic, Status>
  many: boolean
}) {
  const { words, draft, person, progress, many } = props
  return (
    <>
      {many ? <h2 class="govuk-heading-m">{words('filing.person', { n: person + 1 })}</h2> : null}
      <ul class="govuk-task-list">
        {[...progress].map(([topic, status]) => (
          <Task
            words={words}
            text={words(`filing.topic.${topic}`)}
            href={`/desk/filing/${draft}/${person}/${topic}`}
            status={status}
            id={`${topic}-${person}`}
          />
        ))}
      </ul>
    </>
  )
}

interface Told {
  words: Words
  text: string
  href: string | undefined
  status: Status | 'cannot-start'
  id: string
}

function Task({ words, text, href, status, id }: Told) {
  const colours: Partial<Record<Told['status'], string>> = {
    'in-progress': 'light-blue',
    'not-started': 'blue',
    'needs-answer': 'yellow',
  }
  const told = words(`filing.status.${status}`)
  return (
    <li class={`govuk-task-list__item${href ? ' govuk-task-list__item--with-link' : ''}`}>
      <div class="govuk-task-list__name-and-hint">
        {href ? (
          <a class="govuk-link govuk-task-list__link" href={href} aria-describedby={`${id}-status`}>
            {text}
          </a>
        ) : (
          <div>{text}</div>
        )}
      </div>
      <div class="govuk-task-list__status" id={`${id}-status`}>
        {colours[status] ? <strong class={`govuk-tag govuk-tag--${colours[status]}`}>{told}</strong> : told}
      </div>
    </li>
  )
}
