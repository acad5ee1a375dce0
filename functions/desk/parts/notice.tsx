import type { Finding } from '../../../schemas/values/checks.ts'
import type { Problem } from '../api.ts'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import { overrideField, overrideReasons } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { partyName } from './parties.ts'

/** Says what was done, after a form led to this page. */
export function SuccessBanner({ messages, text }: { messages: Messages; text: string | undefined }) {
  if (!text) return null
  return (
    <div
      class="govuk-notification-banner govuk-notification-banner--success"
      role="alert"
      aria-labelledby="done"
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id="done">
          {messages('act.done')}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        <p class="govuk-notification-banner__heading">{text}</p>
      </div>
    </div>
  )
}

/** Why the API refused, in words. It names the owner of a closed gate. */
export function RefusalSummary({ messages, problem }: { messages: Messages; problem: Problem | undefined }) {
  if (!problem) return null
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{titleOf(messages, problem)}</h2>
        <ChangedMeanwhile messages={messages} changed={problem.changed ?? []} />
        {problem.gates ? (
          <div class="govuk-error-summary__body">
            <ul class="govuk-list govuk-list--bullet">
              {problem.gates.map(({ gate, owner }) => (
                <li>
                  {messages('act.gate', {
                    gate: messages.code('gate', gate),
                    owner: messages.code('party', owner),
                  })}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** The title of a refusal: of a change that the same user made, it says so. */
const titleOf = (messages: Messages, { code, changed = [] }: Problem) =>
  changed.length > 0 && changed.every(({ own }) => own)
    ? messages('act.changedByYou')
    : messages.code('problem', code)

/** What changed since the form was shown and touches the same: what was done, by whom, when, and which part it wrote. */
function ChangedMeanwhile({
  messages,
  changed,
}: {
  messages: Messages
  changed: NonNullable<Problem['changed']>
}) {
  if (changed.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {changed.map(({ type, party, at, own, slots }) => (
        <li>
          {messages('act.changed', {
            what: messages.code('event', type),
            who: own ? messages('act.you') : partyName(messages, party),
            at: messages.instant(at),
          })}
          {slots.length > 0
            ? ` (${slots.map((place) => messages.slot(place.split('/')[0] ?? '', place.split('/')[1] ?? '')).join(', ')})`
            : ''}
        </li>
      ))}
    </ul>
  )
}

/** What looks wrong in a refusal, if that is why it was refused. */
export function Warnings({
  messages,
  problem,
  formData,
}: {
  messages: Messages
  problem: Problem | undefined
  formData: FormDataMap
}) {
  if (problem?.code !== 'check-failed') return null
  return <FindingsAsked messages={messages} findings={problem.checks ?? []} formData={formData} />
}

/** Fields that look wrong. The officer, who has the paper in hand, can say that they are right. No value is shown. */
export function FindingsAsked({
  messages,
  findings,
  formData,
}: {
  messages: Messages
  findings: readonly Finding[]
  formData: FormDataMap
}) {
  const fields = [...new Set(findings.map(({ fields: [field = ''] }) => field))]
  return (
    <>
      {fields.map((field) => {
        const name = overrideField(field)
        const why = findings.flatMap(({ check, fields }) =>
          fields[0] === field ? [messages.code('check', check)] : [],
        )
        return (
          <fieldset class="govuk-fieldset group" id={name}>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
              {messages('act.doubt', { field: messages.field(field.split('.')), why: why.join('; ') })}
            </legend>
            <div class="govuk-radios govuk-radios--small">
              {overrideReasons.map((reason, index) => (
                <div class="govuk-radios__item">
                  <input
                    class="govuk-radios__input"
                    type="radio"
                    id={`${name}-${index}`}
                    name={name}
                    value={reason}
                    checked={fieldValue(formData, name) === reason}
                  />
                  <label class="govuk-label govuk-radios__label" for={`${name}-${index}`}>
                    {messages.value(['overrides', 'reason'], reason)}
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
