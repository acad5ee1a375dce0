import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const ownerOnly = 0o600

/** The text of a file. Undefined where the file does not exist. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces a file as a whole: a process that is killed meanwhile leaves the old text or the new one. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: ownerOnly })
  renameSync(`${file}.new`, file)
}

/** Replaces a file as a whole, and returns only when the new text outlives a power failure. */
export function replaceFileDurably(file: string, text: string): void {
  const draft = openSync(`${file}.new`, 'w', ownerOnly)
  writeSync(draft, text)
  fsyncSync(draft)
  closeSync(draft)
  renameSync(`${file}.new`, file)
  const directory = openSync(dirname(file), 'r')
  fsyncSync(directory)
  closeSync(directory)
}
