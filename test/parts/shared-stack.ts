import { test as base } from 'vitest'
import type { EdgeOptions } from '../../infra/local/edge/edge.ts'
import type { StackOptions } from '../../infra/local/stack.ts'
import { daysAhead } from './days-ahead.ts'
import { type OwnStack, type RunningStack, runningOn, startRunning } from './running-stack.ts'

/** The stack of a worker, as one of its test files sees it while it runs. */
export interface SharedStack extends RunningStack {
  /** Sees each AWS call of the functions until the file ends, and may answer in its place: `intercept` of `startStack`. */
  onCall(intercept: EdgeOptions['intercept']): void
}

/** A stack whose today is moved by `clock`. */
export interface MovedStack extends SharedStack {
  clock: ReturnType<typeof daysAhead.open>
}

interface Hosted {
  own: OwnStack
  onCall(intercept: EdgeOptions['intercept']): void
}

async function host(options: Partial<StackOptions>): Promise<Hosted> {
  let current: EdgeOptions['intercept']
  const own = await startRunning({ ...options, intercept: (call) => current?.(call) })
  return {
    own,
    onCall(intercept) {
      current = intercept
    },
  }
}

async function seenBy(
  { own, onCall }: Hosted,
  onCleanup: (cleanup: () => void) => void,
): Promise<SharedStack> {
  const running = await runningOn(own.stack, own.dataDir)
  onCleanup(() => {
    onCall(undefined)
    running.stored.close()
  })
  return { ...running, onCall }
}

/**
 * Tests on stacks that all files of a worker share: data are told apart by ids, and what a file changes for everybody
 * (who works where, which rooms there are) it either puts back or does to a party that no other file looks at. Files run
 * one after the other; a stack starts with the first that asks for it, and ends with the worker.
 */
export const test = base
  // Before any stack: threads that start later share the clock.
  .extend('clock', { scope: 'worker' }, () => daysAhead.open())
  .extend('host', { scope: 'worker' }, async ({ clock: _ }, { onCleanup }) => {
    const made = await host({})
    onCleanup(() => made.own.stop())
    return made
  })
  .extend('shared', { scope: 'file' }, ({ host: made }, { onCleanup }) => seenBy(made, onCleanup))
  .extend('movedHost', { scope: 'worker' }, async ({ clock: _ }, { onCleanup }) => {
    const made = await host({ replace: daysAhead.replace })
    onCleanup(() => made.own.stop())
    return made
  })
  .extend('moved', { scope: 'file' }, async ({ movedHost, clock }, { onCleanup }): Promise<MovedStack> => {
    const seen = await seenBy(movedHost, (cleanup) =>
      onCleanup(() => {
        clock.be(0)
        cleanup()
      }),
    )
    return { ...seen, clock }
  })
