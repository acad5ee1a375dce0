import type * as z from 'zod/mini'
import { opening } from '../../../schemas/api/requests.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { openingReason } from '../../../schemas/values/codes.ts'
import type { FieldError } from '../form/error-summary.tsx'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import type { Validation } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'

export const reasonField = 'reason'

/** Checks that a form gives a reason to open classes. Without a reason nothing is opened. */
export function validateOpening(
  messages: Messages,
  classes: readonly SectionClass[],
  formData: FormDataMap,
): Validation<z.infer<typeof opening>> {
  const parsed = opening.safeParse({ classes, reason: fieldValue(formData, reasonField) })
  if (parsed.success) return { content: parsed.data, errors: [] }
  return { errors: [{ id: reasonField, text: messages('form.needed', { field: messages('show.why') }) }] }
}

/** Why a user opens what is sealed: a short list. The return's owners see the reason on the timeline. */
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
