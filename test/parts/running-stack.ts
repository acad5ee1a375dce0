import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Letter } from '../../infra/local/emulators/outbox.ts'
import { type LocalStack, type StackOptions, startStack } from '../../infra/local/stack.ts'
import { sceneOn } from '../scenarios/scene.ts'
import { type Filing, filingWith } from './bodies.ts'
import type { Desk } from './desk.ts'
import { type StoredTables, storedTables } from './stored-tables.ts'

/** A request word for word: nothing is added to it and nothing put right. */
export interface RawRequest {
  method?: 'GET' | 'POST'
  path: string
  token?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array<ArrayBuffer>
}

/** What came back, unread. */
export interface RawResponse {
  status: number
  headers: Headers
  text: string
}

/** The whole local stack as one test file sees it: its desks, and ways past them to what is stored and logged. */
export interface RunningStack {
  stack: LocalStack
  dataDir: string
  stored: StoredTables
  /** The desk of a seeded user, signed in with a real token. */
  desk(user: string): Promise<Desk>
  ask(asked: RawRequest): Promise<RawResponse>
  /** Waits until all that the file wrote has reached everyone whom it is for; longer where much was. */
  settled(waitMs?: number): Promise<void>
  /** All that functions and sources have logged since the file began. */
  logs(): string
  /** What was published to topics since the file began, the oldest first. */
  outbox(): readonly Letter[]
}

/** A stack that a test file has for itself, and has to end. */
export interface OwnStack extends RunningStack {
  /** Ends the stack; its data is removed unless another start is to find it. */
  stop(keep?: 'keep'): Promise<void>
}

/** Far beyond what a delivery takes, a retry included. */
const patienceMs = 40_000

/** Starts a stack on a data directory of its own, or on one that another left. No clock runs; `tick` does. */
export async function startRunning(options: Partial<StackOptions> = {}): Promise<OwnStack> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'acasa-stack-'))
  const forget = () => rmSync(dataDir, { recursive: true, force: true })
  const stack = await startStack({ port: 0, quiet: true, schedules: false, ...options, dataDir }).catch(
    (error: unknown) => {
      forget()
      throw error
    },
  )
  const running = await runningOn(stack, dataDir, true)
  return {
    ...running,
    async stop(keep) {
      running.stored.close()
      await stack.stop()
      if (!keep) forget()
    },
  }
}

/**
 * What a test file sees of a stack from now on: what others have logged and published is not its own, nor what they have
 * left undelivered. On a stack of its own it waits for that too: an earlier start may have left it.
 */
export async function runningOn(stack: LocalStack, dataDir: string, own = false): Promise<RunningStack> {
  const { desk } = sceneOn(stack, () => {})
  const stored = storedTables(stack, dataDir)
  const others = new Set(own ? [] : stored.texts('pending'))
  const logged = new Map(logFiles(dataDir).map((file) => [file, statSync(file).size]))
  const published = stack.outbox().length
  return {
    stack,
    dataDir,
    stored,
    desk,
    async ask({ method = 'GET', path, token, headers = {}, body }) {
      const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
      const response = await fetch(`${stack.url}${path}`, {
        method,
        headers: { ...authorization, ...headers },
        ...(body === undefined ? {} : { body }),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    },
    settled: (waitMs) =>
      until(
        'Not everything was delivered.',
        () => stored.texts('pending').every((row) => others.has(row)),
        waitMs,
      ),
    logs: () =>
      logFiles(dataDir)
        .map((file) => readFileSync(file).subarray(logged.get(file) ?? 0))
        .join('\n'),
    outbox: () => stack.outbox().slice(published),
  }
}

function logFiles(dataDir: string): string[] {
  return readdirSync(join(dataDir, 'logs')).map((file) => join(dataDir, 'logs', file))
}

/** Waits for something to come true. Throws with `complaint` when it does not. */
export async function until(
  complaint: string,
  isSo: () => boolean | Promise<boolean>,
  waitMs = patienceMs,
): Promise<void> {
  for (const end = Date.now() + waitMs; Date.now() < end; await pause(50)) if (await isSo()) return
  throw new Error(complaint)
}

/** Files one person and gives her return's id: the sample person with a ground for everyone, unless another is given. */
export async function fileOne(mission: Desk, person: Filing = filingWith()): Promise<string> {
  const { returns } = await mission.file({ persons: [person] })
  return returns[0]?.ret ?? ''
}
