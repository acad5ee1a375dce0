import { Hono } from 'hono'
import { drafts as draftsAnswer } from '../../../../schemas/api/drafts.ts'
import type { DeskEnv } from '../../context.ts'
import { CallFirst } from '../../filing/call-first.tsx'
import { fetchDraft, newDraftData, postDraft, sendDraft } from '../../filing/draft.ts'
import { DraftsTable, draftsPath } from '../../filing/drafts-table.tsx'
import { type Gap, gapsOf } from '../../filing/gaps.ts'
import { personsIn, progressOf, type Status } from '../../filing/progress.ts'
import { alertIn, identityFromSearch, shortField } from '../../filing/search-terms.ts'
import { personPath, type Topic } from '../../filing/topics.ts'
import { Button } from '../../form/button.tsx'
import { type FormDataMap, fieldValue, nameOf, parts } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { submitUnchecked } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { notFound } from '../../parts/error-page.tsx'
import { mayFile, maySearch } from '../../parts/navigation.ts'
import { SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagingIn } from '../../parts/paging.tsx'

/** Screens 2 and 3: filings that are being written, and the eight tasks of one. */
export const filingTasks = new Hono<DeskEnv>()
  .get('/filing', async (context) => {
    const { messages, me } = context.var
    if (!mayFile(me)) return notFound(context)
    const paging = pagingIn(context)
    const isMine = context.req.query('assigned') === 'to-me'
    const [{ drafts, next }, colleagues] = await Promise.all([
      me.api.get(['drafts'], draftsAnswer, {
        cursor: paging.cursor,
        ...(isMine ? { assigned: 'to-me' } : {}),
      }),
      colleaguesOf(messages, me),
    ])
    const names = new Map(colleagues)
    const handed = names.get(context.req.query('handed') ?? '')
    return page(
      context,
      { title: messages('filing.drafts'), back: '/desk' },
      <>
        <SuccessBanner messages={messages} text={handed && messages('filing.handed', { who: handed })} />
        <SuccessBanner
          messages={messages}
          text={context.req.query('deleted') ? messages('filing.deleted') : undefined}
        />
        <h1 class="govuk-heading-l">{messages('filing.drafts')}</h1>
        {drafts.length === 0 && !next ? <p class="govuk-inset-text">{messages('filing.noDrafts')}</p> : null}
        {drafts.length > 0 ? (
          <DraftsTable
            messages={messages}
            me={me}
            drafts={drafts}
            caption={messages(isMine ? 'filing.mineList' : 'filing.allList')}
            names={names}
          />
        ) : null}
        <PagingLinks context={context} paging={paging} rows={drafts.length} next={next} />
        <p class="govuk-body">
          <a class="govuk-link" href={isMine ? draftsPath.all : draftsPath.mine}>
            {messages(isMine ? 'filing.showAll' : 'filing.showMine')}
          </a>
        </p>
        {maySearch(me.kind) ? (
          <a class="govuk-button" href="/desk/search">
            {messages('filing.begin')}
          </a>
        ) : (
          <form method="post" action="/desk/filing">
            <HiddenFields me={me} />
            <Button>{messages('filing.begin')}</Button>
          </form>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/blank-form">
            {messages('paper.blank.title')}
          </a>
        </p>
      </>,
    )
  })
  .post('/filing', (context) => {
    const { me } = context.var
    return submitUnchecked(context, {
      send: ({ key, formData }) =>
        postDraft(me, newDraftData(identityFromSearch(me.kind, formData), alertIn(formData)), key),
      done: (draft, { formData }) => {
        const first = fieldValue(formData, shortField) === 'yes' ? 'short' : 'situation'
        return `/desk/filing/${draft}/0/${first}`
      },
    })
  })
  .get('/filing/:draft', async (context) => {
    const { messages, me } = context.var
    const { draft, version, formData } = await fetchDraft(context)
    const persons = Array.from({ length: personsIn(formData) }, (_, person) => ({
      person,
      progress: progressOf(me.kind, formData, person),
    }))
    const ready = persons.every(({ progress }) =>
      [...progress.values()].every((status) => status === 'completed' || status === 'needs-answer'),
    )
    return page(
      context,
      { title: messages('filing.tasks'), back: '/desk/filing' },
      <>
        <SuccessBanner
          messages={messages}
          text={context.req.query('removed') ? messages('filing.removed') : undefined}
        />
        <h1 class="govuk-heading-l">{messages('filing.tasks')}</h1>
        <Danger messages={messages} formData={formData} draft={draft} />
        {persons.map(({ person, progress }) => (
          <Tasks
            messages={messages}
            draft={draft}
            person={person}
            progress={progress}
            gaps={gapsOf(messages, me.kind, formData, person)}
            many={persons.length > 1}
          />
        ))}
        <ul class="govuk-task-list">
          <Task
            messages={messages}
            text={messages('filing.check')}
            href={ready ? `/desk/filing/${draft}/check` : undefined}
            status={ready ? 'not-started' : 'cannot-start'}
            id="check"
          />
        </ul>
        <form method="post" action={`/desk/filing/${draft}/persons`}>
          <HiddenFields me={me} version={version} />
          <Button kind="secondary">{messages('filing.addPerson')}</Button>
        </form>
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/filing/${draft}/hand`}>
            {messages('filing.hand')}
          </a>
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/filing/${draft}/delete`}>
            {messages('filing.delete')}
          </a>
        </p>
      </>,
    )
  })
  .post('/filing/:draft/persons', (context) => {
    const { me } = context.var
    return submitUnchecked(context, {
      send: async ({ version }) => {
        const read = await fetchDraft(context)
        const person = personsIn(read.formData)
        const rows = [0, person].map((row) => [nameOf(personPath(row), parts.row), ['1']] as const)
        const saved = { draft: read.draft, version: version ?? read.version }
        await sendDraft(me, saved, new Map([...read.formData, ...rows]))
        return { draft: read.draft, person }
      },
      done: ({ draft, person }) => `/desk/filing/${draft}/${person}/situation`,
    })
  })

/** Danger today: whom to call comes first, with a link to the page that sends at once. */
function Danger({ messages, formData, draft }: { messages: Messages; formData: FormDataMap; draft: string }) {
  if (fieldValue(formData, nameOf([...personPath(0), 'case', 'urgency'])) !== 'danger-today') return null
  return (
    <section class="danger">
      <p class="send-state send-state--not">{messages('danger.notSent')}</p>
      <CallFirst messages={messages} />
      {personsIn(formData) === 1 ? (
        <p class="govuk-body">
          <a class="govuk-button govuk-button--warning" href={`/desk/danger?draft=${draft}`}>
            {messages('danger.draft')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Tasks(props: {
  messages: Messages
  draft: string
  person: number
  progress: ReadonlyMap<Topic, Status>
  gaps: readonly Gap[]
  many: boolean
}) {
  const { messages, draft, person, progress, gaps, many } = props
  const missingOn = (topic: Topic) => [
    ...new Set(gaps.flatMap((gap) => (gap.topic === topic ? [gap.field] : []))),
  ]
  return (
    <>
      {many ? <h2 class="govuk-heading-m">{messages('filing.person', { n: person + 1 })}</h2> : null}
      <ul class="govuk-task-list">
        {[...progress].map(([topic, status]) => (
          <Task
            messages={messages}
            text={messages(`filing.topic.${topic}`)}
            href={`/desk/filing/${draft}/${person}/${topic}`}
            status={status}
            id={`${topic}-${person}`}
            missing={status === 'in-progress' ? missingOn(topic) : []}
          />
        ))}
      </ul>
      {many ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/filing/${draft}/${person}/remove`}>
            {messages('filing.removeOne', { n: person + 1 })}
          </a>
        </p>
      ) : null}
    </>
  )
}

interface TaskProps {
  messages: Messages
  text: string
  href: string | undefined
  status: Status | 'cannot-start'
  id: string
  /** The required questions that nobody has answered yet, by name. */
  missing?: readonly string[]
}

function Task({ messages, text, href, status, id, missing = [] }: TaskProps) {
  const colours: Partial<Record<TaskProps['status'], string>> = {
    'in-progress': 'light-blue',
    'not-started': 'blue',
    'needs-answer': 'yellow',
  }
  const statusText = messages(`filing.status.${status}`)
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
        {missing.length > 0 ? (
          <div class="govuk-task-list__hint">
            {messages('filing.missing', { fields: missing.join(', ') })}
          </div>
        ) : null}
      </div>
      <div class="govuk-task-list__status" id={`${id}-status`}>
        {colours[status] ? (
          <strong class={`govuk-tag govuk-tag--${colours[status]}`}>{statusText}</strong>
        ) : (
          statusText
        )}
      </div>
    </li>
  )
}
