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

/** Beside the packages: whoever installs them anew synthesizes anew. */
const ownStore = join(root, 'node_modules', '.cache', 'acasa', 'synthesis')

/** As many entries stay as a whole run of the tests makes, and some of a run before. */
const keptEntries = 40

/** What was used within so many ms stays in any case: somebody may be copying it. */
const inUseMs = 10 * 60_000

/** How often somebody who waits for another's work looks whether it is done, in ms. */
const lookMs = 100

/**
 * The folder that is kept under a key. Where none is, `make` fills it: once, however many processes ask at the same
 * time. Who dies while it makes one leaves nothing that the others take for whole, and the next of them makes it.
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
  // Of its own: whoever died over this one may have left a process that still writes.
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

/** Forgets what was not used for longest, with its lock; also what somebody began and never finished. */
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
