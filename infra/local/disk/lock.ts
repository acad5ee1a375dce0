import { DatabaseSync } from 'node:sqlite'

/**
 * A lock that the kernel lets go however its holder ends: SQLite's, on a database that holds nothing. Undefined where
 * somebody else holds it.
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
