import type { Child } from 'hono/jsx'
import type { Messages } from '../messages/messages.ts'
import type { FieldError } from './error-summary.tsx'
import { idOf } from './errors.ts'
import type { FormDataMap } from './form-data.ts'
import type { Path, Shape } from './shape.ts'

/** What the fields of a page show. */
export interface FormState {
  messages: Messages
  formData: FormDataMap
  errors: readonly FieldError[]
  /** The names of parties that can be chosen, by id. */
  parties?: ReadonlyMap<string, string> | undefined
  /** The id of the list or row in which the user goes on, after a row was added or taken away. */
  focusId?: string | undefined
  /** The zone in which something happened, and whether the page asks for it: a party at home is never asked. */
  clock?: { zone: string; asks: boolean } | undefined
  /** The group whose fields stand without a frame, because the page is about nothing else. */
  unframed?: string | undefined
  /** The end of the ids of an option that was not chosen: another option has fields with the same names. */
  idSuffix?: string | undefined
  /** Fields whose values are on the return: questions, tasks, calls. By the field's name, each value with its text. */
  choices?: ReadonlyMap<string, readonly (readonly [string, string])[]> | undefined
}

export interface FieldProps<K extends Shape['kind'] = Shape['kind']> {
  state: FormState
  shape: Shape & { kind: K }
  path: Path
}

export const fieldLabel = ({ messages }: FormState, path: Path, { optional }: Shape) =>
  optional ? messages('form.optional', { field: messages.field(path) }) : messages.field(path)

/** The id of a field on this page. The error summary leads to the fields of the chosen option. */
export const idIn = ({ idSuffix = '' }: FormState, path: Path) => `${idOf(path)}${idSuffix}`

export const errorAt = (state: FormState, path: Path) =>
  state.errors.find(({ id }) => id === idIn(state, path))

/** The ids of a field's hint and error, which a screen reader reads with it. */
export function describedBy(state: FormState, path: Path): string | undefined {
  const ids = [
    ...(state.messages.hint(path) ? [`${idIn(state, path)}-hint`] : []),
    ...(errorAt(state, path) ? [`${idIn(state, path)}-error`] : []),
  ]
  return ids.length > 0 ? ids.join(' ') : undefined
}

export function HintAndError({ state, path }: { state: FormState; path: Path }) {
  const hint = state.messages.hint(path)
  const error = errorAt(state, path)
  return (
    <>
      {hint ? (
        <div id={`${idIn(state, path)}-hint`} class="govuk-hint">
          {hint}
        </div>
      ) : null}
      {error ? (
        <p id={`${idIn(state, path)}-error`} class="govuk-error-message">
          <span class="govuk-visually-hidden">{state.messages('form.wrong')}</span> {error.text}
        </p>
      ) : null}
    </>
  )
}

export function FormGroup({ state, path, children }: { state: FormState; path: Path; children?: Child }) {
  return (
    <div class={`govuk-form-group${errorAt(state, path) ? ' govuk-form-group--error' : ''}`}>{children}</div>
  )
}

export function Legend({ children, large = false }: { children?: Child; large?: boolean }) {
  return (
    <legend class={`govuk-fieldset__legend govuk-fieldset__legend--${large ? 'm' : 's'}`}>{children}</legend>
  )
}

/** The browser neither remembers nor corrects anything about a person. */
export const notRemembered: Readonly<Record<string, string>> = { autocomplete: 'off', spellcheck: 'false' }

/** The first of several inputs has the field's own id, since the error summary leads there. */
export const idAt = (state: FormState, path: Path, index: number) =>
  index === 0 ? idIn(state, path) : `${idIn(state, path)}-${index}`
