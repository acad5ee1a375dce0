import { isDeepStrictEqual } from 'node:util'
import type { Child } from 'hono/jsx'
import { About, type Asking, described, FormGroup, idIn, Legend, label, type Part } from './asking.tsx'
import { Checkboxes, Items, Radios, Select } from './choices.tsx'
import { Day, Input, Named, TextArea } from './controls.tsx'
import { idOf } from './errors.ts'
import { nameOf, parts, rowsIn, typedAt, typedIn } from './form-data.ts'
import type { Path, Shape } from './shape.ts'
import { zones } from './zones.ts'

/** A choice of more values than this is a list to unfold; of fewer, each is seen. */
const mostRadios = 12

/** The fields of a shape, each by its name in the contract; filled with what was typed, and with what is wrong. */
export function Fields({ asking, shape, path }: { asking: Asking; shape: Shape; path: Path }): Child {
  const targets = asking.targets?.get(nameOf(path))
  if (targets) {
    const Choice = shape.kind === 'lines' ? Checkboxes : Radios
    return <Choice {...{ asking, shape, path }} values={targets} />
  }
  switch (shape.kind) {
    case 'constant':
      return null
    case 'group':
      return path.length === 0 || asking.flat === path.join('.') ? (
        <Members asking={asking} shape={shape} path={path} />
      ) : (
        <Group {...{ asking, shape, path }} />
      )
    case 'choice':
      return shape.values.length > mostRadios ? (
        <Select
          {...{ asking, shape, path }}
          values={shape.values.map((value) => [value, asking.words.value(path, value)])}
        />
      ) : (
        <Radios
          {...{ asking, shape, path }}
          values={shape.values.map((value) => [value, asking.words.value(path, value)])}
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
      return (
        <Checkboxes
          {...{ asking, shape, path }}
          values={shape.values.map((value) => [value, asking.words.value(path, value)])}
        />
      )
    case 'day':
    case 'time':
      return <Day {...{ asking, shape, path }} timed={shape.kind === 'time'} />
    case 'zone':
      return <Select {...{ asking, shape, path }} values={zones.map((zone) => [zone, zone])} />
    case 'country':
    case 'language':
      return <Named {...{ asking, shape, path }} />
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
    <fieldset class="govuk-fieldset group" id={idIn(asking, path)} aria-describedby={described(asking, path)}>
      <Legend large>{label(asking, path, shape)}</Legend>
      <About asking={asking} path={path} />
      <Members asking={asking} shape={shape} path={path} />
    </fieldset>
  )
}

/** The buttons that add and take away a row; what was typed comes back with the page. */
export const rowButtons = { more: 'more', less: 'less' } as const

/** A list, each item a card; an empty one stands ready where the list has to have some. */
function Rows({ asking, shape, path }: Part<'rows'>) {
  const { words } = asking
  const rows = Math.max(rowsIn(asking.typed, path), shape.optional ? 0 : 1)
  return (
    <fieldset
      class="govuk-fieldset group"
      id={idIn(asking, path)}
      aria-describedby={described(asking, path)}
      {...focusedAt(asking, path)}
    >
      <Legend large>{label(asking, path, shape)}</Legend>
      <About asking={asking} path={path} />
      {Array.from({ length: rows }, (_, index) => {
        const at = [...path, String(index)]
        return (
          // A row of one field is found by the field, which has this id.
          <fieldset
            class="govuk-fieldset group"
            {...(shape.item.kind === 'group' ? { id: idIn(asking, at), ...focusedAt(asking, at) } : {})}
          >
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

/** Whoever has just added a row goes on there, and not at the top of the page. */
const focusedAt = ({ goesOn }: Asking, path: Path) =>
  goesOn === idOf(path) ? { tabindex: -1, autofocus: true } : {}

/** Which of several forms it is; each form's own fields show with it. */
function Either({ asking, shape, path }: Part<'either'>) {
  const name = nameOf(path, parts.as)
  const chosen = typedAt(asking.typed, name)
  // Tags that lead to the same fields share them.
  const forms = [...new Set(shape.options.flatMap((option) => (option.shape ? [option.shape] : [])))]
  const formOf = (tag: string) => {
    const form = shape.options.find((option) => option.tag === tag)?.shape
    return form ? forms.indexOf(form) : -1
  }
  const values = shape.options.map(({ tag }) => [tag, asking.words.value(path, tag)] as const)
  const { alike, unlike } = doubledIn(forms)
  const current = Math.max(formOf(chosen), 0)
  const askingAs = (form: Shape, index: number): Asking => {
    // No id stands twice: those of the form that was chosen are where the error summary leads.
    const isPlain =
      form.kind === 'group' && (index === current || !form.members.some(({ name }) => unlike.has(name)))
    return {
      ...asking,
      typed: typedIn(shape, form, asking.typed, path),
      aside: isPlain ? asking.aside : `${asking.aside ?? ''}--${index}`,
    }
  }
  return (
    <div class="either">
      <FormGroup asking={asking} path={path}>
        <fieldset class="govuk-fieldset" aria-describedby={described(asking, path)}>
          <Legend>{label(asking, path, shape)}</Legend>
          <About asking={asking} path={path} />
          <Items {...{ asking, path, name, values, formOf }} isChosen={(tag) => chosen === tag} />
        </fieldset>
      </FormGroup>
      {forms.map((form, index) => {
        const own = without(form, alike)
        return own.kind === 'group' && own.members.length === 0 ? null : (
          <div class={`when when-${index}`}>
            {own.kind === 'group' ? (
              <Members asking={askingAs(form, index)} shape={own} path={path} />
            ) : (
              <Fields asking={askingAs(form, index)} shape={own} path={path} />
            )}
          </div>
        )
      })}
      {[...alike].map(([name, { shape: member, of }]) => (
        <div class={`when ${of.map((index) => `when-${index}`).join(' ')}`}>
          <Fields
            asking={{ ...asking, typed: askingAs(forms[current] ?? shape, current).typed }}
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
interface Doubled {
  shape: Shape
  of: number[]
}

/** What several forms have by one name: `alike` stands on the page once, of `unlike` each form has its own. */
function doubledIn(forms: readonly Shape[]) {
  const found = new Map<string, Doubled[]>()
  for (const [index, form] of forms.entries())
    for (const { name, shape } of form.kind === 'group' ? form.members : []) {
      const kinds = found.get(name) ?? []
      const same = kinds.find((kind) => isDeepStrictEqual(kind.shape, shape))
      if (same) same.of.push(index)
      else found.set(name, [...kinds, { shape, of: [index] }])
    }
  const alike = new Map<string, Doubled>()
  const unlike = new Set<string>()
  for (const [name, [kind, ...others]] of found)
    if (others.length > 0) unlike.add(name)
    else if (kind && kind.of.length > 1) alike.set(name, kind)
  return { alike, unlike }
}
