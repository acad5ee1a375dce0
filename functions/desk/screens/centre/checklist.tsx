import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { Content } from '../../../../schemas/sections/sections.ts'
import { service } from '../../../../schemas/values/codes.ts'
import type { Asking } from '../../form/asking.tsx'
import { TextArea } from '../../form/controls.tsx'
import { Fields } from '../../form/fields.tsx'
import { nameOf, parts, type Typed, typedAt, typedFrom } from '../../form/form-data.ts'
import type { Path, Shape } from '../../form/shape.ts'
import { askedBy } from '../../form/validate.ts'
import type { Words } from '../../messages/messages.ts'
import { Table } from '../../parts/table.tsx'
import { type Section, told as toldOf } from '../travel/legs.ts'

/** One service as it stands: what was answered, whose it is, by when. */
type Offered = Content<'care', 'services'>['services'][number]

const path: Path = ['care', 'services']
const all = service.options

/** What the newest list says, or the one of the first evening; nothing where nobody looked. */
export function told(
  sections: readonly Section[],
): { services: readonly Offered[]; remarks?: string } | undefined {
  const lists = [...toldOf(sections, 'care', 'intake'), ...toldOf(sections, 'care', 'services')]
  const newest = lists.toSorted((list, other) => list.seq - other.seq).at(-1)?.content
  return newest && { services: newest.services, ...(newest.remarks ? { remarks: newest.remarks } : {}) }
}

type Standing = ReturnType<typeof told>

/** Each service that there is, and what is known of it: that nobody asked is told apart from what she does not want. */
export function Checklist({ words, now }: { words: Words; now: Standing }) {
  const heads = ['intake.service', 'intake.answer', 'intake.owner', 'intake.due'] as const
  return (
    <Table
      caption={words('intake.services')}
      heads={heads.map((head) => words(head))}
      rows={all.map((name) => {
        const one = now?.services.find((other) => other.service === name)
        return [
          words.value(['service'], name),
          one ? words.value(['services', 'answer'], one.answer) : words('intake.nobodyAsked'),
          one?.owner ?? (one ? words('intake.noOwner') : ''),
          one?.dueOn ? words.day(one.dueOn) : '',
        ]
      })}
    />
  )
}

/** The form of one service, and of what is remarked on all. */
function shapes(): { row: Shape; remarks: Shape } {
  const care = memberOf(askedBy(bodyOf('offer-services', 'centre')), 'care')
  const list = memberOf(care, 'services')
  if (list.kind !== 'rows') throw new Error('Services are no list.')
  return { row: list.item, remarks: memberOf(care, 'remarks') }
}

function memberOf(shape: Shape, name: string): Shape {
  const found =
    shape.kind === 'group' ? shape.members.find((member) => member.name === name)?.shape : undefined
  if (!found) throw new Error(`The contract asks for no ${name}.`)
  return found
}

/** Each service folded away with what stands; opened, its three fields. */
export function Services({ asking }: { asking: Asking }) {
  const { words, typed, wrongs } = asking
  const { row, remarks } = shapes()
  const rows = rowsIn(typed)
  return (
    <>
      {all.map((name) => {
        const at = [...path, String(rows.get(name))]
        const answer = typedAt(typed, nameOf([...at, 'answer']))
        const isWrong = wrongs.some(({ id }) => id.startsWith(`${at.join('-')}-`))
        return (
          <details class="govuk-details" open={isWrong}>
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">
                {words.value(['service'], name)}:{' '}
                {answer ? words.value(['services', 'answer'], answer) : words('intake.nobodyAsked')}
              </span>
            </summary>
            <div class="govuk-details__text">
              <input type="hidden" name={nameOf(at, parts.row)} value="1" />
              <input type="hidden" name={nameOf([...at, 'service'])} value={name} />
              {(['answer', 'owner', 'dueOn'] as const).map((field) => (
                <Fields asking={asking} shape={memberOf(row, field)} path={[...at, field]} />
              ))}
            </div>
          </details>
        )
      })}
      {remarks.kind === 'text' ? (
        <TextArea asking={asking} shape={remarks} path={['care', 'remarks']} />
      ) : null}
    </>
  )
}

/** The row of each service in what was typed; those that it does not name come after. */
function rowsIn(typed: Typed): Map<string, number> {
  const at = (row: number) => typedAt(typed, nameOf([...path, String(row), 'service']))
  const named = all.map((_, row) => at(row)).filter((name) => name !== '')
  return new Map([...named, ...all.filter((name) => !named.includes(name))].map((name, row) => [name, row]))
}

/** What stands, as the form of all services has it. */
export function typedFor(now: Standing): Typed {
  return new Map<string, readonly string[]>([
    ...(now?.services ?? []).flatMap((service, row) =>
      typedFrom(shapes().row, service, [...path, String(row)]),
    ),
    ...(now?.remarks ? [['care.remarks', [now.remarks]] as const] : []),
  ])
}

/** What was typed, with the services of which somebody said something as its first rows and no others. */
export function servicesTyped(typed: Typed): Typed {
  const rows = all.map((_, row) => rowOf(typed, row)).filter(isSaid)
  const rest = [...typed].filter(([name]) => !name.startsWith(`${nameOf(path)}.`))
  return new Map([
    ...rest,
    ...rows.flatMap((fields, row) =>
      fields.map(([field, values]) => [nameOf([...path, String(row), field]), values] as const),
    ),
  ])
}

type Row = readonly (readonly [string, readonly string[]])[]

/** The fields of one row, each by its name within it. */
function rowOf(typed: Typed, row: number): Row {
  const before = `${nameOf([...path, String(row)])}.`
  return [...typed].flatMap(([name, values]) =>
    name.startsWith(before) ? [[name.slice(before.length), values] as const] : [],
  )
}

/** An owner or a day without an answer is no silence: what is missing is then asked for. */
const isSaid = (fields: Row) =>
  fields.some(([field, [value = '']]) => field !== 'service' && field !== parts.row && value.trim() !== '')
