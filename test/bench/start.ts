import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { readRunning } from '../../infra/local/disk/data-directory.ts'
import { userToken } from '../../infra/local/sign-in/sign-in.ts'
import type { Course } from './course.ts'
import { type Desks, desksAt } from './officers.ts'
import { follow } from './walk.ts'

export interface StackCost {
  readyMs: number
  /** Of all its processes together, when it is idle after one return; 1 MB is 1,000,000 bytes. */
  rssMb: number
}

/** After this the last messages are delivered, and what they took is mostly given back. */
const calmMs = 5_000

/**
 * Starts the stack as `npm start` does, on a data directory that is not there yet, and takes a return through a
 * course.
 */
export async function measureStart(dataDir: string, course: Course): Promise<StackCost> {
  const root = resolve(import.meta.dirname, '../..')
  const begun = performance.now()
  const child = spawn(
    process.execPath,
    [resolve(root, 'infra/local/cli/start.ts'), '--data', dataDir, '--port', '0'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  const kill = () => child.kill('SIGINT')
  process.once('exit', kill)
  try {
    await Promise.race([readyLine(child.stdout), ended])
    if (child.exitCode !== null)
      throw new Error(`The stack ended with ${child.exitCode} before it was ready.`)
    const readyMs = performance.now() - begun
    await follow(course, desksOf(dataDir))
    await pause(calmMs)
    return { readyMs, rssMb: residentBytes(child.pid ?? 0) / 1_000_000 }
  } finally {
    kill()
    await ended
    process.off('exit', kill)
  }
}

/** Reads on after the line that was waited for: a program that writes into a closed pipe ends badly. */
function readyLine(output: Readable): Promise<void> {
  return new Promise((resolve) => {
    createInterface(output).on('line', (line) => {
      if (line.startsWith('ready ')) resolve()
    })
  })
}

function desksOf(dataDir: string): Desks {
  const running = readRunning(dataDir)
  if (!running) throw new Error('The stack did not come up.')
  return desksAt(running.url, (name) => userToken(running.issuer, running.clientId, name))
}

/** Resident memory of a process and all that descend from it; what they share counts for each. */
function residentBytes(pid: number): number {
  const processes = readdirSync('/proc').flatMap((entry) => {
    const status = /^\d+$/.test(entry) ? statusOf(entry) : undefined
    return status ? [{ pid: Number(entry), ...status }] : []
  })
  const sumOf = (top: number): number =>
    processes.reduce(
      (sum, child) => sum + (child.pid === top ? child.bytes : child.parent === top ? sumOf(child.pid) : 0),
      0,
    )
  return sumOf(pid)
}

/** Nothing for a process that has ended in between, and for one of the kernel's, which has no memory. */
function statusOf(pid: string): { parent: number; bytes: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(status) ?? []
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
    return kilobytes === undefined ? undefined : { parent: Number(parent), bytes: Number(kilobytes) * 1024 }
  } catch {
    return undefined
  }
}
