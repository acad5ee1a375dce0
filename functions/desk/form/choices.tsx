import {
  About,
  type Asking,
  described,
  FormGroup,
  idAt,
  idIn,
  Legend,
  label,
  type Part,
  unremembered,
} from './asking.tsx'
import { nameOf, typedAt, writtenIn } from './form-data.ts'
import type { Path } from './shape.ts'

export function Radios({
  asking,
  shape,
  path,
  values,
}: Part & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = typedAt(asking.typed, name)
  return (
    <FormGroup asking={asking} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
        <Legend>{label(asking, path, shape)}</Legend>
        <About asking={asking} path={path} />
        <Items {...{ asking, path, name, values }} isChosen={(value) => chosen === value} />
      </fieldset>
    </FormGroup>
  )
}

interface Choosing {
  asking: Asking
  path: Path
  name: string
  values: readonly (readonly [string, string])[]
  isChosen: (value: string) => boolean
  /** Of several forms, the number of the one that a tag belongs to. */
  formOf?: (tag: string) => number
}

export function Items({ asking, path, name, values, isChosen, formOf }: Choosing) {
  return (
    <div class={`govuk-radios${values.length > 4 ? ' govuk-radios--small' : ''}`}>
      {values.map(([value, text], index) => (
        <div class="govuk-radios__item">
          <input
            class="govuk-radios__input"
            id={idAt(asking, path, index)}
            name={name}
            type="radio"
            value={value}
            checked={isChosen(value)}
            {...(formOf ? { 'data-n': String(formOf(value)) } : {})}
          />
          <label class="govuk-label govuk-radios__label" for={idAt(asking, path, index)}>
            {text}
          </label>
        </div>
      ))}
    </div>
  )
}

export function Checkboxes({
  asking,
  shape,
  path,
  values,
}: Part & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = writtenIn(asking.typed, name)
  return (
    <FormGroup asking={asking} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
        <Legend>{label(asking, path, shape)}</Legend>
        <About asking={asking} path={path} />
        <div class={`govuk-checkboxes${values.length > 4 ? ' govuk-checkboxes--small' : ''}`}>
          {values.map(([value, text], index) => (
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id={idAt(asking, path, index)}
                name={name}
                type="checkbox"
                value={value}
                checked={chosen.includes(value)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={idAt(asking, path, index)}>
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
  asking,
  shape,
  path,
  values,
  chosen = typedAt(asking.typed, nameOf(path)),
}: Part & { values: readonly (readonly [string, string])[]; chosen?: string }) {
  const name = nameOf(path)
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(asking, path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <select
        class="govuk-select"
        id={idIn(asking, path)}
        name={name}
        aria-describedby={described(asking, path)}
        {...unremembered}
      >
        <option value="">{asking.words('form.choose')}</option>
        {values.map(([value, text]) => (
          // A choice that is called what it is sent as says so once.
          <option value={value === text ? undefined : value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </FormGroup>
  )
}
