import { pageFormId, type SignedIn } from '../context.ts'
import type { FieldError } from '../form/error-summary.tsx'
import { notRemembered } from '../form/form-group.tsx'
import { HiddenFields } from '../form/hidden-fields.tsx'
import type { Messages } from '../messages/messages.ts'
import { maySearch } from './navigation.ts'

/** The field and the address of the find box. */
export const findField = 'find'
export const findPath = '/desk/find'

/** A reference as it looks, of no return. */
export const exampleReference = 'RET-7K3M-9QF2'

/**
 * One box for a return: its reference, and for kinds of party that search by person the first letters of a family name, an
 * IDNP or the number of a paper. It is sent as a form, so nothing personal stands in an address.
 */
export function FindBox(props: {
  messages: Messages
  me: SignedIn
  typed?: string
  error?: FieldError | undefined
  /** The page is about this form: the buttons of the head take along what was typed. */
  isMain?: boolean
}) {
  const { messages, me, typed = '', error, isMain = false } = props
  const hint = maySearch(me.kind) ? 'find.hint' : 'find.hintReference'
  return (
    <search class="no-print">
      <form {...(isMain ? { id: pageFormId } : {})} method="post" action={findPath} novalidate>
        <HiddenFields me={me} />
        <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
          <label class="govuk-label govuk-label--s" for={findField}>
            {messages('find.label')}
          </label>
          <div class="govuk-hint" id="find-hint">
            {messages(hint, { example: exampleReference })}
          </div>
          {error ? (
            <p class="govuk-error-message" id="find-error">
              <span class="govuk-visually-hidden">{messages('form.wrong')}</span> {error.text}
            </p>
          ) : null}
          <div class="find">
            <input
              class="govuk-input"
              id={findField}
              name={findField}
              type="text"
              value={typed}
              aria-describedby={`find-hint${error ? ' find-error' : ''}`}
              {...notRemembered}
            />
            <button type="submit" class="govuk-button govuk-button--secondary">
              {messages('find.find')}
            </button>
          </div>
        </div>
      </form>
    </search>
  )
}
