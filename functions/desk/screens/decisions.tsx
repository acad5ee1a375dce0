import { Hono } from 'hono'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { type CommandName, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import type { DeskEnv } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { notFound } from '../parts/error-page.tsx'
import { page } from '../parts/page.tsx'
import { Urgency, type WorklistRow } from '../parts/returns-table.tsx'
import { Table } from '../parts/table.tsx'

/** The commands that end each step that the ministry decides. */
const answers = {
  decide: ['approve', 'refuse', 'hold'],
  fund: ['fund'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>
type Decision = keyof typeof answers

const isDecision = (step: string): step is Decision => Object.hasOwn(answers, step)

/** The steps of a return that wait for a decision, the first due first. */
function decisionsOf({ items }: WorklistRow) {
  return items.flatMap(({ what, day }) => (day && isDecision(what) ? [{ step: what, day }] : []))
}

/** Whether a kind of party decides and funds: it has all of these commands. */
const decides = (kind: string) =>
  Object.values(answers).every((all) => all.every((command) => commandsOf(kind).includes(command)))

/** Screen 14, for the ministry: what waits for its decision, the most urgent first, each with links to its forms. */
export const decisions = new Hono<DeskEnv>().get('/decisions', async (context) => {
  const { messages, me } = context.var
  if (!decides(me.kind)) return notFound(context)
  const from = context.req.query('from')
  const { returns, next } = await me.api.get(['returns'], worklistAnswer, { cursor: from })
  const waiting = returns.flatMap((line) => decisionsOf(line).map((due) => ({ line, ...due })))
  const heads = [
    messages('list.reference'),
    messages('list.phase'),
    messages('decisions.what'),
    messages('decisions.do'),
  ]
  return page(
    context,
    { title: messages('decisions.title') },
    <>
      <h1 class="govuk-heading-l">{messages('decisions.title')}</h1>
      {waiting.length > 0 ? (
        <>
          <p class="govuk-body">{messages('decisions.effect')}</p>
          <Table
            caption={messages('decisions.caption')}
            heads={heads}
            rows={waiting.map(({ line, step, day }) => [
              <a class="govuk-link" href={`/desk/returns/${line.ret}`}>
                {line.reference}
              </a>,
              <>
                <Urgency messages={messages} line={line} /> {messages.code('phase', line.phase)}
              </>,
              messages('list.dueBy', { step: messages.code('step', step), day: messages.day(day) }),
              <Answers messages={messages} line={line} step={step} />,
            ])}
          />
        </>
      ) : (
        <p class="govuk-inset-text">{messages(next || from ? 'decisions.noneHere' : 'decisions.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={`/desk/decisions?from=${encodeURIComponent(next)}`} rel="next">
          {messages('list.next-page')}
        </a>
      ) : null}
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
