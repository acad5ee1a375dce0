import { Select } from '../../form/choices.tsx'
import { Input, NamedCodeInput } from '../../form/controls.tsx'
import { idOf, shapeAt } from '../../form/errors.ts'
import { Fields, rowButtons } from '../../form/fields.tsx'
import { fieldValue, nameOf, parts, rowCount } from '../../form/form-data.ts'
import {
  describedBy,
  errorAt,
  FormGroup,
  type FormState,
  fieldLabel,
  HintAndError,
  idIn,
  Legend,
  notRemembered,
} from '../../form/form-group.tsx'
import type { Shape } from '../../form/shape.ts'
import { hasManyZones, zoneName, zonesOf } from '../../form/zones.ts'
import { codeOf } from '../../messages/names.ts'
import {
  afterField,
  daysLater,
  departureText,
  type LegEnd,
  legPath,
  legsPath,
  zoneAt,
} from '../../return/legs-typed.ts'

/** The fields of a leg that are always seen. What else the contract asks of a leg is folded up. */
const seen: readonly string[] = ['mode', 'from', 'to', 'departs', 'arrives', 'carrier']
/** A leg ends on the day of its departure, or so many days later. */
const daysAfterDeparture = [0, 1, 2, 3, 4, 5, 6, 7]

interface LegProps {
  state: FormState
  leg: number
  shape: Shape
}

/** An itinerary with as few fields as two legs need: what follows from another answer is not asked. */
export function ItineraryFields({ state, shape }: { state: FormState; shape: Shape }) {
  const { messages, formData } = state
  const item = shapeAt(shape, [...legsPath, '0'])
  const arrivesAt = shapeAt(shape, ['travel', 'arrivesAt'])
  const help = shapeAt(shape, ['travel', 'transitHelp'])
  if (!item || arrivesAt?.kind !== 'choice' || !help) throw new Error('The contract has no itinerary.')
  const legs = Math.max(rowCount(formData, legsPath), 1)
  return (
    <>
      {Array.from({ length: legs }, (_, leg) => (
        <LegFields state={state} leg={leg} shape={item} />
      ))}
      <button
        type="submit"
        name={rowButtons.more}
        value={nameOf(legsPath)}
        class="govuk-button govuk-button--secondary"
      >
        {messages('travel.addLeg')}
      </button>
      <Select
        {...{ state, shape: arrivesAt, path: ['travel', 'arrivesAt'] }}
        values={arrivesAt.values.map((point) => [point, messages.value(['travel', 'arrivesAt'], point)])}
      />
      <Fields state={state} shape={help} path={['travel', 'transitHelp']} />
    </>
  )
}

function LegFields({ state, leg, shape }: LegProps) {
  const { messages, focusId } = state
  const path = legPath(leg)
  const of = (...member: readonly string[]) => shapeAt(shape, member)
  const [mode, carrier] = [of('mode'), of('carrier')]
  const isNew = focusId === idOf(path)
  return (
    <fieldset
      class="govuk-fieldset group"
      id={idIn(state, path)}
      {...(isNew ? { tabindex: -1, autofocus: true } : {})}
    >
      <Legend large>{messages('travel.legOf', { n: leg + 1 })}</Legend>
      <input type="hidden" name={nameOf(path, parts.row)} value="1" />
      {hasOwnStart(state, leg) ? (
        <PlaceFields state={state} leg={leg} shape={shape} end="from" />
      ) : (
        <p class="govuk-body">{messages('travel.fromLast', { n: leg, place: lastEnd(state, leg) })}</p>
      )}
      <PlaceFields state={state} leg={leg} shape={shape} end="to" />
      <div class="side">
        {mode?.kind === 'choice' ? (
          <Select
            {...{ state, shape: mode, path: [...path, 'mode'] }}
            values={mode.values.map((value) => [value, messages.value([...path, 'mode'], value)])}
          />
        ) : null}
        {carrier ? <Fields state={state} shape={carrier} path={[...path, 'carrier']} /> : null}
      </div>
      <Departure state={state} leg={leg} shape={shape} />
      <Arrival state={state} leg={leg} shape={shape} />
      <More state={state} leg={leg} shape={shape} />
    </fieldset>
  )
}

const written = ({ formData }: FormState, leg: number, end: LegEnd, part: string) =>
  fieldValue(formData, nameOf(legPath(leg, end, part)))

/** Where the leg before ends, as far as it is typed. */
const lastEnd = (state: FormState, leg: number) =>
  written(state, leg - 1, 'to', 'name') || state.messages('travel.lastEnd')

/** Whether a leg has a start of its own: the first one, and one that begins elsewhere than where the last one ends. */
function hasOwnStart(state: FormState, leg: number): boolean {
  if (leg === 0 || state.errors.some(({ id }) => id.startsWith(idOf(legPath(leg, 'from'))))) return true
  return (['name', 'country'] as const).some((part) => {
    const start = written(state, leg, 'from', part)
    return start !== '' && start !== written(state, leg - 1, 'to', part)
  })
}

/** A place by its name and country; its time zone only where the two do not say it, or where another one stands. */
function PlaceFields({ state, leg, shape, end }: LegProps & { end: LegEnd }) {
  const path = legPath(leg, end)
  const [name, country, zone] = ['name', 'country', 'zone'].map((member) => shapeAt(shape, [end, member]))
  return (
    <>
      <div class="side">
        {name ? <Input {...{ state, shape: name, path: [...path, 'name'] }} /> : null}
        {country?.kind === 'country' ? (
          <NamedCodeInput {...{ state, shape: country, path: [...path, 'country'] }} />
        ) : null}
      </div>
      {zone ? <Zone {...{ state, leg, end, shape: zone }} /> : null}
    </>
  )
}

function Zone({ state, leg, end, shape }: { state: FormState; leg: number; end: LegEnd; shape: Shape }) {
  const { messages, formData } = state
  const path = legPath(leg, end, 'zone')
  const country = codeOf('country', fieldValue(formData, nameOf(legPath(leg, end, 'country'))))
  const chosen = fieldValue(formData, nameOf(path))
  const follows = zoneAt(formData, leg, end)
  const isAsked = errorAt(state, path) !== undefined || (hasManyZones(country) && follows === undefined)
  if (!isAsked && (chosen === '' || chosen === follows)) return null
  const zones = [...new Set([...zonesOf(country), ...(chosen ? [chosen] : [])])]
  return (
    <Select
      {...{ state, shape, path, chosen }}
      values={zones.map((zone) => [zone, zoneName(messages, zone)])}
    />
  )
}

/** A start that is where the last leg ends need not be typed: its fields are empty, so that it follows when that changes. */
const withoutStart = (state: FormState, leg: number): FormState => ({
  ...state,
  formData: new Map(
    [...state.formData].filter(([name]) => !name.startsWith(`${nameOf(legPath(leg, 'from'))}.`)),
  ),
})

/** The day and the time of departure, each in one field. */
function Departure({ state, leg, shape: item }: LegProps) {
  const { messages, formData } = state
  const path = legPath(leg, 'departs')
  const shape = shapeAt(item, ['departs'])
  if (!shape) return null
  return (
    <FormGroup state={state} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
        <Legend>{fieldLabel(state, path, shape)}</Legend>
        <HintAndError state={state} path={path} />
        <div class="govuk-date-input">
          <Small
            id={idIn(state, path)}
            name={nameOf(path, parts.day)}
            text={messages('travel.dayTyped')}
            width={10}
            value={departureText(formData, leg)}
          />
          <Small
            id={`${idIn(state, path)}-1`}
            name={nameOf(path, parts.time)}
            text={messages('form.clock')}
            width={5}
            value={fieldValue(formData, nameOf(path, parts.time))}
          />
        </div>
      </fieldset>
    </FormGroup>
  )
}

/** The time of arrival, and on which day after the departure. */
function Arrival({ state, leg, shape: item }: LegProps) {
  const { messages, formData } = state
  const path = legPath(leg, 'arrives')
  const shape = shapeAt(item, ['arrives'])
  if (!shape) return null
  const later = daysLater(formData, leg)
  const choices = daysAfterDeparture.includes(later) ? daysAfterDeparture : [later, ...daysAfterDeparture]
  return (
    <FormGroup state={state} path={path}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(state, path)}>
        <Legend>{fieldLabel(state, path, shape)}</Legend>
        <HintAndError state={state} path={path} />
        <div class="govuk-date-input">
          <Small
            id={idIn(state, path)}
            name={nameOf(path, parts.time)}
            text={messages('form.clock')}
            width={5}
            value={fieldValue(formData, nameOf(path, parts.time))}
          />
          <div class="govuk-date-input__item">
            <label class="govuk-label govuk-date-input__label" for={`${idIn(state, path)}-after`}>
              {messages('form.dayOf')}
            </label>
            <select
              class="govuk-select"
              id={`${idIn(state, path)}-after`}
              name={afterField(leg)}
              {...notRemembered}
            >
              {choices.map((days) => (
                <option value={String(days)} selected={days === later}>
                  {days === 0 ? messages('travel.sameDay') : messages.count('travel.daysLater', days)}
                </option>
              ))}
            </select>
          </div>
        </div>
      </fieldset>
    </FormGroup>
  )
}

function Small(props: { id: string; name: string; text: string; width: 5 | 10; value: string }) {
  const { id, name, text, width, value } = props
  return (
    <div class="govuk-date-input__item">
      <label class="govuk-label govuk-date-input__label" for={id}>
        {text}
      </label>
      <input
        class={`govuk-input govuk-input--width-${width}`}
        {...{ id, name, value }}
        type="text"
        {...notRemembered}
      />
    </div>
  )
}

/** What few legs need: a start elsewhere than where the last one ends, a meeting point, a companion; and taking the leg away. */
function More({ state, leg, shape }: LegProps) {
  const { messages, formData, errors } = state
  const path = legPath(leg)
  const members = shape.kind === 'group' ? shape.members.filter(({ name }) => !seen.includes(name)) : []
  const isOpen = members.some(({ name }) => {
    const own = [...path, name]
    const hasValue = [...formData].some(
      ([field, [value = '']]) =>
        (field === nameOf(own) || field.startsWith(`${nameOf(own)}.`)) && value !== '',
    )
    return hasValue || errors.some(({ id }) => id.startsWith(idOf(own)))
  })
  return (
    <details class="govuk-details" open={isOpen}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{messages('travel.moreOfLeg', { n: leg + 1 })}</span>
      </summary>
      <div class="govuk-details__text">
        {hasOwnStart(state, leg) ? null : (
          <>
            <p class="govuk-body">{messages('travel.elsewhere')}</p>
            <PlaceFields state={withoutStart(state, leg)} leg={leg} shape={shape} end="from" />
          </>
        )}
        {members.map(({ name, shape: member }) => (
          <Fields state={state} shape={member} path={[...path, name]} />
        ))}
        {rowCount(formData, legsPath) > 1 ? (
          <button
            type="submit"
            name={rowButtons.less}
            value={nameOf(path)}
            class="govuk-button govuk-button--secondary"
          >
            {messages('travel.removeLeg', { n: leg + 1 })}
          </button>
        ) : null}
      </div>
    </details>
  )
}
