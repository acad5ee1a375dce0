import type { Words } from '../messages/messages.ts'
import { hotline } from '../parts/hotline.ts'

/** Danger today: whom to call before anything is written. */
export function CallFirst({ words }: { words: Words }) {
  return (
    <>
      <h2 class="govuk-heading-m">{words('filing.danger')}</h2>
      <p class="govuk-body">{words('filing.dangerCall', { ...hotline() })}</p>
    </>
  )
}
