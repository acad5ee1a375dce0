import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { type PaperName, paperAddress, papersOf } from './papers.ts'
import type { ReturnView } from './return-head.tsx'

/** Links to the papers that a user prints; on a page about one paper, that one alone. */
export function PaperLinks(props: { messages: Messages; me: SignedIn; seen: ReturnView; only?: PaperName }) {
  const { messages, me, seen, only } = props
  const papers = papersOf(me, seen).filter((paper) => only === undefined || paper === only)
  if (papers.length === 0) return null
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{messages('paper.title')}</h2>
      <ul class="govuk-list">
        {papers.map((paper) => (
          <li>
            <a class="govuk-link" href={paperAddress(seen, paper)}>
              {messages(`paper.name.${paper}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
