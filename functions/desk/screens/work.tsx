import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { draftingKinds, drafts as draftsAnswer } from '../../../schemas/api/drafts.ts'
import { listsOf, type WorkList, workList } from '../../../schemas/api/work.ts'
import { workAnswer, workListAnswer } from '../../../schemas/api/work-answers.ts'
import type { DeskEnv, SignedIn } from '../context.ts'
import { DraftsTable, draftsPath } from '../filing/drafts-table.tsx'
import type { Messages } from '../messages/messages.ts'
import { notFound } from '../parts/error-page.tsx'
import { FindBox } from '../parts/find-box.tsx'
import { page } from '../parts/page.tsx'
import { PagingLinks, pagingIn } from '../parts/paging.tsx'
import { type Column, ReturnsTable } from '../parts/returns-table.tsx'
import { offersSeveral, SeveralForm } from '../parts/several.tsx'

/** Screen 1, for everyone: what waits for me, the most urgent first, each list counted over all returns. */
export const work = new Hono<DeskEnv>()
  .get('/', async (context) => {
    const { messages, me } = context.var
    const [answer, written] = await Promise.all([
      me.api.get(['work', 'all'], workAnswer),
      draftingKinds.includes(me.kind)
        ? me.api.get(['drafts'], draftsAnswer, { assigned: 'to-me' })
        : undefined,
    ])
    const own = listsOf(me.kind).filter((list) => list !== onItsOwnPage)
    const filled = answer.lists.filter(({ list, count }) => count > 0 && own.includes(list))
    const hasDrafts = written !== undefined && (written.drafts.length > 0 || written.next !== undefined)
    const nothing = answer.total === 0 && filled.length === 0 && !hasDrafts
    return page(
      context,
      { title: messages('work.title'), waiting: answer },
      <>
        <h1 class="govuk-heading-l">{messages('work.title')}</h1>
        <FindBox messages={messages} me={me} />
        {nothing ? (
          <p class="govuk-body">{messages('work.nothing', { at: messages.clock(answer.at) })}</p>
        ) : null}
        {filled.map((list) => (
          <CountedList messages={messages} me={me} answer={list} />
        ))}
        {written && hasDrafts ? <OwnDrafts messages={messages} me={me} written={written} /> : null}
        <EmptyLists
          messages={messages}
          open={nothing}
          lists={[
            ...own.filter((list) => !filled.some((answered) => answered.list === list)),
            ...(written && !hasDrafts ? ['drafts' as const] : []),
          ]}
        />
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/returns">
            {messages('work.more')}
          </a>
        </p>
      </>,
    )
  })
  /** All returns of one list, a page at a time. */
  .get('/work/:list', async (context) => {
    const { messages, me } = context.var
    const list = workList.safeParse(context.req.param('list'))
    if (!list.success || !listsOf(me.kind).includes(list.data)) return notFound(context)
    const paging = pagingIn(context)
    const answer = await me.api.get(['work', list.data], workListAnswer, { cursor: paging.cursor })
    return page(
      context,
      { title: messages(`work.${list.data}`), back: '/desk' },
      <>
        <h1 class="govuk-heading-l">{messages(`work.${list.data}`)}</h1>
        {answer.returns.length > 0 ? (
          <>
            <ReturnsTable
              messages={messages}
              me={me}
              lines={answer.returns}
              caption={counted(messages, answer)}
              shown={columnsOf(list.data)}
              choosing={offersSeveral(me, answer.returns)}
            />
            <SeveralForm messages={messages} me={me} lines={answer.returns} />
          </>
        ) : (
          <p class="govuk-inset-text">{messages(`work.empty.${list.data}`)}</p>
        )}
        <PagingLinks
          context={context}
          paging={paging}
          rows={answer.returns.length}
          next={answer.next}
          total={answer.count}
          bounded={answer.bounded}
        />
      </>,
    )
  })

/** Decisions stand in the other lists too, and have a page of their own. */
const onItsOwnPage: WorkList = 'decisions'

type ListAnswer = z.infer<typeof workListAnswer>

/** The name of a list with how many returns it has. */
export const counted = (messages: Messages, { list, count, bounded }: Omit<ListAnswer, 'returns'>) =>
  messages(bounded ? 'list.countedOrMore' : 'list.counted', {
    list: messages(`work.${list}`),
    n: messages.number(count),
  })

/** Arrivals say by when somebody is expected. */
const columnsOf = (list: WorkList): readonly Column[] =>
  list === 'arrivals' ? ['person', 'state', 'arrives', 'next'] : ['person', 'state', 'next']

/** The first rows of a list, and where all of them are. */
function CountedList({ messages, me, answer }: { messages: Messages; me: SignedIn; answer: ListAnswer }) {
  const { list, count, bounded, returns } = answer
  return (
    <>
      <ReturnsTable
        messages={messages}
        me={me}
        lines={returns}
        caption={counted(messages, answer)}
        shown={columnsOf(list)}
      />
      {count > returns.length ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/work/${list}`}>
            {messages(bounded ? 'work.allOrMore' : 'work.all', { n: messages.number(count) })}
            <span class="govuk-visually-hidden">: {messages(`work.${list}`)}</span>
          </a>
        </p>
      ) : null}
    </>
  )
}

/** Drafts shown on "My work"; all of them are on a page of their own. */
const firstDrafts = 5

function OwnDrafts(props: { messages: Messages; me: SignedIn; written: z.infer<typeof draftsAnswer> }) {
  const { messages, me, written } = props
  const first = written.drafts.slice(0, firstDrafts)
  const isAll = written.next === undefined
  const name = messages('filing.drafts')
  const caption = isAll
    ? messages('list.counted', { list: name, n: messages.number(written.drafts.length) })
    : name
  return (
    <>
      <DraftsTable messages={messages} me={me} drafts={first} caption={caption} />
      {isAll && written.drafts.length <= firstDrafts ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={draftsPath.mine}>
            {messages('filing.allMine')}
          </a>
        </p>
      )}
    </>
  )
}

/** Says of each empty list what will appear in it, and who puts it there. */
function EmptyLists(props: { messages: Messages; open: boolean; lists: readonly (WorkList | 'drafts')[] }) {
  const { messages, open, lists: empty } = props
  if (empty.length === 0) return null
  return (
    <details class="govuk-details" open={open}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{messages('work.soon')}</span>
      </summary>
      <div class="govuk-details__text">
        <dl>
          {empty.map((list) => (
            <>
              <dt>
                <strong>{messages(list === 'drafts' ? 'filing.drafts' : `work.${list}`)}</strong>
              </dt>
              <dd>{messages(`work.empty.${list}`)}</dd>
            </>
          ))}
        </dl>
      </div>
    </details>
  )
}
