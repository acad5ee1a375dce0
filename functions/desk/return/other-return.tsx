import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { hasLinkToAnswer } from './offers.ts'
import type { ReturnView } from './return-head.tsx'

interface Props {
  messages: Messages
  me: SignedIn
  seen: ReturnView
}

/**
 * Says that the person has another return, and which of the two may be void. The responsible party ends this one as a
 * duplicate, or keeps it; nothing is said of the other return.
 */
export function OtherReturn({ messages, me, seen }: Props) {
  const { links, ret, commands } = seen
  if (links.length === 0) return null
  const mayAnswer = seen.responsible === me.party && hasLinkToAnswer(seen)
  return (
    <section class="sheet">
      <h2 class="govuk-heading-m">{messages('return.otherReturn')}</h2>
      {links.map(({ toEnd, kept }) => (
        <p class="govuk-body">{kept ? messages('return.kept') : messages.code('toEnd', toEnd)}</p>
      ))}
      {mayAnswer ? (
        <div class="govuk-button-group no-print">
          {commands.includes('cancel') ? (
            <a class="govuk-button" href={`/desk/returns/${ret}/do/cancel?reason=duplicate`}>
              {messages('return.endDuplicate')}
            </a>
          ) : null}
          {commands.includes('keep-return') ? (
            <a class="govuk-button govuk-button--secondary" href={`/desk/returns/${ret}/do/keep-return`}>
              {messages.code('command', 'keep-return')}
            </a>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
