import { Fields } from '../form/fields.tsx'
import { fieldValue, nameOf, parts, rowCount } from '../form/form-data.ts'
import { type FormState, idIn } from '../form/form-group.tsx'
import type { Path, Shape } from '../form/shape.ts'
import { partiesOf, partyName } from '../parts/parties.ts'

/**
 * The parties that may be notified of a return. Each is asked about separately, with a yes or a no of its own. The party that
 * files is none of them.
 */
export const recipients = (own: string) =>
  [...partiesOf('iom', 'centre', 'ministry'), 'figures'].filter((recipient) => recipient !== own)

/** In danger today only the arranging and the receiving party are asked about; the others later. */
const askedAtOnce: readonly string[] = ['iom', 'centre']
const kindOf = (recipient: string) => recipient.split(':')[0] ?? ''

interface Props {
  state: FormState
  /** The person's form, or a part of it with the agreement. */
  shape: Shape
  path: Path
  /** The party that files. */
  own: string
  shortly?: boolean
}

/** Information and consent: what she was informed of, whether she wants to return, and the basis for each recipient. */
export function Recipients({ state, shape, path, own, shortly = false }: Props) {
  const agreementAt = [...path, 'case', 'agreement']
  const agreement = memberOf(memberOf(shape, 'case'), 'agreement')
  const rows = memberOf(agreement, 'recipients')
  if (agreement?.kind !== 'group' || rows?.kind !== 'array') return null
  const basis = memberOf(rows.item, 'basis')
  const rest: Shape = { ...agreement, members: agreement.members.filter(({ name }) => name !== 'recipients') }
  const at = [...agreementAt, 'recipients']
  return (
    <>
      {shortly ? null : (
        <Fields state={{ ...state, unframed: agreementAt.join('.') }} shape={rest} path={agreementAt} />
      )}
      <div id={idIn(state, at)}>
        {ordered(state, at, own).map((recipient, index) => {
          if (shortly && !askedAtOnce.includes(kindOf(recipient))) return null
          const row = [...at, String(index)]
          const name = [...row, 'recipient']
          return (
            <fieldset class="govuk-fieldset group" id={idIn(state, row)}>
              <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                {state.messages('filing.mayTell', { who: partyName(state.messages, recipient) })}
              </legend>
              <input type="hidden" name={nameOf(row, parts.row)} value="1" />
              <input
                type="hidden"
                name={nameOf(name, parts.as)}
                value={recipient === 'figures' ? 'figures' : 'party'}
              />
              {recipient === 'figures' ? null : <input type="hidden" name={nameOf(name)} value={recipient} />}
              {basis ? <Fields state={state} shape={basis} path={[...row, 'basis']} /> : null}
            </fieldset>
          )
        })}
      </div>
    </>
  )
}

/** The recipients in the order of the draft. Those that it does not name yet come last. */
function ordered({ formData }: FormState, at: Path, own: string): string[] {
  const named = Array.from({ length: rowCount(formData, at) }, (_, index) => {
    const name = [...at, String(index), 'recipient']
    return fieldValue(formData, nameOf(name, parts.as)) === 'figures'
      ? 'figures'
      : fieldValue(formData, nameOf(name))
  }).filter((recipient) => recipient !== '')
  return [...named, ...recipients(own).filter((recipient) => !named.includes(recipient))]
}

function memberOf(shape: Shape | undefined, name: string): Shape | undefined {
  return shape?.kind === 'group' ? shape.members.find((member) => member.name === name)?.shape : undefined
}
