import type { Answer } from './answers.ts'

/** One thing that IAM is asked for a call: all of a call's needs must be allowed. */
export interface Need {
  action: string
  resource: string
  context: Readonly<Record<string, string | readonly string[]>>
}

/** A call that the edge has read: what it needs, and how it is answered once that is allowed. */
export interface Prepared {
  needs: readonly Need[]
  /** Throws an `AwsFault` where AWS would answer with an error; `gone` when the caller no longer waits. */
  perform(gone: AbortSignal): Answer | Promise<Answer>
}
