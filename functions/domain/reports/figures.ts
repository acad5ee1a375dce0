import {
  type Dimension,
  dayBands,
  dimensions,
  type Figure,
  type FigureScope,
  placeBands,
  type Thresholds,
} from '../../../schemas/api/figures.ts'
import { type Facts, latest } from '../access/opened-sections.ts'
import { chisinau, dayIn, dayOf } from '../calendar/days.ts'
import { hiddenCells, type Line } from './suppression.ts'

/** A return as the figures count it, without anything that names it. */
export interface Counted {
  year: string
  values: Readonly<Record<Dimension, string>>
}

const dayMs = 86_400_000
/** The last day of each band. */
const bandEnds = [7, 14, 30, 60, 90]

/**
 * A return as the figures count it, from its instant of filing and the opened sections of class `case`. Undefined where
 * there is no request to count, and where the return was filed in error or twice.
 */
export function countedOf(filedAt: string, facts: Pick<Facts, 'opened'>): Counted | undefined {
  const opened = { ...facts, unseen: [] }
  const request = latest(opened, 'case', 'request')
  const cancelled = latest(opened, 'case', 'cancellation')?.reason
  if (!request || cancelled === 'filed-in-error' || cancelled === 'duplicate') return undefined
  const filedOn = dayIn(Date.parse(filedAt), chisinau)
  const arrived = latest(opened, 'case', 'arrival')?.happened.at
  const places = latest(opened, 'case', 'stay') ? 1 + request.childrenAlong : 0
  return {
    year: filedOn.slice(0, 4),
    values: {
      country: request.country,
      age: request.ageBand ?? 'not-known',
      sex: request.sex,
      category: request.category,
      days: arrived ? dayBand(filedOn, dayOf(arrived)) : 'not-arrived',
      places: placeBands[Math.min(places, placeBands.length - 1)] ?? '0',
    },
  }
}

/** How many days it took from the filing to the arrival; none for a person who was home before the filing. */
function dayBand(filedOn: string, arrivedOn: string): string {
  const days = Math.max(0, (Date.parse(arrivedOn) - Date.parse(filedOn)) / dayMs)
  const band = bandEnds.findIndex((end) => days <= end)
  return dayBands[band === -1 ? bandEnds.length : band] ?? 'not-arrived'
}

/**
 * The counts that each scope may see, and no others: by each dimension, value and year, with all their sums. What is hidden
 * inside is hidden outside too, because whoever reads the inside figures can read the outside ones.
 */
export function figuresOf(
  counted: readonly Counted[],
  { internal, outside }: Thresholds,
): Record<FigureScope, Figure[]> {
  const cells = cellsOf(counted)
  const counts = new Map([...cells].map(([key, { count }]) => [key, count]))
  const lines = linesOf([...cells.values()])
  const hiddenInside = hiddenCells(counts, lines, internal)
  const hiddenOutside = hiddenCells(counts, lines, outside, hiddenInside)
  const shown = (hidden: ReadonlySet<string>) =>
    [...cells].filter(([key]) => !hidden.has(key)).map(([, cell]) => cell)
  return { internal: shown(hiddenInside), outside: shown(hiddenOutside) }
}

type CellKey = Omit<Figure, 'count'>

const keyOf = ({ dimension, value, year }: CellKey) => [dimension, value, year].join('|')

/** Every sum that is not zero, in the order of the dimensions, their values and the years. */
export function cellsOf(counted: readonly Counted[]): Map<string, Figure> {
  const cells = new Map<string, Figure>()
  for (const { year, values } of counted) {
    const keys: CellKey[] = [{}, ...dimensions.map((dimension) => ({ dimension, value: values[dimension] }))]
    for (const cell of keys.flatMap((key) => [key, { ...key, year }])) {
      const key = keyOf(cell)
      cells.set(key, { ...cell, count: (cells.get(key)?.count ?? 0) + 1 })
    }
  }
  return new Map([...cells].sort(([first], [second]) => (first < second ? -1 : 1)))
}

/** How cells add up: over the years of each value and of all, and over the values of each dimension. */
export function linesOf(cells: readonly Figure[]): Line[] {
  const lines = new Map<string, { total: string; parts: string[] }>()
  const join = (line: string, total: CellKey, part: CellKey) => {
    const known = lines.get(line) ?? { total: keyOf(total), parts: [] }
    known.parts.push(keyOf(part))
    lines.set(line, known)
  }
  for (const { count: _, ...cell } of cells) {
    const { year, dimension, ...rest } = cell
    const ofYear = year === undefined ? {} : { year }
    if (year !== undefined)
      join(
        `years ${keyOf({ ...cell, year: undefined })}`,
        { ...rest, ...(dimension ? { dimension } : {}) },
        cell,
      )
    if (dimension !== undefined) join(`values ${dimension} ${year ?? ''}`, ofYear, cell)
  }
  return [...lines.values()]
}
