import { Hono } from 'hono'
import { listsOf } from '../../../schemas/api/work.ts'
import { workListAnswer } from '../../../schemas/api/work-answers.ts'
import { type CommandName, startsFrom } from '../../../schemas/commands/commands.ts'
import type { DeskEnv } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { notFound } from '../parts/error-page.tsx'
import { nextSteps } from '../parts/next-steps.ts'
import { page } from '../parts/page.tsx'
import { PagingLinks, pagingIn } from '../parts/paging.tsx'
import { Flags, Reference, type WorklistRow } from '../parts/returns-table.tsx'
import { Table } from '../parts/table.tsx'
import { counted } from './work.tsx'

/** The commands that end each step that the ministry decides. */
const answers = {
  decide: ['approve', 'refuse', 'hold'],
  fund: ['fund'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>
type Decision = keyof typeof answers

const isDecision = (step: string): step is Decision => Object.hasOwn(answers, step)

/** Screen 14, for the ministry: all that waits for its decision, the most urgent first, each with links to its forms. */
export const decisions = new Hono<DeskEnv>().get('/decisions', async (context) => {
  const { messages, me } = context.var
  if (!listsOf(me.kind).includes('decisions')) return notFound(context)
  const paging = pagingIn(context)
  const answer = await me.api.get(['work', 'decisions'], workListAnswer, { cursor: paging.cursor })
  const today = messages.dayOf(new Date().toISOString())
  const waiting = answer.returns.flatMap((line) =>
    line.items.flatMap((item) =>
      isDecision(item.what) && item.party === me.party ? [{ line, item, step: item.what }] : [],
    ),
  )
  const heads = ['list.reference', 'list.phase', 'decisions.what', 'decisions.do'] as const
  return page(
    context,
    { title: messages('decisions.title') },
    <>
      <h1 class="govuk-heading-l">{messages('decisions.title')}</h1>
      {waiting.length > 0 ? (
        <>
          <p class="govuk-body">{messages('decisions.effect')}</p>
          <Table
            caption={counted(messages, answer)}
            heads={heads.map((head) => messages(head))}
            rows={waiting.map(({ line, item, step }) => [
              <Reference line={line} />,
              <>
                <Flags messages={messages} line={line} /> {messages.code('phase', line.phase)}
              </>,
              nextSteps(messages, me, [item], today).map(({ text }) => text),
              <Answers messages={messages} line={line} step={step} />,
            ])}
          />
        </>
      ) : (
        <p class="govuk-inset-text">{messages('decisions.empty')}</p>
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
/** Links to the forms that end a step, if the return's phase allows them. The label of each link names the return. */
function Answers({ messages, line, step }: { messages: Messages; line: WorklistRow; step: Decision }) {
  return (
    <ul class="govuk-list">
      {answers[step]
        .filter((command) => startsFrom(command, line.phase))
        .map((command) => (
          <li>
            <a
              class="govuk-link"
              href={`/desk/returns/${line.ret}/do/${command}`}
              aria-label={`${messages.code('command', command)}, ${line.reference}`}
            >
              {messages.code('command', command)}
            </a>
          </li>
        ))}
    </ul>
  )
}
