import { fieldLines, fieldValue, nameOf } from './form-data.ts'
import {
  describedBy,
  type FieldProps,
  FormGroup,
  type FormState,
  fieldLabel,
  HintAndError,
  idAt,
  idIn,
  Legend,
  notRemembered,
} from './form-group.tsx'
import type { Path } from './shape.ts'

export function Radios({
  state,
  shape,
  path,
  values,
}: FieldProps & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = fieldValue(state.formData, name)
  return (
    <FormGroup state={state} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
        <Legend>{fieldLabel(state, path, shape)}</Legend>
        <HintAndError state={state} path={path} />
        <RadioItems {...{ state, path, name, values }} isChosen={(value) => chosen === value} />
      </fieldset>
    </FormGroup>
  )
}

interface RadioItemsProps {
  state: FormState
  path: Path
  name: string
  values: readonly (readonly [string, string])[]
  isChosen: (value: string) => boolean
  /** The number of the option that a tag belongs to. */
  formOf?: (tag: string) => number
}

export function RadioItems({ state, path, name, values, isChosen, formOf }: RadioItemsProps) {
  return (
    <div class={`govuk-radios${values.length > 4 ? ' govuk-radios--small' : ''}`}>
      {values.map(([value, text], index) => (
        <div class="govuk-radios__item">
          <input
            class="govuk-radios__input"
            id={idAt(state, path, index)}
            name={name}
            type="radio"
            value={value}
            checked={isChosen(value)}
            {...(formOf ? { 'data-n': String(formOf(value)) } : {})}
          />
          <label class="govuk-label govuk-radios__label" for={idAt(state, path, index)}>
            {text}
          </label>
        </div>
      ))}
    </div>
  )
}

export function Checkboxes({
  state,
  shape,
  path,
  values,
}: FieldProps & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = fieldLines(state.formData, name)
  return (
    <FormGroup state={state} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
        <Legend>{fieldLabel(state, path, shape)}</Legend>
        <HintAndError state={state} path={path} />
        <div class={`govuk-checkboxes${values.length > 4 ? ' govuk-checkboxes--small' : ''}`}>
          {values.map(([value, text], index) => (
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id={idAt(state, path, index)}
                name={name}
                type="checkbox"
                value={value}
                checked={chosen.includes(value)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={idAt(state, path, index)}>
                {text}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </FormGroup>
  )
}

export function Select({
  state,
  shape,
  path,
  values,
  chosen = fieldValue(state.formData, nameOf(path)),
}: FieldProps & { values: readonly (readonly [string, string])[]; chosen?: string }) {
  const name = nameOf(path)
  return (
    <FormGroup state={state} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(state, path)}>
        {fieldLabel(state, path, shape)}
      </label>
      <HintAndError state={state} path={path} />
      <select
        class="govuk-select"
        id={idIn(state, path)}
        name={name}
        aria-describedby={describedBy(state, path)}
        {...notRemembered}
      >
        <option value="">{state.messages('form.choose')}</option>
        {values.map(([value, text]) => (
          // A choice whose text is its value says it once.
          <option value={value === text ? undefined : value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </FormGroup>
  )
}
