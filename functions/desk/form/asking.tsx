import type { Child } from 'hono/jsx'
import type { Words } from '../messages/messages.ts'
import { idOf } from './errors.ts'
import type { Typed } from './form-data.ts'
import type { Wrong } from './sending.tsx'
import type { Path, Shape } from './shape.ts'

/** What a page of fields is made from. */
export interface Asking {
  words: Words
  typed: Typed
  wrongs: readonly Wrong[]
  /** Parties that can be named, by id, each in words. */
  parties?: ReadonlyMap<string, string> | undefined
  /** The id of the list or the row in which somebody goes on: one was added or taken away. */
  goesOn?: string | undefined
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

export const wrongAt = (asking: Asking, path: Path) =>
  asking.wrongs.find(({ id }) => id === idIn(asking, path))

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
export const unremembered: Readonly<Record<string, string>> = { autocomplete: 'off', spellcheck: 'false' }

/** The first of several inputs has the field's own id: there the error summary leads. */
export const idAt = (asking: Asking, path: Path, index: number) =>
  index === 0 ? idIn(asking, path) : `${idIn(asking, path)}-${index}`
