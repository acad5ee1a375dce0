import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits before another attempt: a random time (full jitter), at most `firstMs` at attempt 0 and twice as long at each
 * attempt that follows.
 */
export async function backOff(attempt: number, firstMs = 20): Promise<void> {
  await pause(Math.random() * firstMs * 2 ** attempt)
}
