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

/** A return as it is counted: nothing that names it. */
export interface Counted {
  year: string
  values: Readonly<Record<Dimension, string>>
}

const dayMs = 86_400_000
/** The last day of each band. */
const bandEnds = [7, 14, 30, 60, 90]

/**
 * A return as figures count it, from its instant of filing and the opened sections of class `case`. Nothing where there
 * is no request to count, or it was no return of its own.
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
      age: request.ageBand,
      sex: request.sex,
      category: request.category,
      days: arrived ? dayBand(filedOn, dayOf(arrived)) : 'not-arrived',
      places: placeBands[Math.min(places, placeBands.length - 1)] ?? '0',
    },
  }
}

/** Who was home before anything was filed took no days. */
function dayBand(filedOn: string, arrivedOn: string): string {
  const days = Math.max(0, (Date.parse(arrivedOn) - Date.parse(filedOn)) / dayMs)
  const band = bandEnds.findIndex((end) => days <= end)
  return dayBands[band === -1 ? bandEnds.length : band] ?? 'not-arrived'
}

/**
 * The counts that each scope is told, and no others: by each dimension, value and year, with all their sums. What is
 * hidden within is hidden outside too, since who reads the one can read the other.
 */
export function figuresOf(
  counted: readonly Counted[],
  { internal, outside }: Thresholds,
): Record<FigureScope, Figure[]> {
  const cells = cellsOf(counted)
  const counts = new Map([...cells].map(([key, { count }]) => [key, count]))
  const lines = linesOf([...cells.values()])
  const within = hiddenCells(counts, lines, internal)
  const without = hiddenCells(counts, lines, outside, within)
  const told = (hidden: ReadonlySet<string>) =>
    [...cells].filter(([key]) => !hidden.has(key)).map(([, cell]) => cell)
  return { internal: told(within), outside: told(without) }
}

type Place = Omit<Figure, 'count'>

const keyOf = ({ dimension, value, year }: Place) => [dimension, value, year].join('|')

/** Every sum that is not nought, in the order of the dimensions, their values and the years. */
export function cellsOf(counted: readonly Counted[]): Map<string, Figure> {
  const cells = new Map<string, Figure>()
  for (const { year, values } of counted) {
    const places: Place[] = [{}, ...dimensions.map((dimension) => ({ dimension, value: values[dimension] }))]
    for (const place of places.flatMap((place) => [place, { ...place, year }])) {
      const key = keyOf(place)
      cells.set(key, { ...place, count: (cells.get(key)?.count ?? 0) + 1 })
    }
  }
  return new Map([...cells].sort(([one], [two]) => (one < two ? -1 : 1)))
}

/** How cells add up: over the years of each value and of all, and over the values of each dimension. */
export function linesOf(cells: readonly Figure[]): Line[] {
  const lines = new Map<string, { total: string; parts: string[] }>()
  const join = (line: string, total: Place, part: Place) => {
    const known = lines.get(line) ?? { total: keyOf(total), parts: [] }
    known.parts.push(keyOf(part))
    lines.set(line, known)
  }
  for (const { count: _, ...place } of cells) {
    const { year, dimension, ...rest } = place
    const ofYear = year === undefined ? {} : { year }
    if (year !== undefined)
      join(
        `years ${keyOf({ ...place, year: undefined })}`,
        { ...rest, ...(dimension ? { dimension } : {}) },
        place,
      )
    if (dimension !== undefined) join(`values ${dimension} ${year ?? ''}`, ofYear, place)
  }
  return [...lines.values()]
}
