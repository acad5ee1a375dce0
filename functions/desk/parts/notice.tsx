import type { Problem } from '../api.ts'
import type { Typed } from '../form/form-data.ts'
import { typedAt } from '../form/form-data.ts'
import { answerField, checkedReasons } from '../form/validate.ts'
import type { Words } from '../messages/messages.ts'

/** What was done, after a form led here. */
export function Done({ words, text }: { words: Words; text: string | undefined }) {
  if (!text) return null
  return (
    <div
      class="govuk-notification-banner govuk-notification-banner--success"
      role="alert"
      aria-labelledby="done"
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id="done">
          {words('act.done')}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        <p class="govuk-notification-banner__heading">{text}</p>
      </div>
    </div>
  )
}

/** Why the API refused, in words: of a closed gate whose it is; of a lost race that nothing typed is lost. */
export function Refused({ words, problem }: { words: Words; problem: Problem | undefined }) {
  if (!problem) return null
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{words.code('problem', problem.code)}</h2>
        {problem.gates ? (
          <div class="govuk-error-summary__body">
            <ul class="govuk-list govuk-list--bullet">
              {problem.gates.map(({ gate, owner }) => (
                <li>
                  {words('act.gate', { gate: words.code('gate', gate), owner: words.code('party', owner) })}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** Fields that look wrong: the officer has the paper in hand, and says so; the value itself is not shown here. */
export function Warnings({
  words,
  problem,
  typed,
}: {
  words: Words
  problem: Problem | undefined
  typed: Typed
}) {
  if (problem?.code !== 'check-failed') return null
  return (
    <>
      {(problem.fields ?? []).map((field) => {
        const name = answerField(field)
        return (
          <fieldset class="govuk-fieldset group">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
              {words('act.doubt', { field: words.field(field.split('.')) })}
            </legend>
            <div class="govuk-radios govuk-radios--small">
              {checkedReasons.map((reason, index) => (
                <div class="govuk-radios__item">
                  <input
                    class="govuk-radios__input"
                    type="radio"
                    id={`${name}-${index}`}
                    name={name}
                    value={reason}
                    checked={typedAt(typed, name) === reason}
                  />
                  <label class="govuk-label govuk-radios__label" for={`${name}-${index}`}>
                    {words.value(['overrides', 'reason'], reason)}
                  </label>
                </div>
              ))}
            </div>
          </fieldset>
        )
      })}
    </>
  )
}
