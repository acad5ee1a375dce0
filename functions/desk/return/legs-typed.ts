import { daysAfter } from '../../../schemas/values/clocks.ts'
import { day as dayText } from '../../../schemas/values/texts.ts'
import { contentIn, type FormDataMap, fieldValue, nameOf, parts, rowCount } from '../form/form-data.ts'
import type { Path } from '../form/shape.ts'
import { zoneOfPlace } from '../form/zones.ts'
import { codeOf } from '../messages/names.ts'

export const legsPath: Path = ['travel', 'legs']
export type LegEnd = 'from' | 'to'
export const legPath = (leg: number, ...rest: readonly string[]): Path => [...legsPath, String(leg), ...rest]

/** The field that says on which day a leg arrives: so many days after it departs. */
export const afterField = (leg: number) => nameOf(legPath(leg, 'arrives', '_after'))

const day = { kind: 'day', optional: true } as const

/** The day at a path, from its three parts or from all of it in the first. */
function dayAt(formData: FormDataMap, path: Path): string | undefined {
  return dayText.safeParse(contentIn(day, formData, path)).data
}

/** A day that was typed into one field, in the three parts that the contract's forms have. */
function wholeDay(formData: FormDataMap, path: Path): FormDataMap {
  const on = dayAt(formData, path)
  return on ? setDay(formData, path, on) : formData
}

function setDay(formData: FormDataMap, path: Path, day: string): FormDataMap {
  const [year = '', month = '', on = ''] = day.split('-')
  return new Map([
    ...formData,
    [nameOf(path, parts.day), [on]] as const,
    [nameOf(path, parts.month), [month]] as const,
    [nameOf(path, parts.year), [year]] as const,
  ])
}

/** How many days after its departure a leg arrives, as the form says it or as its days do. */
export function daysLater(formData: FormDataMap, leg: number): number {
  const chosen = fieldValue(formData, afterField(leg))
  if (/^-?\d{1,2}$/.test(chosen)) return Number(chosen)
  const [departs, arrives] = [
    dayAt(formData, legPath(leg, 'departs')),
    dayAt(formData, legPath(leg, 'arrives')),
  ]
  return departs && arrives ? Math.round((Date.parse(arrives) - Date.parse(departs)) / 86_400_000) : 0
}

/** The day of departure as it stands in its one field. */
export function departureText(formData: FormDataMap, leg: number): string {
  const path = legPath(leg, 'departs')
  const [on = '', month = '', year = ''] = [parts.day, parts.month, parts.year].map((part) =>
    fieldValue(formData, nameOf(path, part)),
  )
  return month || year ? [on, month, year].join('.') : on
}

/**
 * What was typed of a journey, with what follows from it: a leg begins where and, unless another day is typed, on the day
 * on which the one before ends; a place has the time of its country. So two legs take few fields.
 */
export function withWhatFollows(formData: FormDataMap): FormDataMap {
  let typed = formData
  for (let leg = 0; leg < rowCount(formData, legsPath); leg++) {
    if (leg > 0) typed = fromWhereTheLastEnds(typed, leg)
    typed = withZones(typed, leg)
    typed = withDays(typed, leg)
  }
  return typed
}

const placeParts = ['name', 'country', 'zone'] as const

function fromWhereTheLastEnds(formData: FormDataMap, leg: number): FormDataMap {
  const at = (of: number, end: LegEnd, part: string) => nameOf(legPath(of, end, part))
  const isTyped = (['name', 'country'] as const).some(
    (part) => fieldValue(formData, at(leg, 'from', part)) !== '',
  )
  if (isTyped) return formData
  return new Map([
    ...formData,
    ...placeParts.map(
      (part) => [at(leg, 'from', part), [fieldValue(formData, at(leg - 1, 'to', part))]] as const,
    ),
  ])
}

function withZones(formData: FormDataMap, leg: number): FormDataMap {
  const zones = (['from', 'to'] as const).flatMap((end) => {
    const field = nameOf(legPath(leg, end, 'zone'))
    const zone = fieldValue(formData, field) || zoneAt(formData, leg, end)
    return zone ? [[field, [zone]] as const] : []
  })
  return new Map([...formData, ...zones])
}

/** The zone that follows from the place at an end of a leg, if one does. */
export function zoneAt(formData: FormDataMap, leg: number, end: LegEnd): string | undefined {
  const written = (part: string) => fieldValue(formData, nameOf(legPath(leg, end, part)))
  return zoneOfPlace(codeOf('country', written('country')), written('name'))
}

function withDays(formData: FormDataMap, leg: number): FormDataMap {
  const [departs, arrives] = [legPath(leg, 'departs'), legPath(leg, 'arrives')]
  const isTyped = (path: Path, part: string) => fieldValue(formData, nameOf(path, part)) !== ''
  const before = leg > 0 ? dayAt(formData, legPath(leg - 1, 'arrives')) : undefined
  const later = daysLater(formData, leg)
  let typed = wholeDay(formData, departs)
  if (!isTyped(departs, parts.day) && isTyped(departs, parts.time) && before)
    typed = setDay(typed, departs, before)
  const on = dayAt(typed, departs)
  return on && isTyped(arrives, parts.time) ? setDay(typed, arrives, daysAfter(on, later)) : typed
}
