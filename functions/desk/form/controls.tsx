import { codeOf, nameOrCode, namesOf } from '../messages/names.ts'
import { Select } from './choices.tsx'
import { fieldLines, fieldValue, nameOf, parts } from './form-data.ts'
import {
  describedBy,
  errorAt,
  type FieldProps,
  FormGroup,
  fieldLabel,
  HintAndError,
  idAt,
  idIn,
  Legend,
  notRemembered,
} from './form-group.tsx'

/**
 * A country or a language, written by name or code: the list is too long for a page on a slow connection. A name that
 * nobody knows brings the list.
 */
export function NamedCodeInput({ state, shape, path }: FieldProps<'country' | 'language'>) {
  const { messages, formData } = state
  const written = fieldValue(formData, nameOf(path))
  if (written !== '' && errorAt(state, path))
    return (
      <Select
        {...{ state, shape, path }}
        values={namesOf(messages, shape.kind)}
        chosen={codeOf(shape.kind, written)}
      />
    )
  return <Input {...{ state, shape, path }} value={nameOrCode(messages, shape.kind, written)} />
}

export function Input({
  state,
  shape,
  path,
  value = fieldValue(state.formData, nameOf(path)),
}: FieldProps & { value?: string }) {
  const number = shape.kind === 'number'
  const narrow = number ? ' govuk-input--width-4' : shape.kind === 'money' ? ' govuk-input--width-10' : ''
  return (
    <FormGroup state={state} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(state, path)}>
        {fieldLabel(state, path, shape)}
      </label>
      <HintAndError state={state} path={path} />
      <input
        class={`govuk-input${narrow}`}
        id={idIn(state, path)}
        name={nameOf(path)}
        type="text"
        value={value}
        aria-describedby={describedBy(state, path)}
        {...(number ? { inputmode: 'numeric' } : shape.kind === 'money' ? { inputmode: 'decimal' } : {})}
        {...notRemembered}
      />
    </FormGroup>
  )
}

/** Countries by their names, one a line. Most people have one citizenship. */
export function NamedCountries({ state, shape, path }: FieldProps<'countries'>) {
  const named = fieldLines(state.formData, nameOf(path)).map((line) =>
    nameOrCode(state.messages, 'country', line),
  )
  return <TextArea {...{ state, shape, path }} value={named.join('\n')} />
}

export function TextArea({
  state,
  shape,
  path,
  value = fieldValue(state.formData, nameOf(path)),
}: FieldProps & { value?: string }) {
  return (
    <FormGroup state={state} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(state, path)}>
        {fieldLabel(state, path, shape)}
      </label>
      <HintAndError state={state} path={path} />
      <textarea
        class="govuk-textarea"
        id={idIn(state, path)}
        name={nameOf(path)}
        rows={shape.kind === 'countries' ? 2 : shape.kind === 'lines' ? 3 : 5}
        aria-describedby={describedBy(state, path)}
        {...notRemembered}
      >
        {value}
      </textarea>
    </FormGroup>
  )
}

/** A day in three fields, as people write it on paper; the local time in a fourth. */
export function DateInput({ state, shape, path, timed }: FieldProps & { timed: boolean }) {
  const { messages, formData } = state
  const fields = [
    [parts.day, messages('form.dayOf'), 2],
    [parts.month, messages('form.month'), 2],
    [parts.year, messages('form.year'), 4],
    ...(timed ? [[parts.time, messages('form.clock'), 5] as const] : []),
  ] as const
  return (
    <FormGroup state={state} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
        <Legend>{fieldLabel(state, path, shape)}</Legend>
        <HintAndError state={state} path={path} />
        <div class="govuk-date-input">
          {fields.map(([part, text, width], index) => (
            <div class="govuk-date-input__item">
              <label class="govuk-label govuk-date-input__label" for={idAt(state, path, index)}>
                {text}
              </label>
              <input
                class={`govuk-input govuk-date-input__input govuk-input--width-${width}`}
                id={idAt(state, path, index)}
                name={nameOf(path, part)}
                type="text"
                inputmode="numeric"
                value={fieldValue(formData, nameOf(path, part))}
                {...notRemembered}
              />
            </div>
          ))}
        </div>
      </fieldset>
    </FormGroup>
  )
}
