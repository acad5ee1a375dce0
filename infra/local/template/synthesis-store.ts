import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../function-bundle.ts'
import { takeLock } from '../disk/lock.ts'

/** In the folder of the packages: a new installation removes the stored syntheses. */
const ownStore = join(root, 'node_modules', '.cache', 'acasa', 'synthesis')

/** Enough entries for a whole run of the tests and some of the run before. */
const keptEntries = 40

/** An entry that was used within so many milliseconds stays: another process may be copying it. */
const inUseMs = 10 * 60_000

/** How often a waiting process looks whether another process has finished, in milliseconds. */
const lookMs = 100

/**
 * The stored folder of a key. Where there is none, `make` fills it once, however many processes ask for it at the same
 * time. A process that dies meanwhile leaves no incomplete folder, and the next process makes it.
 */
export async function keptUnder(
  key: string,
  make: (folder: string) => Promise<void>,
  store = ownStore,
): Promise<string> {
  const entry = join(store, key)
  mkdirSync(store, { recursive: true })
  while (!existsSync(entry)) {
    const lock = takeLock(`${entry}.lock`)
    if (!lock) {
      await pause(lookMs)
      continue
    }
    try {
      if (!existsSync(entry)) await makeEntry(store, entry, make)
    } finally {
      lock.release()
    }
  }
  const now = new Date()
  utimesSync(entry, now, now)
  return entry
}

async function makeEntry(
  store: string,
  entry: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  // A folder of its own: a process that died may have left a child that still writes to another.
  const folder = mkdtempSync(`${entry}.making-`)
  try {
    await make(folder)
    renameSync(folder, entry)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  prune(store)
}

/** Removes the entries that were unused for longest, with their locks, and folders that were never finished. */
function prune(store: string): void {
  const found = readdirSync(store)
    .map((name) => ({ name, usedAt: statSync(join(store, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.usedAt - a.usedAt)
  const isOld = ({ usedAt }: { usedAt: number }) => usedAt < Date.now() - inUseMs
  const entries = found.filter(({ name }) => !name.includes('.'))
  const gone = entries.filter((entry, at) => at >= keptEntries && isOld(entry)).map(({ name }) => name)
  const left = new Set(entries.map(({ name }) => name).filter((name) => !gone.includes(name)))
  const beside = found.filter((file) => {
    const [entry = '', kind = ''] = file.name.split('.')
    return kind !== '' && isOld(file) && (kind.startsWith('making') || !left.has(entry))
  })
  for (const name of [...gone, ...beside.map((file) => file.name)])
    rmSync(join(store, name), { recursive: true, force: true })
}
