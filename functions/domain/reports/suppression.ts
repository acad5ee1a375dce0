/** Cells that add up to a total: the values in a year, the years of a value, all years, all values. */
export interface Line {
  total: string
  parts: readonly string[]
}

/**
 * The cells to hide, so that nobody can compute a hidden count from the shown ones by adding and subtracting over all lines
 * at once: those below the threshold, those in `also`, and as few others as the rules below need, the smallest first.
 * `counts` holds no zero: readers are assumed to know where there is nobody.
 */
export function hiddenCells(
  counts: ReadonlyMap<string, number>,
  lines: readonly Line[],
  threshold: number,
  also: ReadonlySet<string> = new Set(),
): Set<string> {
  const hidden = new Set(also)
  for (const [cell, count] of counts) if (count < threshold) hidden.add(cell)
  while (hideWeakLines(lines, counts, hidden, threshold) || hideComputableCell(lines, counts, hidden));
  return hidden
}

/** Hides one cell more in each line that gives something away by itself; whether there was such a line. */
function hideWeakLines(
  lines: readonly Line[],
  counts: ReadonlyMap<string, number>,
  hidden: Set<string>,
  threshold: number,
): boolean {
  const weak = lines.filter((line) => isWeak(line, counts, hidden, threshold))
  // A cell that was hidden for one line may have protected the next one too.
  for (const line of weak) if (isWeak(line, counts, hidden, threshold)) hideOneMore([line], counts, hidden)
  return weak.length > 0
}

/** Protects one cell that several lines together give away: in a line through it, or else in a line near it. */
function hideComputableCell(
  lines: readonly Line[],
  counts: ReadonlyMap<string, number>,
  hidden: Set<string>,
): boolean {
  const [cell] = determined(lines, hidden)
  if (cell === undefined) return false
  const through = lines.filter((line) => membersOf(line).includes(cell))
  const near = lines.filter((line) => membersOf(line).some((member) => hidden.has(member)))
  if (!hideOneMore(through, counts, hidden)) hideOneMore(near, counts, hidden)
  return true
}

const membersOf = ({ total, parts }: Line) => [...parts, total]

/**
 * Whether a line by itself gives away a hidden cell, or a sum of hidden cells below the threshold. Where the total is
 * shown, either no part is hidden, or at least two parts that together reach the threshold. Where the total is hidden, at
 * least one part is hidden too.
 */
function isWeak(
  { total, parts }: Line,
  counts: ReadonlyMap<string, number>,
  hidden: ReadonlySet<string>,
  threshold: number,
): boolean {
  const hiddenParts = parts.filter((part) => hidden.has(part))
  if (hidden.has(total)) return hiddenParts.length === 0
  const hiddenSum = hiddenParts.reduce((sum, part) => sum + (counts.get(part) ?? 0), 0)
  return hiddenParts.length > 0 && (hiddenParts.length < 2 || hiddenSum < threshold)
}

/** Hides the smallest cell that the lines still show; a total only where no part is left. False if there was no cell. */
function hideOneMore(
  lines: readonly Line[],
  counts: ReadonlyMap<string, number>,
  hidden: Set<string>,
): boolean {
  const shown = (cells: readonly string[]) =>
    cells
      .filter((cell) => !hidden.has(cell))
      .sort((first, second) => (counts.get(first) ?? 0) - (counts.get(second) ?? 0))
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
    const coefficients = [
      ...parts.map((part): [string, number] => [part, 1]),
      [total, -1] as [string, number],
    ]
    let equation: Equation = new Map(coefficients.filter(([cell]) => hidden.has(cell)))
    for (const [pivot, by] of solved) equation = without(equation, pivot, by)
    const [pivot] = equation.keys()
    if (pivot === undefined) continue
    for (const [known, other] of solved) solved.set(known, without(other, pivot, equation))
    solved.set(pivot, equation)
  }
  return [...solved.values()].filter(({ size }) => size === 1).flatMap((equation) => [...equation.keys()])
}

/** An equation minus a multiple of another, so that the pivot is not in it any more. */
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

const divisor = (first: number, second: number): number =>
  second === 0 ? Math.abs(first) : divisor(second, first % second)
