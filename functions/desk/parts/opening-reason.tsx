import { openingReason } from '../../../schemas/values/codes.ts'
import type { FormDataMap } from '../form/form-data.ts'
import { fieldValue } from '../form/form-data.ts'
import type { FieldError } from '../form/hidden-fields.tsx'
import type { Messages } from '../messages/messages.ts'

export const reasonField = 'reason'

/** Why somebody opens what is sealed: the short list, which the return's owners see on its timeline. */
export function OpeningReason({
  messages,
  formData,
  errors,
}: {
  messages: Messages
  formData: FormDataMap
  errors: readonly FieldError[]
}) {
  const error = errors.find(({ id }) => id === reasonField)
  const chosen = fieldValue(formData, reasonField)
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={`reason-hint${error ? ' reason-error' : ''}`}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{messages('show.why')}</legend>
        <div class="govuk-hint" id="reason-hint">
          {messages('show.recorded')}
        </div>
        {error ? (
          <p class="govuk-error-message" id="reason-error">
            <span class="govuk-visually-hidden">{messages('form.wrong')}</span> {error.text}
          </p>
        ) : null}
        <div class="govuk-radios govuk-radios--small">
          {openingReason.options.map((reason, index) => (
            <div class="govuk-radios__item">
              <input
                class="govuk-radios__input"
                type="radio"
                id={index === 0 ? reasonField : `${reasonField}-${index}`}
                name={reasonField}
                value={reason}
                checked={chosen === reason}
              />
              <label
                class="govuk-label govuk-radios__label"
                for={index === 0 ? reasonField : `${reasonField}-${index}`}
              >
                {messages.code('reason', reason)}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
