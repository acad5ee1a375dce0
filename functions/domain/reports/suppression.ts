/** Cells that add up to a total: the values in a year, the years of a value, the years, the values. */
export interface Line {
  total: string
  parts: readonly string[]
}

/**
 * The cells to hide so that no hidden count can be told from those that are shown, by any adding and taking away over
 * all lines at once: those below the threshold, those in `also`, and as few of the others as the rules below take,
 * the smallest first. `counts` holds no nought: who reads is taken to know where nobody is.
 */
export function hiddenCells(
  counts: ReadonlyMap<string, number>,
  lines: readonly Line[],
  threshold: number,
  also: ReadonlySet<string> = new Set(),
): Set<string> {
  const hidden = new Set(also)
  for (const [cell, count] of counts) if (count < threshold) hidden.add(cell)
  for (;;) {
    const weak = lines.filter((line) => isWeak(line, counts, hidden, threshold))
    const told = weak.length > 0 ? [] : determined(lines, hidden)
    if (weak.length === 0 && told.length === 0) return hidden
    for (const line of weak) if (isWeak(line, counts, hidden, threshold)) hideOneMore([line], counts, hidden)
    const [cell] = told
    if (cell === undefined) continue
    // What several lines together tell is hidden where they meet it, or else wherever they still show something.
    const through = lines.filter((line) => membersOf(line).includes(cell))
    const near = lines.filter((line) => membersOf(line).some((member) => hidden.has(member)))
    if (!hideOneMore(through, counts, hidden)) hideOneMore(near, counts, hidden)
  }
}

const membersOf = ({ total, parts }: Line) => [...parts, total]

/**
 * Whether a line by itself gives a hidden cell away, or a sum of hidden cells that is below the threshold: of a total that
 * is shown at least two parts are hidden, and together they are no small count; of one that is hidden at least one.
 */
function isWeak(
  { total, parts }: Line,
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  threshold: number,
): boolean {
  const gone = parts.filter((part) => hidden.has(part))
  if (hidden.has(total)) return gone.length === 0
  const rest = gone.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0)
  return gone.length > 0 && (gone.length < 2 || rest < threshold)
}

/** Hides the smallest cell that lines still show, a total only where no part is left; whether there was one. */
function hideOneMore(
  lines: readonly Line[],
  counts: ReadonlyMap<string, number>,
  hidden: Set<string>,
): boolean {
  const shown = (cells: readonly string[]) =>
    cells
      .filter((cell) => !hidden.has(cell))
      .sort((one, two) => (counts.get(one) ?? 0) - (counts.get(two) ?? 0))
  const [next] = [...shown(lines.flatMap(({ parts }) => parts)), ...shown(lines.map(({ total }) => total))]
  if (next !== undefined) hidden.add(next)
  return next !== undefined
}

/** Coefficients by hidden cell, whole numbers without a common divisor. */
type Equation = Map<string, number>

/** The hidden cells that the lines determine: Gauss and Jordan over the hidden cells, in whole numbers. */
function determined(lines: readonly Line[], hidden: ReadonlySet<string>): string[] {
  const solved = new Map<string, Equation>()
  for (const { total, parts } of lines) {
    const config = [...parts.map((part): [string, number] => [part, 1]), [total, -1] as [string, number]]
    let equation: Equation = new Map(config.filter(([cell]) => hidden.has(cell)))
    for (const [pivot, by] of solved) equation = without(equation, pivot, by)
    const [pivot] = equation.keys()
    if (pivot === undefined) continue
    for (const [known, other] of solved) solved.set(known, without(other, pivot, equation))
    solved.set(pivot, equation)
  }
  return [...solved.values()].filter(({ size }) => size === 1).flatMap((equation) => [...equation.keys()])
}

/** An equation less so much of another that the pivot falls out of it. */
function without(equation: Equation, pivot: string, by: Equation): Equation {
  const [mine, theirs] = [equation.get(pivot) ?? 0, by.get(pivot) ?? 0]
  if (mine === 0 || theirs === 0) return equation
  const left: Equation = new Map()
  for (const cell of new Set([...equation.keys(), ...by.keys()])) {
    const value = (equation.get(cell) ?? 0) * theirs - (by.get(cell) ?? 0) * mine
    if (value !== 0) left.set(cell, value)
  }
  const common = [...left.values()].reduce(divisor, 0)
  return new Map([...left].map(([cell, value]) => [cell, value / common]))
}

const divisor = (one: number, two: number): number => (two === 0 ? Math.abs(one) : divisor(two, one % two))
