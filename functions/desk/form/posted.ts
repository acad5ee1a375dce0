import { againField, formType, type Visit } from '../context.ts'
import { idOf } from './errors.ts'
import { rowButtons } from './fields.tsx'
import { nameOf, parts, rowsIn, type Typed, typedAt } from './form-data.ts'
import { onceField, versionField } from './sending.tsx'

/** A form as it was sent. */
export interface Posted {
  typed: Typed
  /** The form's own key. */
  once: string
  /** The version that it was made from. */
  version: number | undefined
  /**
   * Nothing is to be sent, and the form to be shown again: with a row more or less, in another language, or after the
   * screen was hidden. What was typed, as it is to be shown.
   */
  rows: Typed | undefined
  /** The id of the row that was added, or of the list from which one was taken: there the page goes on. */
  goesOn: string | undefined
}

/** Reads what a form sent. */
export async function postedIn(visit: Visit): Promise<Posted> {
  const ours = visit.req.header('content-type')?.startsWith(formType) ?? false
  const sent = new URLSearchParams(ours ? await visit.req.text() : '')
  const typed = new Map([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]))
  const version = typedAt(typed, versionField)
  const more = typedAt(typed, rowButtons.more)
  const less = typedAt(typed, rowButtons.less)
  return {
    typed,
    once: typedAt(typed, onceField),
    version: /^\d{1,9}$/.test(version) ? Number(version) : undefined,
    rows: more
      ? withRow(typed, more)
      : less
        ? withoutRow(typed, less)
        : typed.has(againField)
          ? typed
          : undefined,
    goesOn: more
      ? idOf([...more.split('.'), String(rowsIn(typed, more.split('.')))])
      : less
        ? idOf(less.split('.').slice(0, -1))
        : undefined,
  }
}

function withRow(typed: Typed, list: string): Typed {
  const path = list.split('.')
  return new Map([...typed, [nameOf([...path, String(rowsIn(typed, path))], parts.row), ['1']]])
}

/** Takes a row away; those after it move up. */
function withoutRow(typed: Typed, row: string): Typed {
  const at = row.lastIndexOf('.')
  const [list, gone] = [row.slice(0, at + 1), Number(row.slice(at + 1))]
  return new Map(
    [...typed].flatMap(([name, values]): [string, readonly string[]][] => {
      if (!name.startsWith(list)) return [[name, values]]
      const [first = '', ...rest] = name.slice(list.length).split('.')
      const index = Number(first)
      if (index === gone) return []
      return [[list + [String(index > gone ? index - 1 : index), ...rest].join('.'), values]]
    }),
  )
}
