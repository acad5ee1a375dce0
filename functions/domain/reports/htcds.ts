import {
  type HtcdsRow,
  htcdsRows,
  htcdsStatus,
  languageGroups,
  languages3,
  ownPrefix,
} from '../../../schemas/htcds/htcds.ts'
import { htcdsFields } from '../../../schemas/htcds/htcds-fields.ts'
import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import { countries } from '../../../schemas/values/codes.ts'
import type { Facts } from '../access/opened-sections.ts'

/** A record of HTCDS 2.0: the standard's fields, and ours under their prefixes, as structured as they are sealed. */
export type HtcdsRecord = Readonly<Record<string, unknown>>

type Fields = Readonly<Record<string, unknown>>

/**
 * The opened sections of one return as an HTCDS 2.0 record; of each slot the newest section counts. A value that a field of
 * the standard holds in full does not stand again under a name of ours (`ret_RequestUrgency`, `trv_ItineraryLegs`, …).
 */
export function htcdsRecord({ opened }: Pick<Facts, 'opened'>, phase: Phase): HtcdsRecord {
  const newest = new Map(
    opened.map(({ section: { cls, slot }, content }) => [`${cls}/${slot}`, { cls, slot, content }]),
  )
  const record: Record<string, unknown> = { cas_Status: htcdsStatus(phase) }
  for (const { cls, slot, content } of newest.values()) {
    if (!isFields(content)) continue
    const counts = (row: HtcdsRow) => row.unless === undefined || !newest.has(`${cls}/${row.unless}`)
    const rows = htcdsRows.filter((row) => row.cls === cls && row.slot === slot && counts(row))
    Object.assign(record, standardFields(rows, content), ownFields(cls, slot, content, rows))
  }
  return record
}

/** The fields of the standard from a content. */
function standardFields(rows: readonly HtcdsRow[], content: Fields): Fields {
  return Object.fromEntries(
    rows.flatMap((row) => {
      const value = fieldValue(row, content)
      return value === undefined ? [] : [[row.field, value]]
    }),
  )
}

/** Our own fields from a content: those that no field of the standard holds in full. */
function ownFields(cls: SectionClass, slot: string, content: Fields, rows: readonly HtcdsRow[]): Fields {
  const heldInFull = new Set(
    rows
      .filter((row) => !row.values && fieldValue(row, content) !== undefined && !isGroupOnly(row, content))
      .map(({ path }) => path.split('.')[0]),
  )
  const fields = Object.entries(content).filter(([field]) => !heldInFull.has(field))
  return Object.assign({}, ...fields.map(([field, value]) => ownField(cls, slot, field, value)))
}

/** Whether the standard only has the group of a language, and not the language. */
const isGroupOnly = ({ path }: HtcdsRow, content: Fields) =>
  at(content, path.split('.'), undefined).some(
    (value) => path === 'language' && typeof value === 'string' && value in languageGroups,
  )

function ownField(cls: SectionClass, slot: string, field: string, value: unknown): Fields {
  const prefix = ownPrefix(cls, slot, field)
  return prefix && value !== undefined ? { [`${prefix}${pascal(slot)}${pascal(field)}`]: value } : {}
}

/** `official-request` as `OfficialRequest`, as names in the standard are written. */
function pascal(name: string): string {
  return name.replace(/(?:^|-)(\p{L})/gu, (_, letter: string) => letter.toUpperCase())
}

/** The value of a row's field from a content; undefined where the content says nothing, or no word of the standard fits. */
function fieldValue(row: HtcdsRow, content: Fields): unknown {
  const words = [
    ...new Set(at(content, row.path.split('.'), row.only).flatMap((value) => standardWords(row, value))),
  ]
  if (words.length === 0) return undefined
  const form = htcdsFields[row.field]
  if (form === 'checkbox') return true
  // A plan of support is a record of its own in the standard: a case has as many as it needs.
  const several = (typeof form === 'object' && 'manyOf' in form) || row.field === 'spl_Type'
  return several ? words : words[0]
}

/** The standard's word for a value of ours. */
function standardWords({ field, values }: HtcdsRow, value: unknown): string[] {
  if (typeof value !== 'string') return []
  if (values) return listed(values[value])
  const form = htcdsFields[field]
  const list = typeof form === 'object' ? ('oneOf' in form ? form.oneOf : form.manyOf) : undefined
  if (list === 'languages') return listed(languages3[value])
  if (list === 'countries') return countries.includes(value) ? [value] : []
  return form === 'date' ? [value.slice(0, 10)] : [value]
}

const listed = (word: string | undefined) => (word === undefined ? [] : [word])

/** The values at a path of a content; of items, those on which `only` holds. */
function at(value: unknown, [key, ...rest]: readonly string[], only: HtcdsRow['only']): unknown[] {
  if (key === undefined) return [value]
  if (key === '[]') return Array.isArray(value) ? value.flatMap((item) => at(item, rest, only)) : []
  if (!isFields(value) || (only && only[0] in value && value[only[0]] !== only[1])) return []
  return key in value ? at(value[key], rest, only) : []
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
