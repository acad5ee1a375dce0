import { againField, type DeskContext, formType } from '../context.ts'
import { idOf } from './errors.ts'
import { rowButtons } from './fields.tsx'
import { type FormDataMap, fieldValue, nameOf, parts, rowCount } from './form-data.ts'
import { idempotencyField, versionField } from './hidden-fields.tsx'

/** A form as it was sent. */
export interface Submission {
  formData: FormDataMap
  /** The form's own key. */
  idempotencyKey: string
  /** The version that it was made from. */
  version: number | undefined
  /**
   * Nothing is to be sent, and the form to be shown again: with a row more or less, in another language, or after the
   * screen was hidden. What was typed, as it is to be shown.
   */
  again: FormDataMap | undefined
  /** The id of the row that was added, or of the list from which one was taken: there the page goes on. */
  focusId: string | undefined
}

/** Reads what a form sent. */
export async function readSubmission(context: DeskContext): Promise<Submission> {
  const ours = context.req.header('content-type')?.startsWith(formType) ?? false
  const sent = new URLSearchParams(ours ? await context.req.text() : '')
  const formData = new Map([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]))
  const version = fieldValue(formData, versionField)
  const more = fieldValue(formData, rowButtons.more)
  const less = fieldValue(formData, rowButtons.less)
  return {
    formData,
    idempotencyKey: fieldValue(formData, idempotencyField),
    version: /^\d{1,9}$/.test(version) ? Number(version) : undefined,
    again: more
      ? withRow(formData, more)
      : less
        ? withoutRow(formData, less)
        : formData.has(againField)
          ? formData
          : undefined,
    focusId: more
      ? idOf([...more.split('.'), String(rowCount(formData, more.split('.')))])
      : less
        ? idOf(less.split('.').slice(0, -1))
        : undefined,
  }
}

function withRow(formData: FormDataMap, list: string): FormDataMap {
  const path = list.split('.')
  return new Map([...formData, [nameOf([...path, String(rowCount(formData, path))], parts.row), ['1']]])
}

/** Takes a row away; those after it move up. */
function withoutRow(formData: FormDataMap, row: string): FormDataMap {
  const at = row.lastIndexOf('.')
  const [list, gone] = [row.slice(0, at + 1), Number(row.slice(at + 1))]
  return new Map(
    [...formData].flatMap(([name, values]): [string, readonly string[]][] => {
      if (!name.startsWith(list)) return [[name, values]]
      const [first = '', ...rest] = name.slice(list.length).split('.')
      const index = Number(first)
      if (index === gone) return []
      return [[list + [String(index > gone ? index - 1 : index), ...rest].join('.'), values]]
    }),
  )
}
