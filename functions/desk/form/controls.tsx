import { codeOf, namesOf, writtenOf } from '../messages/names.ts'
import {
  About,
  described,
  FormGroup,
  idAt,
  idIn,
  Legend,
  label,
  type Part,
  unremembered,
  wrongAt,
} from './asking.tsx'
import { Select } from './choices.tsx'
import { nameOf, parts, typedAt } from './form-data.ts'

/**
 * A country or a language, of which there are too many for a page on a slow line: written by name or code. What is known
 * by no name brings the list of all.
 */
export function Named({ asking, shape, path }: Part<'country' | 'language'>) {
  const { words, typed } = asking
  const written = typedAt(typed, nameOf(path))
  if (written !== '' && wrongAt(asking, path))
    return (
      <Select
        {...{ asking, shape, path }}
        values={namesOf(words, shape.kind)}
        chosen={codeOf(shape.kind, written)}
      />
    )
  return <Input {...{ asking, shape, path }} value={writtenOf(words, shape.kind, written)} />
}

export function Input({
  asking,
  shape,
  path,
  value = typedAt(asking.typed, nameOf(path)),
}: Part & { value?: string }) {
  const number = shape.kind === 'number'
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(asking, path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <input
        class={`govuk-input${number ? ' govuk-input--width-4' : ''}`}
        id={idIn(asking, path)}
        name={nameOf(path)}
        type="text"
        value={value}
        aria-describedby={described(asking, path)}
        {...(number ? { inputmode: 'numeric' } : {})}
        {...unremembered}
      />
    </FormGroup>
  )
}

export function TextArea({ asking, shape, path }: Part) {
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idIn(asking, path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <textarea
        class="govuk-textarea"
        id={idIn(asking, path)}
        name={nameOf(path)}
        rows={shape.kind === 'lines' ? 3 : 5}
        aria-describedby={described(asking, path)}
        {...unremembered}
      >
        {typedAt(asking.typed, nameOf(path))}
      </textarea>
    </FormGroup>
  )
}

/** A day in three fields, as people write it on paper; with a time on the clock of the place in a fourth. */
export function Day({ asking, shape, path, timed }: Part & { timed: boolean }) {
  const { words, typed } = asking
  const fields = [
    [parts.day, words('form.dayOf'), 2],
    [parts.month, words('form.month'), 2],
    [parts.year, words('form.year'), 4],
    ...(timed ? [[parts.time, words('form.clock'), 5] as const] : []),
  ] as const
  return (
    <FormGroup asking={asking} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
        <Legend>{label(asking, path, shape)}</Legend>
        <About asking={asking} path={path} />
        <div class="govuk-date-input">
          {fields.map(([part, text, width], index) => (
            <div class="govuk-date-input__item">
              <label class="govuk-label govuk-date-input__label" for={idAt(asking, path, index)}>
                {text}
              </label>
              <input
                class={`govuk-input govuk-date-input__input govuk-input--width-${width}`}
                id={idAt(asking, path, index)}
                name={nameOf(path, part)}
                type="text"
                inputmode="numeric"
                value={typedAt(typed, nameOf(path, part))}
                {...unremembered}
              />
            </div>
          ))}
        </div>
      </fieldset>
    </FormGroup>
  )
}
