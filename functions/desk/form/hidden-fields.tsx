import { randomUUID } from 'node:crypto'
import type { Child } from 'hono/jsx'
import { type SignedIn, userField } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

/** The field that makes a form sent twice one thing done: it becomes the API's `Idempotency-Key`. */
export const idempotencyField = 'once'
/** The version of the return, draft or list that the form was made from; it becomes `If-Match`. */
export const versionField = 'version'

/** What every form carries unseen: whose it is, its own key, and the version that it was made from. */
export function HiddenFields({
  me,
  idempotencyKey,
  version,
}: {
  me: SignedIn
  idempotencyKey?: string | undefined
  version?: number | undefined
}) {
  return (
    <>
      <input type="hidden" name={userField} value={me.user} />
      <input type="hidden" name={idempotencyField} value={idempotencyKey ?? randomUUID()} />
      {version === undefined ? null : <input type="hidden" name={versionField} value={String(version)} />}
    </>
  )
}

/** One thing that is wrong: where on the page, and in words that name the field and the cure, never the value. */
export interface FieldError {
  id: string
  text: string
}

/** What is wrong, above the form, each with a way to its field. */
export function ErrorSummary({ messages, errors }: { messages: Messages; errors: readonly FieldError[] }) {
  if (errors.length === 0) return null
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{messages('form.problem')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ id, text }) => (
              <li>
                <a href={`#${id}`}>{text}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

/** The button that sends a form; `name` tells which of several was pressed. */
export function Button(props: {
  children?: Child
  name?: string
  value?: string
  kind?: 'secondary' | 'warning'
}) {
  const { children, name, value, kind } = props
  return (
    <button
      type="submit"
      class={`govuk-button${kind ? ` govuk-button--${kind}` : ''}`}
      {...(name ? { name } : {})}
      {...(value ? { value } : {})}
    >
      {children}
    </button>
  )
}
