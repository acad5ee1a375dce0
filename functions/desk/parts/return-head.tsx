import type * as z from 'zod/mini'
import type { seen } from '../../../schemas/api/answers.ts'
import type { Words } from '../messages/messages.ts'
import { masked, Urgency } from './rows.tsx'

export type Seen = z.infer<typeof seen>

/** The pages of one return. */
export const returnParts = ['overview', 'people', 'travel', 'documents', 'timeline'] as const
export type ReturnPart = (typeof returnParts)[number]

export const partAddress = (ret: string, part: ReturnPart) =>
  part === 'overview' ? `/desk/returns/${ret}` : `/desk/returns/${ret}/${part}`

/** Who it is about, above every page of a return: reference, masked form, state, deadline; never the category. */
export function ReturnHead({ words, seen: told, part }: { words: Words; seen: Seen; part?: ReturnPart }) {
  const [next] = told.due
  return (
    <>
      <div class="identity">
        <dl>
          <Fact term={words('list.reference')}>{told.reference}</Fact>
          {told.label ? <Fact term={words('list.label')}>{masked(words, told.label)}</Fact> : null}
          <Fact term={words('list.phase')}>
            <Urgency words={words} line={told} /> {words.code('phase', told.phase)}
          </Fact>
          {next ? (
            <Fact term={words('list.deadline')}>
              {words.code('step', next.step)}: {words.day(next.day)}
            </Fact>
          ) : null}
          <div class="only-print">
            <dt>{words('paper.hash', { n: words.number(told.version) })}</dt>
            <dd class="hash">{told.hash}</dd>
          </div>
        </dl>
      </div>
      <nav class="no-print" aria-label={words('return.parts')}>
        <ul class="parts">
          {returnParts.map((returnPart) => (
            <li>
              <a
                class="govuk-link"
                href={partAddress(told.ret, returnPart)}
                {...(returnPart === part ? { 'aria-current': 'page' } : {})}
              >
                {words(`return.part.${returnPart}`)}
              </a>
            </li>
          ))}
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
