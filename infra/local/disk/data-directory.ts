import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { readIfPresent, replaceFile } from './files.ts'
import { takeLock } from './lock.ts'

/** The entries of a data directory. `--fresh` removes these and nothing else, in whatever directory. */
const entries = [
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
export type DataEntry = (typeof entries)[number]

export interface DataDirectory {
  path(name: DataEntry): string
  /** Publishes the addresses of the stack for other processes, until `release`. */
  announce(running: Running): void
  release(): void
}

const runningShape = z.object({ url: z.string(), issuer: z.string(), clientId: z.string() })
/** The addresses of a running stack, for a program that wants to sign in. */
export type Running = z.infer<typeof runningShape>

/** Takes a data directory for this process. Throws when another process uses it. */
export function openDataDirectory(directory: string, fresh: boolean): DataDirectory {
  const top = resolve(directory)
  mkdirSync(top, { recursive: true, mode: 0o700 })
  const lock = takeLock(join(top, 'lock.db'))
  if (!lock) throw new Error(inUse(top))
  const path = (name: DataEntry) => join(top, name)
  if (fresh) for (const name of entries) rmSync(path(name), { recursive: true, force: true })
  return {
    path,
    announce(running) {
      replaceFile(path('running.json'), JSON.stringify(running))
    },
    release() {
      rmSync(path('running.json'), { force: true })
      lock.release()
    },
  }
}

/** The addresses of the stack that uses a data directory, or used it last. */
export function readRunning(directory: string): Running | undefined {
  const text = readIfPresent(join(resolve(directory), 'running.json'))
  return text === undefined ? undefined : runningShape.parse(JSON.parse(text))
}

function inUse(top: string): string {
  const running = readRunning(top)
  const address = running ? ` at ${running.url}` : ''
  return `${top} is in use by a running stack${address}. Stop it, or choose another directory with --data DIR.`
}
