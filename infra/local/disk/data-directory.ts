import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { takeLock } from './lock.ts'

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
  const lock = takeLock(join(top, 'lock.db'))
  if (!lock) throw new Error(inUse(top))
  const path = (name: Kept) => join(top, name)
  if (fresh) for (const name of kept) rmSync(path(name), { recursive: true, force: true })
  return {
    path,
    announce(running) {
      writeFileSync(path('running.json'), JSON.stringify(running), { mode: 0o600 })
    },
    release() {
      rmSync(path('running.json'), { force: true })
      lock.release()
    },
  }
}

/** Where the copy that uses a data directory answers, or last answered. */
export function readRunning(directory: string): Running | undefined {
  const file = join(resolve(directory), 'running.json')
  return existsSync(file) ? runningShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

function inUse(top: string): string {
  const running = readRunning(top)
  const where = running ? ` at ${running.url}` : ''
  return `${top} is in use by a copy that runs${where}. Stop it, or give another with --data DIR.`
}
