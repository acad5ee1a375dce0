import { reasonOf } from './every.ts'
import type { Figures } from './figures.ts'

/** One part of the measurement. */
export interface Part {
  name: string
  /** Writes what it finds into `figures` at once, so that a failure loses nothing that was found before. */
  measure(figures: Figures): Promise<void>
  /** Its figures as lines of text; none where there are none. */
  table(figures: Figures): string[]
}

export interface Failure {
  part: string
  reason: string
}

/** Who hears of the parts, each at once. */
export interface Listener {
  begun(part: string): void
  /** `seconds` is what the part took. */
  measured(lines: readonly string[], seconds: number): void
  failed(failure: Failure): void
}

/** Measures one part after the other; one that fails does not keep the others from being measured. Gives what failed. */
export async function measureParts(
  parts: readonly Part[],
  figures: Figures,
  listener: Listener,
): Promise<Failure[]> {
  const failures: Failure[] = []
  for (const part of parts) {
    listener.begun(part.name)
    const begun = performance.now()
    try {
      await part.measure(figures)
    } catch (error) {
      failures.push({ part: part.name, reason: reasonOf(error) })
    }
    listener.measured(part.table(figures), (performance.now() - begun) / 1000)
    const failure = failures.find((candidate) => candidate.part === part.name)
    if (failure) listener.failed(failure)
  }
  return failures
}
