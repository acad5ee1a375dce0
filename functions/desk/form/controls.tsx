import type { Child } from 'hono/jsx'
import { namesOf, writtenOf } from '../words/names.ts'
import type { Words } from '../words/words.ts'
import type { Wrong } from './sending.tsx'
import type { Path, Shape } from './shape.ts'
import { nameOf, parts, type Typed, typedAt, writtenIn } from './typed.ts'
import { idOf } from './wrongs.ts'

/** What a page of fields is made from. */
export interface Asking {
  words: Words
  typed: Typed
  wrongs: readonly Wrong[]
  /** Parties that can be named, by id, each in words. */
  parties?: ReadonlyMap<string, string> | undefined
  /** A group whose fields stand without a frame: the page is about nothing else. */
  flat?: string | undefined
  /** Ends the ids of a form that was not chosen: another form has fields of the same names. */
  aside?: string | undefined
  /** Fields whose value is one of some that are there: questions, tasks, calls; by name, each in words. */
  targets?: ReadonlyMap<string, readonly (readonly [string, string])[]> | undefined
}

export interface Part<K extends Shape['kind'] = Shape['kind']> {
  asking: Asking
  shape: Shape & { kind: K }
  path: Path
}

export const label = ({ words }: Asking, path: Path, { optional }: Shape) =>
  optional ? words('form.optional', { field: words.field(path) }) : words.field(path)

/** The id of a field on this page: the error summary leads to the form that was chosen. */
export const idIn = ({ aside = '' }: Asking, path: Path) => `${idOf(path)}${aside}`

const wrongAt = (asking: Asking, path: Path) => asking.wrongs.find(({ id }) => id === idIn(asking, path))

/** What describes a field to who hears it: its hint, and what is wrong. */
export function described(asking: Asking, path: Path): string | undefined {
  const ids = [
    ...(asking.words.hint(path) ? [`${idIn(asking, path)}-hint`] : []),
    ...(wrongAt(asking, path) ? [`${idIn(asking, path)}-error`] : []),
  ]
  return ids.length > 0 ? ids.join(' ') : undefined
}

export function About({ asking, path }: { asking: Asking; path: Path }) {
  const hint = asking.words.hint(path)
  const wrong = wrongAt(asking, path)
  return (
    <>
      {hint ? (
        <div id={`${idIn(asking, path)}-hint`} class="govuk-hint">
          {hint}
        </div>
      ) : null}
      {wrong ? (
        <p id={`${idIn(asking, path)}-error`} class="govuk-error-message">
          <span class="govuk-visually-hidden">{asking.words('form.wrong')}</span> {wrong.text}
        </p>
      ) : null}
    </>
  )
}

export function FormGroup({ asking, path, children }: { asking: Asking; path: Path; children?: Child }) {
  return (
    <div class={`govuk-form-group${wrongAt(asking, path) ? ' govuk-form-group--error' : ''}`}>{children}</div>
  )
}

export function Legend({ children, large = false }: { children?: Child; large?: boolean }) {
  return (
    <legend class={`govuk-fieldset__legend govuk-fieldset__legend--${large ? 'm' : 's'}`}>{children}</legend>
  )
}

/** Nothing of a person is remembered or corrected by a browser. */
const unremembered: Readonly<Record<string, string>> = { autocomplete: 'off', spellcheck: 'false' }

/** The first of several inputs has the field's own id: there the error summary leads. */
const idAt = (asking: Asking, path: Path, index: number) =>
  index === 0 ? idIn(asking, path) : `${idIn(asking, path)}-${index}`

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
}: Part & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = typedAt(asking.typed, name)
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

/**
 * A country or a language, of which there are too many for a page on a slow line: written by name or code. What is known
 * by no name brings the list of all.
 */
export function Named({ asking, shape, path }: Part<'country' | 'language'>) {
  const { words, typed } = asking
  const written = typedAt(typed, nameOf(path))
  if (written !== '' && wrongAt(asking, path))
    return <Select {...{ asking, shape, path }} values={namesOf(words, shape.kind)} />
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
