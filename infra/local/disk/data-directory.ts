import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'

/** What is kept under the data directory. `--fresh` removes these and nothing else, whatever directory it is given. */
const kept = [
  'template',
  'dynamodb',
  'queues',
  'edge',
  'streams',
  'logs',
  'issuer.json',
  'accounts.json',
  'running.json',
] as const
export type Kept = (typeof kept)[number]

export interface DataDirectory {
  path(name: Kept): string
  /** Tells other processes where the stack answers, for as long as it does. */
  announce(running: Running): void
  release(): void
}

const runningShape = z.object({ url: z.string(), issuer: z.string(), clientId: z.string() })
/** Where a running stack is, for a program that wants to sign in. */
export type Running = z.infer<typeof runningShape>

/** Takes a data directory for this process. Throws when another running copy has it. */
export function openDataDirectory(directory: string, fresh: boolean): DataDirectory {
  const top = resolve(directory)
  mkdirSync(top, { recursive: true, mode: 0o700 })
  const lock = lockFile(top)
  const path = (name: Kept) => join(top, name)
  if (fresh) for (const name of kept) rmSync(path(name), { recursive: true, force: true })
  return {
    path,
    announce(running) {
      writeFileSync(path('running.json'), JSON.stringify(running), { mode: 0o600 })
    },
    release() {
      rmSync(path('running.json'), { force: true })
      lock.close()
    },
  }
}

/** Where the copy that uses a data directory answers, or last answered. */
export function readRunning(directory: string): Running | undefined {
  const file = join(resolve(directory), 'running.json')
  return existsSync(file) ? runningShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** A lock that the kernel lets go however its holder ends: SQLite's, on a database that holds nothing. */
function lockFile(top: string): DatabaseSync {
  const lock = new DatabaseSync(join(top, 'lock.db'), { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    const running = readRunning(top)
    const where = running ? ` at ${running.url}` : ''
    throw new Error(
      `${top} is in use by a copy that runs${where}. Stop it, or give another with --data DIR.`,
      {
        cause: error,
      },
    )
  }
}
