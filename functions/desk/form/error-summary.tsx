import type { Messages } from '../messages/messages.ts'

/** An error of a form: the id of its field, and a text that names the field and the cure, never the value. */
export interface FieldError {
  id: string
  text: string
  /** The address of the field, if it stands on another page. */
  href?: string
}

/** The errors of a form, above it; each is a link to its field. */
export function ErrorSummary({ messages, errors }: { messages: Messages; errors: readonly FieldError[] }) {
  if (errors.length === 0) return null
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{messages('form.problem')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ id, text, href }) => (
              <li>
                <a href={href ?? `#${id}`}>{text}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
