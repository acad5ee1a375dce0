import { isDeepStrictEqual } from 'node:util'
import type { Child } from 'hono/jsx'
import { Checkboxes, RadioItems, Radios, Select } from './choices.tsx'
import { DateInput, Input, NamedCode, TextArea } from './controls.tsx'
import { idOf } from './errors.ts'
import { fieldValue, formDataOfOption, nameOf, parts, rowCount } from './form-data.ts'
import {
  describedBy,
  type FieldProps,
  FormGroup,
  type FormState,
  HintAndError,
  idIn,
  Legend,
  label,
} from './form-group.tsx'
import type { Path, Shape } from './shape.ts'
import { zones } from './zones.ts'

/** A choice of more values than this is a list to unfold; of fewer, each is seen. */
const mostRadios = 12

/** The fields of a shape, each by its name in the contract; filled with what was typed, and with what is wrong. */
export function Fields({ state, shape, path }: { state: FormState; shape: Shape; path: Path }): Child {
  const targets = state.choices?.get(nameOf(path))
  if (targets) {
    const Choice = shape.kind === 'lines' ? Checkboxes : Radios
    return <Choice {...{ state, shape, path }} values={targets} />
  }
  switch (shape.kind) {
    case 'constant':
      return null
    case 'group':
      return path.length === 0 || state.unframed === path.join('.') ? (
        <Members state={state} shape={shape} path={path} />
      ) : (
        <Group {...{ state, shape, path }} />
      )
    case 'choice':
      return shape.values.length > mostRadios ? (
        <Select
          {...{ state, shape, path }}
          values={shape.values.map((value) => [value, state.messages.value(path, value)])}
        />
      ) : (
        <Radios
          {...{ state, shape, path }}
          values={shape.values.map((value) => [value, state.messages.value(path, value)])}
        />
      )
    case 'yes-no':
      return (
        <Radios
          {...{ state, shape, path }}
          values={[
            ['yes', state.messages('form.yes')],
            ['no', state.messages('form.no')],
          ]}
        />
      )
    case 'choices':
      return (
        <Checkboxes
          {...{ state, shape, path }}
          values={shape.values.map((value) => [value, state.messages.value(path, value)])}
        />
      )
    case 'day':
    case 'time':
      return <DateInput {...{ state, shape, path }} timed={shape.kind === 'time'} />
    case 'zone':
      return <Select {...{ state, shape, path }} values={zones.map((zone) => [zone, zone])} />
    case 'country':
    case 'language':
      return <NamedCode {...{ state, shape, path }} />
    case 'party':
      return <Select {...{ state, shape, path }} values={[...(state.parties ?? [])]} />
    case 'text':
    case 'lines':
      return <TextArea {...{ state, shape, path }} />
    case 'number':
    case 'line':
      return <Input {...{ state, shape, path }} />
    case 'array':
      return <ArrayField {...{ state, shape, path }} />
    case 'union':
      return <UnionField {...{ state, shape, path }} />
  }
}

function Members({ state, shape, path }: FieldProps<'group'>) {
  return (
    <>
      {shape.members.map(({ name, shape: member }) => (
        <Fields state={state} shape={member} path={[...path, name]} />
      ))}
    </>
  )
}

function Group({ state, shape, path }: FieldProps<'group'>) {
  return (
    <fieldset class="govuk-fieldset group" id={idIn(state, path)} aria-describedby={describedBy(state, path)}>
      <Legend large>{label(state, path, shape)}</Legend>
      <HintAndError state={state} path={path} />
      <Members state={state} shape={shape} path={path} />
    </fieldset>
  )
}

/** The buttons that add and take away a row; what was typed comes back with the page. */
export const rowButtons = { more: 'more', less: 'less' } as const

/** A list, each item a card; an empty one stands ready where the list has to have some. */
function ArrayField({ state, shape, path }: FieldProps<'array'>) {
  const { messages } = state
  const rows = Math.max(rowCount(state.formData, path), shape.optional ? 0 : 1)
  return (
    <fieldset
      class="govuk-fieldset group"
      id={idIn(state, path)}
      aria-describedby={describedBy(state, path)}
      {...focusAttributes(state, path)}
    >
      <Legend large>{label(state, path, shape)}</Legend>
      <HintAndError state={state} path={path} />
      {Array.from({ length: rows }, (_, index) => {
        const at = [...path, String(index)]
        return (
          // A row of one field is found by the field, which has this id.
          <fieldset
            class="govuk-fieldset group"
            {...(shape.item.kind === 'group' ? { id: idIn(state, at), ...focusAttributes(state, at) } : {})}
          >
            <Legend>{messages('form.rowOf', { n: index + 1 })}</Legend>
            <input type="hidden" name={nameOf(at, parts.row)} value="1" />
            {shape.item.kind === 'group' ? (
              <Members state={state} shape={shape.item} path={at} />
            ) : (
              <Fields state={state} shape={shape.item} path={at} />
            )}
            <button
              type="submit"
              name={rowButtons.less}
              value={nameOf(at)}
              class="govuk-button govuk-button--secondary"
            >
              {messages('form.removeRow', { n: index + 1 })}
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
          {messages('form.addRow')}
        </button>
      ) : null}
    </fieldset>
  )
}

/** Whoever has just added a row goes on there, and not at the top of the page. */
const focusAttributes = ({ focusId }: FormState, path: Path) =>
  focusId === idOf(path) ? { tabindex: -1, autofocus: true } : {}

/** Which of several forms it is; each form's own fields show with it. */
function UnionField({ state, shape, path }: FieldProps<'union'>) {
  const name = nameOf(path, parts.as)
  const chosen = fieldValue(state.formData, name)
  // Tags that lead to the same fields share them.
  const forms = [...new Set(shape.options.flatMap((option) => (option.shape ? [option.shape] : [])))]
  const formOf = (tag: string) => {
    const form = shape.options.find((option) => option.tag === tag)?.shape
    return form ? forms.indexOf(form) : -1
  }
  const values = shape.options.map(({ tag }) => [tag, state.messages.value(path, tag)] as const)
  const { alike, unlike } = sharedFieldsOf(forms)
  const current = Math.max(formOf(chosen), 0)
  const askingAs = (form: Shape, index: number): FormState => {
    // No id stands twice: those of the form that was chosen are where the error summary leads.
    const isPlain =
      form.kind === 'group' && (index === current || !form.members.some(({ name }) => unlike.has(name)))
    return {
      ...state,
      formData: formDataOfOption(shape, form, state.formData, path),
      idSuffix: isPlain ? state.idSuffix : `${state.idSuffix ?? ''}--${index}`,
    }
  }
  return (
    <div class="union">
      <FormGroup state={state} path={path}>
        <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
          <Legend>{label(state, path, shape)}</Legend>
          <HintAndError state={state} path={path} />
          <RadioItems {...{ state, path, name, values, formOf }} isChosen={(tag) => chosen === tag} />
        </fieldset>
      </FormGroup>
      {forms.map((form, index) => {
        const own = without(form, alike)
        return own.kind === 'group' && own.members.length === 0 ? null : (
          <div class={`when when-${index}`}>
            {own.kind === 'group' ? (
              <Members state={askingAs(form, index)} shape={own} path={path} />
            ) : (
              <Fields state={askingAs(form, index)} shape={own} path={path} />
            )}
          </div>
        )
      })}
      {[...alike].map(([name, { shape: member, of }]) => (
        <div class={`when ${of.map((index) => `when-${index}`).join(' ')}`}>
          <Fields
            state={{ ...state, formData: askingAs(forms[current] ?? shape, current).formData }}
            shape={member}
            path={[...path, name]}
          />
        </div>
      ))}
    </div>
  )
}

const without = (form: Shape, names: ReadonlyMap<string, unknown>): Shape =>
  form.kind === 'group' ? { ...form, members: form.members.filter(({ name }) => !names.has(name)) } : form

/** A field that several forms have; `of`: the numbers of the forms. */
interface SharedField {
  shape: Shape
  of: number[]
}

/** What several forms have by one name: `alike` stands on the page once, of `unlike` each form has its own. */
function sharedFieldsOf(forms: readonly Shape[]) {
  const found = new Map<string, SharedField[]>()
  for (const [index, form] of forms.entries())
    for (const { name, shape } of form.kind === 'group' ? form.members : []) {
      const kinds = found.get(name) ?? []
      const same = kinds.find((kind) => isDeepStrictEqual(kind.shape, shape))
      if (same) same.of.push(index)
      else found.set(name, [...kinds, { shape, of: [index] }])
    }
  const alike = new Map<string, SharedField>()
  const unlike = new Set<string>()
  for (const [name, [kind, ...others]] of found)
    if (others.length > 0) unlike.add(name)
    else if (kind && kind.of.length > 1) alike.set(name, kind)
  return { alike, unlike }
}
