import type { Me } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import type { Seen } from '../../parts/return-head.tsx'
import { type PaperName, paperAddress, papersOf } from './rights.ts'

/** The papers of a return that somebody prints; on a page that is about one of them, that one alone. */
export function Papers(props: { words: Words; me: Me; seen: Seen; only?: PaperName }) {
  const { words, me, seen, only } = props
  const papers = papersOf(me, seen).filter((paper) => only === undefined || paper === only)
  if (papers.length === 0) return null
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{words('paper.title')}</h2>
      <ul class="govuk-list">
        {papers.map((paper) => (
          <li>
            <a class="govuk-link" href={paperAddress(seen, paper)}>
              {words(`paper.name.${paper}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
