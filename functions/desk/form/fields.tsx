import type { Child } from 'hono/jsx'
import { countryNames, languageNames } from '../words/names.ts'
import type { Words } from '../words/words.ts'
import type { Wrong } from './sending.tsx'
import type { Path, Shape } from './shape.ts'
import { nameOf, parts, rowsIn, type Typed, typedAt } from './typed.ts'
import { idOf } from './wrongs.ts'
import { zones } from './zones.ts'

/** What a page of fields is made from. */
export interface Asking {
  words: Words
  typed: Typed
  wrongs: readonly Wrong[]
  /** Parties that can be named, by id, each in words. */
  parties?: ReadonlyMap<string, string>
}

/** A choice of more values than this is a list to unfold; of fewer, each is seen. */
const mostRadios = 12

/** The fields of a shape, each by its name in the contract; filled with what was typed, and with what is wrong. */
export function Fields({ asking, shape, path }: { asking: Asking; shape: Shape; path: Path }): Child {
  switch (shape.kind) {
    case 'constant':
      return null
    case 'group':
      return path.length === 0 ? (
        <Members asking={asking} shape={shape} path={path} />
      ) : (
        <Group {...{ asking, shape, path }} />
      )
    case 'choice':
      return shape.values.length > mostRadios ? (
        <Select
          {...{ asking, shape, path }}
          values={shape.values.map((one) => [one, asking.words.value(path, one)])}
        />
      ) : (
        <Radios
          {...{ asking, shape, path }}
          values={shape.values.map((one) => [one, asking.words.value(path, one)])}
        />
      )
    case 'yes-no':
      return (
        <Radios
          {...{ asking, shape, path }}
          values={[
            ['yes', asking.words('form.yes')],
            ['no', asking.words('form.no')],
          ]}
        />
      )
    case 'choices':
      return <Checkboxes {...{ asking, shape, path }} values={shape.values} />
    case 'day':
    case 'time':
      return <Day {...{ asking, shape, path }} timed={shape.kind === 'time'} />
    case 'zone':
      return <Select {...{ asking, shape, path }} values={zones.map((one) => [one, one])} />
    case 'country':
      return <Select {...{ asking, shape, path }} values={countryNames(asking.words)} />
    case 'language':
      return <Select {...{ asking, shape, path }} values={languageNames(asking.words)} />
    case 'party':
      return <Select {...{ asking, shape, path }} values={[...(asking.parties ?? [])]} />
    case 'text':
    case 'lines':
      return <TextArea {...{ asking, shape, path }} />
    case 'number':
    case 'line':
      return <Input {...{ asking, shape, path }} />
    case 'rows':
      return <Rows {...{ asking, shape, path }} />
    case 'either':
      return <Either {...{ asking, shape, path }} />
  }
}

interface Part<K extends Shape['kind'] = Shape['kind']> {
  asking: Asking
  shape: Shape & { kind: K }
  path: Path
}

const label = ({ words }: Asking, path: Path, { optional }: Shape) =>
  optional ? words('form.optional', { field: words.field(path) }) : words.field(path)

const wrongAt = ({ wrongs }: Asking, path: Path) => wrongs.find(({ id }) => id === idOf(path))

/** What describes a field to who hears it: its hint, and what is wrong. */
function described(asking: Asking, path: Path): string | undefined {
  const ids = [
    ...(asking.words.hint(path) ? [`${idOf(path)}-hint`] : []),
    ...(wrongAt(asking, path) ? [`${idOf(path)}-error`] : []),
  ]
  return ids.length > 0 ? ids.join(' ') : undefined
}

function About({ asking, path }: { asking: Asking; path: Path }) {
  const hint = asking.words.hint(path)
  const wrong = wrongAt(asking, path)
  return (
    <>
      {hint ? (
        <div id={`${idOf(path)}-hint`} class="govuk-hint">
          {hint}
        </div>
      ) : null}
      {wrong ? (
        <p id={`${idOf(path)}-error`} class="govuk-error-message">
          <span class="govuk-visually-hidden">{asking.words('form.wrong')}</span> {wrong.text}
        </p>
      ) : null}
    </>
  )
}

function FormGroup({ asking, path, children }: { asking: Asking; path: Path; children?: Child }) {
  return (
    <div class={`govuk-form-group${wrongAt(asking, path) ? ' govuk-form-group--error' : ''}`}>{children}</div>
  )
}

function Legend({ children, large = false }: { children?: Child; large?: boolean }) {
  return (
    <legend class={`govuk-fieldset__legend govuk-fieldset__legend--${large ? 'm' : 's'}`}>{children}</legend>
  )
}

/** Nothing of a person is remembered or corrected by a browser. */
const unremembered: Readonly<Record<string, string>> = { autocomplete: 'off', spellcheck: 'false' }

function Members({ asking, shape, path }: Part<'group'>) {
  return (
    <>
      {shape.members.map(({ name, shape: member }) => (
        <Fields asking={asking} shape={member} path={[...path, name]} />
      ))}
    </>
  )
}

function Group({ asking, shape, path }: Part<'group'>) {
  return (
    <fieldset class="govuk-fieldset group" id={idOf(path)} aria-describedby={described(asking, path)}>
      <Legend large>{label(asking, path, shape)}</Legend>
      <About asking={asking} path={path} />
      <Members asking={asking} shape={shape} path={path} />
    </fieldset>
  )
}

/** The first of several inputs has the field's own id: there the error summary leads. */
const idAt = (path: Path, index: number) => (index === 0 ? idOf(path) : `${idOf(path)}-${index}`)

function Radios({ asking, shape, path, values }: Part & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = typedAt(asking.typed, name)
  return (
    <FormGroup asking={asking} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
        <Legend>{label(asking, path, shape)}</Legend>
        <About asking={asking} path={path} />
        <Items {...{ path, name, values }} isChosen={(value) => chosen === value} />
      </fieldset>
    </FormGroup>
  )
}

interface Choosing {
  path: Path
  name: string
  values: readonly (readonly [string, string])[]
  isChosen: (value: string) => boolean
  /** Of several forms, the number of the one that a tag belongs to. */
  formOf?: (tag: string) => number
}

function Items({ path, name, values, isChosen, formOf }: Choosing) {
  return (
    <div class={`govuk-radios${values.length > 4 ? ' govuk-radios--small' : ''}`}>
      {values.map(([value, text], index) => (
        <div class="govuk-radios__item">
          <input
            class="govuk-radios__input"
            id={idAt(path, index)}
            name={name}
            type="radio"
            value={value}
            checked={isChosen(value)}
            {...(formOf ? { 'data-n': String(formOf(value)) } : {})}
          />
          <label class="govuk-label govuk-radios__label" for={idAt(path, index)}>
            {text}
          </label>
        </div>
      ))}
    </div>
  )
}

function Checkboxes({ asking, shape, path, values }: Part & { values: readonly string[] }) {
  const name = nameOf(path)
  const chosen = asking.typed.get(name) ?? []
  return (
    <FormGroup asking={asking} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
        <Legend>{label(asking, path, shape)}</Legend>
        <About asking={asking} path={path} />
        <div class={`govuk-checkboxes${values.length > 4 ? ' govuk-checkboxes--small' : ''}`}>
          {values.map((value, index) => (
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id={idAt(path, index)}
                name={name}
                type="checkbox"
                value={value}
                checked={chosen.includes(value)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={idAt(path, index)}>
                {asking.words.value(path, value)}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </FormGroup>
  )
}

function Select({ asking, shape, path, values }: Part & { values: readonly (readonly [string, string])[] }) {
  const name = nameOf(path)
  const chosen = typedAt(asking.typed, name)
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idOf(path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <select
        class="govuk-select"
        id={idOf(path)}
        name={name}
        aria-describedby={described(asking, path)}
        {...unremembered}
      >
        <option value="">{asking.words('form.choose')}</option>
        {values.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </FormGroup>
  )
}

function Input({ asking, shape, path }: Part) {
  const number = shape.kind === 'number'
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idOf(path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <input
        class={`govuk-input${number ? ' govuk-input--width-4' : ''}`}
        id={idOf(path)}
        name={nameOf(path)}
        type="text"
        value={typedAt(asking.typed, nameOf(path))}
        aria-describedby={described(asking, path)}
        {...(number ? { inputmode: 'numeric' } : {})}
        {...unremembered}
      />
    </FormGroup>
  )
}

function TextArea({ asking, shape, path }: Part) {
  return (
    <FormGroup asking={asking} path={path}>
      <label class="govuk-label govuk-label--s" for={idOf(path)}>
        {label(asking, path, shape)}
      </label>
      <About asking={asking} path={path} />
      <textarea
        class="govuk-textarea"
        id={idOf(path)}
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
function Day({ asking, shape, path, timed }: Part & { timed: boolean }) {
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
              <label class="govuk-label govuk-date-input__label" for={idAt(path, index)}>
                {text}
              </label>
              <input
                class={`govuk-input govuk-date-input__input govuk-input--width-${width}`}
                id={idAt(path, index)}
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

/** The buttons that add and take away a row; what was typed comes back with the page. */
export const rowButtons = { more: 'more', less: 'less' } as const

/** A list, each item a card; an empty one stands ready where the list has to have some. */
function Rows({ asking, shape, path }: Part<'rows'>) {
  const { words } = asking
  const rows = Math.max(rowsIn(asking.typed, path), shape.optional ? 0 : 1)
  return (
    <fieldset class="govuk-fieldset group" id={idOf(path)} aria-describedby={described(asking, path)}>
      <Legend large>{label(asking, path, shape)}</Legend>
      <About asking={asking} path={path} />
      {Array.from({ length: rows }, (_, index) => {
        const at = [...path, String(index)]
        return (
          <fieldset class="govuk-fieldset group">
            <Legend>{words('form.rowOf', { n: index + 1 })}</Legend>
            <input type="hidden" name={nameOf(at, parts.row)} value="1" />
            {shape.item.kind === 'group' ? (
              <Members asking={asking} shape={shape.item} path={at} />
            ) : (
              <Fields asking={asking} shape={shape.item} path={at} />
            )}
            <button
              type="submit"
              name={rowButtons.less}
              value={nameOf(at)}
              class="govuk-button govuk-button--secondary"
            >
              {words('form.removeRow', { n: index + 1 })}
            </button>
          </fieldset>
        )
      })}
      {rows < shape.most ? (
        <button
          type="submit"
          name={rowButtons.more}
          value={nameOf(path)}
          class="govuk-button govuk-button--secondary"
        >
          {words('form.addRow')}
        </button>
      ) : null}
    </fieldset>
  )
}

/** Which of several forms it is; each form's own fields show with it. */
function Either({ asking, shape, path }: Part<'either'>) {
  const name = nameOf(path, parts.as)
  const chosen = typedAt(asking.typed, name)
  // Tags that lead to the same fields share them.
  const forms = [...new Set(shape.options.flatMap((one) => (one.shape ? [one.shape] : [])))]
  const formOf = (tag: string) => {
    const form = shape.options.find((one) => one.tag === tag)?.shape
    return form ? forms.indexOf(form) : -1
  }
  const values = shape.options.map(({ tag }) => [tag, asking.words.value(path, tag)] as const)
  return (
    <div class="either">
      <FormGroup asking={asking} path={path}>
        <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
          <Legend>{label(asking, path, shape)}</Legend>
          <About asking={asking} path={path} />
          <Items {...{ path, name, values, formOf }} isChosen={(tag) => chosen === tag} />
        </fieldset>
      </FormGroup>
      {forms.map((form, index) => (
        <div class={`when when-${index}`}>
          {form.kind === 'group' ? (
            <Members asking={asking} shape={form} path={path} />
          ) : (
            <Fields asking={asking} shape={form} path={path} />
          )}
        </div>
      ))}
    </div>
  )
}
