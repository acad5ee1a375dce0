import type { Child } from 'hono/jsx'

interface Props {
  caption: string
  /** The heading of each column. */
  heads: readonly string[]
  /** The first cell of a row names it. */
  rows: readonly (readonly Child[])[]
  /** Whether the cells after the first are numbers, which stand below each other. */
  numbers?: boolean
}

/**
 * A table. In a narrow window each row becomes a block in which every cell says its heading (`data-head`, for the style). If it
 * still is wider than the window it scrolls by itself, also by keyboard.
 */
export function Table({ caption, heads, rows, numbers = false }: Props) {
  const classOf = (part: 'header' | 'cell', at: number) =>
    `govuk-table__${part}${numbers && at > 0 ? ` govuk-table__${part}--numeric` : ''}`
  return (
    <section class="wide" tabindex={0} aria-label={caption}>
      <table class="govuk-table stacked">
        <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {heads.map((head, at) => (
              <th scope="col" class={classOf('header', at)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {rows.map(([name, ...cells]) => (
            <tr class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {name}
              </th>
              {cells.map((cell, at) => (
                <td class={classOf('cell', at + 1)} data-head={heads[at + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
