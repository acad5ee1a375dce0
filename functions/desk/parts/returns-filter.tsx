import { type WorklistQuery, worklistQuery } from '../../../schemas/api/requests.ts'
import { phases, returnPhases } from '../../../schemas/procedure/phases.ts'
import type { DeskContext, SignedIn } from '../context.ts'
import { Button } from '../form/button.tsx'
import type { FieldError } from '../form/error-summary.tsx'
import type { Messages } from '../messages/messages.ts'
import { seesAlerts } from './navigation.ts'
import { partiesByName, partiesOf } from './parties.ts'

/** The filters of a list of returns, in the order of their form. Their names are those of the API. */
const filterNames = ['phase', 'assigned', 'post', 'arrivingFrom', 'arrivingTo', 'overdue', 'text'] as const
export type FilterName = (typeof filterNames)[number]

const errorText = {
  phase: 'list.badFilter',
  assigned: 'list.badFilter',
  post: 'list.badFilter',
  overdue: 'list.badFilter',
  arrivingFrom: 'list.badDay',
  arrivingTo: 'list.badDay',
  text: 'list.badFilter',
} as const satisfies Record<FilterName, Parameters<Messages>[0]>

/** The filter of the address, and what of it no list understands. Empty fields do not filter. */
export function filterIn(context: DeskContext): { filter: WorklistQuery; errors: FieldError[] } {
  const { messages } = context.var
  const asked = context.req.query()
  const filled = filterNames.flatMap((name) => {
    const value = asked[name]?.trim() ?? ''
    return value === '' ? [] : [{ name, value }]
  })
  const errors: FieldError[] = []
  const filter: WorklistQuery = {}
  for (const { name, value } of filled) {
    const { data } = worklistQuery.safeParse({ [name]: value })
    if (data) Object.assign(filter, data)
    else errors.push({ id: name, text: messages(errorText[name]) })
  }
  const { arrivingFrom, arrivingTo } = filter
  if (arrivingFrom && arrivingTo && arrivingTo < arrivingFrom)
    errors.push({ id: 'arrivingTo', text: messages('list.ends') })
  return { filter, errors }
}

/** Whether a filter leaves anything out. */
export const isFiltered = (filter: WorklistQuery) => Object.keys(filter).length > 0

/** The address of a list with its filter. */
export function filteredAddress(path: string, filter: WorklistQuery): string {
  const query = new URLSearchParams(filter)
  return query.size > 0 ? `${path}?${query}` : path
}

/** A filter is a form of its own, and its answers stand in the address: none of them is about a person. */
export function ReturnsFilter(props: {
  context: DeskContext
  filter: WorklistQuery
  errors: readonly FieldError[]
  path: string
  /** The filters of this list; all unless said. */
  shown?: readonly FilterName[]
}) {
  const { context, filter, errors, path, shown = filterNames } = props
  const { messages, me } = context.var
  const fields = shown.filter((name) => name !== 'post' || me.kind !== 'mission')
  const state = { messages, me, asked: context.req.query(), errors }
  return (
    <details class="govuk-details no-print" open={isFiltered(filter) || errors.length > 0}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{messages('list.filter')}</span>
      </summary>
      <form method="get" action={path} class="filter">
        {fields.map((name) => (
          <FilterField {...state} name={name} />
        ))}
        <Button kind="secondary">{messages('list.filter')}</Button>
        {isFiltered(filter) || errors.length > 0 ? (
          <a class="govuk-link" href={path}>
            {messages('list.unfilter')}
          </a>
        ) : null}
      </form>
    </details>
  )
}

interface FieldProps {
  messages: Messages
  me: SignedIn
  name: FilterName
  asked: Readonly<Record<string, string>>
  errors: readonly FieldError[]
}

function FilterField({ messages, me, name, asked, errors }: FieldProps) {
  const value = asked[name] ?? ''
  const error = errors.find(({ id }) => id === name)
  const label = messages(labels[name])
  const choices = choicesOf(messages, me, name)
  const described = error ? { 'aria-describedby': `${name}-error` } : {}
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      {name === 'overdue' ? null : (
        <label class="govuk-label" for={name}>
          {label}
        </label>
      )}
      {error ? (
        <p class="govuk-error-message" id={`${name}-error`}>
          <span class="govuk-visually-hidden">{messages('form.wrong')}</span> {error.text}
        </p>
      ) : null}
      {name === 'overdue' ? (
        <div class="govuk-checkboxes govuk-checkboxes--small">
          <div class="govuk-checkboxes__item">
            <input
              class="govuk-checkboxes__input"
              type="checkbox"
              id={name}
              name={name}
              value="yes"
              checked={value === 'yes'}
            />
            <label class="govuk-label govuk-checkboxes__label" for={name}>
              {label}
            </label>
          </div>
        </div>
      ) : choices ? (
        <select class="govuk-select" id={name} name={name} {...described}>
          <option value="">{messages('travel.all')}</option>
          {choices.map(([choice, text]) => (
            <option value={choice} selected={choice === value}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input
          class="govuk-input govuk-input--width-10"
          id={name}
          name={name}
          type={name === 'text' ? 'text' : 'date'}
          autocomplete="off"
          value={value}
          {...described}
        />
      )}
    </div>
  )
}

const labels = {
  phase: 'list.phase',
  assigned: 'travel.keeper',
  post: 'list.post',
  arrivingFrom: 'list.arrivingFrom',
  arrivingTo: 'list.arrivingTo',
  overdue: 'list.overdue',
  text: 'list.text',
} as const satisfies Record<FilterName, Parameters<Messages>[0]>

function choicesOf(
  messages: Messages,
  me: SignedIn,
  name: FilterName,
): (readonly [string, string])[] | undefined {
  switch (name) {
    case 'phase':
      return (seesAlerts(me) || me.kind === 'oversight' ? phases : returnPhases).map((phase) => [
        phase,
        messages.code('phase', phase),
      ])
    case 'assigned':
      return [
        ['to-me', messages('travel.to-me')],
        ['to-nobody', messages('travel.to-nobody')],
      ]
    case 'post':
      return [...partiesByName(messages, partiesOf('mission'))]
    default:
      return undefined
  }
}
