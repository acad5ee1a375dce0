import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { SlotContent } from '../../../../schemas/sections/sections.ts'
import { service } from '../../../../schemas/values/codes.ts'
import { TextArea } from '../../form/controls.tsx'
import { Fields } from '../../form/fields.tsx'
import { type FormDataMap, fieldValue, formEntriesOf, nameOf, parts } from '../../form/form-data.ts'
import type { FormState } from '../../form/form-group.tsx'
import type { Path, Shape } from '../../form/shape.ts'
import { formShape } from '../../form/validate.ts'
import type { Messages } from '../../messages/messages.ts'
import { Table } from '../../parts/table.tsx'
import { type Section, sectionsOf } from '../../return/legs.ts'

/** The state of one service: her answer, its owner, and its due day. */
type ServiceState = SlotContent<'care', 'services'>['services'][number]

const path: Path = ['care', 'services']
const all = service.options

/** The newest list of services, or the one of the first evening; nothing if nobody has asked yet. */
export function currentServices(
  sections: readonly Section[],
): { services: readonly ServiceState[]; remarks?: string } | undefined {
  const lists = [...sectionsOf(sections, 'care', 'intake'), ...sectionsOf(sections, 'care', 'services')]
  const newest = lists.toSorted((list, other) => list.seq - other.seq).at(-1)?.content
  return newest && { services: newest.services, ...(newest.remarks ? { remarks: newest.remarks } : {}) }
}

type CurrentServices = ReturnType<typeof currentServices>

/** Every service and what is known of it. "Nobody asked" differs from "she does not want it". */
export function Checklist({ messages, now }: { messages: Messages; now: CurrentServices }) {
  const heads = ['intake.service', 'intake.answer', 'intake.owner', 'intake.due'] as const
  return (
    <Table
      caption={messages('intake.services')}
      heads={heads.map((head) => messages(head))}
      rows={all.map((name) => {
        const current = now?.services.find((other) => other.service === name)
        return [
          messages.value(['service'], name),
          current ? messages.value(['services', 'answer'], current.answer) : messages('intake.nobodyAsked'),
          current?.owner ?? (current ? messages('intake.noOwner') : ''),
          current?.dueOn ? messages.day(current.dueOn) : '',
        ]
      })}
    />
  )
}

/** The shape of one service, and of the remarks on all. */
function shapes(): { row: Shape; remarks: Shape } {
  const care = memberOf(formShape(bodyOf('offer-services', 'centre')), 'care')
  const list = memberOf(care, 'services')
  if (list.kind !== 'array') throw new Error('Services are no list.')
  return { row: list.item, remarks: memberOf(care, 'remarks') }
}

function memberOf(shape: Shape, name: string): Shape {
  const found =
    shape.kind === 'group' ? shape.members.find((member) => member.name === name)?.shape : undefined
  if (!found) throw new Error(`The contract asks for no ${name}.`)
  return found
}

/** Each service folded, with its present answer; unfolded, it shows its three fields. */
export function ServiceFields({ state }: { state: FormState }) {
  const { messages, formData, errors } = state
  const { row, remarks } = shapes()
  const rows = rowsIn(formData)
  return (
    <>
      {all.map((name) => {
        const at = [...path, String(rows.get(name))]
        const answer = fieldValue(formData, nameOf([...at, 'answer']))
        const hasError = errors.some(({ id }) => id.startsWith(`${at.join('-')}-`))
        return (
          <details class="govuk-details" open={hasError}>
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">
                {messages.value(['service'], name)}:{' '}
                {answer ? messages.value(['services', 'answer'], answer) : messages('intake.nobodyAsked')}
              </span>
            </summary>
            <div class="govuk-details__text">
              <input type="hidden" name={nameOf(at, parts.row)} value="1" />
              <input type="hidden" name={nameOf([...at, 'service'])} value={name} />
              {(['answer', 'owner', 'dueOn'] as const).map((field) => (
                <Fields state={state} shape={memberOf(row, field)} path={[...at, field]} />
              ))}
            </div>
          </details>
        )
      })}
      {remarks.kind === 'text' ? <TextArea state={state} shape={remarks} path={['care', 'remarks']} /> : null}
    </>
  )
}

/** The row of each service in the form data. Services that it does not name come last. */
function rowsIn(formData: FormDataMap): Map<string, number> {
  const at = (row: number) => fieldValue(formData, nameOf([...path, String(row), 'service']))
  const named = all.map((_, row) => at(row)).filter((name) => name !== '')
  return new Map([...named, ...all.filter((name) => !named.includes(name))].map((name, row) => [name, row]))
}

/** The present services as form data. */
export function serviceFormData(now: CurrentServices): FormDataMap {
  return new Map<string, readonly string[]>([
    ...(now?.services ?? []).flatMap((service, row) =>
      formEntriesOf(shapes().row, service, [...path, String(row)]),
    ),
    ...(now?.remarks ? [['care.remarks', [now.remarks]] as const] : []),
  ])
}

/** The form data with only the services that have an answer, as the first rows. */
export function answeredServices(formData: FormDataMap): FormDataMap {
  const rows = all.map((_, row) => rowOf(formData, row)).filter(isAnswered)
  const rest = [...formData].filter(([name]) => !name.startsWith(`${nameOf(path)}.`))
  return new Map([
    ...rest,
    ...rows.flatMap((fields, row) =>
      fields.map(([field, values]) => [nameOf([...path, String(row), field]), values] as const),
    ),
  ])
}

type Row = readonly (readonly [string, readonly string[]])[]

/** The fields of one row, by their names within the row. */
function rowOf(formData: FormDataMap, row: number): Row {
  const before = `${nameOf([...path, String(row)])}.`
  return [...formData].flatMap(([name, values]) =>
    name.startsWith(before) ? [[name.slice(before.length), values] as const] : [],
  )
}

/** Whether a row has an answer. An owner or a day alone counts too: then the page asks for the answer. */
const isAnswered = (fields: Row) =>
  fields.some(([field, [value = '']]) => field !== 'service' && field !== parts.row && value.trim() !== '')
