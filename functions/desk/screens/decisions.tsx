import { Hono } from 'hono'
import { worklist } from '../../../schemas/api/answers.ts'
import { type CommandName, commandsOf, startsFrom } from '../../../schemas/commands/commands.ts'
import type { DeskEnv } from '../context.ts'
import type { Words } from '../messages/messages.ts'
import { trouble } from '../parts/error-page.tsx'
import { page } from '../parts/page.tsx'
import { type Line, Urgency } from '../parts/rows.tsx'
import { Table } from '../parts/table.tsx'

/** What ends each step that is the ministry's to decide. */
const answers = {
  decide: ['approve', 'refuse', 'hold'],
  fund: ['fund'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>
type Decision = keyof typeof answers

const isDecision = (step: string): step is Decision => Object.hasOwn(answers, step)

/** The steps of a line that wait for a decision, the first due first. */
function decisionsOf({ steps = [] }: Line) {
  return steps.flatMap(({ step, day }) => (isDecision(step) ? [{ step, day }] : []))
}

/** Who decides and funds: the kind of party that has all of these commands. */
const decides = (kind: string) =>
  Object.values(answers).every((all) => all.every((one) => commandsOf(kind).includes(one)))

/** Screen 14, for the ministry: what waits for its decision, most urgent first, each one press from its form. */
export const decisions = new Hono<DeskEnv>().get('/decisions', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!decides(me.kind)) return trouble(visit, 'trouble.notFound', 404)
  const from = visit.req.query('from')
  const { returns, next } = await me.api.get(['returns'], worklist, { cursor: from })
  const waiting = returns.flatMap((line) => decisionsOf(line).map((due) => ({ line, ...due })))
  const heads = [words('list.reference'), words('list.phase'), words('decisions.what'), words('decisions.do')]
  return page(
    visit,
    { title: words('decisions.title') },
    <>
      <h1 class="govuk-heading-l">{words('decisions.title')}</h1>
      {waiting.length > 0 ? (
        <>
          <p class="govuk-body">{words('decisions.effect')}</p>
          <Table
            caption={words('decisions.caption')}
            heads={heads}
            rows={waiting.map(({ line, step, day }) => [
              <a class="govuk-link" href={`/desk/returns/${line.ret}`}>
                {line.reference}
              </a>,
              <>
                <Urgency words={words} line={line} /> {words.code('phase', line.phase)}
              </>,
              words('list.dueBy', { step: words.code('step', step), day: words.day(day) }),
              <Answers words={words} line={line} step={step} />,
            ])}
          />
        </>
      ) : (
        <p class="govuk-inset-text">{words(next || from ? 'decisions.noneHere' : 'decisions.empty')}</p>
      )}
      {next ? (
        <a class="govuk-link" href={`/desk/decisions?from=${encodeURIComponent(next)}`} rel="next">
          {words('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})

/** The forms that end a step, as far as the return's phase lets them; each link says by itself what it is about. */
function Answers({ words, line, step }: { words: Words; line: Line; step: Decision }) {
  return (
    <ul class="govuk-list">
      {answers[step]
        .filter((command) => startsFrom(command, line.phase))
        .map((command) => (
          <li>
            <a
              class="govuk-link"
              href={`/desk/returns/${line.ret}/do/${command}`}
              aria-label={`${words.code('command', command)}, ${line.reference}`}
            >
              {words.code('command', command)}
            </a>
          </li>
        ))}
    </ul>
  )
}
