import type { Messages } from '../messages/messages.ts'
import { hotline } from '../parts/hotline.ts'

/** Danger today: says whom to call before anything is written. */
export function CallFirst({ messages }: { messages: Messages }) {
  return (
    <>
      <h2 class="govuk-heading-m">{messages('filing.danger')}</h2>
      <p class="govuk-body">{messages('filing.dangerCall', { ...hotline() })}</p>
    </>
  )
}
