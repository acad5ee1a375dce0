import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a lock that the kernel releases however its holder ends: SQLite's lock on an empty database. Undefined where
 * another process holds it.
 */
export function takeLock(file: string): { release(): void } | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

const busy = 5
const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === busy
