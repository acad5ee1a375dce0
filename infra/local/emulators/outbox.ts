import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const letter = z.strictObject({
  at: z.string(),
  topic: z.string(),
  attributes: z.record(z.string(), z.string()),
  message: z.string(),
})
/** A message that was published to a topic: in the cloud it would have gone to whoever subscribes. */
export type Letter = z.infer<typeof letter>

export interface Outbox {
  put(letter: Letter): void
  /** All that was published, the oldest first. */
  letters(): readonly Letter[]
}

/** The outbox that is kept in a file, a line for each message. */
export function openOutbox(file: string): Outbox {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  // The last line is half of one where the process was killed.
  const kept = lines.slice(0, -1).map((line) => letter.parse(JSON.parse(line)))
  return {
    put(one) {
      appendFileSync(file, `${JSON.stringify(one)}\n`, { mode: 0o600 })
      kept.push(one)
    },
    letters: () => kept,
  }
}
