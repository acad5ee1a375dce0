import { Select } from './choices.tsx'
import { fieldValue, nameOf } from './form-data.ts'
import type { FieldProps } from './form-group.tsx'
import { usualZones, zoneName } from './zones.ts'

/** A time zone, named by its place and country. Who is never asked sends the zone of the page along. */
export function ZoneField({ state, shape, path }: FieldProps) {
  const { messages, formData, clock } = state
  const chosen = fieldValue(formData, nameOf(path)) || (clock?.zone ?? '')
  if (clock?.asks === false) return <input type="hidden" name={nameOf(path)} value={chosen} />
  const zones = usualZones(messages)
  const isUsual = chosen === '' || zones.some(([zone]) => zone === chosen)
  return (
    <Select
      {...{ state, shape, path, chosen }}
      values={isUsual ? zones : [...zones, [chosen, zoneName(messages, chosen)]]}
    />
  )
}
