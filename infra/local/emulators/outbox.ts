import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const letter = z.strictObject({
  at: z.string(),
  topic: z.string(),
  attributes: z.record(z.string(), z.string()),
  message: z.string(),
})
/** A message that was published to a topic. In the cloud it would go to the subscribers. */
export type Letter = z.infer<typeof letter>

export interface Outbox {
  add(letter: Letter): void
  /** All that was published, the oldest first. */
  letters(): readonly Letter[]
}

/** Opens the outbox in a file, which has one line for each message. */
export function openOutbox(file: string): Outbox {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  // Where the process was killed while it wrote, the last line is incomplete.
  const kept = lines.slice(0, -1).map((line) => letter.parse(JSON.parse(line)))
  return {
    add(message) {
      appendFileSync(file, `${JSON.stringify(message)}\n`, { mode: 0o600 })
      kept.push(message)
    },
    letters: () => kept,
  }
}
