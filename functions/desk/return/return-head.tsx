import type * as z from 'zod/mini'
import type { returnAnswer } from '../../../schemas/api/answers.ts'
import type { Messages } from '../messages/messages.ts'
import { maskedPerson, Urgency } from '../parts/returns-table.tsx'

export type ReturnView = z.infer<typeof returnAnswer>

/** The pages of one return. */
export const returnParts = ['overview', 'people', 'travel', 'documents', 'timeline'] as const
export type ReturnPart = (typeof returnParts)[number]

/** Pages of a return that only some parties have: they stand beside the others while they are shown. */
type OwnPart = 'intake'

export const partAddress = (ret: string, part: ReturnPart) =>
  part === 'overview' ? `/desk/returns/${ret}` : `/desk/returns/${ret}/${part}`

/** The head of every page of a return: reference, masked person, state, deadline; never the category. */
export function ReturnHead({
  messages,
  seen,
  part,
}: {
  messages: Messages
  seen: ReturnView
  part?: ReturnPart | OwnPart
}) {
  const [next] = seen.due
  return (
    <>
      <div class="identity">
        <dl>
          <Fact term={messages('list.reference')}>{seen.reference}</Fact>
          {seen.label ? (
            <Fact term={messages('list.label')}>{maskedPerson(messages, seen.label)}</Fact>
          ) : null}
          <Fact term={messages('list.phase')}>
            <Urgency messages={messages} line={seen} /> {messages.code('phase', seen.phase)}
          </Fact>
          {next ? (
            <Fact term={messages('list.deadline')}>
              {messages.code('step', next.step)}: {messages.day(next.day)}
            </Fact>
          ) : null}
          <div class="only-print">
            <dt>{messages('paper.hash', { n: messages.number(seen.version) })}</dt>
            <dd class="hash">{seen.hash}</dd>
          </div>
        </dl>
      </div>
      <nav class="no-print" aria-label={messages('return.parts')}>
        <ul class="parts">
          {returnParts.map((returnPart) => (
            <li>
              <a
                class="govuk-link"
                href={partAddress(seen.ret, returnPart)}
                {...(returnPart === part ? { 'aria-current': 'page' } : {})}
              >
                {messages(`return.part.${returnPart}`)}
              </a>
            </li>
          ))}
          {part === 'intake' ? (
            <li>
              <span aria-current="page">{messages('return.part.intake')}</span>
            </li>
          ) : null}
        </ul>
      </nav>
    </>
  )
}

function Fact({ term, children }: { term: string; children?: unknown }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
