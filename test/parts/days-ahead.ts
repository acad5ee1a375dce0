import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

const place = 'acasa/test/days-ahead'

/**
 * Lets what a clock ends and finds overdue happen by a clock that a test moves: threads that start later share it. For
 * `startRunning`, with `daysAhead.replace`.
 */
export const daysAhead = {
  replace: { 'functions/domain/schedule/escalation.ts': 'test/parts/replacements/days-ahead.ts' },
  /** The clock of this process, set to today; before a stack starts. All stacks of the process share it. */
  open(): { be(days: number): void } {
    const known = getEnvironmentData(place)
    const days = known instanceof Int32Array ? known : new Int32Array(new SharedArrayBuffer(4))
    setEnvironmentData(place, days)
    days[0] = 0
    return {
      be(count) {
        days[0] = count
      },
    }
  },
}

/** Lets the watch look as it would so many days from now, once all that was written has arrived. */
export async function watchLater(
  running: { settled(): Promise<void>; stack: { tick(functionName: string): Promise<void> } },
  clock: ReturnType<typeof daysAhead.open>,
  days: number,
): Promise<void> {
  await running.settled()
  clock.be(days)
  await running.stack.tick('watch')
  clock.be(0)
  await running.settled()
}

/** How far the clock of this process is ahead, in milliseconds. */
export function aheadMs(): number {
  const days = getEnvironmentData(place)
  return days instanceof Int32Array ? (days[0] ?? 0) * 86_400_000 : 0
}
