import type { Child } from 'hono/jsx'
import { Checkboxes, RadioItems, Radios, Select } from './choices.tsx'
import { DateInput, Input, NamedCodeInput, NamedCountries, TextArea } from './controls.tsx'
import { idOf } from './errors.ts'
import { fieldValue, formDataOfOption, nameOf, parts, rowCount } from './form-data.ts'
import {
  describedBy,
  type FieldProps,
  FormGroup,
  type FormState,
  fieldLabel,
  HintAndError,
  idIn,
  Legend,
} from './form-group.tsx'
import type { Path, Shape } from './shape.ts'
import { sharedFieldsOf, without } from './shared-fields.ts'
import { ZoneField } from './zone-field.tsx'

/** A choice of more values than this is a list to unfold. */
const mostRadios = 12

/** The fields of a shape, named as in the contract, with what was typed and its errors. */
export function Fields({ state, shape, path }: { state: FormState; shape: Shape; path: Path }): Child {
  const choices = state.choices?.get(nameOf(path))
  if (choices) {
    const Choice = shape.kind === 'lines' ? Checkboxes : Radios
    return <Choice {...{ state, shape, path }} values={choices} />
  }
  switch (shape.kind) {
    case 'constant':
      return null
    case 'group':
      return path.length === 0 || state.unframed === path.join('.') ? (
        <Members {...{ state, shape, path }} />
      ) : (
        <Group {...{ state, shape, path }} />
      )
    case 'array':
      return <ArrayField {...{ state, shape, path }} />
    case 'union':
      return <UnionField {...{ state, shape, path }} />
    default:
      return <Field {...{ state, shape, path }} />
  }
}

type Compound = 'constant' | 'group' | 'array' | 'union'

/** One field that has no others below it. */
function Field({ state, shape, path }: FieldProps<Exclude<Shape['kind'], Compound>>): Child {
  const { messages } = state
  switch (shape.kind) {
    case 'choice':
      return <Choice {...{ state, shape, path }} />
    case 'choices':
      return (
        <Checkboxes
          {...{ state, shape, path }}
          values={shape.values.map((value) => [value, messages.value(path, value)])}
        />
      )
    case 'yes-no':
      return (
        <Radios
          {...{ state, shape, path }}
          values={[
            ['yes', messages('form.yes')],
            ['no', messages('form.no')],
          ]}
        />
      )
    case 'day':
    case 'time':
    case 'moment':
      return <DateInput {...{ state, shape, path }} timed={shape.kind !== 'day'} />
    case 'zone':
      return <ZoneField {...{ state, shape, path }} />
    case 'country':
    case 'language':
      return <NamedCodeInput {...{ state, shape, path }} />
    case 'party':
      return <Select {...{ state, shape, path }} values={partiesIn(state)} />
    case 'countries':
      return <NamedCountries {...{ state, shape, path }} />
    case 'text':
    case 'lines':
      return <TextArea {...{ state, shape, path }} />
    case 'number':
    case 'money':
    case 'line':
      return <Input {...{ state, shape, path }} />
  }
}

const partiesIn = ({ parties }: FormState) => [...(parties ?? [])]

/** One of several values: each is seen, or they unfold where there are many. */
function Choice({ state, shape, path }: FieldProps<'choice'>) {
  const values = shape.values.map((value) => [value, state.messages.value(path, value)] as const)
  const Control = values.length > mostRadios ? Select : Radios
  return <Control {...{ state, shape, path }} values={values} />
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
      <Legend large>{fieldLabel(state, path, shape)}</Legend>
      <HintAndError state={state} path={path} />
      <Members state={state} shape={shape} path={path} />
    </fieldset>
  )
}

/** The buttons that add and take away a row. They show the page again with what was typed. */
export const rowButtons = { more: 'more', less: 'less', sure: 'sure-less' } as const

/** The end of the id at which a user goes on who is asked about the removal of a row. */
export const removalId = '--remove'

/** A list, each item a card. A list that may not be empty begins with an empty card. */
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
      <Legend large>{fieldLabel(state, path, shape)}</Legend>
      <HintAndError state={state} path={path} />
      {Array.from({ length: rows }, (_, index) => {
        const at = [...path, String(index)]
        return (
          // The field of a row with one field has this id itself.
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
            <RemoveRow state={state} path={at} n={index + 1} />
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

/** Takes a row away: at once where nothing was typed into it, else after a question. */
function RemoveRow({ state: { messages, focusId }, path, n }: { state: FormState; path: Path; n: number }) {
  const id = `${idOf(path)}${removalId}`
  const isAsked = focusId === id
  return (
    <>
      {isAsked ? (
        <p class="govuk-body" id={id} tabindex={-1} autofocus>
          {messages('form.removeSure', { n })}
        </p>
      ) : null}
      <button
        type="submit"
        name={isAsked ? rowButtons.sure : rowButtons.less}
        value={nameOf(path)}
        class={`govuk-button govuk-button--${isAsked ? 'warning' : 'secondary'}`}
      >
        {messages(isAsked ? 'form.removeYes' : 'form.removeRow', { n })}
      </button>
    </>
  )
}

/** A user who has just added a row goes on there, and not at the top of the page. */
const focusAttributes = ({ focusId }: FormState, path: Path) =>
  focusId === idOf(path) ? { tabindex: -1, autofocus: true } : {}

/** One of several options; the fields of an option show when it is chosen. */
function UnionField({ state, shape, path }: FieldProps<'union'>) {
  const name = nameOf(path, parts.as)
  const chosen = fieldValue(state.formData, name)
  // Options with the same fields share them.
  const forms = [...new Set(shape.options.flatMap((option) => (option.shape ? [option.shape] : [])))]
  const formOf = (tag: string) => {
    const form = shape.options.find((option) => option.tag === tag)?.shape
    return form ? forms.indexOf(form) : -1
  }
  const values = shape.options.map(({ tag }) => [tag, state.messages.value(path, tag)] as const)
  const { alike, unlike } = sharedFieldsOf(forms)
  const current = Math.max(formOf(chosen), 0)
  const askingAs = (form: Shape, index: number): FormState => {
    // No id stands twice on a page. The error summary leads to the fields of the chosen option.
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
          <Legend>{fieldLabel(state, path, shape)}</Legend>
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
