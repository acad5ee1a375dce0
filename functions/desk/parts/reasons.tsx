import { openingReason } from '../../../schemas/values/codes.ts'
import type { Typed } from '../form/form-data.ts'
import { typedAt } from '../form/form-data.ts'
import type { Wrong } from '../form/sending.tsx'
import type { Words } from '../messages/messages.ts'

export const reasonField = 'reason'

/** Why somebody opens what is sealed: the short list, which the return's owners see on its timeline. */
export function Reasons({ words, typed, wrongs }: { words: Words; typed: Typed; wrongs: readonly Wrong[] }) {
  const wrong = wrongs.find(({ id }) => id === reasonField)
  const chosen = typedAt(typed, reasonField)
  return (
    <div class={`govuk-form-group${wrong ? ' govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={`reason-hint${wrong ? ' reason-error' : ''}`}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words('show.why')}</legend>
        <div class="govuk-hint" id="reason-hint">
          {words('show.recorded')}
        </div>
        {wrong ? (
          <p class="govuk-error-message" id="reason-error">
            <span class="govuk-visually-hidden">{words('form.wrong')}</span> {wrong.text}
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
                {words.code('reason', reason)}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
