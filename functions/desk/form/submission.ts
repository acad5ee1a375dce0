import { againField, type DeskContext, formType } from '../context.ts'
import { idOf } from './errors.ts'
import { removalId, rowButtons } from './fields.tsx'
import { type FormDataMap, fieldValue, nameOf, parts, rowCount } from './form-data.ts'
import { idempotencyField, versionField } from './hidden-fields.tsx'

/** A form that a browser sent. */
export interface Submission {
  formData: FormDataMap
  /** The form's own key: sent twice, it is done once. */
  key: string
  /** The version that the form was made from. */
  version: number | undefined
  /**
   * The values with which the form is to be shown again, if nothing is to be sent: with a row more or less, in another
   * language, or after the screen was hidden.
   */
  again: FormDataMap | undefined
  /** The id of the row that was added, or of the list from which a row was taken: the user goes on there. */
  focusId: string | undefined
}

/** Reads the form of a request. */
export async function readSubmission(context: DeskContext): Promise<Submission> {
  const ours = context.req.header('content-type')?.startsWith(formType) ?? false
  const sent = new URLSearchParams(ours ? await context.req.text() : '')
  const formData = new Map([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]))
  const version = fieldValue(formData, versionField)
  return {
    formData,
    key: fieldValue(formData, idempotencyField),
    version: /^\d{1,9}$/.test(version) ? Number(version) : undefined,
    ...shownAgain(formData),
  }
}

/** Whether the form is only to be shown again, by the button that was pressed. */
function shownAgain(formData: FormDataMap): Pick<Submission, 'again' | 'focusId'> {
  const [more, less, sure] = [rowButtons.more, rowButtons.less, rowButtons.sure].map((button) =>
    fieldValue(formData, button),
  )
  if (more) {
    const path = more.split('.')
    return { again: withRow(formData, more), focusId: idOf([...path, String(rowCount(formData, path))]) }
  }
  // What was typed into a row goes only after a question.
  if (less && isFilled(formData, less))
    return { again: formData, focusId: `${idOf(less.split('.'))}${removalId}` }
  const gone = less || sure
  if (gone) return { again: withoutRow(formData, gone), focusId: idOf(gone.split('.').slice(0, -1)) }
  return { again: formData.has(againField) ? formData : undefined, focusId: undefined }
}

/** Whether somebody has typed or chosen something in a row. */
function isFilled(formData: FormDataMap, row: string): boolean {
  return [...formData].some(
    ([name, values]) =>
      (name === row || name.startsWith(`${row}.`)) &&
      !name.endsWith(`.${parts.row}`) &&
      values.some((value) => value.trim() !== ''),
  )
}

function withRow(formData: FormDataMap, list: string): FormDataMap {
  const path = list.split('.')
  return new Map([...formData, [nameOf([...path, String(rowCount(formData, path))], parts.row), ['1']]])
}

/** Takes a row away. The rows after it move up. */
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
